// A network that fails, before a real collector: delays, cuts, refuses, answers for it, and goes away. Chance is an argument.

import { createServer, request as ask } from 'node:http';

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
/* Which share of the requests meets a fault. */
const SHARE = 0.3;
/* The longest delay, and how long the door stays shut when it refuses connections. */
const DELAY_MS = 300;
const SHUT_MS = 250;
/* Requests that are never answered cost a page its whole patience; there are no more than these. */
const HANGS = 2;
/* Below the ports that systems give out by themselves, so that nobody takes it while the door is shut. */
const [LOWEST, PORTS] = [20_000, 10_000];

/* What happens once, and is a fault that must have been tried. */
export const AWAY = 'away for a minute';

/* What can go wrong: each says what the page sees, and whether the collector has the batch. */
const FAULTS = {
  'delayed': (go) => setTimeout(go.through, go.chance() * DELAY_MS),
  'request cut before the collector': (go) => go.cut(),
  'request cut inside': (go) => go.half(),
  'answer lost': (go) => go.forward(() => go.cut()),
  'answer cut in its middle': (go) => go.forward((answer) => go.halve(answer)),
  '500': (go) => go.answer(500),
  '502': (go) => go.answer(502, {}, '<html>Bad gateway</html>'),
  '503': (go) => go.answer(503, { 'retry-after': '1' }),
  '504 after it was stored': (go) => go.forward(() => go.answer(504)),
  '429': (go) => go.answer(429, { 'retry-after': '1' }),
  'sign-in page': (go) => go.answer(200, { 'content-type': 'text/html' }, '<!doctype html><title>Welcome to our network</title>'),
  'redirect': (go) => go.answer(302, { location: 'https://portal.invalid/' }),
  'never answered': (go) => go.hang(),
  'connections refused': (go, proxy) => {
    go.cut();
    proxy.shut(SHUT_MS, 'connections refused');
  },
};

export class Proxy {
  address;
  /* From here on it only forwards. */
  isCalm = false;
  /* How many of each fault there were, and how many requests in all. */
  faults = Object.fromEntries([...Object.keys(FAULTS), AWAY].map((name) => [name, 0]));
  requests = 0;
  /* Each report that came as far as here, by session and sequence. */
  arrived = new Set();
  #target;
  #chance;
  #server;
  #port;
  #sockets = new Set();
  #seen = new Set();
  #back;

  /* `chance()` gives numbers in 0..1. */
  constructor(target, chance) {
    this.#target = new URL(target);
    this.#chance = chance;
  }

  async open() {
    this.#server = createServer((request, response) => this.#take(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
    });
    for (;;) {
      const port = this.#port ?? LOWEST + Math.floor(this.#chance() * PORTS);
      const error = await new Promise((done) => this.#server.once('error', done).listen(port, '127.0.0.1', () => done()));
      this.#server.removeAllListeners('error');
      if (!error) {
        this.#port = port;
        break;
      }
      if (error.code !== 'EADDRINUSE' || this.#port) throw error;
    }
    this.address = `http://127.0.0.1:${this.#port}`;
  }

  close() {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return undefined;
    const closed = new Promise((done) => server.close(done));
    for (const socket of this.#sockets) socket.destroy();
    return closed;
  }

  /* Refuses connections for so long; resolves when it is back. */
  async shut(ms, why) {
    /* Only the short ones are many enough that one may be missed. */
    while (!this.#server && why === AWAY) await this.#back;
    if (!this.#server) return;
    if (why === AWAY) this.faults[why] += 1;
    this.#back = this.close()
      .then(() => new Promise((back) => setTimeout(back, ms)))
      .then(() => this.open());
    await this.#back;
  }

  /* Resolves when another request has come to an end, well or badly. */
  next() {
    return new Promise((done) => this.#seen.add(done));
  }

  async #take(request, response) {
    response.on('close', () => {
      for (const done of this.#seen) done();
      this.#seen.clear();
    });
    const parts = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      return;
    }
    const body = Buffer.concat(parts);
    if (request.method === 'POST') for (const { session, sequence } of JSON.parse(body)) this.arrived.add(`${session} ${Number(sequence)}`);
    const go = new Way(this.#target, request, response, body, this.#chance);
    if (request.method === 'POST') this.requests += 1;
    if (this.isCalm || request.method !== 'POST' || this.#chance() > SHARE) return go.through();
    const names = Object.keys(FAULTS).filter((name) => name !== 'never answered' || this.faults[name] < HANGS);
    const name = names[Math.floor(this.#chance() * names.length)];
    this.faults[name] += 1;
    FAULTS[name](go, this);
  }
}

/* One request's way. */
class Way {
  chance;
  #target;
  #request;
  #response;
  #body;

  constructor(target, request, response, body, chance) {
    this.#target = target;
    this.#request = request;
    this.#response = response;
    this.#body = body;
    this.chance = chance;
  }

  through = () => this.forward(({ status, headers, body }) => this.#response.writeHead(status, headers).end(body));

  cut() {
    this.#request.socket.destroy();
  }

  hang() {}

  answer(status, headers = {}, body = '') {
    this.#response.writeHead(status, { ...CORS, ...headers }).end(body);
  }

  /* The answer's head and half of its body. */
  halve({ status, headers, body }) {
    this.#response.writeHead(status, headers);
    this.#response.write(body.subarray(0, body.length >> 1), () => this.cut());
  }

  /* The collector gets half of the body, and then both lines are cut. */
  half() {
    const up = ask(this.#options());
    up.on('error', () => {});
    up.write(this.#body.subarray(0, this.#body.length >> 1), () => {
      up.destroy();
      this.cut();
    });
  }

  /* The collector gets it whole; `then` is given its answer. Where the collector itself is away, the page is told so. */
  forward(then) {
    const up = ask(this.#options(), async (answer) => {
      const parts = [];
      try {
        for await (const part of answer) parts.push(part);
      } catch {
        return this.answer(502);
      }
      const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
      then({ status: answer.statusCode, headers, body: Buffer.concat(parts) });
      return undefined;
    });
    up.on('error', () => this.answer(502));
    up.end(this.#body);
  }

  #options() {
    const { method, url, headers } = this.#request;
    return { host: this.#target.hostname, port: this.#target.port, method, path: url, headers: { ...headers, host: this.#target.host } };
  }
}
