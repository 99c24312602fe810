/* What a room told and what it has not answered, as text: it outlives the module.

   Nothing is read here. The module says which frame is the newest that holds a part of an activity. */

/* Most cards within an activity, as the questions of a list. */
const ENTRIES = 5_000;
/* Most frames of the second that a fresh start takes. */
const MISSED = 500;

export class Kept {
  /* `activity part` → the frame's text, its rev, and when it came; `welcome` and `room` of no activity. */
  #parts = new Map();
  /* activity → number of a card within it → the frame's text, and when it came. */
  #entries = new Map();
  #came = 0;
  #requests = new Map();
  /* Frames that came while there was no module to hand them to. */
  #missed = [];
  /* Frames that made the module trap. */
  #poison = new Set();
  /* Activities whose news made it trap, with the rev up to which nothing is handed in again. */
  #shunned = new Map();

  keep(activity, part, rev, text) {
    if (text) this.#parts.set(`${activity} ${part}`, { activity, rev, text, came: (this.#came += 1) });
  }

  /* `names`: the numbers of cards within an activity of which this frame is the newest. */
  keepEntries(activity, names, text) {
    const known = this.#entries.get(activity) ?? new Map();
    this.#entries.set(activity, known);
    for (const name of names.split(' ').filter(Boolean)) {
      known.delete(name);
      known.set(name, { text, came: (this.#came += 1) });
    }
    for (const oldest of known.keys()) {
      if (known.size <= ENTRIES) break;
      known.delete(oldest);
    }
  }

  /* Forgets an activity; all of them without a name. */
  forget(name) {
    if (name) this.#entries.delete(name);
    else this.#entries.clear();
    for (const [key, { activity }] of this.#parts) if (activity && (!name || activity === name)) this.#parts.delete(key);
  }

  hold(id, text) {
    this.#requests.set(id, text);
  }

  release(id) {
    this.#requests.delete(id);
  }

  /* Each frame once, the welcome first, then in the order in which they came: of two without revs the later is newer. */
  get frames() {
    const texts = ['welcome', 'room'].map((part) => this.#parts.get(` ${part}`)?.text);
    const news = [...this.#parts.values()].filter(({ activity }) => activity);
    for (const known of this.#entries.values()) news.push(...known.values());
    texts.push(...news.sort((one, other) => one.came - other.came).map(({ text }) => text));
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

  /* The frames that hold cards within one activity, in the order in which they came. */
  entriesOf(activity) {
    return Array.from(this.#entries.get(activity)?.values() ?? [], ({ text }) => text);
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
    for (const map of [this.#parts, this.#entries, this.#requests, this.#poison, this.#shunned]) map.clear();
  }
}
