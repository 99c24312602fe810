/* Commands on their way: passed on as they are, each until the room has answered it. */

import { fresh } from './fresh.js';

export class Orders {
  #waiting = new Map();

  /* Sends a command on a greeted line, now or once there is one; resolves to the room's answer. */
  give(command, line) {
    const id = fresh();
    const text = JSON.stringify({ type: 'command', id, command });
    return new Promise((resolve) => {
      this.#waiting.set(id, { text, resolve });
      if (line) line.send(text);
    });
  }

  /* A line was greeted: what was not answered is sent again under its id. */
  welcome(line) {
    for (const { text } of this.#waiting.values()) line?.send(text);
  }

  answered(id, frame) {
    const { type: _, id: __, ...answer } = JSON.parse(frame);
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  close() {
    const message = 'the <live-room> was removed before the room answered; the command may have been carried out';
    for (const { resolve } of this.#waiting.values()) resolve({ ok: false, refusal: { reason: 'unanswered', message } });
    this.#waiting.clear();
  }
}
