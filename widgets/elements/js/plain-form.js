/* One poll as a plain form; other widgets by their own files. */

import { accepted, qna } from './plain-qna.js';

/* widget → what draws it. */
const FORMS = { qna };

const ENGLISH = {
  'poll.vote': 'Vote',
  'poll.change': 'Change vote',
  'poll.answer': 'Send answers',
  'poll.change_answers': 'Change answers',
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
  const { type, choices = [], parts = [], comment } = action;
  if (type.startsWith('qna.')) return accepted(action, mine);
  const more = type === 'poll.answer' && { parts, commented: Boolean(comment ?? mine?.commented) };
  return { choices, voted: type !== 'poll.withdraw', ...more };
}

/* The root around a form has the form's sheet alone. */
function dress(place) {
  const sheet = new place.ownerDocument.defaultView.CSSStyleSheet();
  sheet.replaceSync(CSS);
  place.getRootNode().adoptedStyleSheets = [sheet];
}

function build(place, card, act) {
  const { question = '', options = [], max_choices: most = 1, parts = [], comment } = card;
  const make = (name, text = '') => {
    const element = place.ownerDocument.createElement(name);
    if (text) element.textContent = text;
    return element;
  };
  const whole = make('form');
  /* The poll's own question, and a survey's further ones. */
  const asked = [{ question, options, max_choices: most }, ...parts].map(({ question: words, options: offered = [], max_choices: several = 1 }, part) => {
    const rows = offered.map(({ id, text }) => {
      const label = make('label');
      const input = make('input');
      input.type = several === 1 ? 'radio' : 'checkbox';
      input.name = `choice${part}`;
      input.value = id;
      const count = make('span');
      label.append(input, make('span', text || id), count);
      return { id, label, input, count };
    });
    const choices = make('fieldset');
    choices.append(make('legend', words), ...rows.map(({ label }) => label));
    return { choices, rows };
  });
  const words = comment && make('label', comment);
  const field = words && make('textarea');
  words?.append(field);
  const [send, back] = [make('button'), make('button')];
  send.type = 'submit';
  back.type = 'button';
  const said = make('p');
  said.setAttribute('role', 'status');
  whole.append(...asked.map(({ choices }) => choices), ...(words ? [words] : []), send, back, said);
  const verbs = parts.length || comment ? ['poll.answer', 'poll.change_answers'] : ['poll.vote', 'poll.change'];
  const known = { asked, verbs, field, send, back, said, mine: '', isNudged: false, tell: () => {} };
  whole.addEventListener('submit', (event) => {
    event.preventDefault();
    if (known.isStill) return;
    const [chosen, ...further] = asked.map(({ rows }) => rows.filter(({ input }) => input.checked).map(({ id }) => id));
    const text = field?.value.trim();
    // Where any number may be chosen, none is a vote too; the first press may have been a slip.
    const isMeant = chosen.length > 0 || (most === 0 && known.isNudged);
    known.isNudged = !isMeant && most === 0;
    if (!isMeant) known.tell();
    else if (parts.length || comment) act({ type: 'poll.answer', choices: chosen, parts: further, ...(text && { comment: text }) });
    else act({ type: 'poll.vote', choices: chosen });
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
  const { phase = 'ready', votes, voters = 0, parts: counted = [] } = tally;
  const { choices = [], parts = [], voted = false } = mine;
  const isOpen = phase === 'open';
  // A vote for none of the options has no choices; a page that drives the room may tell choices alone.
  const hasVoted = voted || choices.length > 0;
  const mayAct = isOpen && !pending && (!hasVoted || card.can_change !== false);
  known.isStill = !mayAct;
  const standing = JSON.stringify([hasVoted, choices, parts]);
  for (const [part, { rows }] of known.asked.entries()) {
    const [chosen, numbers] = part ? [parts[part - 1] ?? [], counted[part - 1]] : [choices, votes];
    for (const [place, { id, input, count }] of rows.entries()) {
      if (known.mine !== standing) input.checked = chosen.includes(id);
      input.disabled = !mayAct;
      count.textContent = numbers ? String(numbers[place] ?? 0) : '';
    }
  }
  if (known.field) {
    /* What was written stays until it was taken. */
    if (known.isSent && !pending && !refusal) known.field.value = '';
    known.isSent = Boolean(pending);
    known.field.readOnly = !mayAct;
  }
  known.isNudged &&= mayAct && known.mine === standing;
  known.mine = standing;
  known.send.textContent = pending ? say('poll.sending') : isOpen ? say(known.verbs[Number(hasVoted)]) : say(`state.${phase}`);
  known.send.setAttribute('aria-disabled', String(!mayAct));
  known.back.textContent = say('poll.withdraw');
  known.back.hidden = !mayAct || !hasVoted;
  const plain = refusal ? say(`refused.${refusal}`) : votes && !voters ? say('poll.none_yet') : '';
  known.tell = () => (known.said.textContent = known.isNudged ? say('poll.nothing_chosen') : plain);
  known.tell();
}
