/* `<live-room>`: the attributes, properties, methods and events of a room. What it does is in port.js. */

import { Base, reflect } from './base.js';
import { Dock } from './dock.js';
import { kit, load, ports } from './kit.js';
import { refind, rooms, widgets } from './near.js';
import { Port } from './port.js';
import { cssOf, dress } from './sheets.js';

/* Moving a room, or a framework that keeps it for a moment, does not cost its connection. */
const KEEP_MS = 2_000;
const PROPERTIES = ['tokenProvider', 'order', 'product', 'answerer', 'signReport', 'streamClock', 'strings'];
/* The name of a request. */
const ID = /^[\w.-]{1,64}$/;
const ATTRIBUTES = ['room', 'server', 'token', 'consent', 'theme', 'mode', 'dock', 'join', 'sample', 'quiet', 'campaign'];

const refused = (reason, message) => ({ ok: false, refusal: { reason, message } });

/* What a page made may be circular, throw while it is read, or be something that JSON has no form for. */
function jsonOf(value) {
  try {
    const text = JSON.stringify(value);
    return text === undefined ? { fault: 'it has no form for this' } : { text };
  } catch (error) {
    return { fault: String(error?.message) };
  }
}

/* A symbol by which `<live-studio>` hears every frame of the room: `room[watch](callback)` returns what ends it. */
export const watch = Symbol.for('liveroom.watch');

/* A symbol by which `<live-studio>` asks the room for what is no command: `room[ask](frame)`. */
export const ask = Symbol.for('liveroom.ask');

export class Room extends Base {
  static observedAttributes = [...ATTRIBUTES, 'report', 'lang', 'id'];

  port;
  #root = this.attachShadow?.({ mode: 'open' });
  #line;
  #dock;
  #begun;
  #sample;
  #join;
  #mistaken;
  #leaving;
  #changed = false;
  #asks = false;
  #properties = {};
  #early = [];

  connectedCallback() {
    this.upgrade([...PROPERTIES, ...ATTRIBUTES, 'report']);
    clearTimeout(this.#leaving);
    this.#furnish();
    rooms.add(this);
    refind();
    if (this.hasAttribute('dock') || this.getAttribute('mode') === 'overlay') loaded.then(() => this.isConnected && this.begin());
  }

  disconnectedCallback() {
    this.#leaving = setTimeout(() => this.#leave(), KEEP_MS);
    queueMicrotask(() => {
      if (this.isConnected) return;
      rooms.delete(this);
      refind();
    });
  }

  adoptedCallback() {
    this.#dress();
  }

  attributeChangedCallback(name, before, after) {
    if (name === 'id') refind();
    else if (this.port && before !== after) this.#change(name);
  }

  /* Begins to be used: loads the module, once. Resolves when the room can be used. */
  begin() {
    return (this.#begun ??= this.#begin());
  }

  async #begin() {
    const runs = await load();
    if (!runs) this.fail('webassembly', kit.why);
    this.port = new Port(this);
    this.port.build();
    this.#dress();
    for (const call of this.#early.splice(0)) call();
    for (const widget of widgets) {
      widget.find();
      widget.mount();
    }
    this.tell('live-ready');
  }

  #leave() {
    this.port?.close();
    this.port = undefined;
    this.#begun = undefined;
    this.#dock?.all([]);
  }

  /* Several attributes that change at once are read once. */
  #change(name) {
    if (name === 'lang') this.port.speak();
    if (name === 'theme') this.#dress();
    if (name === 'token') this.port.identity.tell(this.getAttribute('token'));
    this.#asks ||= name === 'tokenProvider';
    if (this.#changed) return;
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      this.port?.configure();
      if (this.#asks && this.getAttribute('server')) this.port?.identity.ask();
      this.#asks = false;
    });
  }

  #furnish() {
    if (this.#line) return;
    const make = (name) => this.ownerDocument.createElement(name);
    this.#line = make('div');
    this.#line.className = 'unseen';
    this.#line.setAttribute('role', 'status');
    this.#dock = new Dock(make('div'), (name) => make(name));
    this.#root.append(make('slot'), this.#line, this.#dock.place);
    this.#dress();
  }

  /* The sheet that sets light or dark, if the page does; widgets outside of the room wear it too. */
  get scheme() {
    const theme = this.getAttribute('theme');
    return theme === 'light' || theme === 'dark' ? `:host{color-scheme:${theme}}` : '';
  }

  #dress() {
    dress(this.#root, cssOf('room') ?? ':host{display:block}', this.scheme);
    this.#sample?.dress();
    this.#join?.dress();
    for (const widget of widgets) widget.dressAgain();
  }

  /* Runs when the room can be used; at once if it can. */
  #use(call) {
    if (this.port) return Promise.resolve(call());
    return new Promise((resolve) => {
      this.#early.push(() => resolve(call()));
      this.begin();
    });
  }

  get ready() {
    return this.begin();
  }

  get isQuiet() {
    return this.hasAttribute('quiet');
  }

  /* What a page hands over, as JSON: `{text}`, or `{fault}` and one live-error. Taken at once, since the page may change it. */
  #json(method, value) {
    const { text, fault } = jsonOf(value);
    if (fault) this.fail(method, `${method}() takes what JSON can hold: ${fault}`);
    return { text, fault };
  }

  receive(message) {
    if (this.getAttribute('server')) return this.fail('receive', 'receive() is for rooms that the page drives; this one has a server');
    const { text, fault } = typeof message === 'string' ? { text: message } : this.#json('receive', message);
    if (!fault) this.#use(() => this.port.receive(text));
    return undefined;
  }

  command(command, options) {
    const { text, fault } = this.#json('command', command);
    const id = options?.id;
    const wrong = fault ?? (id === undefined || ID.test(id) ? undefined : 'an id has 1 to 64 of A-Z a-z 0-9 - _ .');
    if (wrong) return Promise.resolve(refused('malformed', wrong));
    return this.#use(() => (this.getAttribute('server') ? this.port.command(text, id) : refused('unsupported', 'the page drives this room; commands need a server')));
  }

  /* A method, and also the `report` attribute: frameworks set attributes as properties where there is one of the name. */
  get report() {
    return (type, data = null) => {
      const { text, fault } = this.#json('report', data);
      return fault ? Promise.resolve(false) : this.#use(() => this.port.report(typeof type === 'string' ? type : '', text));
    };
  }

  set report(endpoint) {
    if (endpoint) this.setAttribute('report', endpoint);
    else this.removeAttribute('report');
  }

  /* Never rejects: without the file there is nothing to share by, and one live-error. */
  async share(options) {
    await this.begin();
    return import('./share.js').then(({ share }) => share(this, options), () => this.fail('share', 'share.js did not load from beside the kit'));
  }

  flush() {
    return this.port ? this.port.flush() : Promise.resolve();
  }

  get status() {
    return { version: kit.version, wasm: kit.state, ...(kit.why && { why: kit.why }), ...this.port?.status };
  }

  [watch](callback) {
    let end;
    let ended = false;
    this.#use(() => ended || (end = this.port.watch(callback)));
    return () => {
      ended = true;
      end?.();
    };
  }

  [ask](frame) {
    this.port?.send(frame);
  }

  /* From here on: what the port calls. */

  say(line) {
    this.#line.textContent = line;
  }

  /* A practice room with nothing open offers a sample, where there is no picture to cover. */
  async offer(isEmpty) {
    const wanted = isEmpty && this.getAttribute('mode') !== 'overlay';
    if (!wanted && !this.#sample) return;
    const { Sample } = await import('./sample.js');
    if (!this.#sample) {
      const make = (name) => this.ownerDocument.createElement(name);
      this.#sample = new Sample(make, (command) => this.command(command), (root, css) => dress(root, cssOf('room'), this.scheme, css));
      this.#root.append(this.#sample.place);
      this.#dress();
    }
    this.#sample.show(wanted);
  }

  /* It has, or had, an address for viewers elsewhere. */
  get invites() {
    return this.hasAttribute('join') || Boolean(this.#join);
  }

  /* The address at which viewers elsewhere take part, as a code and in words. */
  async invite(isShown) {
    const { Join, addressOf } = await import('./join.js');
    if (!this.#join) {
      this.#join = new Join(this.ownerDocument, (root, css) => dress(root, cssOf('room'), this.scheme, css));
      this.#root.append(this.#join.place);
      this.#dress();
    }
    const text = this.getAttribute('join');
    const address = text === null ? undefined : addressOf(text);
    if (text !== null && !address && text !== this.#mistaken) this.fail('attribute', `join="${text}": an address that begins with https:// and has at most 120 characters`);
    this.#mistaken = text;
    this.#join.show(isShown, address);
  }

  dockAll(entries) {
    this.#dock.all(entries);
  }

  static {
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get() {
          return this.#properties[name] ?? null;
        },
        set(value) {
          this.#properties[name] = value;
          if (name === 'strings') this.port?.speak();
          else if (this.port) this.#change(name);
        },
      });
    }
  }
}

reflect(Room, ATTRIBUTES);

/* Docks and overlays wait until the page itself is there. */
const loaded = new Promise((resolve) => {
  if (globalThis.document?.readyState === 'complete') resolve();
  else globalThis.addEventListener?.('load', resolve, { once: true });
});

/* A page that is put aside closes its lines, and opens them when it comes back. */
const each = (what, on) => ports.forEach((port) => port.call(what, '', on));
globalThis.document?.addEventListener('visibilitychange', () => each('hidden', document.hidden));
globalThis.addEventListener?.('online', () => each('woken'));
globalThis.addEventListener?.('pagehide', ({ persisted }) => persisted && each('wanted', 0));
globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && each('wanted', 1));
