/* When the module is let draw and look at its clocks: in the next frame, and when it asked to be woken. */

import { blame } from './kit.js';

/* The longest time that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

export class Pace {
  #call;
  #drawn;
  #timer;
  #isDue = false;

  /* `drawn` is called after each drawing. */
  constructor(call, drawn) {
    this.#call = call;
    this.#drawn = drawn;
  }

  frame() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#draw());
  }

  async #draw() {
    this.#isDue = false;
    this.#call('draw');
    /* One element a step, each drawn in the microtasks after it: so a trap is blamed on what it was drawing. */
    while (this.#call('next') !== undefined) await undefined;
    await undefined;
    blame();
    this.#drawn();
  }

  wake(ms) {
    this.stop();
    if (ms >= 0) this.#timer = setTimeout(() => this.#call('wake'), Math.min(ms, LONGEST_MS));
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
