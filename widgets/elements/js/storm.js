/* Numbers that come faster than anybody can read them: the newest of each activity is handed on five times a second,
   a little more often than a room server tells them.

   The first after a pause goes on at once, and the newest is never lost. A tally that says more than numbers
   (another phase, deadline or run) never waits, and whatever else comes finds all before it handed on: no order changes. */

const EVERY_MS = 200;

/* What a frame with the numbers of one activity, and nothing else, is about; undefined for every other frame. */
function read(text) {
  try {
    const { type, epoch, at, news } = JSON.parse(text);
    /* Where the page tells the time with its news, that must not come late. */
    if (type !== 'news' || at !== undefined || news.length !== 1) return undefined;
    const [{ activity, run, rev = 0, tally, card, mine, entries, gone }] = news;
    if (!tally || card || mine || entries?.length || gone) return undefined;
    const { phase, closes_at: closes, left_ms: left, revealed, votes } = tally;
    return { activity, rev, rest: `${epoch} ${run} ${phase} ${closes} ${left} ${revealed} ${votes?.length}` };
  } catch {
    return undefined;
  }
}

export class Storm {
  #hand;
  /* activity → what was handed on last: `{rev, rest, due}`; and in `text` what waits. */
  #known = new Map();
  #timer;

  constructor(hand) {
    this.#hand = hand;
  }

  take(text) {
    const frame = read(text);
    if (!frame) {
      this.flush();
      this.#known.clear();
      this.#hand(text);
      return;
    }
    const { activity, rev, rest } = frame;
    const now = performance.now();
    const known = this.#known.get(activity);
    if (known?.rest === rest && rev >= known.rev && now < known.due) {
      known.text = text;
      known.rev = rev;
      this.#timer ??= setTimeout(() => this.flush(), known.due - now);
      return;
    }
    /* What waits is older numbers of the same run, or has to be seen before this. */
    if (known?.text !== undefined && (known.rest !== rest || rev < known.rev)) this.#hand(known.text);
    this.#known.set(activity, { rev, rest, due: now + EVERY_MS });
    this.#hand(text);
  }

  /* Hands on all that waits. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const due = performance.now() + EVERY_MS;
    for (const known of this.#known.values()) {
      const { text } = known;
      if (text === undefined) continue;
      Object.assign(known, { due, text: undefined });
      this.#hand(text);
    }
  }

  /* Nothing more is handed on. */
  close() {
    clearTimeout(this.#timer);
    this.#known.clear();
  }
}
