/* What the module's reporter asks of the page: offers each report as `live-engagement`, and puts what may go into its outbox.

   One a room. Nothing here calls the module while the module calls it: offers are made in a microtask.
   What stores and sends is loaded when there is consent and somewhere to send to. */

import { fresh } from './fresh.js';
import { sum } from './ledger.js';

/* What this page load was asked once. It outlives the module. */
const asked = new Set();

let sender;
const load = async () => (sender ??= await import('./sender.js'));
/* Where browsers cannot say which databases there are, there may be one. */
const isKept = async () => !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === 'live-reports');

export class Reports {
  #room;
  #ask;
  #woken;
  #failed;
  #outboxes = new Set();
  #queue = [];
  #holds = 'pending';
  #timer;
  #hinted = false;

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

  report(endpoint, source, envelope, data, soon) {
    this.#queue.push({ endpoint, source, envelope, data, soon });
    if (this.#queue.length === 1) queueMicrotask(() => this.#offer());
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
    if (!endpoint || holds === 'pending') return;
    if (holds === 'granted' || sender) this.#outbox(endpoint, source);
    else isKept().then((kept) => kept && this.#outbox(endpoint, source)).catch(() => {});
  }

  /* Resolves when every report so far is delivered, or lies waiting. */
  async flush() {
    await this.#offer();
    await Promise.all([...this.#outboxes].map((box) => box.deliver()));
  }

  /* Counts for the room's status: `{created, stored, dropped, waiting, durable, gone}`. */
  get status() {
    const all = [...this.#outboxes].map((box) => box.status);
    return { ...sum(...all), durable: all.every(({ durable }) => durable), gone: all.some(({ gone }) => gone) };
  }

  /* The room is gone for good. What waits goes on without it. */
  close() {
    clearTimeout(this.#timer);
  }

  /* The outbox, at once if what sends is loaded: a page that is being hidden cannot wait. */
  #outbox(endpoint, source, use) {
    if (!sender) return load().then(() => this.#outbox(endpoint, source, use), () => this.#failed('reports', 'sender.js did not load from beside the kit; nothing is reported'));
    const box = sender.outbox(endpoint, source, this.#ask);
    if (!this.#outboxes.has(box)) {
      this.#outboxes.add(box);
      box.consent(this.#holds);
    }
    return use?.(box);
  }

  /* Silence would leave a developer wondering. */
  #hint() {
    if (this.#hinted || this.#holds !== 'pending' || this.#room.isQuiet) return;
    this.#hinted = true;
    console.info(`<${this.#room.localName}> reports wait for consent: set consent="granted", or "denied"`);
  }

  #offer() {
    const lots = new Map();
    for (const { endpoint, source, envelope, data, soon } of this.#queue.splice(0)) {
      const detail = { ...JSON.parse(envelope), data: JSON.parse(data) };
      const event = new CustomEvent('live-engagement', { bubbles: true, composed: true, cancelable: true, detail });
      const wanted = this.#room.dispatchEvent(event);
      if (!wanted || !endpoint || this.#holds !== 'granted') continue;
      const kept = this.#json(event.detail.data);
      if (!kept) continue;
      const key = `${endpoint} ${source}`;
      const lot = lots.get(key) ?? { endpoint, source, reports: [], soon: false };
      lot.reports.push({ envelope, data: kept });
      lot.soon ||= soon;
      lots.set(key, lot);
    }
    return Promise.all([...lots.values()].map(({ endpoint, source, reports, soon }) => this.#outbox(endpoint, source, (box) => box.write(reports, soon))));
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
