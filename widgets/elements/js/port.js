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
      woken: () => this.call('report wake'),
      failed: (code, message) => this.fail(code, message),
    });
    ports.add(this);
  }

  /* Tells or asks the module's side, if it is there; see page/calls.rs for what the names mean. */
  call(what, text = '', number = 0, more = undefined) {
    return this.#page && guard(() => this.#page.call(what, text, Number(number), more));
  }

  /* Makes the module's side, at first and after each trap, and hands it all that is kept. */
  build() {
    if (kit.state === 'failed') return this.#paint();
    guard(({ Page }) => (this.#page = new Page(this, this.#reports)));
    for (const [activity, rev] of this.#kept.shunned) this.call('shun', activity, rev);
    for (const text of this.#kept.requests) this.call('take up', text);
    for (const text of this.#kept.frames) this.#hand(text, true);
    this.identify(this.#room.getAttribute('token'));
    this.configure(this.#line?.isOpen && this.#kept.greeted);
    this.call('hidden', '', document.hidden);
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
    this.call('close');
    this.call('wanted');
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
    }), resumed);
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
      this.fail('language', `${error.message}; English is shown`);
    }
    if (turn !== this.#speaking) return;
    const own = this.#room.strings ? JSON.stringify(this.#room.strings) : '';
    const tag = text || name === 'en' ? tagOf(this.#room) : 'en';
    const fault = this.#page && guard(() => this.#page.speak(text, own, new Format(tag)));
    if (fault) this.fail('strings', `strings must be an object of texts: ${fault}`);
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
    this.call('identify', this.device(), token ? endOf(token) : NaN, token || undefined);
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
    const fault = this.call('report', kind, 0, data);
    if (fault) this.fail('report', fault);
    return !fault;
  }

  flush() {
    return this.#reports.flush();
  }

  get status() {
    const { consent = 'pending', held = 0, ...status } = JSON.parse(this.call('status') ?? '{}');
    const { created, stored, dropped, waiting, durable } = this.#reports.status;
    return {
      ...status,
      consent,
      reports: { created, sent: stored, dropped, waiting, durable, held },
    };
  }

  add(number, widget) {
    this.#widgets.set(number, widget);
    this.#mount(number, widget);
  }

  remove(number) {
    this.#widgets.delete(number);
    this.call('unmount', '', number);
  }

  #mount(number, widget) {
    if (this.#painter) this.#painter.draw();
    else if (this.#spoken && this.#page) guard(() => this.#page.mount(number, widget.kind, widget.stage(), widget.options));
  }

  /* Plain forms instead of the module. */
  async #paint() {
    if (this.#painter) return;
    try {
      const { Painter } = await import('./plain.js');
      this.#painter ??= new Painter(this.#room, this, [...this.#kept.frames]);
      this.#painter.draw();
    } catch (error) {
      this.fail('plain', `plain.js did not load from beside the kit: ${error.message}`);
    }
  }

  get widgets() {
    return [...this.#widgets.values()];
  }

  /* Tells the page of a failure, and reports it. */
  fail(code, message, widget) {
    this.#room.fail(code, message, widget);
    this.call('failed', code);
  }

  /* From here on: what the module calls. */

  error(code, message) {
    this.#room.fail(code, message);
  }

  id() {
    return fresh();
  }

  #key() {
    return `live:${this.#room.getAttribute('server')}:${this.#room.getAttribute('room')}`;
  }

  device() {
    return deviceOf(this.#key()) ?? undefined;
  }

  keepDevice(device) {
    keepDevice(this.#key(), device);
  }

  stream() {
    try {
      return Number(this.#room.streamClock?.() ?? NaN);
    } catch (error) {
      this.fail('stream-clock', `streamClock threw: ${error.message}`);
      return NaN;
    }
  }

  askToken() {
    Promise.resolve().then(() => this.#room.tokenProvider?.()).then(
      (token) => this.identify(token),
      () => this.call('tokenless'),
    );
  }

  open(address) {
    this.hangUp();
    this.#line = new Line(address, (what, text) => (text === undefined ? this.call(what) : this.receive(text)));
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
      this.call('posted', '', 1);
    } catch {
      this.call('posted');
    }
  }

  keep(activity, part, rev) {
    this.#kept.keep(activity, part, rev, this.#frame);
    if (part === 'welcome') {
      this.#orders.welcome(this.#line);
      this.frame();
    }
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
    while (this.call('next') !== undefined) await undefined;
    await undefined;
    blame();
    this.#offer();
  }

  /* Whether nothing is open in a practice room is seen when a page has joined it, and after each change. */
  #offer() {
    if (this.#room.getAttribute('server')?.trim() !== 'local:') return;
    const { connection, activities } = this.status;
    this.#room.offer(connection === 'live' && activities.length === 0).catch(() => this.fail('sample', 'sample.js did not load from beside the kit'));
  }

  wake(ms) {
    clearTimeout(this.#timer);
    if (ms >= 0) this.#timer = setTimeout(() => this.call('wake'), Math.min(ms, 2 ** 31 - 1));
  }
}
