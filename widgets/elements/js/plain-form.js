/* One poll as a plain form; other widgets by their own files. */

import { accepted, qna } from './plain-qna.js';

/* widget → what draws it. */
const FORMS = { qna };

const ENGLISH = {
  'poll.vote': 'Vote',
  'poll.change': 'Change vote',
  'poll.withdraw': 'Withdraw vote',
  'poll.sending': 'Sending',
  'poll.nothing_chosen': 'Nothing is chosen. Press again to vote for none of them.',
  'poll.none_yet': 'No votes yet',
  'state.ready': 'Not open yet',
  'state.paused': 'Paused',
  'state.closed': 'Closed',
  refused: 'Not accepted.',
  'refused.unanswered': 'No answer came. Try again.',
};

const CSS = `
:host { display: block; }
form { box-sizing: border-box; max-inline-size: 420px; padding: 16px; border: 1px solid currentcolor; font: 400 max(1rem, 16px) / 1.4 system-ui, sans-serif;
  background: light-dark(#fff, #191b21); color: light-dark(#1a1c22, #f0f1f5); overflow-wrap: anywhere; }
fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
legend { font-size: 1.25em; font-weight: 700; }
label { display: flex; gap: 8px; align-items: center; min-block-size: 44px; }
label span:last-child { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
button { min-block-size: 44px; padding: 0 16px; font: inherit; }
textarea { box-sizing: border-box; inline-size: 100%; font: inherit; }
ul, ol { padding: 0; list-style: none; }
li { padding-block: 8px; border-block-start: 1px solid; }
p, blockquote { margin: 4px 0; }
blockquote { padding-inline-start: 8px; border-inline-start: 3px solid; }
small { display: block; }
[aria-pressed='true'] { font-weight: 700; outline: 2px solid; }
`;

const forms = new WeakMap();

/* Draws a poll in `place`; what is chosen and not sent stays. `act(action)` is called within the gesture. */
export function form(place, parts, act, words = {}) {
  const { card, tally, mine, pending, refusal } = parts;
  const other = FORMS[card.widget];
  if (other) {
    other(place, parts, act, words, dress);
    return;
  }
  let known = forms.get(place);
  const drawn = JSON.stringify(card);
  if (known?.drawn !== drawn) {
    dress(place);
    known = build(place, card, act);
    known.drawn = drawn;
    forms.set(place, known);
  }
  update(known, { card, tally, mine, pending, refusal }, (key) => words[key] ?? ENGLISH[key] ?? ENGLISH.refused);
}

/* What a viewer has if a page accepts an action and says no more. */
export function mineAfter(action, mine) {
  const { type, choices = [] } = action;
  return type.startsWith('qna.') ? accepted(action, mine) : { choices, voted: type === 'poll.vote' };
}

/* The root around a form has the form's sheet alone. */
function dress(place) {
  const sheet = new place.ownerDocument.defaultView.CSSStyleSheet();
  sheet.replaceSync(CSS);
  place.getRootNode().adoptedStyleSheets = [sheet];
}

function build(place, { question = '', options = [], max_choices: most = 1 }, act) {
  const make = (name, text = '') => {
    const element = place.ownerDocument.createElement(name);
    if (text) element.textContent = text;
    return element;
  };
  const whole = make('form');
  const choices = make('fieldset');
  const rows = options.map(({ id, text }) => {
    const label = make('label');
    const input = make('input');
    input.type = most === 1 ? 'radio' : 'checkbox';
    input.name = 'choice';
    input.value = id;
    const count = make('span');
    label.append(input, make('span', text || id), count);
    return { id, label, input, count };
  });
  const [send, back] = [make('button'), make('button')];
  send.type = 'submit';
  back.type = 'button';
  const said = make('p');
  said.setAttribute('role', 'status');
  choices.append(make('legend', question), ...rows.map(({ label }) => label));
  whole.append(choices, send, back, said);
  const known = { rows, send, back, said, mine: '', isNudged: false, tell: () => {} };
  whole.addEventListener('submit', (event) => {
    event.preventDefault();
    if (known.isStill) return;
    const chosen = rows.filter(({ input }) => input.checked).map(({ id }) => id);
    // Where any number may be chosen, none is a vote too; the first press may have been a slip.
    const isMeant = chosen.length > 0 || (most === 0 && known.isNudged);
    known.isNudged = !isMeant && most === 0;
    if (isMeant) act({ type: 'poll.vote', choices: chosen });
    else known.tell();
  });
  whole.addEventListener('change', () => {
    known.isNudged = false;
    known.tell();
  });
  back.addEventListener('click', () => known.isStill || act({ type: 'poll.withdraw' }));
  place.replaceChildren(whole);
  return known;
}

function update(known, { card, tally = {}, mine = {}, pending, refusal }, say) {
  const { phase = 'ready', votes, voters = 0 } = tally;
  const { choices = [], voted = false } = mine;
  const isOpen = phase === 'open';
  // A vote for none of the options has no choices; a page that drives the room may tell choices alone.
  const hasVoted = voted || choices.length > 0;
  const mayAct = isOpen && !pending && (!hasVoted || card.can_change !== false);
  known.isStill = !mayAct;
  const standing = JSON.stringify([hasVoted, choices]);
  for (const [place, { id, input, count }] of known.rows.entries()) {
    if (known.mine !== standing) input.checked = choices.includes(id);
    input.disabled = !mayAct;
    count.textContent = votes ? String(votes[place] ?? 0) : '';
  }
  known.isNudged &&= mayAct && known.mine === standing;
  known.mine = standing;
  known.send.textContent = pending ? say('poll.sending') : isOpen ? say(hasVoted ? 'poll.change' : 'poll.vote') : say(`state.${phase}`);
  known.send.setAttribute('aria-disabled', String(!mayAct));
  known.back.textContent = say('poll.withdraw');
  known.back.hidden = !mayAct || !hasVoted;
  const plain = refusal ? say(`refused.${refusal}`) : votes && !voters ? say('poll.none_yet') : '';
  known.tell = () => (known.said.textContent = known.isNudged ? say('poll.nothing_chosen') : plain);
  known.tell();
}
