/* What is typed at a desk, kept for this tab, so that a reload or a fault loses nothing. */

/** The place of a room's desk in the storage. Storage may be refused or full: then text lives as long as the page. */
export class Kept {
  #text = '';

  static name(room) {
    return `live-desk:${room.getAttribute('server') ?? ''}:${room.getAttribute('room') ?? ''}`;
  }

  constructor(room) {
    this.name = Kept.name(room);
    try {
      this.#text = sessionStorage.getItem(this.name) ?? '';
    } catch {
      // Nothing was kept.
    }
  }

  get text() {
    return this.#text;
  }

  set text(text) {
    this.#text = text;
    try {
      sessionStorage.setItem(this.name, text);
    } catch {
      // It is kept here.
    }
  }
}
