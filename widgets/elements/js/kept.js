/* What a room told and what it has not answered, as text: it outlives the module.

   Nothing is read here. The module says which frame is the newest that holds a part of an activity. */

/* Most frames of the second that a fresh start takes. */
const MISSED = 500;

export class Kept {
  /* `activity part` → the frame's text and its rev; `welcome` and `room` of no activity. */
  #parts = new Map();
  #requests = new Map();
  /* Frames that came while there was no module to hand them to. */
  #missed = [];
  /* Frames that made the module trap. */
  #poison = new Set();
  /* Activities whose news made it trap, with the rev up to which nothing is handed in again. */
  #shunned = new Map();

  keep(activity, part, rev, text) {
    if (text) this.#parts.set(`${activity} ${part}`, { activity, rev, text });
  }

  /* Forgets an activity; all of them without a name. */
  forget(name) {
    for (const [key, { activity }] of this.#parts) if (activity && (!name || activity === name)) this.#parts.delete(key);
  }

  hold(id, text) {
    this.#requests.set(id, text);
  }

  release(id) {
    this.#requests.delete(id);
  }

  /* Each frame once, the welcome first. */
  get frames() {
    const texts = ['welcome', 'room'].map((part) => this.#parts.get(` ${part}`)?.text);
    for (const { activity, text } of this.#parts.values()) if (activity) texts.push(text);
    return [...new Set(texts)].filter((text) => text && !this.#poison.has(text));
  }

  get requests() {
    return this.#requests.values();
  }

  get shunned() {
    return this.#shunned.entries();
  }

  /* The frames of one activity: `{card, tally, mine}`. */
  of(activity) {
    return Object.fromEntries(['card', 'tally', 'mine'].map((part) => [part, this.#parts.get(`${activity} ${part}`)?.text]));
  }

  miss(text) {
    if (this.#missed.push(text) > MISSED) this.#missed.shift();
  }

  get missed() {
    return this.#missed.splice(0);
  }

  isPoison(text) {
    return this.#poison.has(text);
  }

  /* The module trapped over this frame, or over what is known of this activity. */
  shun(text, activity) {
    if (text) this.#poison.add(text);
    if (!activity) return;
    let newest = 0;
    for (const part of Object.keys(this.of(activity))) {
      const known = this.#parts.get(`${activity} ${part}`);
      if (!known) continue;
      newest = Math.max(newest, known.rev);
      /* Where nobody counts revs, the frame itself is what must change. */
      if (!known.rev) this.#poison.add(known.text);
    }
    if (newest) this.#shunned.set(activity, newest);
  }

  clear() {
    for (const map of [this.#parts, this.#requests, this.#poison, this.#shunned]) map.clear();
  }
}
