/* Sends what waits for one endpoint, as the policy in the module decides; one tab at a time, by a Web Lock.

   A record is settled only when an answer was seen. What leaves with a closing page is sent again by the next one,
   and the endpoint knows it by its id. */

import { fresh } from './fresh.js';
import { sum } from './ledger.js';
import { beacon, post, spare } from './post.js';
import { Records } from './records.js';

/* A tab that was frozen while it sent must not silence the others for ever. */
const LOCK_MS = 60_000;
/* Places in the policy's state, of which the first is its own. */
const [MOST, UNTIL, GONE] = [1, 2, 3];

const steady = () => Math.round(performance.now());

/* Runs `work` while no other tab does; `work(false)` where that cannot be known. */
async function alone(name, work) {
  let begun = false;
  const begin = (sure) => {
    begun = true;
    return work(sure);
  };
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_MS) }, () => begin(true));
  } catch {
    return begun || begin(false);
  }
}

/* What one page reports from one room to one endpoint; there is one of each, see `outbox`. */
class Outbox {
  #endpoint;
  #source;
  #ask;
  #limits;
  #records;
  #channel;
  #granted = false;
  /* The policy's, kept here so that a trap forgets nothing. */
  #state = [0, 100, 0, 0];
  /* Whether the last attempt had an answer. */
  #answered = false;
  #soon = false;
  #chance;
  #timer;
  #busy;
  /* Sequences that are under way, or left with the page. */
  #away = new Set();
  #closing = false;
  /* Counts of sessions that consent ended. */
  #past;

  constructor(endpoint, source, ask) {
    this.#endpoint = endpoint;
    this.#source = source;
    this.#ask = (kind, numbers = [], text = '') => JSON.parse(ask(kind, numbers.map(Number), text) || 'null');
    addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? this.#leave() : this.#plan()));
    addEventListener('pagehide', () => {
      this.#closing = true;
      this.#leave();
      this.#channel?.close();
      this.#channel = undefined;
    });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#return());
    addEventListener('online', () => {
      this.#state[UNTIL] = 0;
      this.#plan();
    });
  }

  /* `granted`: reports are taken, and what earlier page loads left may go. `denied`: all that waits is dropped. */
  consent(holds) {
    this.#granted = holds === 'granted';
    if (this.#granted) {
      this.#listen();
      this.#records?.refresh();
      /* The policy is asked later: the module may be the one that called. */
      setTimeout(() => this.#plan(1));
    } else if (holds === 'denied') {
      this.#tell({ forget: true });
      this.#forget(this.#records ?? new Records(this.#endpoint, this.#source), true);
    }
  }

  /* Takes reports: the JSON `envelope` without what only an attempt knows, and the JSON `data`. */
  async write(reports, soon) {
    if (!this.#open()) return;
    const records = this.#records;
    const gone = this.#state[GONE];
    const fits = ({ data }) => !gone && new Blob([data]).size <= this.#limits.report;
    const kept = reports.filter(fits).map(({ envelope, data }) => `${envelope.slice(0, -1)},"data":${data}}`);
    const lost = reports.filter((report) => !fits(report)).map(() => '{}');
    const written = [kept.length && records.write(kept)];
    this.#plan(0, soon);
    /* A lost report uses a number up: the endpoint sees that one is missing, and the ledger why. */
    if (lost.length) written.push(records.write(lost).then((rows) => records.settle(rows, gone ? 'gone' : 'too_large')));
    await Promise.all(written);
  }

  /* Tries now, unless the endpoint asked for patience; resolves when all is delivered, or lies waiting. */
  deliver() {
    clearTimeout(this.#timer?.id);
    this.#timer = this.#chance = undefined;
    this.#soon = false;
    this.#busy ??= alone(`live-reports ${this.#endpoint}`, (sure) => this.#send(sure)).then((left) => {
      this.#busy = undefined;
      this.#plan(left ? 1 : 0);
    });
    return this.#busy;
  }

  /* What became of this page's reports: `{created, stored, dropped, waiting, durable, gone}`. */
  get status() {
    const { ledger, durable = true } = this.#records ?? {};
    return { ...sum(this.#past, ledger), durable, gone: Boolean(this.#state[GONE]) };
  }

  /* Whether reports may be taken and sent now; makes what that needs. */
  #open() {
    this.#limits ??= this.#ask('limits') ?? undefined;
    if (!this.#granted || !this.#limits) return false;
    this.#records ??= new Records(this.#endpoint, this.#source, this.#limits);
    return true;
  }

  #listen() {
    this.#channel ??= new BroadcastChannel('live-reports');
    this.#channel.onmessage = ({ data: { endpoint, forget, pause = 0 } }) => {
      if (endpoint !== this.#endpoint || !this.#records) return;
      if (forget) return this.#forget(this.#records, false);
      this.#state[UNTIL] = Math.max(this.#state[UNTIL], pause && steady() + pause);
      this.#records.refresh();
    };
  }

  /* The page came back out of the cache: what left with it is not known to have arrived. */
  #return() {
    this.#closing = false;
    this.#away.clear();
    if (this.#granted) this.consent('granted');
  }

  #tell(message) {
    this.#listen();
    this.#channel.postMessage({ endpoint: this.#endpoint, ...message });
  }

  /* Storage knows nothing of this session any more: what comes after is another. */
  #forget(records, stored) {
    this.#records = undefined;
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
    const ms = this.#ask('wait', [...this.#state, rows.length + more, bytes, this.#soon, steady(), this.#chance])?.ms ?? Infinity;
    if (ms === Infinity || this.#timer?.due <= steady() + ms) return;
    clearTimeout(this.#timer?.id);
    this.#timer = { due: steady() + ms, id: setTimeout(() => this.deliver(), ms) };
  }

  #batch({ session, source, ledger, rows }, bytes, most = this.#state[MOST]) {
    const { created, ...settled } = ledger;
    const numbers = [created, most, bytes, Date.now(), ...rows.flatMap(({ sequence, at }) => [sequence, at])];
    /* A line each: what was JSON when it was written has none within. */
    const lines = [session, source, fresh(), JSON.stringify(settled), ...rows.map(({ text }) => `${text}`)];
    return this.#ask('batch', numbers, lines.map((line) => line.replaceAll('\n', ' ')).join('\n'));
  }

  /* Sends until nothing waits; whether something is left for another time. */
  async #send(all) {
    while (this.#open() && this.#state[UNTIL] <= steady()) {
      const records = this.#records;
      const lot = await records.next(all);
      if (!lot) return false;
      const batch = this.#batch(lot, this.#limits.batch);
      const rows = (places) => places.map((place) => lot.rows[place]);
      if (this.#state[GONE]) await records.settle(lot.rows, 'gone');
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
    for (const { sequence } of rows) this.#away.add(sequence);
    const answer = await post(this.#endpoint, body, closing, this.#limits);
    for (const { sequence } of rows) this.#away.delete(sequence);
    const { status, retryAfter = -1, html = false } = answer;
    const numbers = [...this.#state, status, retryAfter, html, rows.length, steady(), Math.random()];
    const { state, verdict, reason } = this.#ask('answer', numbers) ?? {};
    if (!verdict) return;
    this.#state = state;
    this.#answered = status > 0;
    if (verdict === 'stored' || reason) await records.settle(rows, reason ?? verdict);
    if (this.#granted) this.#tell({ pause: Math.max(0, state[UNTIL] - steady()) });
    return verdict;
  }

  /* The page is hidden and may never be seen again; if it closes, no answer is seen either. */
  #leave() {
    if (!this.#open()) return;
    const records = this.#records;
    /* The endpoint is in trouble, and what is written down is safe. That a page which goes saw no answer says nothing of it. */
    if (records.durable && this.#answered && this.#state[UNTIL] > steady()) return;
    const lot = records.mine();
    lot.rows = lot.rows.filter(({ sequence }) => !this.#away.has(sequence));
    let most;
    while (lot.rows.length) {
      const { body, take } = this.#batch(lot, spare(this.#limits.batch), most) ?? {};
      if (!body) return;
      const taken = lot.rows.slice(0, take);
      if (this.#closing && !beacon(this.#endpoint, body)) {
        if (take === 1) return;
        most = take >> 1;
        continue;
      }
      if (this.#closing) for (const { sequence } of taken) this.#away.add(sequence);
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
