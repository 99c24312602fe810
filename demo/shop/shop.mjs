/* A small shop that uses the kit as a customer's site would: a product page with a cart, and a server that vouches for who has signed in,
   checks tickets, charges and settles. `node demo/shop/shop.mjs --help` lists its options. */

import { mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Accounts, tokens } from './accounts.mjs';
import { Orders } from './orders.mjs';
import { product } from './products.mjs';
import { Room } from './room.mjs';

const USAGE = `Usage: node demo/shop/shop.mjs [--server URL] [--room ROOM] [--key FILE] [--port N] [--data DIR]

  --server URL  the room server (default: http://127.0.0.1:8787)
  --room ROOM   the room (default: demo)
  --key FILE    the secret that the server was given with --key, to sign tokens with;
                without it a server in development is asked for them
  --port N      the port to serve on (default: 8790)
  --data DIR    where the orders are kept (default: target/shop)`;

const { values: flags } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://127.0.0.1:8787' },
    room: { type: 'string', default: 'demo' },
    key: { type: 'string' },
    port: { type: 'string', default: '8790' },
    data: { type: 'string', default: join(import.meta.dirname, '../../target/shop') },
    help: { type: 'boolean', short: 'h' },
  },
});
if (flags.help) {
  console.log(USAGE);
  process.exit();
}

mkdirSync(flags.data, { recursive: true });
const home = new URL(flags.server).origin;
const key = flags.key && readFileSync(flags.key, 'utf8').trim();
const token = tokens({ server: home, room: flags.room, key });
const room = new Room(home, flags.room, () => token('shop', 'shop'));
const accounts = new Accounts(join(flags.data, 'secret'));
const orders = new Orders(join(flags.data, 'orders.jsonl'), room, {
  /* A made-up bank: one card is always refused. */
  charge: async (card) => String(card).replaceAll(' ', '') !== '4000000000000002',
  payBack: async () => {},
});

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
/* What the README says that a page needs, and the shop's own style sheet and form. */
const POLICY = `default-src 'none'; script-src 'self' ${home} 'wasm-unsafe-eval'; connect-src 'self' ${home} ${home.replace('http', 'ws')}; img-src 'self'; style-src 'self'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;

const ROUTES = {
  'GET /': (_, response) => file(response, 'index.html'),
  'GET /settings': (request, response) => json(response, { server: home, room: flags.room, account: accounts.of(request) ?? null }),
  'POST /sign-in': async (request, response) => {
    const name = new URLSearchParams(await text(request)).get('name')?.trim().slice(0, 40) || 'Somebody';
    leave(response, accounts.cookie(name));
  },
  'POST /sign-out': (_, response) => leave(response, accounts.cookie()),
  'GET /token': async (request, response) => {
    const account = signedIn(request);
    json(response, { token: await token('viewer', account, account) });
  },
  'GET /orders': (request, response) => json(response, orders.of(signedIn(request))),
  'POST /orders': async (request, response) => {
    const account = signedIn(request);
    const { ticket, card, ...wanted } = JSON.parse(await text(request));
    json(response, await (ticket ? orders.place(account, ticket, card) : orders.buy(account, wanted, card)));
  },
};

function signedIn(request) {
  const account = accounts.of(request);
  if (!account) throw Object.assign(new Error('sign in first'), { status: 401 });
  return account;
}

async function text(request) {
  let read = '';
  for await (const piece of request) {
    read += piece;
    if (read.length > 16_384) throw Object.assign(new Error('too large'), { status: 413 });
  }
  return read;
}

async function file(response, name) {
  const bytes = await readFile(join(import.meta.dirname, 'page', name));
  response.writeHead(200, { 'content-type': TYPES[name.split('.').at(-1)], 'content-security-policy': POLICY });
  response.end(bytes);
}

function json(response, value, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

function leave(response, cookie) {
  response.writeHead(303, { location: '/', 'set-cookie': cookie });
  response.end();
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://shop');
  const route = ROUTES[`${request.method} ${pathname}`];
  const page = pathname.match(/^\/page\/([\w-]+\.(?:js|css|svg))$/)?.[1];
  const sku = pathname.match(/^\/products\/([\w-]+)$/)?.[1];
  const known = sku && product(sku, orders.sold);
  if (route) return route(request, response);
  if (page) return file(response, page);
  return known ? json(response, known) : json(response, { error: 'there is nothing here' }, 404);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => json(response, { error: error.message }, error.code === 'ENOENT' ? 404 : error.status ?? 400));
});
server.on('error', (error) => {
  console.error(`The shop cannot serve on port ${flags.port}: ${error.message}. Choose another with --port.`);
  process.exitCode = 1;
});
server.listen(Number(flags.port), '127.0.0.1', () => {
  console.log(`The shop serves at http://127.0.0.1:${server.address().port}`);
  orders.finish().then(({ length }) => length && console.log(`Settled what was paid before: ${length} of the orders.`));
});
