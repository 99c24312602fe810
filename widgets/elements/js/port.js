/* The shell's side of one room: what the module asks for, and what must outlive it.

   It knows no widget and no rule: the module says when to connect, back off and send; this holds and does. */

import { deviceOf, endOf, keepDevice } from './device.js';
import { Format } from './format.js';
import { fresh } from './fresh.js';
import { blame, guard, kit, ports } from './kit.js';
import { Kept } from './kept.js';
import { match, messages, tagOf } from './language.js';
import { Line, post } from './line.js';
import { Orders } from './orders.js';
import { Reports } from './reports.js';
import { respond } from './respond.js';
import { Storm } from './storm.js';

/* How long a language may take before English is shown. */
const LANGUAGE_MS = 1_500;

export class Port {
  /* The module's side, while there is one. */
  #page;
  #room;
  #kept = new Kept();
  #storm = new Storm((text) => (this.#painter ? this.#painter.receive(text) : this.#hand(text, false)));
  #orders = new Orders();
  #reports;
  #line;
  /* The widgets that stand in this room, by number. */
  #widgets = new Map();
  #watchers = new Set();
  /* The frame being handed in. */
  #frame;
  #drawing = false;
  #timer;
  #speaking = 0;
  #spoken = false;
  /* Activities that are drawn plainly, and what draws them. */
  #plain = new Set();
  #painter;

  constructor(room) {
    this.#room = room;
    this.#reports = new Reports(room, {
      ask: (kind, numbers, text) => guard(({ report_decide: decide }) => decide(kind, numbers, text)) ?? '',
      woken: () => this.call('happened', 'report'),
      failed: (code, message) => this.error(code, message),
    });
    ports.add(this);
  }

  /* Calls the module's side, if it is there. */
  call(name, ...args) {
    return this.#page && guard(() => this.#page[name](...args));
  }

  /* Makes the module's side, at first and after each trap, and hands it all that is kept. */
  build() {
    if (kit.state === 'failed') return this.#paint();
    guard(({ Page }) => (this.#page = new Page(this, this.#reports)));
    for (const [activity, rev] of this.#kept.shunned) this.call('shun', activity, rev);
    for (const text of this.#kept.requests) this.call('takeUp', text);
    for (const text of this.#kept.frames) this.#hand(text, true);
    this.identify(this.#room.getAttribute('token'));
    this.configure(this.#line?.isOpen && this.#kept.greeted);
    this.call('happened', document.hidden ? 'hidden' : 'seen');
    /* Nothing is drawn before its language is there, unless that takes long. */
    const begin = () => {
      if (this.#spoken) return;
      this.#spoken = true;
      for (const [number, widget] of this.#widgets) this.#mount(number, widget);
    };
    this.#spoken = false;
    this.speak().then(begin);
    setTimeout(begin, LANGUAGE_MS);
    return undefined;
  }

  /* The module is lost for a second, or for good; `activity` is to be blamed, `plain`: once too often. */
  trapped({ activity, plain }) {
    this.#page = undefined;
    clearTimeout(this.#timer);
    this.#kept.shun(this.#frame, activity);
    if (plain) this.#plain.add(activity);
    for (const widget of this.#widgets.values()) widget.clear();
  }

  /* The room is gone for good. */
  close() {
    this.call('happened', 'close');
    this.call('happened', 'stop');
    clearTimeout(this.#timer);
    guard(() => this.#page?.free());
    this.#page = undefined;
    this.#painter?.close();
    this.#reports.close();
    this.#orders.close();
    this.#storm.close();
    ports.delete(this);
  }

  /* Takes the attributes anew. */
  configure(resumed = false) {
    if (this.#painter) return this.#painter.configure();
    const attribute = (name) => this.#room.getAttribute(name) ?? undefined;
    const { href } = this.#url(attribute('server')) ?? {};
    const report = attribute('report');
    const names = ['room', 'consent', 'theme', 'mode', 'dock'];
    return this.call('configure', JSON.stringify({
      ...Object.fromEntries(names.map((name) => [name, attribute(name)])),
      server: href ?? attribute('server'),
      report,
      endpoint: report && Reports.endpoint(report),
      privacy_control: Boolean(navigator.globalPrivacyControl),
      provider: Boolean(this.#room.tokenProvider),
      desk: this.#watchers.size > 0,
    }), Boolean(resumed));
  }

  #url(text) {
    try {
      return text ? new URL(text, document.baseURI) : undefined;
    } catch {
      return undefined;
    }
  }

  /* The room's own language, with the page's strings over it. */
  async speak() {
    const turn = (this.#speaking += 1);
    const name = match(tagOf(this.#room));
    let text = '';
    try {
      text = await messages(name);
    } catch (error) {
      this.error('language', `${error.message}; English is shown`);
    }
    if (turn !== this.#speaking) return;
    const own = this.#room.strings ? JSON.stringify(this.#room.strings) : '';
    const tag = text || name === 'en' ? tagOf(this.#room) : 'en';
    const fault = this.call('speak', text, own, new Format(tag));
    if (fault) this.error('strings', `strings must be an object of texts: ${fault}`);
  }

  /* A frame from the line or from the page. */
  receive(text) {
    if (this.#kept.isPoison(text)) return;
    this.#storm.take(text);
    for (const watcher of this.#watchers) watcher(text);
  }

  #hand(text, kept) {
    const before = this.#frame;
    this.#frame = text;
    this.call('receive', text, kept);
    this.#frame = before;
  }

  /* The page's token, or none; the provider is asked when the module wants it. */
  identify(token) {
    this.call('identify', token || undefined, token ? endOf(token) : NaN, this.device());
  }

  /* The frames of this room as text from now on, and the kept ones at once; returns what ends that. */
  watch(watcher) {
    this.#watchers.add(watcher);
    for (const text of this.#kept.frames) watcher(text);
    this.configure();
    return () => this.#watchers.delete(watcher) && this.configure();
  }

  /* A streamer's command; a promise of the room's answer. */
  command(command) {
    return this.#orders.give(command, this.#line?.isOpen && this.#kept.greeted && this.#line);
  }

  report(kind, data) {
    const fault = this.call('report', kind, data);
    if (fault) this.error('report', fault);
    return !fault;
  }

  flush() {
    return this.#reports.flush();
  }

  get status() {
    const [consent, held] = (this.call('reportsHeld') ?? 'pending 0').split(' ');
    const { created, stored, dropped, waiting, durable } = this.#reports.status;
    return {
      ...JSON.parse(this.call('status') ?? '{}'),
      consent,
      reports: { created, sent: stored, dropped, waiting, durable, held: Number(held) },
    };
  }

  add(number, widget) {
    this.#widgets.set(number, widget);
    this.#mount(number, widget);
  }

  remove(number) {
    this.#widgets.delete(number);
    this.call('unmount', number);
  }

  #mount(number, widget) {
    if (this.#painter) this.#painter.draw();
    else if (this.#spoken) this.call('mount', number, widget.kind, widget.stage(), widget.options);
  }

  /* Plain forms instead of the module. */
  async #paint() {
    if (this.#painter) return;
    try {
      const { Painter } = await import('./plain.js');
      this.#painter ??= new Painter(this.#room, this, [...this.#kept.frames]);
      this.#painter.draw();
    } catch (error) {
      this.error('plain', `plain.js did not load from beside the kit: ${error.message}`);
    }
  }

  get widgets() {
    return [...this.#widgets.values()];
  }

  error(code, message, widget) {
    this.#room.fail(code, message, widget);
    if (kit.state === 'ready' && code !== 'attribute') this.call('failed', code);
  }

  /* From here on: what the module calls. */

  id() {
    return fresh();
  }

  #key() {
    return `live:${this.#room.getAttribute('server')}:${this.#room.getAttribute('room')}`;
  }

  device() {
    return deviceOf(this.#key());
  }

  keepDevice(device) {
    keepDevice(this.#key(), device);
  }

  stream() {
    try {
      return Number(this.#room.streamClock?.() ?? NaN);
    } catch (error) {
      this.error('stream-clock', `streamClock threw: ${error.message}`);
      return NaN;
    }
  }

  askToken() {
    Promise.resolve().then(() => this.#room.tokenProvider?.()).then(
      (token) => this.identify(token),
      () => this.call('happened', 'tokenless'),
    );
  }

  open(address) {
    this.hangUp();
    this.#line = new Line(address, (what, text) => (text === undefined ? this.call('happened', what) : this.receive(text)));
  }

  hangUp() {
    this.#line?.hangUp();
    this.#line = undefined;
  }

  send(text) {
    this.#line?.send(text);
  }

  async post(address, body) {
    try {
      const frames = await post(address, this.#orders.onto(body));
      for (const text of frames) this.receive(text);
      this.call('happened', 'posted');
    } catch {
      this.call('happened', 'unposted');
    }
  }

  keep(activity, part, rev) {
    this.#kept.keep(activity, part, rev, this.#frame);
    if (part === 'welcome') this.#orders.welcome(this.#line);
    if (this.#plain.has(activity)) this.#room.repaint(activity);
  }

  forget(activity) {
    this.#kept.forget(activity);
  }

  hold(id, text) {
    this.#kept.hold(id, text);
  }

  release(id) {
    this.#kept.release(id);
  }

  answered(id) {
    this.#orders.answered(id, this.#frame);
  }

  /* 0: it goes on; 1: it was cancelled; 2: the page answers by and by. */
  act(number, id, detail) {
    const widget = this.#widgets.get(number);
    return widget ? respond(widget, this, id, JSON.parse(detail)) : 0;
  }

  outcome(number, detail) {
    return !this.#tell(number, 'live-outcome', detail, true);
  }

  tell(number, name, detail) {
    /* The tree is drawn in the microtasks before. */
    queueMicrotask(() => this.#tell(number, name, detail, false));
  }

  #tell(number, name, detail, cancelable) {
    const from = this.#widgets.get(number) ?? this.#room;
    return from.tell(name, JSON.parse(detail), cancelable);
  }

  say(line) {
    this.#room.say(line);
  }

  dock(list) {
    this.#room.dockAll(list.split('\n').filter(Boolean).map((entry) => entry.split(' ')));
  }

  /* The widget shows this activity now; whether it is drawn plainly instead. */
  shows(number, activity) {
    blame(this, activity);
    const plainly = this.#plain.has(activity);
    this.#widgets.get(number)?.shows(activity, plainly && this.#kept.of(activity));
    return plainly;
  }

  frame() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  async #draw() {
    this.#drawing = false;
    this.call('draw');
    /* One element a step, each drawn in the microtasks after it: so a trap is blamed on what it was drawing. */
    while (this.call('next')) await undefined;
    await undefined;
    blame();
  }

  wake(ms) {
    clearTimeout(this.#timer);
    if (ms >= 0) this.#timer = setTimeout(() => this.call('happened', 'wake'), Math.min(ms, 2 ** 31 - 1));
  }
}
