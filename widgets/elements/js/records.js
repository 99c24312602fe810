/* Keeps reports until their endpoint was seen to store them: in IndexedDB, in memory where that is refused.

   A page load (session) writes its own records and how many it made; whoever sends them settles them. So writing reads
   nothing first and is committed at once, which a closing page still gets through, and only settling counts. */

import { STORES, result, transact } from './database.js';
import { fresh } from './fresh.js';
import { count, nothing, settledOf } from './ledger.js';

const DAY_MS = 86_400_000;
/* Without locks, what no page load has sent in this time is taken for an orphan's. */
const ORPHAN_MS = 300_000;

const bytesOf = (text) => new TextEncoder().encode(text).length;
const of = (endpoint) => IDBKeyRange.bound([endpoint], [endpoint, []]);
const keyOf = (row) => [row.endpoint, row.at, row.session, row.sequence];

/* What one page load reports from one room to one endpoint, and what earlier ones left behind. */
export class Records {
  session = fresh();
  ledger = nothing();
  durable = true;
  #endpoint;
  #source;
  #limits;
  /* This session's records that are not settled, by sequence: a closing page cannot wait for a database. */
  #mine = new Map();
  #bytes = 0;
  #written = 0;
  #trimming;
  #untrimmed = false;

  constructor(endpoint, source, limits) {
    this.#endpoint = endpoint;
    this.#source = source;
    this.#limits = limits;
  }

  /* This session's records as a lot to send. */
  mine() {
    const { created, ...ledger } = this.ledger;
    const rows = [...this.#mine.values()];
    return { session: this.session, source: this.#source, ledger: { created: this.durable ? this.#written : created, ...ledger }, rows };
  }

  /* Writes reports down; the rows are among `mine` at once, the promise says when they are written. */
  async write(texts) {
    const at = Date.now();
    const rows = texts.map((text) => {
      const row = { endpoint: this.#endpoint, at, session: this.session, sequence: ++this.ledger.created, source: this.#source, bytes: bytesOf(text), text };
      this.#bytes += row.bytes;
      this.#mine.set(row.sequence, row);
      return row;
    });
    const { created } = this.ledger;
    const session = { endpoint: this.#endpoint, session: this.session, created, bytes: this.#bytes, at };
    await this.#try(() => transact('readwrite', (store, transaction) => {
      for (const row of rows) store('records').put(row);
      store('sessions').put(session);
      transaction.commit?.();
    }));
    if (this.durable) this.#written = Math.max(this.#written, created);
    await this.#trim();
    return rows;
  }

  /* The oldest records of one session, of any page load if `all`, else of this one and of those long gone. */
  async next(all) {
    if (!this.durable && this.#mine.size) return this.mine();
    return this.#try(() => transact('readonly', async (store) => {
      const found = await result(store('records').getAll(of(this.#endpoint), all ? this.#limits.read : undefined));
      const here = (row) => (row.session === this.session ? this.durable : all || row.at < Date.now() - ORPHAN_MS);
      const rows = found.filter(here);
      if (!rows.length) return;
      const [{ session, source }] = rows;
      const key = [this.#endpoint, session];
      const [made, settled] = await Promise.all([result(store('sessions').get(key)), result(store('settled').get(key))]);
      const { stored, dropped } = settled ?? nothing();
      const ledger = { created: made?.created ?? 0, stored, dropped };
      return { session, source, ledger, rows: rows.filter((row) => row.session === session) };
    }));
  }

  /* Counts records as `stored`, or as dropped for another reason, and lets them go. */
  async settle(rows, how) {
    await this.#try(() => transact('readwrite', async (store) => {
      const there = await Promise.all(rows.map((row) => result(store('records').getKey(keyOf(row)))));
      /* Who comes second finds nothing, and counts nothing. */
      const left = rows.filter((_, place) => there[place]);
      for (const row of left) store('records').delete(keyOf(row));
      for (const session of new Set(left.map((row) => row.session))) {
        const own = left.filter((row) => row.session === session);
        const settled = (await result(store('settled').get([this.#endpoint, session]))) ?? { ...nothing(), endpoint: this.#endpoint, session, bytes: 0 };
        count(settled, how, own.length);
        settled.bytes += own.reduce((sum, row) => sum + row.bytes, 0);
        store('settled').put(settled);
      }
    }));
    if (this.durable) return this.refresh();
    for (const row of rows) if (row.session === this.session && this.#mine.delete(row.sequence)) count(this.ledger, how, 1);
  }

  /* Learns what other tabs settled. */
  async refresh() {
    const written = this.#written;
    if (!this.durable || !written) return;
    await this.#try(() => transact('readonly', async (store) => {
      const [keys, settled] = await Promise.all([result(store('records').getAllKeys(of(this.#endpoint))), result(store('settled').get([this.#endpoint, this.session]))]);
      const waiting = new Set(keys.filter((key) => key[2] === this.session).map((key) => key[3]));
      for (const sequence of this.#mine.keys()) if (sequence <= written && !waiting.has(sequence)) this.#mine.delete(sequence);
      if (settled) Object.assign(this.ledger, { stored: settled.stored, dropped: settled.dropped });
    }));
  }

  /* Consent was withdrawn: nothing of this endpoint stays, here and, if `stored`, in the browser's storage. */
  async forget(stored) {
    count(this.ledger, 'consent', this.#mine.size);
    this.#mine.clear();
    if (stored) await transact('readwrite', (store) => STORES.forEach((name) => store(name).delete(of(this.#endpoint))), false).catch(() => {});
  }

  /* Drops the oldest beyond the limits, once for all that was written meanwhile. */
  async #trim() {
    this.#untrimmed = true;
    this.#trimming ??= this.#trimAll();
    await this.#trimming;
  }

  async #trimAll() {
    while (this.#untrimmed) {
      this.#untrimmed = false;
      const over = await this.#excess();
      if (!over.length) continue;
      await this.settle(over, 'queue_full');
      /* There may be more than was read at once. */
      this.#untrimmed = true;
    }
    this.#trimming = undefined;
  }

  /* The oldest records beyond the limits; forgets sessions that are long settled. */
  async #excess() {
    const over = [];
    const { count: most, bytes: heavy } = this.#limits;
    await this.#try(() => transact('readwrite', async (store) => {
      const [sessions, settled] = await Promise.all(['sessions', 'settled'].map((name) => result(store(name).getAll(of(this.#endpoint)))));
      let number = 0;
      let bytes = 0;
      for (const made of sessions) {
        const done = settled.find((other) => other.session === made.session) ?? { ...nothing(), bytes: 0 };
        const waiting = made.created - settledOf(done);
        number += waiting;
        bytes += made.bytes - done.bytes;
        const stale = !waiting && made.at < Date.now() - DAY_MS && made.session !== this.session;
        if (stale) for (const name of ['sessions', 'settled']) store(name).delete([this.#endpoint, made.session]);
      }
      if (number <= most && bytes <= heavy) return;
      for (const row of await result(store('records').getAll(of(this.#endpoint), this.#limits.read))) {
        if (number <= most && bytes <= heavy) return;
        over.push(row);
        number -= 1;
        bytes -= row.bytes;
      }
    }));
    if (!this.durable) {
      let bytes = [...this.#mine.values()].reduce((sum, row) => sum + row.bytes, 0);
      for (const row of this.#mine.values()) {
        if (this.#mine.size - over.length <= most && bytes <= heavy) break;
        over.push(row);
        bytes -= row.bytes;
      }
    }
    return over;
  }

  /* Storage that fails once is not asked again in this session: what is in memory is then the truth. */
  async #try(work) {
    if (this.durable) {
      try {
        return await work();
      } catch {
        this.durable = false;
      }
    }
  }
}
