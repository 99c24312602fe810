/* A prize draw as a plain form: prizes, conditions, the word, one button; then the winners, and the way to one's own prize. */

import { odds, shortly, what } from './plain-rules.js';
import { button, lines, link, rows, status, tell } from './plain-tags.js';
import { win } from './plain-win.js';
import { apart } from './plain-words.js';

/* Most characters of what is typed. */
const CHARACTERS = 200;

/* Makes the part of a prize draw. */
export function lottery({ make, words, act }) {
  const title = make('p', { className: 'title', dir: 'auto' });
  const own = make('ul');
  const [prizes, conditions, winners, facts, short] = ['ul', 'ul', 'ol', 'ul', 'ul'].map((name) => lines(make, name));
  const [fate, toEnter, share, entrants, way] = ['p', 'p', 'p', 'p', 'p'].map((name) => make(name));
  const field = make('input', { type: 'text', dir: 'auto', autocomplete: 'off', maxLength: CHARACTERS });
  const word = make('label', { className: 'tall' }, make('span', { textContent: words.say('lottery.word') }), field);
  const [send, said] = [button(make, 'submit'), status(make)];
  const entry = make('form', {}, word, send.element, said.element);
  const rules = make('details', {}, make('summary', { textContent: words.say('lottery.short') }), short.element);
  let [isStill, asks, address] = [true, false, undefined];
  entry.addEventListener('submit', (event) => {
    event.preventDefault();
    const keyword = field.value.trim();
    if (!isStill && (keyword || !asks)) act({ type: 'lottery.enter', ...(asks && { keyword }) });
  });
  let sheet;
  const drawOwn = rows(own, () => win({ make, words, act }, () => sheet));

  const update = (parts) => {
    sheet = parts;
    const { card, tally = {}, mine = {}, pending, refusal } = parts;
    const { phase = 'ready', entrants: count = 0 } = tally;
    const isTold = Boolean(card.drawn_at);
    const key = standing(parts);
    isStill = key !== 'lottery.enter' || Boolean(pending);
    asks = (card.conditions ?? []).some(({ kind }) => kind === 'keyword');
    tell(title, card.title);
    drawOwn(isTold ? mine.wins ?? [] : [], ({ win: number }) => number);
    prizes.tell((card.prizes ?? []).map((prize) => worth(words, prize)));
    tell(fate, card.cancelled ? words.say('cancelled', { reason: apart(card.cancelled) }) : isTold ? drawn(words, parts) : '');
    winners.tell(isTold && !card.cancelled ? named(words, parts) : []);
    const isWanted = !mine.entered && phase !== 'closed' && card.conditions?.length;
    tell(toEnter, isWanted ? words.say('lottery.to_enter') : '');
    conditions.tell(isWanted ? card.conditions.map((condition, place) => met(words, condition, mine, place)) : []);
    tell(share, odds(words, parts));
    tell(entrants, count ? words.count('lottery.entrants', count) : phase === 'ready' ? '' : words.say(phase === 'closed' ? 'lottery.nobody' : 'lottery.none_yet'));
    word.hidden = !asks || !['lottery.enter', 'poll.sending'].includes(key);
    field.required = asks && !word.hidden;
    send.tell(words.say(key), !isStill);
    said.tell(refusal);
    facts.tell([...words.whom(card.who), ...(card.organiser ? [words.say('lottery.organiser', { who: apart(card.organiser) })] : []),
      ...(card.free_entry ? [words.say('lottery.free', { how: apart(card.free_entry) })] : []), ...(card.delivery ? [words.say('lottery.delivery', { how: apart(card.delivery) })] : [])]);
    if (address !== card.rules) {
      address = card.rules;
      way.replaceChildren(link(make, address, words.say('lottery.rules')) || '');
    }
    way.hidden = !way.firstElementChild;
    short.tell(shortly(words, card));
  };
  return { inside: [title, own, prizes.element, fate, winners.element, toEnter, conditions.element, share, entrants, entry, facts.element, way, rules], update };
}

/* The key of what the button says. */
function standing({ card, tally: { phase = 'ready', entrants = 0 } = {}, mine: { entered, wins = [] } = {}, pending }) {
  if (pending?.type === 'lottery.enter') return 'poll.sending';
  if (card.cancelled) return 'state.closed';
  if (card.drawn_at) return !entered ? 'lottery.was_not' : wins.length ? 'lottery.was_in' : 'lottery.not_won';
  if (phase === 'closed') return entrants === 0 ? 'state.closed' : entered ? 'lottery.waits_in' : 'lottery.waits';
  if (phase !== 'ready' && entered) return 'lottery.entered';
  return phase === 'open' ? 'lottery.enter' : `state.${phase}`;
}

/* A prize: how many of it, what, and what one is worth. */
function worth(words, { name, count = 1, value }) {
  const times = count > 1 ? `${words.say('lottery.times', { n: words.number(count) })} ` : '';
  const money = value && words.say(count > 1 ? 'lottery.worth_each' : 'lottery.worth', { value: words.money(value.amount, value.currency) });
  return [times + apart(name), money].filter(Boolean).join(' · ');
}

/* A condition, and whether it is met as far as the room knows; nothing is known of a word before it is sent. */
function met(words, condition, { met: told = [], watched_ms: watched }, place) {
  const isMet = condition.kind === 'keyword' ? undefined : told[place];
  const soFar = condition.kind === 'watched' && isMet === false && watched !== undefined;
  const state = soFar ? words.say('lottery.so_far', { time: words.digits(watched) }) : isMet === undefined ? '' : words.say(isMet ? 'lottery.met' : 'lottery.unmet');
  return [what(words, condition), state].filter(Boolean).join(' · ');
}

/* That it is drawn; of winners who are not shown, how many they are. */
function drawn(words, { card: { prizes = [], winners = [] }, tally: { claimed = 0 } = {} }) {
  const awarded = winners.filter(({ standing: became }) => became !== 'forfeited').length;
  const all = prizes.reduce((sum, { count = 1 }) => sum + count, 0);
  const isHidden = winners.every(({ name }) => name === undefined);
  const facts = [
    words.say(isHidden ? 'lottery.private' : 'lottery.winners'),
    (isHidden || awarded < all) && words.say('lottery.drawn_of', { n: words.number(awarded), all: words.number(all) }),
    claimed > 0 && words.count('lottery.claimed', claimed),
  ];
  return facts.filter(Boolean).join(' · ');
}

/* The winners as they are shown, each with the prize and what became of it. */
function named(words, { card: { prizes = [], winners = [] }, mine: { wins = [] } = {} }) {
  const fates = { claimed: 'lottery.has_claimed', fulfilled: 'lottery.fulfilled', forfeited: 'lottery.forfeited' };
  const isHidden = winners.every(({ name }) => name === undefined);
  const seen = winners.filter(({ standing: became }) => !isHidden || became === 'forfeited');
  return seen.map(({ win: number, prize, name, standing: became, reason }) => {
    const own = wins.some((won) => won.win === number) && words.say('quiz.you');
    const fate = reason ? words.say('lottery.forfeited_for', { reason: apart(reason) }) : fates[became] && words.say(fates[became]);
    const which = prizes.length > 1 && apart(prizes[prize]?.name ?? '');
    return [name === undefined ? words.say('lottery.someone') : apart(name), own, which, fate].filter(Boolean).join(' · ');
  });
}
