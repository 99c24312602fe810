/* What is typed at a desk and not saved, and which orders have no answer yet, kept for this tab: a reload or a fault loses and doubles nothing. */

/* How many orders may be without an answer. */
const OPEN = 8;

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

  /** The id of an order that makes something. The same words once more, while nobody knows what became of them, are the same order. */
  idOf(text) {
    const id = this.#open.get(text) ?? fresh();
    this.#open.set(text, id);
    this.#keep();
    return id;
  }

  /** The room answered it: the same words make another one. */
  answered(text) {
    if (this.#open.delete(text)) this.#keep();
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
