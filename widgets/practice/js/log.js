// The log of practice rooms in IndexedDB, which orders what the tabs of one browser write; a channel says that it grew.

const NAME = 'liveroom-practice';

/* Some browsers never answer a request to open a database, https://bugs.webkit.org/show_bug.cgi?id=226547. */
const OPEN_MS = 3_000;

/* The rows of a room after a position; a list sorts after every number and every text. */
const rows = (room, position = -Infinity) => IDBKeyRange.bound([room, position], [room, []], true);

const later = () => {
  let resolve;
  const promise = new Promise((resolved) => (resolve = resolved));
  return { promise, resolve };
};

/* Finds where the log of a room ends: the position and the time of its last record, zeros where there is none. */
const last = (stores, room, then) => {
  stores.records.openCursor(rows(room), 'prev').onsuccess = ({ target: { result: cursor } }) =>
    then(Number(cursor?.value.position ?? 0), Number(cursor?.value.at ?? 0));
};

/* Resolves to a store, or fails where this browser refuses one. */
export const openStore = () => new Promise((resolve, reject) => {
  let waiting = true;
  const timer = setTimeout(() => {
    waiting = false;
    reject(new DOMException('the browser does not open its database', 'TimeoutError'));
  }, OPEN_MS);
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('records', { keyPath: ['room', 'position'] });
    request.result.createObjectStore('private', { keyPath: ['room', 'key'] });
    request.result.createObjectStore('rooms', { keyPath: 'room' });
  };
  request.onsuccess = () => {
    if (!waiting) return request.result.close();
    resolve(new Store(request.result));
    clearTimeout(timer);
  };
  request.onerror = (event) => {
    event.preventDefault();
    clearTimeout(timer);
    reject(request.error);
  };
});

class Store {
  #database;
  #heard = globalThis.BroadcastChannel && new BroadcastChannel(NAME);
  #gone = new AbortController();
  #growth = later();

  constructor(database) {
    this.#database = database;
    // Cleared by the user, or about to be replaced by a newer kit in another tab: whoever follows finds out by reading.
    database.onclose = database.onversionchange = () => this.close();
    if (this.#heard) this.#heard.onmessage = () => this.#grow();
    // What was said while this page lay frozen may be lost.
    addEventListener('pageshow', () => this.#grow(), { signal: this.#gone.signal });
  }

  get durable() {
    return true;
  }

  /* Resolves when the log of some room has grown since it was asked for; take it before reading, and no growth is missed. */
  grown() {
    return this.#growth.promise;
  }

  /* The records of a room after a position, oldest first. */
  async read(room, after, limit) {
    const found = await this.#read('records', rows(room, after), limit);
    return found.map(({ position, at, body, sum }) => (
      { position: Number(position), at: Number(at), body: String(body), sum: Number(sum) }));
  }

  /* What lies beside the log of a room. */
  async values(room) {
    const found = await this.#read('private', rows(room));
    return found.map(({ key, owner, value }) => ({ key, owner, value: String(value) }));
  }

  /* One transaction: `make` is told where the log ends, and writes after it. Resolves when that is on the disk. */
  append(room, make) {
    return this.#write((stores) => last(stores, room, (position, at) => make(new Writer(stores, room), position, at)));
  }

  /* Makes the log of a room that has none, and gives the room's key: the one it has, or nothing once it is sealed. */
  found(room, fresh, make) {
    return this.#write((stores, give) => last(stores, room, (position, at) => {
      if (position === 0) make(new Writer(stores, room), position, at);
      stores.rooms.get(room).onsuccess = ({ target: { result } }) => {
        const key = position === 0 || result === undefined ? fresh : result.key;
        if (key === fresh) stores.rooms.put({ room, key });
        give(key);
      };
    }));
  }

  /* Deletes what lies in these places; what a record after a position names stays. */
  forget(room, places, position) {
    return this.#write((stores) => {
      stores.records.getAll(rows(room, position)).onsuccess = ({ target: { result } }) => {
        for (const place of places.filter((place) => !result.some(({ body }) => body.includes(place)))) {
          stores.private.delete([room, place]);
        }
      };
    }, false);
  }

  /* Destroys the key of a room and all that is a viewer's: from now on no pseudonym in its log can be resolved. */
  seal(room) {
    return this.#write((stores) => {
      stores.rooms.put({ room, key: null });
      stores.private.openCursor(rows(room)).onsuccess = ({ target: { result: cursor } }) => {
        if (cursor?.value.owner) cursor.delete();
        cursor?.continue();
      };
    });
  }

  close() {
    this.#gone.abort();
    this.#heard?.close();
    // What is being written is written to the end first.
    this.#database.close();
    this.#grow();
  }

  #grow() {
    this.#growth.resolve();
    this.#growth = later();
  }

  /* Tells the other tabs; by a channel of its own, since the last write may end after the store was closed. */
  #tell() {
    if (!globalThis.BroadcastChannel) return;
    const channel = new BroadcastChannel(NAME);
    channel.postMessage('grew');
    channel.close();
  }

  #read(name, range, limit) {
    return new Promise((resolve, reject) => {
      const request = this.#database.transaction(name).objectStore(name).getAll(range, limit);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  /* Does all of it or nothing; `grows` unless no record is among it. */
  #write(work, grows = true) {
    return new Promise((resolve, reject) => {
      const names = ['records', 'private', 'rooms'];
      const writing = this.#database.transaction(names, 'readwrite', { durability: 'strict' });
      let given = null;
      writing.oncomplete = () => {
        resolve(given);
        if (!grows) return;
        this.#grow();
        this.#tell();
      };
      writing.onabort = () => reject(writing.error ?? new DOMException('the write was given up', 'AbortError'));
      work(Object.fromEntries(names.map((name) => [name, writing.objectStore(name)])), (value) => (given = value));
    });
  }
}

/* What a transaction adds to a room. A record never takes another's place, and a private value that is there stays. */
class Writer {
  #stores;
  #room;

  constructor(stores, room) {
    this.#stores = stores;
    this.#room = room;
  }

  record(position, at, body, sum) {
    this.#stores.records.add({ room: this.#room, position, at, body, sum });
  }

  hide(key, owner, value) {
    const request = this.#stores.private.add({ room: this.#room, key, owner, value });
    request.onerror = (event) => {
      if (request.error.name !== 'ConstraintError') return;
      // It is there already: the transaction goes on.
      event.preventDefault();
      event.stopPropagation();
    };
  }
}
