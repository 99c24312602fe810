/* The element class of the desk: finds its room, hands its frames in and its orders out, keeps what is typed. */

import { Line } from './line.js';
import { load, mount } from './module.js';
import { nearestRoom } from './nearest.js';

const WATCH = Symbol.for('liveroom.watch');
const EDITABLE = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';

export class LiveStudio extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ['for'];

  #desk;
  #room;
  #line;
  #unwatch;
  #stops = [];
  #traps = [];
  #wanted = 0;

  connectedCallback() {
    this.#begin();
  }

  attributeChangedCallback(_name, before, after) {
    if (before !== after && this.isConnected) this.#begin();
  }

  disconnectedCallback() {
    // A desk that is only moved keeps all it has.
    queueMicrotask(() => this.isConnected || this.#end());
  }

  async #begin() {
    const turn = ++this.#wanted;
    await customElements.whenDefined('live-room');
    const room = nearestRoom(this);
    if (turn !== this.#wanted || !this.isConnected || (room && room === this.#room)) return;
    if (!room) return this.#fail('no-room', 'Put <live-studio> inside a <live-room>, or name one with for="id".');
    try {
      const glue = await load();
      if (turn === this.#wanted && this.isConnected) this.#mount(room, glue);
    } catch (error) {
      this.#fail('studio-not-loaded', `The desk could not be loaded: ${error.message}. Open /doctor to find out why.`);
    }
  }

  #mount(room, glue) {
    this.#end();
    this.#wanted += 1;
    this.#room = room;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const { CSSStyleSheet } = this.ownerDocument.defaultView;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(glue.styles());
    shadow.adoptedStyleSheets = [sheet];
    const ground = this.ownerDocument.createElement('div');
    shadow.replaceChildren(ground);
    const port = {
      order: (number, command) => this.#order(number, command),
      keep: (form) => this.#keep(form),
      focus: (id) => reveal(shadow.getElementById(id))?.focus(),
    };
    this.#desk = mount(ground, port, this.#kept(), (why) => this.#again(room, glue, why));
    this.#line = new Line(room, (text) => this.#desk?.call('line', text));
    this.#unwatch = room[WATCH]((text) => this.#desk?.call('hear', text));
    this.#listen(this.ownerDocument, 'keydown', (event) => this.#key(event));
  }

  #end() {
    this.#unwatch?.();
    this.#line?.stop();
    this.#desk?.free();
    for (const stop of this.#stops.splice(0)) stop();
    this.#desk = this.#room = this.#line = this.#unwatch = undefined;
  }

  /** After a trap: from what the room and the storage kept, but not for ever. */
  #again(room, glue, why) {
    this.#fail('trap', `The desk failed and was started again: ${why}`);
    const now = performance.now();
    this.#traps = [...this.#traps.filter((at) => now - at < 60_000), now];
    if (this.#traps.length > 3) {
      this.#fail('trap-loop', 'The desk fails again and again: reload the page.');
      this.#end();
    } else if (this.isConnected) {
      this.#mount(room, glue);
    }
  }

  async #order(number, command) {
    const desk = this.#desk;
    try {
      const answer = await this.#room.command(JSON.parse(command));
      // The desk knows its orders by number; the id is the room element's own.
      desk?.call('answered', number, JSON.stringify({ id: 'order', ...answer }));
    } catch (error) {
      desk?.call('failed', number, error?.message ?? String(error));
    }
  }

  /** Single keys lead to buttons; never while somebody types, and never out of another part of the page. */
  #key(event) {
    const { ctrlKey, metaKey, altKey, defaultPrevented, isComposing } = event;
    const [target] = event.composedPath();
    const elsewhere = target !== this.ownerDocument.body && !event.composedPath().includes(this);
    if (ctrlKey || metaKey || altKey || defaultPrevented || isComposing || elsewhere) return;
    if (event.key !== 'Escape' && target.matches?.(EDITABLE)) return;
    if (this.#desk?.call('key', event.key) && event.key !== 'Escape') event.preventDefault();
  }

  #listen(target, type, handler) {
    target.addEventListener(type, handler);
    this.#stops.push(() => target.removeEventListener(type, handler));
  }

  get #name() {
    return `live-desk:${this.#room.getAttribute('server') ?? ''}:${this.#room.getAttribute('room') ?? ''}`;
  }

  #keep(form) {
    try {
      sessionStorage.setItem(this.#name, form);
    } catch {
      // Storage is refused or full: what is typed lives as long as the page.
    }
  }

  #kept() {
    try {
      return sessionStorage.getItem(this.#name) ?? '';
    } catch {
      return '';
    }
  }

  #fail(code, message) {
    const detail = { code, message, widget: 'studio' };
    console.error(`liveroom: ${code}: ${message}`);
    this.dispatchEvent(new CustomEvent('live-error', { bubbles: true, composed: true, detail }));
  }
}

/** Unfolds whatever an element is folded away in. */
function reveal(element) {
  for (let fold = element?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  return element;
}
