// The log of a practice room where the browser refuses to store anything: one tab, as long as it is open.

/* A store with the same methods as that of log.js. */
export const memoryStore = () => new Memory();

class Memory {
  #rooms = new Map();
  #closed = false;
  #grow;
  #growth;

  constructor() {
    this.#renew();
  }

  get durable() {
    return false;
  }

  grown() {
    return this.#growth;
  }

  async read(room, after, limit) {
    if (this.#closed) throw new DOMException('the room was left', 'InvalidStateError');
    return this.#room(room).records.slice(after, after + limit);
  }

  async values(room) {
    return [...this.#room(room).values.values()];
  }

  async append(room, make) {
    const { records, values } = this.#room(room);
    const last = records.at(-1);
    const written = [];
    make({
      record: (position, at, body, sum) => written.push({ position, at, body, sum }),
      hide: (key, owner, value) => values.has(key) || values.set(key, { key, owner, value }),
    }, last?.position ?? 0, last?.at ?? 0);
    records.push(...written);
    this.#renew();
  }

  async found(room, fresh, make) {
    const there = this.#room(room);
    if (there.records.length === 0) {
      there.key = fresh;
      await this.append(room, make);
    }
    return there.key;
  }

  async forget(room, places, position) {
    const { records, values } = this.#room(room);
    const later = records.slice(position);
    for (const place of places) if (!later.some(({ body }) => body.includes(place))) values.delete(place);
  }

  async seal(room) {
    const there = this.#room(room);
    there.key = null;
    for (const { key, owner } of there.values.values()) if (owner) there.values.delete(key);
  }

  close() {
    this.#closed = true;
    this.#renew();
  }

  #room(room) {
    if (!this.#rooms.has(room)) this.#rooms.set(room, { key: null, records: [], values: new Map() });
    return this.#rooms.get(room);
  }

  #renew() {
    this.#grow?.();
    this.#growth = new Promise((grow) => (this.#grow = grow));
  }
}
