/* A list of questions as a plain form: a field to ask, the questions with their votes and answers. */

const ENGLISH = {
  'qna.label': 'Your question',
  'qna.ask': 'Ask',
  'qna.vote': 'Vote for it:',
  'qna.answer': 'Answer',
  'qna.automatic': 'automatic',
  'qna.private': 'only you see this',
  'qna.answering': 'Being answered now',
  'qna.pinned': 'Pinned',
  'qna.live': 'Answered live',
  'qna.own': 'Your questions',
  'qna.waits': 'Waits for approval',
  'qna.dismissed': 'Not shown to others',
  'qna.none_yet': 'No questions yet',
  'poll.sending': 'Sending',
  'state.ready': 'Not open yet',
  'state.paused': 'Paused',
  'state.closed': 'Closed',
  refused: 'Not accepted.',
};

/* Most rows of the list, and most characters of a question. */
const ROWS = 30;
const CHARACTERS = 512;
const RANKS = { answering: 0 };

const forms = new WeakMap();

/* Draws a list of questions in `place`; what is typed and not sent stays. `act(action)` is called within the gesture. */
export function qna(place, { card, tally = {}, mine = {}, entries = [], pending, refusal }, act, words, dress) {
  const say = (key) => words[key] ?? ENGLISH[key] ?? words.refused ?? ENGLISH.refused;
  let known = forms.get(place);
  if (known?.title !== card.title) {
    dress(place);
    known = build(place, card, act);
    forms.set(place, known);
  }
  update(known, { tally, mine, entries, pending, refusal }, say);
}

/* What a viewer has if a page accepts an action and says no more. */
export function accepted({ type, question, text }, { voted = [], asked = [] } = {}) {
  if (type === 'qna.vote') return { voted: [...new Set([...voted, question])], asked };
  if (type === 'qna.withdraw') return { voted: voted.filter((id) => id !== question), asked };
  return { voted, asked: type === 'qna.ask' ? [...asked, { text, standing: 'waiting' }] : asked };
}

const make = (place, name, text = '') => {
  const element = place.ownerDocument.createElement(name);
  element.textContent = text;
  return element;
};

function build(place, { title = '' }, act) {
  const whole = make(place, 'form');
  const heading = make(place, 'legend', title);
  heading.dir = 'auto';
  const [field, send, said] = ['textarea', 'button', 'p'].map((name) => make(place, name));
  const [own, list] = [make(place, 'ul'), make(place, 'ol')];
  field.dir = 'auto';
  send.type = 'submit';
  said.setAttribute('role', 'status');
  const asking = make(place, 'fieldset');
  asking.append(heading, field, send);
  whole.append(asking, said, own, list);
  const known = { place, title, field, send, said, own, list, act, rows: new Map() };
  whole.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (known.isStill || !text || [...text].length > CHARACTERS) return;
    known.sent = known.mine;
    act({ type: 'qna.ask', text });
  });
  place.replaceChildren(whole);
  return known;
}

function update(known, { tally, mine, entries, pending, refusal }, say) {
  const { phase = 'ready', list = [] } = tally;
  const { asked = [], voted = [] } = mine;
  const isOpen = phase === 'open';
  known.isStill = !isOpen || Boolean(pending);
  known.mine = JSON.stringify(asked);
  /* What was taken is done with; what was refused stays. */
  if (known.sent !== undefined && !pending) {
    if (known.sent !== known.mine) known.field.value = '';
    known.sent = undefined;
  }
  known.field.setAttribute('aria-label', say('qna.label'));
  known.field.hidden = !isOpen;
  known.send.textContent = pending ? say('poll.sending') : isOpen ? say('qna.ask') : say(`state.${phase}`);
  known.send.setAttribute('aria-disabled', String(known.isStill));
  known.said.textContent = refusal ? say(`refused.${refusal}`) : entries.length ? '' : say('qna.none_yet');
  const apart = asked.filter(({ standing, answer }) => standing === 'waiting' || standing === 'dismissed' || answer?.private);
  known.own.setAttribute('aria-label', say('qna.own'));
  known.own.hidden = apart.length === 0;
  known.own.replaceChildren(...apart.map((question) => {
    const item = make(known.place, 'li');
    tell(item, question, say);
    return item;
  }));
  const votes = new Map(list);
  const shown = entries.filter(({ standing, merged_into: into }) => !into && ['shown', 'answering', 'answered'].includes(standing));
  const rank = ({ standing, pinned }) => RANKS[standing] ?? (pinned ? 1 : 2);
  shown.sort((one, other) => rank(one) - rank(other) || (votes.get(other.id) ?? 0) - (votes.get(one.id) ?? 0) || one.id - other.id);
  const rows = shown.slice(0, ROWS).map((question) => row(known, question, votes.get(question.id) ?? 0, voted.includes(question.id), say));
  /* Rows stay where they are while one of them has the focus. */
  const focused = known.list.getRootNode().activeElement;
  if (!known.list.contains(focused)) known.list.replaceChildren(...rows);
}

function row(known, question, votes, isVoted, say) {
  const { id } = question;
  if (!known.rows.has(id)) {
    const [item, told, vote] = ['li', 'div', 'button'].map((name) => make(known.place, name));
    vote.type = 'button';
    vote.addEventListener('click', () => {
      const type = vote.getAttribute('aria-pressed') === 'true' ? 'qna.withdraw' : 'qna.vote';
      if (!known.isStill) known.act({ type, question: id });
    });
    item.append(told, vote);
    known.rows.set(id, { item, told, vote });
  }
  const { item, told, vote } = known.rows.get(id);
  tell(told, question, say);
  vote.textContent = `▲ ${votes}`;
  vote.setAttribute('aria-label', `${say('qna.vote')} ${votes}`);
  vote.setAttribute('aria-pressed', String(isVoted));
  vote.setAttribute('aria-disabled', String(known.isStill));
  return item;
}

/* A question with what became of it; each text in its own direction. */
function tell(item, { text, standing, pinned, answer }, say) {
  const line = (words, name = 'p') => {
    const element = make(item, name, words);
    element.dir = 'auto';
    return element;
  };
  const marks = [pinned && say('qna.pinned'), ['answering', 'waiting', 'dismissed'].includes(standing) && say(standing === 'waiting' ? 'qna.waits' : `qna.${standing}`)];
  const said = [answer && say('qna.answer'), answer?.automatic && say('qna.automatic'), answer?.private && say('qna.private'), !answer && standing === 'answered' && say('qna.live')];
  const lines = [line(text ?? '…'), ...[marks, said].map((words) => words.filter(Boolean).join(' · ')).filter(Boolean).map((words) => line(words, 'small'))];
  item.replaceChildren(...lines, ...(answer ? [line(answer.text, 'blockquote')] : []));
}
