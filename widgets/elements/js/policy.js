/* The policy that the module decides, as the shell asks it for one endpoint. The state is kept here, so that a trap forgets nothing. */

import { fresh } from './fresh.js';

/* Places in the state. */
const [FAILURES, MOST, UNTIL, GONE, SPENT] = [0, 1, 2, 3, 4];

/* Late enough that an allowance which fills for minutes is full when the page begins. */
const steady = () => Math.round(performance.now()) + 1e6;

export class Policy {
  limits;
  #ask;
  #state = [0, 100, 0, 0, 0];
  /* Whether the last attempt had an answer. */
  #answered = false;

  /* `ask(kind, numbers, text)` is the module's `report_decide`; it answers nothing while the module is down. */
  constructor(ask) {
    this.#ask = (kind, numbers = [], text = '') => JSON.parse(ask(kind, numbers.map(Number), text) || 'null');
  }

  /* Whether it can be asked, or could once: the limits are known. */
  get isKnown() {
    this.limits ??= this.#ask('limits') ?? undefined;
    return Boolean(this.limits);
  }

  /* The endpoint wants nothing more from this page load. */
  get isGone() {
    return Boolean(this.#state[GONE]);
  }

  /* How long no attempt is to be made; 0 if one may be. */
  get pause() {
    return Math.max(0, this.#state[UNTIL] - steady());
  }

  /* The endpoint itself is in trouble. That a page which goes saw no answer says nothing of it. */
  get isRefused() {
    return this.#answered && this.pause > 0;
  }

  /* Another tab was told to wait. */
  wait(ms) {
    this.#state[UNTIL] = Math.max(this.#state[UNTIL], steady() + ms);
  }

  /* The network is back, or another tab was answered. What the page may send in a minute is no more for that. */
  hurry() {
    this.#state[FAILURES] = 0;
    this.#state[UNTIL] = this.#state[SPENT];
  }

  /* Milliseconds until the next attempt; nothing if none is due. */
  next(count, bytes, soon, chance) {
    return this.#ask('wait', [...this.#state, count, bytes, soon, steady(), chance])?.ms;
  }

  /* `{take, too_old, damaged, body?}` of a lot of records, within so many bytes. */
  batch({ session, source, ledger, rows }, bytes, most = this.#state[MOST]) {
    const { created, ...settled } = ledger;
    const numbers = [created, most, bytes, Date.now(), ...rows.flatMap(({ sequence, at }) => [sequence, at])];
    /* A line each: what was JSON when it was written has none within. */
    const lines = [session, source, fresh(), JSON.stringify(settled), ...rows.map(({ text }) => `${text}`)];
    return this.#ask('batch', numbers, lines.map((line) => line.replaceAll('\n', ' ')).join('\n'));
  }

  /* What an answer means for the `count` reports that were sent: `{verdict, reason?}`. */
  verdict({ status, retryAfter = -1, html = false, bytes = 0 }, count) {
    const { state, ...meaning } = this.#ask('answer', [...this.#state, status, retryAfter, html, bytes, count, steady(), Math.random()]) ?? {};
    if (state) {
      this.#state = state;
      this.#answered = status > 0;
    }
    return meaning;
  }
}
