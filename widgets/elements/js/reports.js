/* What the module's reporter asks of the page: offers each report as `live-engagement`, and puts what may go into its outbox.

   One a room. Nothing here calls the module while the module calls it: offers are made in a microtask.
   What stores and sends is loaded when there is consent and somewhere to send to; until it is there, reports wait in early.js. */

/* How long until what did not load, or could not be asked, is tried again. */
const AGAIN_MS = 10_000;

import { counted, forget, isLeft, keep, take } from './early.js';
import { fresh } from './fresh.js';
import { sum } from './ledger.js';

/* What this page load was asked once. It outlives the module. */
const asked = new Set();

/* A tab keeps a name until it is left; nothing is stored. Where tabs cannot know of each other, each is the first. */
function first(name, work) {
  if (!navigator.locks) return work();
  navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && (work(), new Promise((end) => addEventListener('pagehide', end)))).catch(() => {});
}

let sender;
let loading;
const load = () => (loading ??= import('./sender.js').then(
  (module) => (sender = module),
  (error) => {
    loading = undefined;
    throw error;
  },
));
/* Where browsers cannot say which databases there are, there may be one. */
const isKept = async () => isLeft() || !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === 'live-reports');

export class Reports {
  #room;
  #ask;
  #woken;
  #failed;
  #outboxes = new Set();
  /* `{endpoint, source}` of what this room reports. */
  #ways = new Map();
  #queue = [];
  #holds = 'pending';
  #source;
  #timer;
  #again;
  #hinted = false;
  /* Which part of all page loads this one is. */
  #part = Math.random();

  /* `ask(kind, numbers, text)`: `report_decide`, nothing while the module is down. `woken()`: time has passed, as was asked by `wake`.
     `failed(code, message)`: for `live-error`. */
  constructor(room, { ask, woken, failed }) {
    this.#room = room;
    this.#ask = ask;
    this.#woken = woken;
    this.#failed = failed;
  }

  /* The address that a `report` attribute names; nothing if it is none that can be posted to. */
  static endpoint(text) {
    try {
      const url = new URL(text, document.baseURI);
      return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href.replace(/#.*/, '') : undefined;
    } catch {
      return undefined;
    }
  }

  /* `name`: of all tabs of this browser the first that has it makes the report. */
  report(endpoint, source, envelope, data, soon, name) {
    const make = () => {
      this.#queue.push({ endpoint, source, envelope, data, soon });
      if (this.#queue.length === 1) queueMicrotask(() => this.#offer());
    };
    if (name) first(name, make);
    else make();
  }

  once(key) {
    return !asked.has(key) && Boolean(asked.add(key));
  }

  id() {
    return fresh();
  }

  wake(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#woken, ms);
  }

  consent(holds, endpoint, source) {
    this.#holds = holds;
    if (endpoint) queueMicrotask(() => this.#hint());
    for (const box of this.#outboxes) box.consent(holds);
    this.#source = source;
    const takeUp = () => this.#takeUp(endpoint && { endpoint, source });
    if (holds === 'denied') forget({ endpoint, source });
    if (holds === 'pending' || (holds === 'granted' && !endpoint)) return;
    if (holds === 'granted' || sender) takeUp();
    else isKept().then((kept) => kept && takeUp(), takeUp);
  }

  /* Resolves when every report so far is delivered, or lies waiting. */
  async flush() {
    await this.#offer();
    if (this.#ways.size) await this.#takeUp();
    await Promise.all([...this.#outboxes].map((box) => box.deliver()));
  }

  /* Counts for the room's status: `{created, stored, dropped, waiting, durable, gone}`. */
  get status() {
    const all = [...this.#outboxes].map((box) => box.status);
    const early = sum(...[...this.#ways.values()].map(counted));
    return {
      ...sum(early, ...all),
      durable: !early.waiting && all.every(({ durable }) => durable),
      gone: all.some(({ gone }) => gone),
    };
  }

  /* The room is gone for good. What waits goes on without it. */
  close() {
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
  }

  /* The outbox; what sends is there. */
  #outbox(endpoint, source) {
    const box = sender.outbox(endpoint, source, this.#ask);
    if (!this.#outboxes.has(box)) {
      this.#outboxes.add(box);
      box.signer = () => this.#room.signReport;
      box.failed = this.#failed;
      box.consent(this.#holds);
    }
    return box;
  }

  /* At once if what sends is loaded: a page that is being hidden cannot wait. */
  #write(lot) {
    const box = sender && this.#outbox(lot.endpoint, lot.source);
    if (box?.isOpen) return box.write(lot.reports, lot.soon, lot.lost);
    if (this.#holds !== 'granted') return undefined;
    keep(lot);
    if (!sender) return this.#takeUp(lot);
    return this.#tryAgain();
  }

  /* Loads what sends, and hands over what waited for it, on one more way if it is named. */
  async #takeUp(way) {
    if (way) this.#add(way);
    try {
      await load();
    } catch {
      if (!this.#again) this.#failed('reports', 'sender.js did not load from beside the kit; reports wait until it does');
      return this.#tryAgain();
    }
    /* A withdrawal is of all that the room and its widgets ever reported, to wherever. */
    if (this.#holds === 'denied') for (const endpoint of await sender.reported(this.#source)) this.#add({ endpoint, source: this.#source });
    const lots = [];
    for (const way of this.#ways.values()) {
      this.#outbox(way.endpoint, way.source);
      if (this.#holds === 'granted') lots.push(...take(way));
    }
    return Promise.all(lots.map((lot) => this.#write(lot)));
  }

  #add({ endpoint, source }) {
    this.#ways.set(`${endpoint} ${source}`, { endpoint, source });
  }

  #tryAgain() {
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      this.#takeUp();
    }, AGAIN_MS);
  }

  /* Silence would leave a developer wondering. */
  #hint() {
    if (this.#hinted || this.#holds !== 'pending' || this.#room.isQuiet) return;
    this.#hinted = true;
    console.info(`<${this.#room.localName}> reports wait for consent: set consent="granted", or "denied"`);
  }

  #offer() {
    const lots = new Map();
    const rate = this.#rate;
    for (const { endpoint, source, envelope, data, soon } of this.#queue.splice(0)) {
      const detail = { ...JSON.parse(envelope), data: JSON.parse(data) };
      const event = new CustomEvent('live-engagement', { bubbles: true, composed: true, cancelable: true, detail });
      const wanted = this.#room.dispatchEvent(event);
      if (!wanted || !endpoint || this.#holds !== 'granted' || this.#part * rate >= 1) continue;
      const kept = this.#json(event.detail.data);
      if (!kept) continue;
      const key = `${endpoint} ${source}`;
      const lot = lots.get(key) ?? { endpoint, source, reports: [], soon: false };
      lot.reports.push({ envelope: rate > 1 ? `${envelope.slice(0, -1)},"sampledrate":${rate}}` : envelope, data: kept });
      lot.soon ||= soon;
      lots.set(key, lot);
    }
    return Promise.all([...lots.values()].map((lot) => this.#write(lot)));
  }

  /* Of how many page loads one reports, as the page wants it: `sample`. */
  get #rate() {
    return Math.max(1, this.#room.getAttribute('sample') | 0);
  }

  /* What a listener left as data; a report whose data JSON cannot hold is not made. */
  #json(data) {
    try {
      const text = JSON.stringify(data);
      if (text) return text;
    } catch {
      /* Said below. */
    }
    this.#failed('engagement', 'live-engagement: detail.data must stay something that JSON can hold; to stop a report, call preventDefault()');
  }
}
