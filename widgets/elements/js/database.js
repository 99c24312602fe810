/* The database of reports that wait: opened once a page, and made only where something may be stored. */

export const STORES = ['records', 'sessions', 'settled'];
/* Some browsers never answer a request to open a database, https://bugs.webkit.org/show_bug.cgi?id=226547; a busy one takes seconds. */
const OPEN_MS = 10_000;
/* A page may lie asleep in its tab for days, and goes on where it was. */
const ASLEEP_MS = 14 * 86_400_000;

/* All rows of an endpoint. */
export const of = (endpoint) => IDBKeyRange.bound([endpoint], [endpoint, []]);

export const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/* Forgets page loads that wrote nothing for so long, and what they left to endpoints that no page names any more. */
async function sweep(store) {
  const loads = await result(store('sessions').getAll());
  for (const { endpoint, session } of loads.filter(({ at }) => at < Date.now() - ASLEEP_MS)) {
    for (const name of ['sessions', 'settled']) store(name).delete([endpoint, session]);
    const keys = await result(store('records').getAllKeys(of(endpoint)));
    for (const key of keys) if (key[2] === session) store('records').delete(key);
  }
}

/* The promise of the database; and the database itself, once it can be used at once. */
let database;
let opened;
/* What is to be deleted, and could not be yet. */
const first = new Set();

/* Resolves to the database, or to nothing; `make`: whether it may be made where there is none. */
const open = (make) => (database ??= new Promise((resolve) => {
  setTimeout(resolve, OPEN_MS);
  const request = indexedDB.open('live-reports', 1);
  request.onupgradeneeded = () => {
    if (!make) return request.transaction.abort();
    request.result.createObjectStore('records', { keyPath: ['endpoint', 'at', 'session', 'sequence'] });
    for (const name of ['sessions', 'settled']) request.result.createObjectStore(name, { keyPath: ['endpoint', 'session'] });
  };
  request.onsuccess = () => {
    request.result.onclose = request.result.onversionchange = () => {
      request.result.close();
      database = opened = undefined;
    };
    /* It may come later than was waited for. */
    opened = request.result;
    for (const work of [sweep, ...first]) work(storesOf(opened.transaction(STORES, 'readwrite')));
    first.clear();
    database = Promise.resolve(opened);
    resolve(opened);
  };
  request.onerror = (event) => {
    event.preventDefault();
    database = undefined;
    resolve();
  };
}).catch(() => {}));

/* The end of all that was asked so far; how many of them wait for those before them. */
let last = Promise.resolve();
let queued = 0;

/* One transaction; `work` is given a function from a store's name to the store. What was asked before is written before, as what comes
   after counts it: at once in turn where the database is open, else each when the one before has ended. A browser closes the database of
   a page that it puts aside, and tells it late: then it is opened once more. `isSafe`: it outlives a browser that is killed the moment after. */
export function transact(mode, work, make = true, isSafe = false) {
  const before = last;
  const once = () => attempt(mode, work, make, isSafe);
  const inTurn = async () => {
    queued += 1;
    try {
      await before;
      return await once();
    } finally {
      queued -= 1;
    }
  };
  const done = (opened && !queued ? once() : inTurn()).catch((error) => {
    if (error && !/^(InvalidState|Abort)Error$/.test(error.name)) throw error;
    database = opened = undefined;
    return inTurn();
  });
  /* Only that it ended: what it found is not kept. */
  last = Promise.allSettled([before, done]).then(() => {});
  return done;
}

async function attempt(mode, work, make, isSafe) {
  const transaction = (opened ?? (await open(make))).transaction(STORES, mode, { durability: isSafe ? 'strict' : 'default' });
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const [found] = await Promise.all([work(storesOf(transaction), transaction), ended]);
  return found;
}

const storesOf = (transaction) => (name) => transaction.objectStore(name);

/* Deletes with `work`; if the database is not there in time, then as soon as it is, before anything new is written. */
export async function clear(work) {
  first.add(work);
  const end = () => opened && first.delete(work);
  await transact('readwrite', work, false).then(end, end);
}

/* The endpoints to which page loads reported from a source, or may yet. */
export const endpointsOf = (from) => transact('readonly', async (store) => (await result(store('sessions').getAll())).filter(({ source }) => source === from).map(({ endpoint }) => endpoint), false).catch(() => []);
