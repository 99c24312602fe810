/* The rules of a prize draw in words: its conditions, the odds, and what is folded away. */

import { apart } from './plain-words.js';

const ATTESTED = ['followed', 'shared', 'bought', 'adult'];

/* What must be met. */
export function what(words, { kind, word, for_ms: time, poll, what: attested }) {
  switch (kind) {
    case 'keyword':
      return word === undefined ? words.say('lottery.if_keyword') : words.say('lottery.if_word', { word: apart(word) });
    case 'watched':
      return words.say('lottery.if_watched', { time: words.digits(time) });
    case 'voted':
      return poll === undefined ? words.say('lottery.if_voted') : words.say('lottery.if_voted_in', { poll: apart(poll) });
    case 'attested':
      return ATTESTED.includes(attested) ? words.say(`lottery.if_${attested}`) : words.say('lottery.if_attested', { what: apart(attested) });
    default:
      return words.say('lottery.if_unknown');
  }
}

/* This viewer's odds, or what they would be; nothing once it is drawn. */
export function odds(words, { card, tally: { phase, tickets: all = 0 } = {}, mine: { entered, tickets: own = 0 } = {} }) {
  const { each = 1, tiers = [] } = card.tickets ?? {};
  if (card.drawn_at || card.cancelled || !(entered || phase === 'open')) return '';
  const prizes = words.count('lottery.pieces', (card.prizes ?? []).reduce((sum, { count = 1 }) => sum + count, 0));
  const line = (key, mine, whole) => words.say(key, { own: words.count('lottery.tickets', mine), all: words.number(whole), prizes });
  if (entered) return line('lottery.odds', Math.max(own, 1), Math.max(all, own));
  /* How many tickets a member would have is the room's to say. */
  return tiers.length ? line('lottery.odds_each', 1, Math.max(all, 1)) : line('lottery.odds_new', each, all + each);
}

/* The rules in short, a line each. */
export function shortly(words, card) {
  const { level = 'device', tickets: { each = 1, tiers = [] } = {}, winners_shown: shown = 'masked', claim_within_ms: within, exclusions = [], not_after: before = [] } = card;
  const list = [words.count('lottery.tickets', each), ...tiers.map(({ tier, tickets }) => `${apart(tier)} ${words.number(tickets)}`)].join(words.say('list'));
  const rules = [
    words.say(`lottery.one_${level}`),
    words.say('lottery.tickets_rule', { list }),
    words.say(card.draws_itself ? 'lottery.by_itself' : 'lottery.by_hand'),
    words.say(`lottery.shown_${shown}`),
    within && words.say('lottery.within', { time: words.length(within) }),
    exclusions.length > 0 && words.say('lottery.exclusions', { list: words.list(exclusions) }),
    before.length > 0 && words.say('lottery.not_after', { list: words.list(before) }),
  ];
  return rules.filter(Boolean);
}
