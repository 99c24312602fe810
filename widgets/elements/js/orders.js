/* Commands on their way: passed on as they are, each until the room has answered it, or until it would come too late. */

import { fresh } from './fresh.js';

/* Nobody expects a button pressed longer ago to do anything: after a break it is not sent again. */
const LATE_MS = 8_000;

export class Orders {
  #waiting = new Map();

  /* Sends a command on a greeted line, now or once there is one; resolves to the room's answer. */
  give(command, line) {
    const id = fresh();
    const text = JSON.stringify({ type: 'command', id, command });
    return new Promise((resolve) => {
      this.#waiting.set(id, { text, resolve, at: Date.now() });
      if (line) line.send(text);
    });
  }

  /* What was not answered and is not too late, to be sent again under its id. */
  get #again() {
    const old = Date.now() - LATE_MS;
    for (const [id, { at, resolve }] of this.#waiting) {
      if (at >= old) continue;
      resolve(unanswered('the line broke before the room answered; the command may have been carried out'));
      this.#waiting.delete(id);
    }
    return [...this.#waiting.values()].map(({ text }) => text);
  }

  /* A line was greeted. */
  welcome(line) {
    if (line) for (const text of this.#again) line.send(text);
  }

  /* What is posted, with what waits behind it. */
  onto(body) {
    return `${body.slice(0, -1)}${this.#again.map((text) => `,${text}`).join('')}]`;
  }

  answered(id, frame) {
    const { type: _, id: __, ...answer } = JSON.parse(frame);
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  close() {
    for (const { resolve } of this.#waiting.values()) {
      resolve(unanswered('the <live-room> was removed before the room answered; the command may have been carried out'));
    }
    this.#waiting.clear();
  }
}

const unanswered = (message) => ({ ok: false, refusal: { reason: 'unanswered', message } });
