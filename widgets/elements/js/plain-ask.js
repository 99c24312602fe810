/* Asks a room server by HTTP: every few seconds what is new, and at once where the viewer has done something. */

const ASK_MS = 8_000;
const PATIENCE_MS = 10_000;
/* Why a question is broken off that is asked again at once. */
const GIVEN_UP = 'given up';
/* Refusals that say no more than that it should be asked again. */
const LATER = ['too-fast', 'unavailable'];

export class Asker {
  #calls;
  #timer;
  /* What is under way, and whether it only asks. */
  #asking;
  #isIdle = false;
  #again = false;
  #isClosed = false;
  /* When the room was heard last; and whether the last question got no answer. */
  #heard;
  #isLost = false;

  /* `calls`: `address()`, `isLive()` (a socket is there), `frames()` that wait, `hello()`, `take(frame)`, `refuse(refusal)`, `told()`. */
  constructor(calls) {
    this.#calls = calls;
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  /* How the page is connected, in words. */
  note(words) {
    if (!this.#isLost) return this.#heard ? words.say('link.slow') : '';
    return this.#heard ? words.say('link.since', { at: words.clock(this.#heard) }) : words.say('link.lost');
  }

  /* Asks now. What only asks is given up for an action; an action on its way is waited for, since its answer must not be lost. */
  ask(forAction = false) {
    clearTimeout(this.#timer);
    if (this.#isClosed || !this.#calls.address()) return;
    if (this.#asking) {
      this.#again = true;
      if (forAction && this.#isIdle) this.#asking.abort(GIVEN_UP);
      return;
    }
    this.#again = false;
    const asking = (this.#asking = new AbortController());
    const late = setTimeout(() => asking.abort(), PATIENCE_MS);
    this.#talk(asking.signal).then(() => {
      clearTimeout(late);
      this.#asking = undefined;
      if (this.#isClosed) return;
      this.#calls.told();
      if (this.#again) this.ask();
      else this.#timer = setTimeout(() => this.ask(), ASK_MS);
    });
  }

  async #talk(signal) {
    if (this.#calls.isLive()) return;
    try {
      this.#isIdle = true;
      const { hello, isNew } = await this.#calls.hello();
      const frames = this.#calls.frames();
      this.#isIdle = frames.length === 0;
      if (frames.length && isNew) {
        /* The key is kept before it is used, so that no answer that is lost makes another viewer. */
        await this.#post([hello, { type: 'mint' }], signal);
        const { hello: known } = await this.#calls.hello();
        await this.#post([known, ...frames], signal);
      } else {
        await this.#post([hello, ...frames], signal);
      }
      this.#isLost = false;
      this.#heard = Date.now();
    } catch {
      this.#isLost = signal.reason !== GIVEN_UP;
    }
  }

  async #post(frames, signal) {
    const response = await fetch(`${this.#calls.address()}/messages`, {
      method: 'POST',
      body: JSON.stringify(frames),
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    });
    const answer = await response.json();
    if (this.#isClosed) return;
    if (response.ok) for (const frame of answer) this.#calls.take(frame);
    else if (answer.refusal && !LATER.includes(answer.refusal.reason)) this.#calls.refuse(answer.refusal);
    else throw new Error(String(response.status));
  }
}
