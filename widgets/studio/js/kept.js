/* What is typed at a desk and not saved, and which orders have no answer yet, kept for this tab: a reload or a fault loses and doubles nothing. */

/* How many orders may be without an answer. */
const OPEN = 32;
/* What a room, or the page in its place, says without having done anything or remembering that it did not: the order may be given again. */
const OPEN_ENDED = new Set(['unanswered', 'unavailable']);

/* What tells one order from another: a time that is reckoned from the press is no part of what was meant. */
const meant = (text) => JSON.stringify({ ...JSON.parse(text), ends_at: undefined });

/* Also where a page has no secure context. */
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

function load(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, text) {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    // It is kept in the page.
  }
}

/** The place of a room's desk in the storage. Storage may be refused or full: then text lives as long as the page. */
export class Kept {
  #text = '';
  /* Orders without an answer: the id of each, by its words. */
  #open = new Map();

  static name(room) {
    return `live-desk:${room.getAttribute('server') ?? ''}:${room.getAttribute('room') ?? ''}`;
  }

  constructor(room) {
    this.name = Kept.name(room);
    this.#text = load(this.name) ?? '';
    try {
      this.#open = new Map(JSON.parse(load(this.#orders)));
    } catch {
      // It is nothing that was written here.
    }
  }

  get #orders() {
    return `${this.name}:orders`;
  }

  /** An order and its id. The same words once more, while nobody knows what became of them, are the same order: a room does it once. */
  order(text) {
    const means = meant(text);
    const known = [...this.#open].find(([other]) => meant(other) === means);
    const [words, id] = known ?? [text, fresh()];
    this.#open.set(words, id);
    this.#keep();
    return { words, id };
  }

  /** What became of an order. Once the room has said yes or no, the same words are another one. */
  answered(words, { refusal } = {}) {
    if (!OPEN_ENDED.has(refusal?.reason) && this.#open.delete(words)) this.#keep();
  }

  #keep() {
    while (this.#open.size > OPEN) this.#open.delete(this.#open.keys().next().value);
    store(this.#orders, JSON.stringify([...this.#open]));
  }

  get text() {
    return this.#text;
  }

  set text(text) {
    this.#text = text;
    store(this.name, text);
  }
}
