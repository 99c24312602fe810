/* Commands on their way: passed on as they are. Each is settled: by the room's answer, or by what is known of it without one.
   Loaded with the first command: viewers give none. */

import { fresh } from './fresh.js';

/* Nobody expects a button pressed longer ago to do anything: after a break it is not sent again. */
const LATE_MS = 8_000;
/* How long an answer is waited for; longer while the page joins, since a practice room may still be loading. */
const PATIENCE_MS = 15_000;
const JOINING_MS = 30_000;

export class Orders {
  /* id → `{text, at, sent, timer, answer, resolve}` */
  #waiting = new Map();
  /* `{isKnown, no}`: the room has greeted this page once; why nothing can be sent, as far as it was said on the newest line. */
  #way;

  constructor(way) {
    this.#way = way;
  }

  /* Sends a command, as JSON, on a greeted line, now or once there is one; resolves to the room's answer.
     Given again under its id while it is on its way, it is the same. */
  give(command, line, id = fresh()) {
    const known = this.#waiting.get(id);
    if (known) return known.answer;
    const order = { text: `{"type":"command","id":${JSON.stringify(id)},"command":${command}}`, at: performance.now() };
    order.answer = new Promise((resolve) => (order.resolve = resolve));
    this.#waiting.set(id, order);
    const ms = this.#way.isKnown ? PATIENCE_MS : JOINING_MS;
    order.timer = setTimeout(() => this.#giveUp(id, `no answer came within ${ms / 1_000} s`), ms);
    if (line) line.send(this.#leaves(order));
    else if (this.#isFinal) this.#giveUp(id);
    return order.answer;
  }

  #leaves(order) {
    order.sent = true;
    return order.text;
  }

  /* What was not answered and is not too late, to be sent, or sent again under its id. */
  get #again() {
    const old = performance.now() - LATE_MS;
    for (const [id, { at }] of this.#waiting) if (this.#way.isKnown && at < old) this.#giveUp(id, 'the line broke before the room answered');
    return [...this.#waiting.values()].map((order) => this.#leaves(order));
  }

  /* A line was greeted. */
  welcome(line) {
    if (line) for (const text of this.#again) line.send(text);
  }

  /* What is posted, with what waits behind it. */
  onto(body) {
    return `${body.slice(0, -1)}${this.#again.map((text) => `,${text}`).join('')}]`;
  }

  /* Nothing can be sent now. */
  barred() {
    if (this.#isFinal) for (const id of this.#waiting.keys()) this.#giveUp(id, 'the room refused this page before it answered');
  }

  /* A token that has ended may be followed by another within the second. */
  get #isFinal() {
    const { no } = this.#way;
    return no && no.reason !== 'expired-token';
  }

  answered(id, frame) {
    const { type: _, ...answer } = JSON.parse(frame);
    this.#settle(id, answer);
  }

  close() {
    for (const id of this.#waiting.keys()) this.#giveUp(id, 'the <live-room> was removed before the room answered');
  }

  /* What never left was not carried out. Of what did, nobody here knows. */
  #giveUp(id, why) {
    const refusal = this.#waiting.get(id).sent
      ? { reason: 'unanswered', message: `${why}; the command may have been carried out: give it again with {id: '${id}'}, and it is carried out once` }
      : this.#way.no ?? { reason: 'unavailable', message: `${why}; the command was not sent` };
    this.#settle(id, { id, ok: false, refusal });
  }

  #settle(id, answer) {
    const order = this.#waiting.get(id);
    clearTimeout(order?.timer);
    order?.resolve(answer);
    this.#waiting.delete(id);
  }
}
