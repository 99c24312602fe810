/* A room without the module: keeps the newest news, asks the server for more every few seconds, sends what viewers do. */

import { deviceOf, keepDevice } from './device.js';
import { fresh } from './fresh.js';
import { form, mineAfter } from './plain-form.js';
import { respond } from './respond.js';

const ASK_MS = 8_000;
const PAGE_MS = 15_000;

export class Painter {
  #room;
  /* The shell's port: its widgets and its line; and its words. */
  #port;
  #speech;
  #epoch;
  #activities = new Map();
  #pending = new Map();
  #refused = new Map();
  #timer;
  #asking = false;

  constructor(room, port, speech, frames) {
    this.#room = room;
    this.#port = port;
    this.#speech = speech;
    for (const text of frames) this.receive(text);
    this.configure();
  }

  close() {
    clearTimeout(this.#timer);
  }

  /* The address of the room; nothing where the page drives it, or where it would need the module. */
  get #address() {
    const server = this.#room.getAttribute('server');
    return /^https?:/.test(server) ? `${server.replace(/\/+$/, '')}/v1/rooms/${this.#room.getAttribute('room')}` : undefined;
  }

  configure() {
    clearTimeout(this.#timer);
    if (this.#address) this.#ask();
  }

  /* Takes a frame; parts that are older than what is known are left. */
  receive(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    const { type, epoch, news = [], activities, mine, id } = frame;
    if (epoch && this.#epoch && epoch !== this.#epoch) this.#activities.clear();
    this.#epoch = epoch ?? this.#epoch;
    if (type === 'welcome') for (const name of this.#activities.keys()) if (!activities.includes(name)) this.#activities.delete(name);
    if (type === 'device') keepDevice(this.#key, frame.device);
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
    for (const widget of this.#port.widgets) {
      const name = widget.getAttribute('activity');
      const all = [...this.#activities].filter(([, { card, tally }]) => card?.widget === widget.kind && tally);
      const [activity, known] = all.findLast(([each]) => name === null || name === each) ?? [];
      if (!known) {
        widget.clear();
        continue;
      }
      const pending = [...this.#pending.values()].some((act) => act.activity === activity);
      form(widget.place, { ...known, entries: [...known.cards.values()], pending, refusal: this.#refused.get(activity) }, (action) => this.#act(widget, activity, action), this.#speech.words);
    }
  }

  #act(widget, activity, action) {
    const id = fresh();
    const { run } = this.#activities.get(activity);
    const act = action.type.split('.')[1];
    const request = { id, activity, run, action };
    const verdict = respond(widget, this, id, { widget: widget.kind, activity, run, act, id, action });
    if (verdict === 'cancelled') return;
    this.#refused.delete(activity);
    this.#pending.set(id, { widget, activity, act, request, waits: verdict === 'responds' });
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
      const known = this.#activities.get(pending.activity);
      const mine = more ? JSON.parse(more) : mineAfter(pending.request.action, known?.mine);
      const rev = Math.max(0, ...Object.values(known?.revs ?? {}));
      this.#take({ activity: pending.activity, run: pending.request.run, rev, mine });
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
    const { widget, activity, act } = pending;
    const { mine } = this.#activities.get(activity) ?? {};
    const detail = { widget: widget.kind, activity, act, ok, ...(ok ? { mine } : { refusal }) };
    if (widget.tell('live-outcome', detail, true) && !ok) this.#refused.set(activity, refusal?.reason);
    this.draw();
  }

  get #key() {
    return `live:${this.#room.getAttribute('server')}:${this.#room.getAttribute('room')}`;
  }

  #waiting() {
    return [...this.#pending.values()].filter(({ waits }) => !waits).map(({ request }) => ({ type: 'act', ...request }));
  }

  /* By the shell's socket if that lives, else by HTTP at once. */
  #send() {
    const texts = this.#waiting().map((frame) => JSON.stringify(frame));
    if (this.#port.isGreeted) for (const text of texts) this.#port.send(text);
    else this.#ask();
  }

  async #ask() {
    if (this.#asking || this.#port.isGreeted) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    try {
      const token = (await this.#room.tokenProvider?.()) ?? this.#room.getAttribute('token') ?? undefined;
      const frames = this.#waiting();
      if (frames.length && !token && !deviceOf(this.#key)) await this.#post([this.#hello(), { type: 'mint' }]);
      await this.#post([this.#hello(token), ...frames]);
    } catch {
      /* Asked again below. */
    }
    this.#asking = false;
    this.#timer = setTimeout(() => this.#ask(), ASK_MS);
  }

  #hello(token) {
    const device = deviceOf(this.#key) ?? undefined;
    return { type: 'hello', version: 1, kinds: ['poll', 'qna'], token, device, seat: 'viewer', epoch: this.#epoch };
  }

  async #post(frames) {
    const response = await fetch(`${this.#address}/messages`, {
      method: 'POST',
      body: JSON.stringify(frames),
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(ASK_MS),
    });
    if (!response.ok) throw new Error(String(response.status));
    for (const frame of await response.json()) this.receive(JSON.stringify(frame));
  }
}
