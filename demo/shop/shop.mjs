/* A small shop that uses the kit as a customer's site would: a product page, and a server that checks tickets and settles.

   node demo/shop/shop.mjs --server http://127.0.0.1:8787 [--room demo] [--port 8790] [--data DIR] */

import { readFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Orders } from './orders.mjs';
import { Room } from './room.mjs';

const { values: flags } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://127.0.0.1:8787' },
    room: { type: 'string', default: 'demo' },
    port: { type: 'string', default: '8790' },
    data: { type: 'string', default: join(import.meta.dirname, '../../target/shop') },
  },
});

/* What the shop sells. A real one has a table. */
const PRODUCTS = {
  'TP-1': {
    title: 'Harbour teapot',
    picture: '/page/teapot.svg',
    price: { amount: '29.90', currency: 'EUR' },
    variants: [{ id: 'red', name: 'Red', stock: 12 }, { id: 'blue', name: 'Blue', stock: 5 }],
  },
};

/* In development the room server mints tokens for anyone; a real shop signs its own (see the README, Who is who). */
async function mint(role, sub) {
  const response = await fetch(`${flags.server}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ room: flags.room, role, sub }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.refusal?.message ?? 'no token');
  return answer.token;
}

mkdirSync(flags.data, { recursive: true });
const room = new Room(flags.server, flags.room, () => mint('shop', 'shop'));
const orders = new Orders(join(flags.data, 'orders.jsonl'), room, {
  /* A made-up bank: one card is always refused. */
  charge: async (card) => card !== '4000 0000 0000 0002',
  payBack: async () => {},
});

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/* The buyer's account: a cookie here, whatever a real shop has. */
function account(request, response) {
  const known = request.headers.cookie?.match(/(?:^|; )account=([0-9a-f-]{36})/)?.[1];
  const name = known ?? randomUUID();
  if (!known) response.setHeader('set-cookie', `account=${name}; HttpOnly; SameSite=Strict; Path=/`);
  return name;
}

async function body(request) {
  let text = '';
  for await (const piece of request) {
    text += piece;
    if (text.length > 16_384) throw Object.assign(new Error('too large'), { status: 413 });
  }
  return JSON.parse(text);
}

const ROUTES = {
  'GET /': (_, response) => file(response, 'index.html'),
  'GET /token': async (request, response) => json(response, { token: await mint('viewer', account(request, response)) }),
  'GET /settings': (_, response) => json(response, { server: flags.server, room: flags.room }),
  'POST /orders': async (request, response) => {
    const { ticket, card } = await body(request);
    json(response, await orders.place(ticket, card));
  },
};

async function file(response, name) {
  const bytes = await readFile(join(import.meta.dirname, 'page', name));
  response.writeHead(200, { 'content-type': TYPES[name.split('.').at(-1)] });
  response.end(bytes);
}

function json(response, value, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://shop');
  const route = ROUTES[`${request.method} ${pathname}`];
  const product = pathname.match(/^\/products\/([\w-]+)$/)?.[1];
  const page = pathname.match(/^\/page\/([\w-]+\.(?:js|css|svg))$/)?.[1];
  if (route) return route(request, response);
  if (page) return file(response, page);
  if (product && Object.hasOwn(PRODUCTS, product)) return json(response, PRODUCTS[product]);
  return json(response, { error: 'not here' }, 404);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => json(response, { error: error.message }, error.status ?? 400));
});
server.listen(Number(flags.port), '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  console.log(`The shop serves at ${address}`);
  orders.finish().catch((error) => console.error(`not all orders are settled yet: ${error.message}`));
});
