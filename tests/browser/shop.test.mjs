// The demo's shop beside a real room: a claim, the cart, the order, the settlement; and everything that a page or a ticket can lie about.

import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { sign } from '../../demo/shop/jwt.mjs';
import { findings } from './axe.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';
import { openShop } from './shop.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const DEAL = { type: 'deal.open', title: 'Harbour teapot', sku: 'TP-1', price: { amount: '19.90', currency: 'EUR' }, variants: [{ id: 'red', name: 'Red', stock: 3 }, { id: 'blue', name: 'Blue', stock: 2 }] };
const REFUSED_CARD = '4000 0000 0000 0002';
let browser;
let server;
let shop;
let visits = 0;

before(async () => {
  browser = await browse();
  server = await start();
  shop = await openShop(server);
});
after(async () => {
  await browser?.close();
  await shop?.stop();
  await server?.stop();
});

/* An open deal, until the test is over. */
async function deal(run, more = {}, room = server) {
  const { activity, refusal } = await room.command({ ...DEAL, ...more });
  assert.ok(activity, JSON.stringify(refusal));
  run.after(() => room.command({ type: 'put_away', activity }).catch(() => {}));
  return activity;
}

/* Somebody who has signed in with the shop. */
async function visit(run, { name = `Buyer ${(visits += 1)}`, shop: its = shop, ...options } = {}) {
  const page = await open(browser, its.address, { reducedMotion: 'reduce', locale: 'en-GB', ...options });
  run.after(() => page.context().close());
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#account').getByText(name).waitFor();
  // The page names the server last: by then its own handlers are set, and a test's are not replaced by them.
  await page.waitForFunction(() => document.querySelector('live-room')?.hasAttribute('server'));
  return page;
}

const card = (page) => page.locator('live-deal');
const shown = (page, text) => card(page).getByText(text).first().waitFor();
const press = (page, name) => card(page).getByRole('button', { name, exact: true }).click();
const says = (page, text) => page.locator('#says').getByText(text).waitFor();

async function claim(page, variant = 'Red', button = 'Buy now') {
  await card(page).getByRole('radio', { name: new RegExp(variant) }).check();
  await press(page, button);
}

/* What the room tells everybody of the first variant's stock: left, reserved, ordering, sold. Figures are told a moment after the answer. */
async function stock(activity, wanted, room = server) {
  let told;
  for (const until = Date.now() + 5_000; Date.now() < until;) {
    const frames = await (await fetch(`${room.address}/v1/rooms/demo`)).json();
    const items = frames.flatMap(({ news }) => news ?? []);
    const { left, reserved, ordering, sold } = items.findLast((item) => item.activity === activity && item.tally).tally.stock[0];
    told = [left, reserved, ordering, sold];
    if (isDeepStrictEqual(told, wanted)) return;
  }
  assert.deepEqual(told, wanted);
}

/* What the shop's server is told. */
async function told(path) {
  const headers = { authorization: `Bearer ${await server.token('shop')}` };
  return (await fetch(`${server.address}/v1/rooms/demo${path}`, { headers })).json();
}

/* A claim of a viewer who came without a page: its own part, with the ticket. */
async function taken(activity, room = server) {
  const sub = `viewer-${(visits += 1)}`;
  const hello = { type: 'hello', version: 1, kinds: ['deal'], token: await room.token('viewer', { sub }) };
  const act = { type: 'act', id: 'claim', activity, action: { type: 'deal.claim', variant: 'red' } };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${room.address}/v1/rooms/demo/messages`, { method: 'POST', headers, body: JSON.stringify([hello, act]) });
  const answer = (await response.json()).find(({ type }) => type === 'answer');
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.mine.mine.claims[0];
}

/* A ticket with other claims, under a key. */
function forged(ticket, changes, key) {
  const [header, claims] = ticket.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url')), ...changes };
  const signed = `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

test('D5: a claim goes into the cart with its ticket, is ordered, and is sold when the shop has settled it', async (run) => {
  const activity = await deal(run);
  const page = await visit(run);
  await claim(page);
  await page.locator('#lines').getByText('Live price').waitFor();
  await stock(activity, [2, 0, 1, 0]);
  await page.getByRole('button', { name: 'Order and pay' }).click();
  await shown(page, 'Order number');
  await says(page, /^Ordered: A-c\d+-[0-9a-f]{10}\.$/);
  await stock(activity, [2, 0, 0, 1]);
  const { claims } = await told(`/claims?activity=${activity}`);
  assert.deepEqual(claims.map(({ standing, order, value }) => [standing, order.slice(0, 3), value]), [['sold', 'A-c', { amount: '19.90', currency: 'EUR' }]]);
  assert.deepEqual(page.faults, []);
});

test('the page of the shop passes the accessibility check, by day and by night, and fits 320 pixels', async (run) => {
  await deal(run);
  for (const colorScheme of ['light', 'dark']) {
    const page = await visit(run, { colorScheme, viewport: { width: 320, height: 640 } });
    await claim(page, colorScheme === 'light' ? 'Red' : 'Blue');
    await page.locator('#lines').getByText('Live price').waitFor();
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  }
});

test('who has not signed in with the shop is told to, and the field for it is at hand', async (run) => {
  await deal(run);
  const page = await open(browser, shop.address);
  run.after(() => page.context().close());
  await shown(page, 'Harbour teapot');
  await claim(page);
  await page.waitForFunction(() => document.activeElement.id === 'name');
});

test('a payment that fails is told as that, and another card orders the same claim', async (run) => {
  const activity = await deal(run);
  const page = await visit(run);
  await claim(page);
  await page.getByLabel('Card number').fill(REFUSED_CARD);
  await page.getByRole('button', { name: 'Order and pay' }).click();
  await shown(page, 'the payment failed');
  await says(page, 'The bank refused the card. Nothing was charged.');
  await stock(activity, [2, 1, 0, 0]);
  await page.getByLabel('Card number').fill('4242');
  await page.getByRole('button', { name: 'Order and pay' }).click();
  await shown(page, 'Order number');
  await stock(activity, [2, 0, 0, 1]);
});

test('a page that lies that it was ordered sells nothing', async (run) => {
  const activity = await deal(run);
  const page = await visit(run);
  await page.evaluate(() => (document.querySelector('live-room').order = async () => ({ ok: true, order: 'A-free' })));
  // What was heard before is of no order.
  const heard = await page.evaluate(() => kit.heard.length);
  await claim(page);
  await page.evaluate((from) => kit.until('live-outcome', { act: 'order', ok: true }, from), heard);
  await stock(activity, [2, 0, 1, 0]);
  const { claims } = await told(`/claims?activity=${activity}`);
  assert.equal(claims[0].standing, 'ordering');
});

test('a tab that is closed between payment and answer has its order all the same', async (run) => {
  const activity = await deal(run);
  const page = await visit(run, { name: 'Closing' });
  await page.route('**/orders', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    // The shop has answered; the page never hears of it.
    await page.close();
  });
  await claim(page);
  await Promise.all([page.waitForEvent('close'), page.getByRole('button', { name: 'Order and pay' }).click().catch(() => {})]);
  const again = await visit(run, { name: 'Closing' });
  await shown(again, 'Order number');
  await again.locator('#orders').getByText('(confirmed)').waitFor();
  await stock(activity, [2, 0, 0, 1]);
});

test('a reload in the middle of an order keeps the cart, and the room hears of it from the shop', async (run) => {
  const activity = await deal(run);
  const page = await visit(run);
  await claim(page);
  await page.locator('#lines').getByText('Live price').waitFor();
  await page.reload();
  await shown(page, 'The shop is confirming');
  await page.getByRole('button', { name: 'Order and pay' }).click();
  await shown(page, 'Order number');
  await stock(activity, [2, 0, 0, 1]);
});

test('a ticket is charged once: shown again it is the same order, at the same moment too, and nobody else\'s', async (run) => {
  const { ticket } = await taken(await deal(run));
  const cookie = await shop.account('Ana');
  const [first, second] = await Promise.all([shop.order(cookie, { ticket }), shop.order(cookie, { ticket })]);
  assert.deepEqual([first.status, first.state], [200, 'sold']);
  assert.deepEqual(second, first);
  assert.deepEqual(await shop.order(cookie, { ticket }), first);
  const other = await shop.order(await shop.account('Bo'), { ticket });
  assert.deepEqual([other.status, other.error], [400, 'somebody else has ordered with this ticket']);
});

test('a ticket that is forged, of another key, of another room or over is refused, and nothing is charged', async (run) => {
  const activity = await deal(run);
  const { ticket } = await taken(activity);
  const { key } = await told('/ticket-key');
  const cookie = await shop.account('Ana');
  const [header, claims, signature] = ticket.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const bad = {
    'its signature is wrong': forged(ticket, { quantity: 100 }, 'another key of somebody'),
    'it is not signed with HS256': `${none}.${claims}.${signature}`,
    'it does not have three parts': `${header}.${claims}`,
    'it cannot be read': `x.${claims}.${signature}`,
    'it is no ticket': forged(ticket, { iss: 'somebody' }, key),
    'it is of another room': forged(ticket, { aud: 'elsewhere' }, key),
    'its time is over': forged(ticket, { exp: Math.floor(Date.now() / 1_000) - 300 }, key),
  };
  for (const [why, text] of Object.entries(bad)) {
    const answer = await shop.order(cookie, { ticket: text });
    assert.deepEqual([answer.status, answer.error], [400, why]);
  }
  assert.equal((await shop.order('account=nobody.AAAA', { ticket })).status, 401);
  await stock(activity, [2, 1, 0, 0]);
});

test('an order that comes when its time is over is sold while a unit is left, and paid back when none is', async (run) => {
  const activity = await deal(run, { limit: 2, variants: [{ id: 'red', stock: 1 }] });
  const { claim: name, ticket } = await taken(activity);
  // The shop gives the unit back, and another viewer claims it.
  const returned = { type: 'deal.settle', activity, claim: name, settle: { outcome: 'returned' } };
  assert.equal((await server.command(returned)).ok, true);
  await taken(activity);
  const order = await shop.order(await shop.account('Ana'), { ticket });
  assert.equal(order.state, 'paid-back');
  await stock(activity, [0, 1, 0, 0]);
});

test('an order that was paid while the room was away is settled when both are back, also by a shop that was killed', async (run) => {
  const room = await start();
  run.after(() => room.stop());
  const its = await openShop(room);
  run.after(() => its.stop());
  const activity = await deal(run, {}, room);
  const cookie = await its.account('Ana');
  const { ticket: first } = await taken(activity, room);
  const { ticket: second } = await taken(activity, room);
  assert.equal((await its.order(cookie, { ticket: first })).state, 'sold');
  await room.kill();
  assert.equal((await its.order(cookie, { ticket: second })).state, 'paid');
  await its.kill();
  await room.restart();
  await its.run();
  await its.says(/Settled what was paid before: 1/);
  await stock(activity, [1, 0, 0, 2], room);
  assert.equal((await its.order(cookie, { ticket: second })).state, 'sold');
});

test('a shop that signs its own tokens needs no server in development, only the same key and a place on the room\'s list', async (run) => {
  const folder = await mkdtemp(join(tmpdir(), 'liveroom-key-'));
  run.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'key');
  const key = randomBytes(32).toString('hex');
  await writeFile(file, `${key}\n`);
  const room = await start({ dev: false, key: file });
  run.after(() => room.stop());
  const its = await openShop(room, ['--key', file]);
  run.after(() => its.stop());
  room.owner = sign({ aud: 'demo', sub: 'owner', role: 'owner', exp: Math.floor(Date.now() / 1_000) + 600 }, key);
  const headers = { authorization: `Bearer ${room.owner}`, 'content-type': 'application/json' };
  const made = await fetch(`${room.address}/v1/rooms/demo`, { method: 'PUT', headers, body: JSON.stringify({ origins: [its.address] }) });
  assert.equal(made.status, 201);
  const activity = await deal(run, {}, room);
  const page = await visit(run, { shop: its });
  await claim(page);
  await page.getByRole('button', { name: 'Order and pay' }).click();
  await shown(page, 'Order number');
  await stock(activity, [2, 0, 0, 1], room);
  assert.deepEqual(page.faults, []);
});

const BROKEN = {
  throws: () => (document.querySelector('live-room').order = () => { throw new Error('no cart'); }),
  'answers nonsense': () => (document.querySelector('live-room').order = () => 'yes'),
};
for (const [how, breakIt] of Object.entries(BROKEN)) {
  test(`an order handler that ${how} leaves the claim to its viewer, who can give it back`, async (run) => {
    const activity = await deal(run);
    const page = await visit(run);
    await page.evaluate(breakIt);
    await claim(page);
    await shown(page, 'something went wrong');
    await stock(activity, [2, 1, 0, 0]);
    await press(page, 'Give it back');
    await shown(page, 'No longer reserved');
    await stock(activity, [3, 0, 0, 0]);
  });
}

test('an order handler that hangs is told to stop when the claim ends, and the unit goes back', async (run) => {
  const activity = await deal(run, { reserve_ms: 10_000 });
  const page = await visit(run);
  await page.evaluate(() => {
    document.querySelector('live-room').order = (_, signal) => new Promise(() => signal.addEventListener('abort', () => (window.stopped = true)));
  });
  await claim(page);
  await page.waitForFunction(() => window.stopped, null, { timeout: 40_000 });
  await shown(page, 'No longer reserved');
  await stock(activity, [3, 0, 0, 0]);
});

test('the cart takes things at the usual price too, and only as many as there are', async (run) => {
  const page = await visit(run);
  await page.getByRole('radio', { name: 'Blue' }).first().check();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('button', { name: 'Order and pay' }).click();
  await says(page, /^Ordered: B-/);
  const answer = await shop.order(await shop.account('Ana'), { sku: 'TP-1', variant: 'blue', quantity: 15 });
  assert.deepEqual([answer.status, answer.error], [400, 'only 14 of these are left']);
});
