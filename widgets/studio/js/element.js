/* The element class of the desk: finds its room, hands its frames in and its orders out. */

import { Alerts } from './alerts.js';
import { Audience } from './audience.js';
import { draftOf } from './draft.js';
import { drag } from './drag.js';
import { files, give } from './files.js';
import { studioOf } from './invite.js';
import { Kept } from './kept.js';
import { focus, isForDesk } from './keys.js';
import { Line } from './line.js';
import { look, save } from './lookup.js';
import { load, mount } from './module.js';
import { nearestRoom } from './nearest.js';
import { press } from './press.js';
import { run } from './run.js';

const WATCH = Symbol.for('liveroom.watch');
const ASK = Symbol.for('liveroom.ask');
const MINUTE_MS = 60_000;
const TRAPS = 3;

export class LiveStudio extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ['for'];

  #desk;
  #room;
  #stops = [];
  #traps = [];
  #turn = 0;
  #seeking;
  #audience;

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

  adoptedCallback() {
    // Style sheets belong to a document.
    this.#end();
  }

  async #begin() {
    const turn = ++this.#turn;
    await customElements.whenDefined('live-room');
    if (turn !== this.#turn || !this.isConnected) return;
    const room = nearestRoom(this);
    this.#seek(!room);
    if (!room || room === this.#room) return;
    // What gives orders is there before the first press, when the server may hang; the room element says so if it is not.
    import('./orders.js').catch(() => {});
    try {
      const glue = await load();
      if (turn === this.#turn && this.isConnected) this.#mount(room, glue);
    } catch (error) {
      this.#fail('studio-not-loaded', `the desk could not be loaded: ${error.message}; open /doctor to find out why`);
    }
  }

  /* Without a room the desk says so, and looks again whenever the page changes. */
  #seek(on) {
    if (on && !this.#seeking) {
      this.#fail('no-room', 'put <live-studio> inside a <live-room>, or name one with for="id"');
      this.#seeking = new MutationObserver(() => nearestRoom(this) && this.#begin());
      this.#seeking.observe(this.ownerDocument, { childList: true, subtree: true, attributeFilter: ['id'] });
    } else if (!on) {
      this.#seeking?.disconnect();
      this.#seeking = undefined;
    }
  }

  #mount(room, glue) {
    this.#end();
    this.#room = room;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const { CSSStyleSheet } = this.ownerDocument.defaultView;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(glue.styles());
    shadow.adoptedStyleSheets = [sheet];
    const ground = this.ownerDocument.createElement('div');
    shadow.replaceChildren(ground);
    const kept = new Kept(room);
    const port = {
      order: (number, command) => this.#order(number, command, kept),
      now: () => Line.now(room),
      ask: (message) => room[ASK]?.(message),
      draft: (activity, number, question) => this.#draft(activity, number, question),
      keep: (left) => { kept.text = left; },
      focus: (id) => focus(shadow.getElementById(id)),
      run: (method, version, body) => void run(room, method, version, body, (status, text) => {
        if (desk === this.#desk) desk.call('ran', status, text);
      }),
      audience: (count) => void this.#practise(room, count),
      studio: () => studioOf(room),
      file: (name, text) => give(this.ownerDocument, name, new Blob([text], { type: 'application/json' })),
      look: (path, question) => void look(room, path, question, (...told) => this.#looked(room, question, told)),
      save: (path, name, question) => void save(room, path, name, (...told) => {
        this.#looked(room, question, told);
        this.#fail('export', told[1]);
      }),
    };
    const desk = mount(ground, port, kept.text, (why) => this.#again(room, glue, why));
    this.#desk = desk;
    const line = new Line(room, (text) => desk.call('line', text));
    const alerts = new Alerts(room, (text) => desk.call('alerts', text));
    const onkey = (event) => {
      if (isForDesk(event, this) && desk.call('key', event.key) && event.key !== 'Escape') event.preventDefault();
    };
    const { ownerDocument } = this;
    ownerDocument.addEventListener('keydown', onkey);
    // What was typed belongs to a room: a page may name the room, or another one, when the desk already stands.
    const named = new MutationObserver(() => Kept.name(room) === kept.name || this.#mount(room, glue));
    named.observe(room, { attributeFilter: ['room', 'server'] });
    this.#stops = [
      () => named.disconnect(),
      press(this),
      drag(shadow, (from, to) => desk.call('moved', from, to)),
      files(shadow, (kind, text) => desk.call('file', kind, text)),
      room[WATCH]((text) => desk.call('hear', text)),
      () => line.stop(),
      () => alerts.stop(),
      () => ownerDocument.removeEventListener('keydown', onkey),
      () => desk.free(),
    ];
  }

  #end() {
    this.#turn += 1;
    this.#seek(false);
    for (const stop of this.#stops.splice(0)) stop();
    void this.#audience?.be(0);
    this.#audience = undefined;
    this.#desk = this.#room = undefined;
  }

  /* After a trap: from what the room and the storage kept, but not for ever. */
  #again(room, glue, why) {
    const now = performance.now();
    this.#traps = [...this.#traps.filter((at) => now - at < MINUTE_MS), now];
    if (this.#traps.length > TRAPS) {
      this.#fail('trap', `the desk fails again and again: ${why}; reload the page`);
      this.#end();
    } else {
      this.#fail('trap', `a fault of the desk: ${why}; it starts again`);
      if (this.isConnected) this.#mount(room, glue);
    }
  }

  async #order(number, text, kept) {
    const desk = this.#desk;
    try {
      const { words, id } = kept.order(text);
      const answer = await this.#room.command(JSON.parse(words), { id });
      kept.answered(words, answer);
      // The desk knows its orders by number; the id is the room element's own.
      desk?.call('answered', number, JSON.stringify({ id: 'order', ...answer }));
    } catch (error) {
      desk?.call('failed', number, error?.message ?? String(error));
    }
  }

  /* Only in a practice room, whose own module they speak to: the room element has it loaded already. */
  async #practise(room, count) {
    try {
      this.#audience ??= new Audience(await import('./practice.js'), room.getAttribute('room'));
      await this.#audience.be(count);
    } catch (error) {
      this.#fail('audience', `the make-believe audience did not come: ${error?.message ?? error}`);
    }
  }

  #looked(room, question, [answer, failure]) {
    if (room === this.#room) this.#desk?.call('looked', question, answer, failure);
  }

  /* The page's answerer may draft an answer: the desk's own property, else the one that viewers are answered by. */
  async #draft(activity, number, question) {
    const [desk, room] = [this.#desk, this.#room];
    try {
      const text = await draftOf(this.answerer ?? room?.answerer, question, { activity, lang: room?.lang || navigator.language });
      if (text && desk === this.#desk) desk.call('drafted', activity, number, text);
    } catch (error) {
      this.#fail('answerer', `the answerer failed: ${error?.message ?? error}`);
    }
  }

  #fail(code, message) {
    const detail = { code, message, widget: 'studio' };
    console.error(`<live-studio> ${code}: ${message} (Liveroom ${KIT_VERSION})`);
    this.dispatchEvent(new CustomEvent('live-error', { bubbles: true, composed: true, detail }));
  }
}
