/* The shell's side of one room: what the module asks for, and what must outlive it.

   It knows no widget and no rule: the module says when to connect, back off and send; this holds and does. */

import { attributesOf } from './attributes.js';
import { Cart } from './cart.js';
import { checking } from './checking.js';
import { Fixed } from './fixed.js';
import { fresh } from './fresh.js';
import { Identity } from './identity.js';
import { blame, guard, kit, overhear, ports } from './kit.js';
import { Kept } from './kept.js';
import { offer } from './offer.js';
import { Pace } from './pace.js';
import { Plainly } from './plainly.js';
import { Reports } from './reports.js';
import { respond } from './respond.js';
import { Road } from './road.js';
import { Speech, late } from './speech.js';
import { Storm } from './storm.js';
import { Stream } from './stream.js';

export class Port {
  /* Who the viewer is. */
  identity;
  /* The module's side, while there is one. */
  #page;
  #room;
  #kept = new Kept();
  #fixed = new Fixed();
  #storm = new Storm((text) => this.#plainly.takes(text) || this.#hand(text, false));
  #reports;
  #road;
  #pace;
  /* The widgets that stand in this room, by number. */
  #widgets = new Map();
  #watchers = new Set();
  /* activity → the run in which the viewer acted last. */
  #acted = new Map();
  /* The frame being handed in. */
  #frame;
  /* The module's side, as long as it knows no language yet. */
  #silent;
  #plainly;
  #speech;
  #cart;
  #stream;

  constructor(room) {
    this.#room = room;
    const call = (...told) => this.call(...told);
    const fail = (...why) => this.fail(...why);
    this.#road = new Road(call, (text) => this.receive(text), fail);
    this.#pace = new Pace(call, () => offer(room, this));
    this.identity = new Identity(room, call, fail);
    this.#speech = new Speech(room, fail);
    this.#stream = new Stream(room, fail);
    this.#plainly = new Plainly(room, this, this.#speech);
    this.#cart = new Cart(room, { call, fail, has: () => Boolean(this.#page) });
    this.#reports = new Reports(room, {
      ask: (kind, numbers, text) => guard(({ report_decide: decide }) => decide(kind, numbers, text)) ?? '',
      woken: () => this.call('report wake'),
      failed: fail,
    });
    ports.add(this);
  }

  /* Tells or asks the module's side, if it is there; see page/calls.rs for what the names mean. */
  call(what, text = '', number = 0, more = undefined) {
    return this.#page && guard(() => this.#page.call(what, text, Number(number), more));
  }

  /* Makes the module's side, at first and after each trap, and hands it all that is kept. */
  build() {
    if (kit.state === 'failed') return this.#plainly.paint([...this.#kept.frames, ...this.#kept.missed], Promise.race([this.speak(), late()]));
    guard(({ Page }) => (this.#page = new Page(this, this.#reports)));
    for (const [activity, rev] of this.#kept.shunned) this.call('shun', activity, rev);
    for (const text of this.#kept.requests) this.call('take up', text);
    for (const text of this.#kept.frames) this.#hand(text, true);
    this.identity.again();
    this.configure(this.isGreeted);
    for (const text of this.#kept.missed) this.#hand(text, false);
    this.call('hidden', '', document.hidden);
    this.#cart.again();
    /* Nothing is drawn before its language is there, unless that takes long. */
    const page = (this.#silent = this.#page);
    return Promise.race([this.speak(), late()]).then(() => {
      if (page !== this.#silent) return;
      this.#silent = undefined;
      for (const [number, widget] of this.#widgets) this.#mount(number, widget);
    });
  }

  /* The module is lost for a second, or for good; `activity` is to be blamed, `plain`: once too often. */
  trapped({ activity, plain }) {
    this.#page = undefined;
    this.#pace.stop();
    this.#kept.shun(this.#frame, activity);
    if (plain) this.#plainly.add(activity);
    for (const widget of this.#widgets.values()) widget.clear();
  }

  /* The room is gone for good. */
  close() {
    this.call('close');
    this.call('wanted');
    this.#pace.stop();
    guard(() => this.#page?.free());
    this.#page = undefined;
    this.#plainly.painter?.close();
    this.#cart.close();
    this.#reports.close();
    this.#road.close();
    this.#storm.close();
    ports.delete(this);
  }

  /* Takes the attributes anew. */
  configure(resumed = false) {
    const { painter } = this.#plainly;
    return painter ? painter.configure() : this.call('configure', attributesOf(this.#room, this.#watchers.size > 0), resumed);
  }

  /* Takes the room's language and the page's strings anew. */
  async speak() {
    await this.#speech.learn((...spoken) => this.#page && guard(() => this.#page.speak(...spoken)));
    this.#plainly.painter?.draw();
  }

  /* A frame from the line or from the page. */
  receive(text) {
    if (this.#kept.isPoison(text)) return;
    this.#storm.take(text);
    for (const watcher of this.#watchers) watcher(text);
  }

  #hand(text, kept) {
    if (!this.#page) return this.#kept.miss(text);
    const before = this.#frame;
    this.#frame = text;
    this.call('receive', text, kept);
    return (this.#frame = before);
  }

  /* The frames of this room as text from now on, and the kept ones at once; returns what ends that. */
  watch(watcher) {
    this.#watchers.add(watcher);
    for (const text of this.#kept.frames) watcher(text);
    this.configure();
    return () => this.#watchers.delete(watcher) && this.configure();
  }

  /* A streamer's command as JSON, under an id if it is given again; a promise of the room's answer. */
  command(command, id) {
    return this.#road.command(command, id);
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
    return { ...status, consent, reports: { created, sent: stored, dropped, waiting, durable, held } };
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
    if (this.#plainly.painter) this.#plainly.painter.draw();
    else if (this.#page && !this.#silent) guard(() => this.#page.mount(number, widget.kind, widget.stage(), widget.options));
  }

  #repaint(activity) {
    for (const [number, widget] of this.#widgets) if (widget.shown === activity) this.#plainly.draw(number, widget, this.#kept.of(activity), this.#kept.entriesOf(activity));
  }

  send(text) {
    this.#road.send(text);
  }

  get isGreeted() {
    return this.#road.isGreeted;
  }

  get isServed() {
    return Boolean(this.#room.getAttribute('server'));
  }

  get widgets() {
    return [...this.#widgets.values()];
  }

  /* Tells the page of a failure, and reports it. */
  fail(code, message, widget) {
    this.#room.fail(code, message, widget);
    this.call('failed', code);
  }

  /* What the module asks for, by the names in page/perform.rs; its answer, where there is one, is a text, and never
     anything else: the glue would write a promise's length into the module's memory. */
  ask(what, text, number, more) {
    overhear();
    const answer = this.#does[what](text, number, more);
    return typeof answer === 'string' ? answer : undefined;
  }

  #does = {
    id: fresh,
    device: () => this.identity.device,
    'keep device': (device) => this.identity.keep(device),
    token: () => this.identity.ask(),
    stream: () => this.#stream.time,
    open: (address) => this.#road.open(address),
    'hang up': () => this.#road.hangUp(),
    send: (text) => this.send(text),
    post: (address, _, body) => this.#road.post(address, body),
    keep: (activity, rev, part) => this.#keep(activity, part, rev),
    'keep entries': (activity, _, names) => this.#kept.keepEntries(activity, names, this.#frame),
    forget: (activity) => this.#kept.forget(activity),
    hold: (id, _, text) => this.#kept.hold(id, text),
    release: (id) => this.#kept.release(id),
    answered: (id) => this.#road.answered(id, this.#frame),
    barred: (refusal) => this.#road.barred(JSON.parse(refusal)),
    act: (id, number, detail) => this.#act(id, number, detail),
    outcome: (detail, number) => this.#outcome(number, detail),
    /* The tree is drawn in the microtasks before. */
    tell: (name, number, detail) => queueMicrotask(() => this.#tell(number, name, detail)),
    error: (code, _, message) => this.#room.fail(code, message),
    check: (activity, whole, address) => void checking(this, activity, () => this.#kept.of(activity), { address, whole, room: this.#room.getAttribute('room') }),
    say: (line) => this.#room.say(line),
    dock: (list) => this.#room.dockAll(list.split('\n').filter(Boolean).map((entry) => entry.split(' '))),
    shows: (activity, number) => this.#shows(number, activity),
    order: (activity, left, claim) => this.#cart.order(activity, left, claim),
    product: (sku) => this.#cart.product(sku),
    copy: (code) => this.#cart.copy(code),
    frame: () => this.#pace.frame(),
    wake: (_, ms) => this.#pace.wake(ms),
  };

  #keep(activity, part, rev) {
    this.#kept.keep(activity, part, rev, this.#frame);
    if (part === 'welcome') {
      this.identity.welcome = this.#frame;
      this.#road.greeted();
      this.#pace.frame();
    }
    if (this.#plainly.has(activity)) this.#repaint(activity);
    return part === 'card' ? this.#fixed.differs(activity, this.#frame) : undefined;
  }

  /* Nothing: it goes on; `cancelled`; `responds`: the page answers by and by. */
  #act(id, number, detail) {
    const told = JSON.parse(detail);
    this.#acted.set(told.activity, told.run);
    const verdict = respond(this.#widgets.get(number) ?? this.#room, this, id, told);
    if (verdict === 'cancelled' && this.#plainly.answered(told.activity, undefined, true)) this.#repaint(told.activity);
    return verdict;
  }

  /* An answer if the page cancelled it, and shows its own. */
  #outcome(number, detail) {
    const { activity, refusal, mine } = JSON.parse(detail);
    /* What the page answered came in no frame, and would be lost with the module. */
    const news = [{ activity, run: this.#acted.get(activity), mine }];
    if (mine && !this.isServed) this.#kept.keep(activity, 'mine', 0, JSON.stringify({ type: 'news', news }));
    const goes = this.#tell(number, 'live-outcome', detail, true);
    if (this.#plainly.answered(activity, goes && refusal?.reason)) this.#repaint(activity);
    return goes ? undefined : '';
  }

  #tell(number, name, detail, cancelable) {
    return (this.#widgets.get(number) ?? this.#room).tell(name, JSON.parse(detail), cancelable);
  }

  /* The widget shows this activity now; an answer if it is drawn plainly instead. */
  #shows(number, activity) {
    blame(this, activity);
    const plainly = this.#plainly.has(activity);
    this.#widgets.get(number)?.shows(activity, plainly);
    if (!plainly) return undefined;
    this.#repaint(activity);
    return '';
  }
}
