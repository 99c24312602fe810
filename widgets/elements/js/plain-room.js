/* A room without the module: keeps the newest news, sends what viewers do, and draws each widget as a plain form. */

import { Cart } from './cart.js';
import { deviceOf, keepDevice, saidBy } from './device.js';
import { fresh } from './fresh.js';
import { Asker } from './plain-ask.js';
import { following, mineAfter } from './plain-after.js';
import { form } from './plain-form.js';
import { respond } from './respond.js';

const PAGE_MS = 15_000;

export class Painter {
  #room;
  /* The shell's port: its widgets and its line; and its words. */
  #port;
  #speech;
  #asker;
  #cart;
  #epoch;
  /* The streamer has cleared the screen. */
  #cleared = false;
  #token;
  /* How far the room's clock is ahead of this one. */
  #ahead = 0;
  #activities = new Map();
  #pending = new Map();
  #refused = new Map();
  /* Activities that this viewer has reported. */
  #flagged = new Set();

  constructor(room, port, speech, frames) {
    this.#room = room;
    this.#port = port;
    this.#speech = speech;
    this.#asker = new Asker({
      address: () => this.#address,
      isLive: () => port.isGreeted,
      frames: () => this.#waiting(),
      hello: () => this.#hello(),
      take: (frame) => this.receive(JSON.stringify(frame)),
      refuse: (refusal) => this.#refuse(refusal),
      told: () => this.draw(),
    });
    const call = (what, text, _number, more) => what === 'act for' && this.#act(text, JSON.parse(more));
    this.#cart = new Cart(room, { call, fail: (...why) => this.fail(...why), has: () => true });
    for (const text of frames) this.receive(text);
    this.configure();
  }

  close() {
    this.#asker.close();
    this.#cart.close();
  }

  /* The address of the room; nothing where the page drives it, or where it would need the module. */
  get #address() {
    const server = this.#room.getAttribute('server');
    return /^https?:/.test(server) ? `${server.replace(/\/+$/, '')}/v1/rooms/${this.#room.getAttribute('room')}` : undefined;
  }

  configure() {
    this.#asker.ask();
    this.draw();
  }

  /* Takes a frame; parts that are older than what is known are left. */
  receive(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    const { type, epoch, at, news = [], activities, mine, id } = frame;
    if (epoch && this.#epoch && epoch !== this.#epoch) this.#activities.clear();
    this.#epoch = epoch ?? this.#epoch;
    if (Number.isFinite(at)) this.#ahead = at - Date.now();
    if (type === 'welcome') for (const name of this.#activities.keys()) if (!activities.includes(name)) this.#activities.delete(name);
    if (type === 'room') this.#cleared = Boolean(frame.cleared);
    if (type === 'device') this.#known(frame.device);
    if (type === 'refused' && frame.closing) this.#refuse(frame.refusal);
    for (const item of type === 'answer' && mine ? [mine] : news) this.#take(item);
    if (type === 'answer') this.#answered(id, frame);
    this.draw();
  }

  #take({ activity, run = 0, rev = 0, gone, entries = [], ...parts }) {
    if (gone) return this.#activities.delete(activity);
    let known = this.#activities.get(activity);
    if (known?.run > run) return undefined;
    if (!known || known.run < run) {
      known = { run, revs: {}, cards: new Map() };
      this.#activities.delete(activity);
      this.#activities.set(activity, known);
    }
    for (const entry of entries) if (!(known.cards.get(entry.id)?.rev > entry.rev)) known.cards.set(entry.id, entry);
    for (const part of ['card', 'tally', 'mine']) {
      if (!parts[part] || known.revs[part] > rev) continue;
      known[part] = parts[part];
      known.revs[part] = rev;
    }
    return undefined;
  }

  /* Draws what each widget is to show: the activity it names, else the newest of its kind. */
  draw() {
    const shown = this.#cleared ? [] : [...this.#activities].filter(([, { card, tally }]) => card && tally);
    /* Of a dock the module chooses what is a card and what a chip; here all are cards. */
    if (this.#room.hasAttribute('dock')) this.#room.dockAll(shown.map(([activity, { card }]) => [card.widget, activity]));
    const { words, format } = this.#speech;
    for (const widget of this.#port.widgets) {
      const name = widget.getAttribute('activity');
      const all = shown.filter(([, { card }]) => card.widget === widget.kind);
      const [activity, known] = all.findLast(([each]) => name === null || name === each) ?? [];
      widget.shown = activity;
      if (!known) {
        widget.clear();
        continue;
      }
      const pending = [...this.#pending.values()].find((act) => act.activity === activity)?.request.action;
      const parts = {
        ...known,
        activity,
        entries: [...known.cards.values()],
        pending,
        refusal: this.#refused.get(activity),
        flagged: this.#flagged.has(activity),
        orders: Boolean(this.#room.order),
        tier: saidBy(this.#token ?? this.#room.getAttribute('token')).tier,
        driven: !this.#room.getAttribute('server'),
        note: this.#address && !this.#port.isGreeted ? (spoken) => this.#asker.note(spoken) : undefined,
      };
      form(widget.place, parts, (action) => this.#act(activity, action, widget), { words, format, scheme: this.#room.scheme });
    }
  }

  /* What the viewer does in a widget, or the page's cart for the viewer. */
  #act(activity, action, widget = this.#port.widgets.find(({ shown }) => shown === activity) ?? this.#room) {
    const id = fresh();
    const known = this.#activities.get(activity);
    if (!known) return;
    const { run, card } = known;
    const act = action.type.split('.').at(-1);
    const about = { widget: card.widget, activity, act };
    const verdict = respond(widget, this, id, { ...about, run, id, action });
    if (verdict === 'cancelled') return;
    this.#refused.delete(activity);
    this.#pending.set(id, { from: widget, about, activity, request: { id, activity, run, action }, waits: verdict === 'responds' });
    if (!this.#address) setTimeout(() => this.#answered(id, { ok: false, refusal: { reason: 'unanswered' } }), PAGE_MS);
    else if (!verdict) this.#send();
    this.draw();
  }

  /* What `respond` tells of the page's answer. */
  call(what, id, _number, more) {
    const pending = this.#pending.get(id);
    if (!pending) return;
    if (what === 'refuses') {
      const [reason = 'unanswered', message] = more?.split('\n') ?? [];
      this.#answered(id, { ok: false, refusal: { reason, ...(message && { message }) } });
    } else if (this.#address) {
      pending.waits = false;
      this.#send();
    } else {
      const { activity, request } = pending;
      const known = this.#activities.get(activity);
      const mine = more ? JSON.parse(more) : mineAfter(request.action, known?.mine, known?.card);
      const rev = Math.max(0, ...Object.values(known?.revs ?? {}));
      this.#take({ activity, run: request.run, rev, mine });
      this.#answered(id, { ok: true });
    }
  }

  fail(code, message, widget) {
    this.#room.fail(code, message, widget);
  }

  #answered(id, { ok, refusal }) {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    const { from, about, activity, request: { action } } = pending;
    const known = this.#activities.get(activity);
    const isShown = from.tell('live-outcome', { ...about, ok, ...(ok ? { mine: known?.mine } : { refusal }) }, true);
    if (isShown && !ok) this.#refused.set(activity, refusal?.reason);
    if (ok && action.type === 'flag') this.#flagged.add(activity);
    if (ok && known) this.#follow(activity, action, known);
    this.draw();
  }

  /* Where the page has a cart one press claims and orders: once the room has it down that an order began, the cart is called. */
  #follow(activity, action, known) {
    const { next, order } = following(action, known, Boolean(this.#room.order));
    if (next) this.#act(activity, next);
    if (order) this.#cart.order(activity, Math.max(order.until - Date.now() - this.#ahead, 0), JSON.stringify(order));
  }

  /* The room would not hear it: what waits is refused, and the developer is told. */
  #refuse(refusal) {
    this.fail(refusal.reason, refusal.message ?? 'the room refused this page');
    for (const { id } of this.#waiting()) this.#answered(id, { ok: false, refusal });
  }

  get #key() {
    return `live:${this.#room.getAttribute('server')}:${this.#room.getAttribute('room')}`;
  }

  #waiting() {
    return [...this.#pending.values()].filter(({ waits }) => !waits).map(({ request }) => ({ type: 'act', ...request }));
  }

  /* By the shell's socket if that lives, else by HTTP at once. Whom the room does not know yet is made known first. */
  #send() {
    const isNew = !this.#room.tokenProvider && !this.#room.getAttribute('token') && !deviceOf(this.#key);
    if (!this.#port.isGreeted) this.#asker.ask(true);
    else for (const frame of isNew ? [{ type: 'mint' }] : this.#waiting()) this.#port.send(JSON.stringify(frame));
  }

  /* The room has made a key for this browser. What waited for it goes by the socket; by HTTP it goes anyway. */
  #known(device) {
    keepDevice(this.#key, device);
    if (this.#port.isGreeted) this.#send();
  }

  /* How this viewer greets the room: by the page's token, else by the device key; `isNew`: there is neither, so that one must be made first. */
  async #hello() {
    this.#token = (await this.#room.tokenProvider?.()) || this.#room.getAttribute('token') || undefined;
    const device = deviceOf(this.#key) ?? undefined;
    const hello = { type: 'hello', version: 1, kinds: ['poll', 'lottery', 'qna', 'deal'], token: this.#token, device, seat: 'viewer', epoch: this.#epoch };
    return { hello, isNew: !this.#token && !device };
  }
}
