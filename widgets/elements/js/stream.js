/* Programme time as the page's `streamClock` has it. */

export class Stream {
  #room;
  #fail;
  /* A `streamClock` that threw. */
  #lost;

  constructor(room, fail) {
    this.#room = room;
    this.#fail = fail;
  }

  /* As a text; nothing where there is none. */
  get time() {
    const { streamClock } = this.#room;
    if (!streamClock || streamClock === this.#lost) return undefined;
    try {
      return String(Math.round(streamClock()));
    } catch (error) {
      /* Asked again once it is another. */
      this.#lost = streamClock;
      this.#fail('stream-clock', `streamClock threw, and is not asked again: ${error.message}`);
      return undefined;
    }
  }
}
