// An endpoint for reports that does what a test tells it to, and keeps what it was sent as a page's own server would.

import { createServer } from 'node:http';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-expose-headers': 'retry-after',
};
/* How long a test waits for what it expects. */
const PATIENCE_MS = 40_000;

/* Opens an endpoint on a free port. `answer(number)` of each request: a status, or
   `{status, headers, body, cut: true (the line is cut instead), lost: true (it stores, and the line is cut)}`. */
export async function collect(answer = () => 202) {
  const endpoint = new Endpoint(answer);
  await endpoint.listen();
  return endpoint;
}

class Endpoint {
  address;
  answer;
  /* Each request: `{type, bytes, batch, status, at}`. */
  requests = [];
  /* Each report once, by source and id. */
  stored = new Map();
  ledgers = [];
  /* Reports that came again, and such that came again as something else. */
  again = 0;
  conflicts = 0;
  /* Most requests at one time. */
  most = 0;
  #now = 0;
  #server;
  #waiting = new Set();

  constructor(answer) {
    this.answer = answer;
  }

  async listen() {
    this.#server = createServer((request, response) => this.#take(request, response));
    await new Promise((listening) => this.#server.listen(0, '127.0.0.1', listening));
    this.address = `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /* What was stored, in the order of arrival; of one type only if it is named. */
  reports(type) {
    return [...this.stored.values()].filter((report) => !type || report.type === type);
  }

  /* Resolves when `test(this)` holds, which is looked at after each request. */
  until(test, what = String(test)) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`never: ${what}; ${JSON.stringify(this.requests.map(({ status, batch }) => [status, batch.length]))}`)), PATIENCE_MS);
      const look = () => {
        const found = test(this);
        if (!found) return;
        this.#waiting.delete(look);
        clearTimeout(late);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /* Page loads: what is stored of each, and the ledger that knew most. */
  sessions() {
    const sessions = new Map();
    const of = (name) => sessions.get(name) ?? sessions.set(name, { stored: 0, ledger: { created: 0, stored: 0, dropped: {} } }).get(name);
    for (const { session } of this.stored.values()) of(session).stored += 1;
    for (const { session, data } of this.ledgers) {
      const known = of(session);
      if (data.created > known.ledger.created || (data.created === known.ledger.created && data.stored >= known.ledger.stored)) known.ledger = data;
    }
    return [...sessions.values()];
  }

  async #take(request, response) {
    if (request.method === 'OPTIONS') return response.writeHead(204, CORS).end();
    this.most = Math.max(this.most, ++this.#now);
    const parts = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const answered = await this.answer(this.requests.length);
    const { status = 202, headers, body, cut, lost } = typeof answered === 'number' ? { status: answered } : answered;
    const batch = JSON.parse(text);
    if (lost || (!cut && !body && status >= 200 && status < 300)) for (const report of batch) this.#store(report);
    this.#now -= 1;
    this.requests.push({ type: request.headers['content-type'], bytes: Buffer.byteLength(text), text, batch, status, at: Date.now() });
    if (cut || lost) request.socket.destroy();
    else response.writeHead(status, { ...CORS, ...headers }).end(body);
    for (const look of this.#waiting) look();
  }

  #store(report) {
    if (report.type === 'live.room.ledger') return this.ledgers.push(report);
    const name = `${report.source} ${report.id}`;
    const known = this.stored.get(name);
    if (!known) return this.stored.set(name, report);
    const plain = ({ senttime, ...rest }) => JSON.stringify(rest);
    if (plain(known) === plain(report)) this.again += 1;
    else this.conflicts += 1;
  }
}
