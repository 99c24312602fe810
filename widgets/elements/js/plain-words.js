/* What plain forms speak by: the room's messages laid over the kit's English; numbers, money and times as `Intl` writes them. */

import ENGLISH from '../lang/en.json' with { type: 'json' };
import { Format } from './format.js';

/* Reasons that ask a viewer for the same thing share a message. */
const SHARED = { 'bad-token': 'token', 'expired-token': 'token', 'not-allowed': 'token' };
const MINUTE_MS = 60_000;

export class Words {
  #messages;
  #format;

  /* `messages`: those that are not English, or the page's own. */
  constructor(messages = {}, format = new Format('en')) {
    this.#messages = { ...ENGLISH, ...messages };
    this.#format = format;
  }

  /* The message of a key, with what stands in braces filled in. */
  say(key, values = {}) {
    return (this.#messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /* The message for a number. */
  count(key, number, values = {}) {
    const category = `${key}.${this.#format.plural(number)}`;
    return this.say(category in this.#messages ? category : `${key}.other`, { ...values, n: this.number(number) });
  }

  /* Names in one line, each kept together in its own direction of writing. */
  list(names) {
    return names.map(apart).join(this.say('list'));
  }

  /* The room's no as a sentence: that, why, and what to do. */
  refusal(reason) {
    const key = `refused.${SHARED[reason] ?? reason}`;
    return this.say('refused') + this.say('join') + this.say(key in this.#messages ? key : 'refused.other');
  }

  /* Whom an activity is for, a line for each condition. */
  whom({ tiers = [], segments = [], roles = [], points } = {}) {
    const lists = { tiers, segments, roles: roles.map((role) => this.say(`role.${role}`)), points: points ? [this.number(points)] : [] };
    return Object.entries(lists).filter(([, names]) => names.length).map(([kind, names]) => this.say(`who.${kind}`, { list: this.list(names) }));
  }

  /* When it opens or ends by itself, if it does. */
  times({ phase, opens_at: opens, closes_at: closes }) {
    if (phase === 'open' && closes) return this.say('time.ends', { at: this.clock(closes) });
    return phase === 'ready' && opens ? this.say('time.opens', { at: this.clock(opens) }) : '';
  }

  number(value) {
    return this.#format.number(value);
  }

  money(amount, currency) {
    return this.#format.money(amount, currency);
  }

  clock(at) {
    return this.#format.clock(at);
  }

  /* A length of time as digits. */
  digits(ms) {
    return this.#format.digits(Math.ceil(ms / 1_000));
  }

  /* A long time in the largest whole unit. */
  length(ms) {
    const minutes = Math.ceil(ms / MINUTE_MS);
    const [unit, each] = minutes % 1_440 === 0 ? ['days', 1_440] : minutes % 60 === 0 ? ['hours', 60] : ['minutes', 1];
    return this.count(`lottery.${unit}`, minutes / each);
  }
}

/* What somebody wrote, so that its direction of writing cannot disturb the sentence around it. */
export const apart = (text) => `\u2068${text}\u2069`;
