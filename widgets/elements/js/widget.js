/* A widget as an element: finds its room, waits to come near the view, and gives the module a place to draw in. */

import { Base, reflect } from './base.js';
import { near, sight } from './observe.js';
import { roomOf, widgets } from './near.js';
import { spares } from './kit.js';
import { Reports } from './reports.js';
import { cssOf, dress } from './sheets.js';
import { typed } from './typing.js';

/* Before the module is there: no space, and one pixel to see whether the place nears the view. */
const EMPTY = ':host{display:block;position:relative}:host([hidden]){display:none}i{position:absolute;inline-size:1px;block-size:1px}';
/* How long a widget may stand without a room before the page is told. */
const ROOMLESS_MS = 3_000;

let numbers = 0;

/* A picture that does not load leaves its place empty, and comes back with the next that does. The browser's own sign says nothing to a viewer. */
const pictured = ({ type, target }) => target.classList.toggle('lost', type === 'error');

export class Widget extends Base {
  static observedAttributes = ['activity', 'for', 'report'];

  #root = this.attachShadow?.({ mode: 'open' });
  #number = (numbers += 1);
  #stage;
  #plain;
  #room;
  #mounted = false;
  #usable;
  #ready = new Promise((resolve) => (this.#usable = resolve));
  #unwatch = [];
  #roomless;
  #pointer = false;
  #held = false;
  /* It stands in its room's dock. */
  docked = false;

  get kind() {
    return this.constructor.kind;
  }

  get isQuiet() {
    return this.#room?.isQuiet ?? false;
  }

  /* Resolves when the widget can be used. */
  get ready() {
    this.#room?.begin();
    return this.#ready;
  }

  connectedCallback() {
    this.upgrade(Widget.observedAttributes);
    widgets.add(this);
    for (const type of ['error', 'load']) this.#root.addEventListener(type, pictured, true);
    this.#dress();
    if (!this.#unwatch.length) this.#watch();
    this.find();
  }

  disconnectedCallback() {
    clearTimeout(this.#roomless);
    /* Moving takes an element out and puts it in again at once. */
    queueMicrotask(() => this.isConnected || this.#leave());
  }

  adoptedCallback() {
    this.#dress();
    this.#rest();
    if (this.isConnected) this.#watch();
  }

  attributeChangedCallback(name) {
    if (name === 'for') this.find();
    else if (this.#mounted) this.#room.port?.call('change', this.options, this.#number, this.kind);
  }

  /* Looks for the room; called again whenever one comes or goes. */
  find() {
    if (!this.isConnected) return;
    const room = roomOf(this);
    clearTimeout(this.#roomless);
    if (!room) this.#roomless = setTimeout(() => this.#missRoom(), ROOMLESS_MS);
    if (room === this.#room) return;
    this.#unmount();
    this.#room = room;
    if (room?.port) this.mount();
    else if (room && this.#isNear) room.begin();
  }

  #missRoom() {
    const name = this.getAttribute('for');
    this.fail('no-room', name === null ? `put <${this.localName}> into a <live-room>, or name one by for="id"` : `there is no <live-room> with id="${name}"`);
  }

  /* The room can be used. */
  mount() {
    if (this.#mounted || !this.#room?.port) return;
    this.#mounted = true;
    this.#room.port.add(this.#number, this);
    this.#usable();
    this.tell('live-ready');
  }

  /* An empty place to draw in, with the style sheets that belong to it. */
  stage() {
    this.clear();
    this.#stage = spares.pop() ?? this.ownerDocument.createElement('div');
    this.#root.append(this.#stage);
    this.#dress();
    this.#rest();
    this.#watch();
    return this.#stage;
  }

  /* Nothing stays of what was drawn. */
  clear() {
    this.#stage?.remove();
    this.#stage = undefined;
    this.#unplain();
  }

  get options() {
    const endpoint = this.getAttribute('report');
    return JSON.stringify({
      activity: this.getAttribute('activity') ?? undefined,
      endpoint: endpoint === null ? undefined : Reports.endpoint(endpoint),
      docked: this.docked,
    });
  }

  /* It shows this activity from now on. */
  shows(activity, plainly) {
    this.shown = activity;
    if (!plainly) this.#unplain();
  }

  /* Where a plain form is drawn, beside what the module draws in. */
  get place() {
    if (!this.#plain) {
      this.#plain = this.ownerDocument.createElement('div');
      this.#root.append(this.#plain);
    }
    return this.#plain;
  }

  #unplain() {
    if (!this.#plain) return;
    this.#plain.remove();
    this.#plain = undefined;
    this.#dress();
  }

  #leave() {
    widgets.delete(this);
    this.#unmount();
    this.#rest();
    this.#room = undefined;
  }

  #unmount() {
    if (this.#mounted) this.#room?.port?.remove(this.#number);
    this.#mounted = false;
    if (this.#stage) spares.push(this.#stage);
    this.clear();
  }

  #dress() {
    /* A plain form brings a sheet of its own. */
    if (!this.#plain) dress(this.#root, (this.#stage && cssOf(this.kind)) ?? EMPTY, this.#room?.scheme);
  }

  dressAgain() {
    this.#dress();
  }

  /* Watches for coming near the view, and then for being in sight and in use. */
  #watch() {
    if (this.#stage) {
      this.#unwatch = [sight(this.#stage, (seen) => this.#call('sight', seen)), this.#watchUse()];
      return;
    }
    const sentinel = this.ownerDocument.createElement('i');
    this.#root.append(sentinel);
    const unwatch = near(sentinel, () => {
      this.#isNear = true;
      this.#room?.begin();
    });
    this.#unwatch = [unwatch, () => sentinel.remove()];
  }

  #isNear = false;

  #watchUse() {
    const use = ({ type }) => {
      if (type.startsWith('pointer')) this.#pointer = type !== 'pointerleave';
      const held = this.#pointer || (type !== 'focusout' && Boolean(this.#root.activeElement));
      if (held !== this.#held) this.#call('held', (this.#held = held));
    };
    /* The field of a question is a part that a page can style; replies and forms are none. */
    const typing = (event) => {
      const [field] = event.composedPath();
      if (this.#mounted && field.part?.contains('field')) typed(this.#room, this.#number, this, field);
    };
    this.addEventListener('input', typing);
    const types = ['pointerenter', 'pointerdown', 'pointerleave', 'focusin', 'focusout'];
    for (const type of types) this.addEventListener(type, use);
    return () => {
      types.forEach((type) => this.removeEventListener(type, use));
      this.removeEventListener('input', typing);
    };
  }

  #call(name, value) {
    if (this.#mounted) this.#room?.port?.call(name, value ? 'yes' : '', this.#number);
  }

  #rest() {
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
  }
}

reflect(Widget, ['activity', 'report']);
