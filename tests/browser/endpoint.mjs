// An endpoint for reports that does what a test tells it to, and keeps what it was sent as a page's own server would.

import { createServer } from 'node:http';

export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-expose-headers': 'retry-after',
};
/* What an endpoint in trouble answers that says for how long: nothing is tried again until the page is told that it is on line. */
export const LATER = { status: 503, headers: { 'retry-after': '60' } };
/* How long a test waits for what it expects. */
const PATIENCE_MS = 40_000;

/* Opens an endpoint on a free port. `answer(number, request, text)` of each request: a status, or
   `{status, headers, body}`, with one of `cut` (the line is cut instead), `lost` (it stores, and the line is cut), `half` (it stores, and the
   line is cut in the middle of its answer), `hang` (it never answers), `hidden` (it stores, and no page may read the answer). */
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
  /* What it says to who asks before sending. */
  preflight = CORS;
  #now = 0;
  #server;
  #waiting = new Set();

  constructor(answer) {
    this.answer = answer;
  }

  /* On a free port, and after a stop on the same. */
  async listen() {
    this.#server = createServer((request, response) => this.#take(request, response));
    const port = this.address ? new URL(this.address).port : 0;
    await new Promise((listening, failed) => this.#server.once('error', failed).listen(port, '127.0.0.1', listening));
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
    if (request.method === 'OPTIONS') return response.writeHead(204, this.preflight).end();
    this.most = Math.max(this.most, ++this.#now);
    const parts = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      /* The page went in the middle of its request: nothing was sent. */
      this.#now -= 1;
      return;
    }
    const text = Buffer.concat(parts).toString();
    const answered = await this.answer(this.requests.length, request, text);
    const { status = 202, headers, body, cut, lost, half, hang, hidden } = typeof answered === 'number' ? { status: answered } : answered;
    const batch = JSON.parse(text);
    if (lost || (!cut && !hang && !body && status >= 200 && status < 300)) for (const report of batch) this.#store(report);
    this.#now -= 1;
    this.requests.push({ type: request.headers['content-type'], bytes: Buffer.byteLength(text), text, headers: request.headers, batch, status: cut || lost ? 0 : status, at: Date.now() });
    if (cut || lost) request.socket.destroy();
    else if (half) response.writeHead(status, { ...CORS, 'content-length': 100 }).write('{"stored":', () => request.socket.destroy());
    else if (hidden) response.writeHead(status).end();
    else if (hang) response.on('close', () => {});
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
