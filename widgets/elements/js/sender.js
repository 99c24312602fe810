/* Sends what waits for one endpoint, as the policy in the module decides; one tab at a time, by a Web Lock.

   A record is settled only when an answer was seen. What leaves with a closing page is sent again by the next one,
   and the endpoint knows it by its id. */

import { alone } from './alone.js';
import { endpointsOf } from './database.js';
import { sum } from './ledger.js';
import { leftFor } from './left.js';
import { Policy } from './policy.js';
import { beacon, post, spare } from './post.js';
import { Records } from './records.js';

const steady = () => Math.round(performance.now());
/* What is due waits until the page has nothing better to do, but not for ever. */
const idle = (work) => (globalThis.requestIdleCallback ?? setTimeout)(work, { timeout: 1_000 });
const name = ({ session, sequence }) => `${session} ${sequence}`;

/* What one page reports from one room to one endpoint; there is one of each, see `outbox`. */
class Outbox {
  /* The page's `signReport`, and what tells the page of a failure. */
  signer;
  failed;
  #endpoint;
  #source;
  #policy;
  #records;
  #channel;
  #granted = false;
  #soon = false;
  #chance;
  #timer;
  #busy;
  /* What is being written down. */
  #writing;
  /* Records that are under way, or left with the page. */
  #away = new Set();
  #closing = false;
  /* Counts of sessions that consent ended. */
  #past;
  #stop = new AbortController();

  constructor(endpoint, source, ask) {
    this.#endpoint = endpoint;
    this.#source = source;
    this.#policy = new Policy(ask);
    addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? this.#hide() : this.#learn()));
    addEventListener('pagehide', () => {
      this.#closing = true;
      this.#hide();
      this.#channel?.close();
      this.#channel = undefined;
    });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#return());
    addEventListener('online', () => {
      this.#policy.hurry();
      this.#plan();
    });
  }

  /* `granted`: reports are taken, and what earlier page loads left may go. `denied`: all that waits is dropped. */
  consent(holds) {
    this.#granted = holds === 'granted';
    if (this.#granted) {
      this.#listen();
      this.#learn();
      /* The policy is asked later: the module may be the one that called. */
      setTimeout(() => this.#plan(1));
    } else if (holds === 'denied') {
      this.#tell({ forget: true });
      this.#forget(this.#records ?? new Records(this.#endpoint, this.#source), true);
    }
  }

  /* Whether `write` would take reports now. */
  get isOpen() {
    return this.#open();
  }

  /* Takes reports: the JSON `envelope` without what only an attempt knows, and the JSON `data`; `lost`: so many more found no place. */
  async write(reports, soon, lost = 0) {
    if (!this.#open()) return;
    const records = this.#records;
    const { isGone, limits } = this.#policy;
    const fits = ({ data }) => !isGone && new Blob([data]).size <= limits.report;
    const kept = reports.filter(fits).map(({ envelope, data }) => `${envelope.slice(0, -1)},"data":${data}}`);
    const large = reports.length - kept.length;
    const written = [kept.length && records.write(kept), large && records.lose(large, isGone ? 'gone' : 'too_large'), lost && records.lose(lost, 'queue_full')];
    this.#writing = Promise.all([this.#writing, ...written]);
    this.#plan(0, soon);
    await this.#writing;
  }

  /* Tries now, unless the endpoint asked for patience; resolves when all is delivered, or lies waiting and is written down. */
  deliver() {
    clearTimeout(this.#timer?.id);
    this.#timer = this.#chance = undefined;
    this.#soon = false;
    this.#busy ??= alone(`live-reports ${this.#endpoint}`, (sure) => this.#send(sure)).then((left) => {
      this.#busy = undefined;
      this.#plan(left ? 1 : 0);
    });
    return Promise.all([this.#busy, this.#writing]);
  }

  /* What became of this page's reports: `{created, stored, dropped, waiting, durable, gone}`. */
  get status() {
    const { ledger, durable = true } = this.#records ?? {};
    return { ...sum(this.#past, ledger), durable, gone: this.#policy.isGone };
  }

  /* Whether reports may be taken and sent now; makes what that needs. */
  #open() {
    if (!this.#granted || !this.#policy.isKnown) return false;
    if (this.#records?.isForgotten) this.#forget(this.#records, false);
    this.#records ??= new Records(this.#endpoint, this.#source, this.#policy.limits);
    return true;
  }

  #listen() {
    this.#channel ??= new BroadcastChannel('live-reports');
    this.#channel.onmessage = ({ data: { endpoint, forget, pause } }) => {
      if (endpoint !== this.#endpoint || !this.#records) return;
      if (forget) return this.#forget(this.#records, false);
      if (pause) this.#policy.wait(pause);
      else this.#policy.hurry();
      this.#learn();
    };
  }

  /* What other tabs did meanwhile may leave nothing to do. */
  #learn() {
    this.#records?.refresh().then(() => this.#plan());
  }

  /* The page came back out of the cache: what left with it is not known to have arrived. */
  #return() {
    this.#closing = false;
    this.#away.clear();
    this.#records?.comeBack();
    /* What was to run in idle time may never run. */
    clearTimeout(this.#timer?.id);
    this.#timer = undefined;
    if (this.#granted) this.consent('granted');
  }

  #tell(message) {
    this.#listen();
    this.#channel.postMessage({ endpoint: this.#endpoint, ...message });
  }

  /* Storage knows nothing of this session any more: what comes after is another. */
  #forget(records, stored) {
    this.#records = undefined;
    this.#stop.abort();
    this.#stop = new AbortController();
    records.forget(stored);
    this.#past = sum(this.#past, records.ledger);
  }

  /* Sets the time of the next attempt, if something waits; `more` than what this session knows of. */
  #plan(more = 0, soon = false) {
    if (!this.#open()) return;
    this.#soon ||= soon;
    this.#chance ??= Math.random();
    const { rows } = this.#records.mine();
    const bytes = rows.reduce((all, row) => all + row.bytes, 0);
    const ms = this.#policy.next(rows.length + more, bytes, this.#soon, this.#chance);
    if (ms === undefined || this.#timer?.due <= steady() + ms) return;
    clearTimeout(this.#timer?.id);
    this.#timer = { due: steady() + ms, id: setTimeout(() => idle(() => this.deliver()), ms) };
  }

  /* Sends until nothing waits; whether something is left for another time. */
  async #send(all) {
    while (this.#open() && !this.#policy.pause) {
      const records = this.#records;
      const lot = await records.next(all);
      /* Consent may have been withdrawn while it was read. */
      if (records !== this.#records) return true;
      if (!lot) return false;
      const batch = this.#policy.batch(lot, this.#policy.limits.batch);
      const rows = (places) => places.map((place) => lot.rows[place]);
      if (this.#policy.isGone) await records.settle(lot.rows, 'gone');
      else if (batch?.body) {
        const verdict = await this.#attempt(records, lot.rows.slice(0, batch.take), batch.body, false);
        if (verdict !== 'stored' && verdict !== 'drop' && verdict !== 'split') return true;
      } else if (batch?.too_old.length || batch?.damaged.length) {
        await records.settle(rows(batch.too_old), 'too_old');
        await records.settle(rows(batch.damaged), 'storage');
      } else return true;
    }
    return true;
  }

  async #attempt(records, rows, body, closing) {
    for (const row of rows) this.#away.add(name(row));
    const { signal } = this.#stop;
    const headers = await this.#signed(body);
    /* Consent may have been withdrawn while it was signed. */
    const answer = headers && !signal.aborted ? await post(this.#endpoint, body, closing, this.#policy.limits, headers, signal) : { status: 0 };
    for (const row of rows) this.#away.delete(name(row));
    const { verdict, reason } = this.#policy.verdict(answer, rows.length);
    if (verdict === 'stored' || reason) await records.settle(rows, reason ?? verdict);
    if (verdict && this.#granted) this.#tell({ pause: this.#policy.pause });
    return verdict;
  }

  /* The headers of a request: none, or those by which the page signs it; nothing if it cannot, so that it waits like one that failed. */
  async #signed(body) {
    const signer = this.signer?.();
    if (!signer) return new Headers();
    return import('./sign.js').then(({ sign }) => sign(signer, body, this.#endpoint, this.failed), () => {});
  }

  /* Whichever the browser says first, that the page goes or that it is hidden: what is reported of its time comes with the latter. */
  #hide() {
    this.#leave();
    if (this.#closing && this.#open()) this.#records.putDown();
  }

  /* The page is hidden and may never be seen again; if it closes, no answer is seen either. */
  #leave() {
    if (!this.#open()) return;
    const records = this.#records;
    /* What is written down is safe, and can wait; nothing goes unsigned. */
    if ((records.durable && this.#policy.isRefused) || (this.#closing && this.signer?.())) return;
    const lot = records.mine();
    lot.rows = lot.rows.filter((row) => !this.#away.has(name(row)));
    let most;
    while (lot.rows.length) {
      const { body, take } = this.#policy.batch(lot, spare(this.#policy.limits.batch), most) ?? {};
      if (!body) return;
      const taken = lot.rows.slice(0, take);
      records.leave(taken);
      if (this.#closing && !beacon(this.#endpoint, body)) {
        if (take === 1) return;
        most = take >> 1;
        continue;
      }
      if (this.#closing) for (const row of taken) this.#away.add(name(row));
      else this.#attempt(records, taken, body, true);
      lot.rows = lot.rows.slice(take);
    }
  }
}

const outboxes = new Map();

/* The outbox of this page for a room and an endpoint. `ask(kind, numbers, text)` asks the policy; it answers nothing while the module is down. */
export function outbox(endpoint, source, ask) {
  const key = `${endpoint} ${source}`;
  if (!outboxes.has(key)) outboxes.set(key, new Outbox(endpoint, source, ask));
  return outboxes.get(key);
}

/* The endpoints to which this browser has reported from a room, as far as it still knows. */
export const reported = async (source) => [...leftFor(source), ...(await endpointsOf(source))];
