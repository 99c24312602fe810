/* What the room's server wants the desk to be told: asked every few seconds while there is a line, and at once when the desk is seen again. */

import { ask } from './lookup.js';

const EVERY_MS = 10_000;
/* An answer may be missed once. */
const MISSES = 2;

export class Alerts {
  #room;
  #tell;
  #timer;
  #misses = 0;
  #stopped = false;
  #seen = () => document.hidden || this.#look();

  /* `tell(text)`: the answer as JSON; nothing when there is none. */
  constructor(room, tell) {
    this.#room = room;
    this.#tell = tell;
    document.addEventListener('visibilitychange', this.#seen);
    this.#later(0);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  #later(ms) {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.#look(), ms);
  }

  async #look() {
    clearTimeout(this.#timer);
    const { connection, server } = this.#room.status ?? {};
    const isUp = connection === 'live' || connection === 'slow';
    // A line that is being made is there in a moment; a practice room has nobody to be told of.
    if (!isUp || server === 'practice') return this.#later(1_000);
    try {
      const text = await (await ask(this.#room, '/alerts')).text();
      this.#misses = 0;
      if (!this.#stopped) this.#tell(text);
    } catch (error) {
      // Whoever may not know is not told again and again that it may not.
      if (error.status === 403) return this.stop();
      if ((this.#misses += 1) >= MISSES && !this.#stopped) this.#tell('');
    }
    return this.#later(EVERY_MS);
  }
}
