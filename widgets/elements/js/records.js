/* Keeps reports until their endpoint was seen to store them: in IndexedDB, in memory where that is refused.

   A page load (session) writes its own records and how many it made; whoever sends them settles them. So writing reads
   nothing first and is committed at once, and only settling counts. What a closing page does not get through, see left.js. */

import { STORES, clear, of, result, transact } from './database.js';
import { fresh } from './fresh.js';
import { forget, isLeft, pickUp, putDown } from './left.js';
import { count, nothing, settledOf, withLost } from './ledger.js';

/* Neither in number nor in bytes are so many records too many. */
const FEW = 100;
/* Without locks, what no page load has sent in this time is taken for an orphan's. */
const ORPHAN_MS = 300_000;
/* A browser that is killed fails its storage first, and its pages go on for some milliseconds: what they sent then from their memory would
   tell of reports that nobody has any more. */
const GOING_MS = 2_000;
const FULL = 'queue_full';

const bytesOf = (text) => new TextEncoder().encode(text).length;
const keyOf = (row) => [row.endpoint, row.at, row.session, row.sequence];

/* What one page load reports from one room to one endpoint, and what earlier ones left behind. */
export class Records {
  session = fresh();
  ledger = nothing();
  durable = true;
  /* What other page loads left in storage can be delivered, though this one's own may not lie there. */
  #reaches = true;
  /* When this page is known to outlive its storage. */
  #outlives;
  /* How much of what this page made it put down when it went, see left.js; and that it came back since, and storage was not yet asked. */
  #down = 0;
  #cameBack = false;
  /* Consent was withdrawn, perhaps in another tab: storage knows nothing of this session any more, and is told nothing. */
  isForgotten = false;
  #endpoint;
  #source;
  #limits;
  /* This session's records that are not settled, by sequence: a closing page cannot wait for a database. */
  #mine = new Map();
  #bytes = 0;
  #written = 0;
  /* What was dropped before it was written, by reason. */
  #lost = {};
  /* The highest sequence that may have left, answered or not. */
  #tried = 0;
  /* Records that were written since it was looked whether there are too many; that look, and the one after it. */
  #fresh = [];
  #trimming = Promise.resolve();
  #next;

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
    this.#wrote(await this.#note(rows));
    await this.#trim(rows);
  }

  /* Counts reports that are dropped before they were written: each uses a number up, so that the endpoint sees that it is missing.
     It reads nothing either: a closing page gets through with it. */
  async lose(number, how) {
    this.ledger.created += number;
    count(this.ledger, how, number);
    count({ dropped: this.#lost }, how, number);
    this.#wrote(await this.#note([]));
  }

  get #made() {
    return { endpoint: this.#endpoint, source: this.#source, session: this.session, created: this.ledger.created, bytes: this.#bytes, at: Date.now(), left: this.#tried, lost: { ...this.#lost } };
  }

  /* Writes down what this session made so far, as it is now, and rows of it; resolves to how much that is. */
  async #note(rows, isSafe) {
    const made = this.#made;
    await this.#try(() => transact('readwrite', async (store, transaction) => {
      /* Another page may have picked up what this one put down when it went, before it came back; or consent was withdrawn there. */
      const isDown = made.created <= this.#down;
      const asks = isDown || this.#cameBack;
      const known = asks ? await result(store('sessions').get([this.#endpoint, this.session])) : undefined;
      if (asks && !known && (isDown || this.#written)) this.isForgotten ||= !isLeft(this.session);
      if (this.isForgotten) return;
      for (const row of rows) if (!(row.sequence <= known?.created)) store('records').put(row);
      store('sessions').put(known?.created >= made.created ? { ...known, left: Math.max(known.left, made.left) } : made);
      transaction.commit?.();
    }, true, isSafe));
    return made.created;
  }

  #wrote(created) {
    if (this.durable) this.#written = Math.max(this.#written, created);
  }

  async #settled(store, session) {
    return (await result(store('settled').get([this.#endpoint, session]))) ?? { ...nothing(), endpoint: this.#endpoint, session, bytes: 0 };
  }

  /* The page is back out of the cache: others may have been at what it wrote. */
  comeBack() {
    this.#cameBack = true;
  }

  /* The page goes, and perhaps comes back. */
  putDown() {
    if (!this.durable || this.#written >= this.ledger.created) return;
    const rows = [...this.#mine.values()].filter(({ sequence }) => sequence > this.#written);
    if (putDown(this.#made, rows)) this.#down = this.ledger.created;
  }

  /* This session's rows leave now, and perhaps the page with them. What may have arrived is not dropped to make room: it would be counted
     as dropped, and be stored. */
  leave(rows) {
    this.#tried = Math.max(this.#tried, ...rows.map(({ sequence }) => sequence));
    return this.#note([], true);
  }

  /* The oldest records of one session, of any page load if `all`, else of this one and of those long gone. */
  async next(all) {
    if (!this.durable) await this.#outlives;
    if (!this.durable && this.#mine.size) {
      const lot = this.mine();
      lot.rows.length = Math.min(lot.rows.length, this.#limits.read);
      this.leave(lot.rows);
      return lot;
    }
    const read = (mode) => transact(mode, async (store) => {
      const found = await result(store('records').getAll(of(this.#endpoint), all ? this.#limits.read : undefined));
      const here = (row) => (row.session === this.session ? this.durable : all || row.at < Date.now() - ORPHAN_MS);
      const ready = found.filter(here);
      if (!ready.length) return;
      const [{ session, source }] = ready;
      const rows = ready.filter((row) => row.session === session).slice(0, this.#limits.read);
      const key = [this.#endpoint, session];
      const [made, settled] = await Promise.all([result(store('sessions').get(key)), this.#settled(store, session)]);
      const { tried = 0 } = settled;
      if (mode === 'readwrite') store('settled').put({ ...settled, tried: Math.max(tried, ...rows.map(({ sequence }) => sequence)) });
      return { session, source, ledger: { created: made?.created ?? 0, ...withLost(settled, made?.lost) }, rows };
      /* What is about to leave is known to have been tried, even if the browser is killed before the answer. */
    }, true, mode === 'readwrite');
    if (this.durable || this.#reaches) await pickUp(this.#endpoint, transact);
    /* Storage that is full can still be read, and then nothing is dropped from it either. */
    return this.#try(() => read('readwrite').catch(() => read('readonly')), true);
  }

  /* Counts records as `stored`, or as dropped for another reason, and lets them go. */
  async settle(rows, how) {
    /* What is about to be dropped does not leave with the page meanwhile: it would be counted as dropped, and be stored. */
    const going = how === FULL && this.durable ? rows.filter(({ session, sequence }) => session === this.session && sequence > this.#tried) : [];
    for (const { sequence } of going) this.#mine.delete(sequence);
    await this.#try(() => transact('readwrite', async (store) => {
      const there = await Promise.all(rows.map((row) => result(store('records').getKey(keyOf(row)))));
      /* Who comes second finds nothing, and counts nothing. */
      const left = rows.filter((_, place) => there[place]);
      for (const session of new Set(left.map((row) => row.session))) {
        const [settled, made] = await Promise.all([this.#settled(store, session), result(store('sessions').get([this.#endpoint, session]))]);
        const own = left.filter((row) => row.session === session && !(how === FULL && row.sequence <= Math.max(this.#tried, settled.tried ?? 0, made?.left ?? 0)));
        for (const row of own) store('records').delete(keyOf(row));
        count(settled, how, own.length);
        settled.bytes += own.reduce((sum, row) => sum + row.bytes, 0);
        store('settled').put(settled);
      }
    }), rows.every(({ session }) => session !== this.session));
    if (this.durable) return this.refresh();
    for (const row of going) this.#mine.set(row.sequence, row);
    for (const { session, sequence } of rows) {
      if (session === this.session && !(how === FULL && sequence <= this.#tried) && this.#mine.delete(sequence)) count(this.ledger, how, 1);
    }
  }

  /* Learns what other tabs settled. */
  async refresh() {
    const written = this.#written;
    if (!this.durable || !(written || this.#down)) return;
    await this.#try(() => transact('readonly', async (store) => {
      const own = [this.#endpoint, this.session];
      const [keys, settled, made] = await Promise.all([result(store('records').getAllKeys(of(this.#endpoint))), ...['settled', 'sessions'].map((name) => result(store(name).get(own)))]);
      if (!made) {
        this.isForgotten ||= !isLeft(this.session);
        return;
      }
      this.#cameBack = false;
      const waiting = new Set(keys.filter((key) => key[2] === this.session).map((key) => key[3]));
      for (const sequence of this.#mine.keys()) if (sequence <= written && !waiting.has(sequence)) this.#mine.delete(sequence);
      if (settled) Object.assign(this.ledger, withLost(settled, this.#lost));
    }));
  }

  /* Consent was withdrawn: nothing of this endpoint stays, here and, if `stored`, in the browser's storage. */
  async forget(stored) {
    this.isForgotten = true;
    count(this.ledger, 'consent', this.ledger.created - settledOf(this.ledger));
    this.#mine.clear();
    if (!stored) return;
    forget(this.#endpoint);
    await clear((store) => STORES.forEach((name) => store(name).delete(of(this.#endpoint))));
  }

  /* Drops the oldest beyond the limits. One looks at a time, and the next looks for all that was written meanwhile: each reads hundreds of records. */
  #trim(rows) {
    this.#fresh.push(...rows);
    return (this.#next ??= this.#trimming.then(() => {
      this.#next = undefined;
      return (this.#trimming = this.#trimOnce(this.#fresh.splice(0)));
    }));
  }

  /* `rows` go where what chooses them cannot be loaded. */
  async #trimOnce(rows) {
    const counted = await this.#try(() => transact('readonly', (store) => result(store('records').count(of(this.#endpoint)))));
    const many = counted ?? this.#mine.size;
    if (many <= FEW) return;
    const about = { transact, result, endpoint: this.#endpoint, session: this.session, limits: this.#limits };
    const excess = await import('./excess.js').catch(() => {});
    const beyond = async () => (await this.#try(() => excess.stored(about))) ?? excess.remembered({ ...about, rows: [...this.#mine.values()], tried: this.#tried });
    /* So much at once as can be read at once, until nothing is too much. */
    for (let over = rows, more = true; more; ) {
      over = excess ? await beyond() : many > this.#limits.count ? over : [];
      if (over.length) await this.settle(over, FULL);
      more = excess && over.length;
    }
  }

  /* Storage that fails once is not asked again in this session: what is in memory is then the truth. `isOthers`: it is asked for what
     others left in it, until that fails too. */
  async #try(work, isOthers) {
    if (!this.durable && !(isOthers && this.#reaches)) return;
    try {
      return await work();
    } catch {
      this.#outlives ??= new Promise((done) => setTimeout(done, GOING_MS));
      if (this.durable) this.durable = false;
      else if (isOthers) this.#reaches = false;
      /* What was written or put down until then may be sent by the next page. */
      this.#tried = Math.max(this.#tried, this.#written, this.#down);
    }
  }
}
