/* A list of questions as a plain form: a field to ask, the questions with their votes and answers. */

import { button, rows, status, tell } from './plain-tags.js';
import { apart } from './plain-words.js';

/* Most rows of the list, and most characters of a question. */
const ROWS = 30;
const CHARACTERS = 512;
const SHOWN = ['shown', 'answering', 'answered'];
const RANKS = { answering: 0 };

/* Makes the part of a list of questions. */
export function qna({ make, words, act }) {
  const title = make('legend', { dir: 'auto' });
  const field = make('textarea', { dir: 'auto', });
  field.setAttribute('aria-label', words.say('qna.label'));
  const [send, said] = [button(make, 'submit'), status(make)];
  const [own, list] = [make('ul'), make('ol')];
  own.setAttribute('aria-label', words.say('qna.own'));
  const whole = make('form', {}, make('fieldset', {}, title, field, send.element), said.element, own, list);
  let [isStill, sent, asked] = [true, undefined, ''];
  whole.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (isStill || !text || [...text].length > CHARACTERS) return;
    sent = asked;
    act({ type: 'qna.ask', text });
  });
  const drawOwn = rows(own, () => {
    const element = make('li');
    return { element, update: (question) => describe(make, words, element, question) };
  });
  const questions = new Map();
  const row = (id) => {
    const [told, vote] = [make('div'), make('button', { type: 'button' })];
    vote.addEventListener('click', () => {
      const type = vote.getAttribute('aria-pressed') === 'true' ? 'qna.withdraw' : 'qna.vote';
      if (!isStill) act({ type, question: id });
    });
    return { item: make('li', {}, told, vote), told, vote };
  };

  const update = ({ card, tally = {}, mine = {}, entries = [], pending, refusal }) => {
    const { phase = 'ready', list: numbers = [] } = tally;
    const { asked: questioned = [], voted = [] } = mine;
    const isOpen = phase === 'open';
    isStill = !isOpen || Boolean(pending);
    asked = JSON.stringify(questioned);
    /* What was taken is done with; what was refused stays. */
    if (sent !== undefined && !pending) {
      if (sent !== asked) field.value = '';
      sent = undefined;
    }
    tell(title, card.title);
    field.hidden = !isOpen;
    send.tell(words.say(pending ? 'poll.sending' : isOpen ? 'qna.ask' : `state.${phase}`), !isStill);
    const off = card.cancelled && words.say('cancelled', { reason: apart(card.cancelled) });
    said.tell(refusal ?? off ?? (entries.length ? '' : words.say('qna.none_yet')));
    const aside = questioned.filter(({ standing, answer }) => standing === 'waiting' || standing === 'dismissed' || answer?.private);
    drawOwn(aside, (question) => question.id ?? question.text);
    const votes = new Map(numbers);
    const rank = ({ standing, pinned }) => RANKS[standing] ?? (pinned ? 1 : 2);
    const shown = entries.filter(({ standing, merged_into: into }) => !into && SHOWN.includes(standing));
    shown.sort((one, other) => rank(one) - rank(other) || (votes.get(other.id) ?? 0) - (votes.get(one.id) ?? 0) || one.id - other.id);
    const items = shown.slice(0, ROWS).map((question) => {
      const { id } = question;
      if (!questions.has(id)) questions.set(id, row(id));
      const { item, told, vote } = questions.get(id);
      describe(make, words, told, question);
      const number = words.number(votes.get(id) ?? 0);
      vote.textContent = `▲ ${number}`;
      vote.setAttribute('aria-label', `${words.say('qna.vote')} ${number}`);
      vote.setAttribute('aria-pressed', String(voted.includes(id)));
      vote.setAttribute('aria-disabled', String(isStill));
      return item;
    });
    /* Rows stay where they are while one of them has the focus. */
    if (!list.contains(list.getRootNode().activeElement)) list.replaceChildren(...items);
    list.hidden = items.length === 0;
  };
  return { inside: [whole], update };
}

/* A question with what became of it; each text in its own direction. */
function describe(make, words, place, { text, standing, pinned, answer }) {
  const line = (said, name = 'p') => make(name, { textContent: said, dir: 'auto' });
  const stands = { answering: 'qna.answering', waiting: 'qna.waits', dismissed: 'qna.dismissed' }[standing];
  const marks = [pinned && 'qna.pinned', stands];
  const said = [answer && 'qna.answer', answer?.automatic && 'qna.automatic', answer?.private && 'qna.private', !answer && standing === 'answered' && 'qna.live'];
  const small = [marks, said].map((keys) => keys.filter(Boolean).map((key) => words.say(key)).join(' · ')).filter(Boolean);
  place.replaceChildren(line(text ?? '…'), ...small.map((each) => line(each, 'small')), ...(answer ? [line(answer.text, 'blockquote')] : []));
}
