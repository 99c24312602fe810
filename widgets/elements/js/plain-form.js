/* One activity as a plain form: what each has around its own part, which is drawn by the file of its widget. */

import { deal } from './plain-deal.js';
import { lottery } from './plain-lottery.js';
import { poll } from './plain-poll.js';
import { qna } from './plain-qna.js';
import { dress } from './plain-sheet.js';
import { button, maker, tell } from './plain-tags.js';
import { Words } from './plain-words.js';

/* widget → what makes its part: `{inside, update}`. */
const WIDGETS = { poll, lottery, qna, deal };
const FAULTS = ['misleading', 'offensive', 'illegal', 'other'];

const forms = new WeakMap();

/* Draws an activity in `place`; what is chosen or typed and not sent stays. `act(action)` is called within the gesture.

   Parts: `{activity, run, card, tally, mine, entries, pending, refusal, flagged, note}`, of which `pending` is the action on its way and
   `note` says how the page is connected; and of a deal `{orders, tier, driven}`: whether the page has a cart, the viewer's tier, and
   whether the page drives the room. Spoken: `{words, format, scheme}`. */
export function form(place, parts, act, { words, format, scheme }) {
  const { activity, run, card } = parts;
  const make = WIDGETS[card.widget];
  if (!make) return;
  /* A poll's rows are its card's; the others' parts change in their places. */
  const key = JSON.stringify([activity, run, make === poll && card]);
  let known = forms.get(place);
  if (known?.key !== key || known.words !== words || known.scheme !== scheme) {
    dress(place, scheme);
    known = { key, words, scheme, update: build(place, make, parts, act, new Words(words, format)) };
    forms.set(place, known);
  }
  known.update(parts);
}

function build(place, widget, { card: { widget: kind, ...card } }, act, words) {
  const make = maker(place.ownerDocument);
  const [ad, head, note] = [make('p', { className: 'ad', dir: 'auto' }), make('small'), make('small')];
  const own = widget({ make, words, act }, card);
  const flag = report(make, words, (why) => act({ type: 'flag', widget: kind, why }));
  const whole = make('div', { className: 'card', lang: words.say('lang'), dir: words.say('dir') });
  whole.append(ad, head, ...own.inside, note, flag.element);
  place.replaceChildren(whole);
  return (parts) => {
    const { about = {}, quiz, scale } = parts.card;
    const name = kind === 'poll' && quiz ? 'quiz' : kind === 'poll' && scale ? 'rating' : kind;
    tell(ad, about.ad);
    tell(head, [words.say(`${kind}.${name}`), words.times(parts.tally ?? {}), parts.card.corrected && words.say('corrected')].filter(Boolean).join(' · '));
    tell(note, parts.note?.(words));
    flag.update(parts);
    own.update({ ...parts, refusal: parts.refusal && words.refusal(parts.refusal) });
  };
}

/* The way to report an activity to those who run the room. */
function report(make, words, act) {
  let isStill = false;
  const said = make('p');
  const whys = FAULTS.map((why) => {
    const { element, tell: say } = button(make);
    element.className = 'quiet';
    element.addEventListener('click', () => isStill || act(why));
    return { element, say: () => say(words.say(`flag.${why}`), !isStill) };
  });
  const element = make('details', {}, make('summary', { textContent: words.say('flag.report') }), said, ...whys.map((why) => why.element));
  return {
    element,
    update({ pending, flagged }) {
      isStill = Boolean(pending);
      tell(said, flagged ? words.say('flag.done') : '');
      for (const why of whys) {
        why.say();
        why.element.hidden = Boolean(flagged);
      }
    },
  };
}
