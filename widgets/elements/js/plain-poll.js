/* A poll, a quiz, a rating or a survey as a plain form: its questions with their options, and the numbers that may be known. */

import { button, status } from './plain-tags.js';
import { apart } from './plain-words.js';

/* Makes the part of a poll. Its rows are those of this card. */
export function poll({ make, words, act }, card) {
  const { question = '', options = [], max_choices: most = 1, parts = [], comment } = card;
  const isSurvey = Boolean(parts.length || comment);
  const verbs = isSurvey ? ['poll.answer', 'poll.change_answers'] : ['poll.vote', 'poll.change'];
  /* The poll's own question, and a survey's further ones. */
  const asked = [{ question, options, max_choices: most }, ...parts].map((each, part) => asking(make, each, part));
  const field = comment && make('textarea', { dir: 'auto' });
  const [send, back] = [button(make, 'submit'), button(make)];
  back.element.className = 'quiet';
  const said = status(make);
  const written = field ? [make('label', { className: 'tall' }, make('span', { textContent: comment, dir: 'auto' }), field)] : [];
  const whole = make('form', {}, ...asked.map(({ choices }) => choices), ...written, send.element, back.element, said.element);
  let [isStill, isNudged, isSent, standing, plain] = [true, false, false, '', ''];
  const speak = () => said.tell(isNudged ? words.say('poll.nothing_chosen') : plain);
  whole.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isStill) return;
    const [choices, ...further] = asked.map(({ rows }) => rows.filter(({ input }) => input.checked).map(({ id }) => id));
    const text = field?.value.trim();
    /* Where any number may be chosen, none is a vote too; the first press may have been a slip. */
    const isMeant = choices.length > 0 || (most === 0 && isNudged);
    isNudged = !isMeant && most === 0;
    if (!isMeant) speak();
    else if (isSurvey) act({ type: 'poll.answer', choices, parts: further, ...(text && { comment: text }) });
    else act({ type: 'poll.vote', choices });
  });
  whole.addEventListener('change', () => {
    isNudged = false;
    speak();
  });
  back.element.addEventListener('click', () => isStill || act({ type: 'poll.withdraw' }));

  const update = ({ tally = {}, mine = {}, pending, refusal }) => {
    const { phase = 'ready', votes, voters = 0, parts: counted = [] } = tally;
    const { choices = [], parts: others = [], voted = false } = mine;
    const isOpen = phase === 'open';
    /* A vote for none of the options has no choices; a page that drives the room may tell choices alone. */
    const hasVoted = voted || choices.length > 0;
    isStill = !isOpen || Boolean(pending) || (hasVoted && card.can_change === false);
    const now = JSON.stringify([hasVoted, choices, others]);
    for (const [part, { rows }] of asked.entries()) {
      const [chosen, numbers] = part ? [others[part - 1] ?? [], counted[part - 1]] : [choices, votes];
      for (const [place, { id, input, count }] of rows.entries()) {
        if (standing !== now) input.checked = chosen.includes(id);
        input.disabled = isStill;
        count.textContent = numbers ? words.number(numbers[place] ?? 0) : '';
      }
    }
    if (field) {
      /* What was written stays until it was taken. */
      if (isSent && !pending && !refusal) field.value = '';
      isSent = Boolean(pending);
      field.readOnly = isStill;
    }
    isNudged &&= !isStill && standing === now;
    standing = now;
    send.tell(words.say(pending ? 'poll.sending' : isOpen ? verbs[Number(hasVoted)] : `state.${phase}`), !isStill);
    back.tell(isStill || !hasVoted ? '' : words.say('poll.withdraw'), true);
    const off = card.cancelled && words.say('cancelled', { reason: apart(card.cancelled) });
    plain = refusal ?? off ?? (votes && !voters ? words.say('poll.none_yet') : '');
    speak();
  };
  return { inside: [whole], update };
}

/* One question with its options, each with the place of its number. */
function asking(make, { question, options = [], max_choices: most = 1 }, part) {
  const rows = options.map(({ id, text }) => {
    const input = make('input', { type: most === 1 ? 'radio' : 'checkbox', name: `choice${part}`, value: id });
    const count = make('span');
    return { id, input, count, label: make('label', {}, input, make('span', { textContent: text || id, dir: 'auto' }), count) };
  });
  const legend = make('legend', { textContent: question, dir: 'auto' });
  return { rows, choices: make('fieldset', {}, legend, ...rows.map(({ label }) => label)) };
}
