// The page's cart and its shop, with a real room server behind: what is ordered once, settled, lied about, given back; whatever the page does.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;
let site;
let server;
let deals = 0;

before(async () => {
  browser = await browse();
  site = await serve();
  server = await start();
});
after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

/* Gives a command as the shop's server does. */
async function settle(activity, claim, settle) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await server.token('shop')}` };
  const body = JSON.stringify({ type: 'deal.settle', activity, claim, settle });
  const response = await fetch(`${server.address}/v1/rooms/demo/commands`, { method: 'POST', headers, body });
  return response.json();
}

/* A deal with five units, and what its tally says of them. */
async function deal(run, more = {}) {
  deals += 1;
  const draft = { title: 'Rain jacket', sku: `jacket-${deals}`, price: { amount: '69.00', currency: 'EUR' }, variants: [{ id: 'm', stock: 5 }] };
  const answer = await server.command({ type: 'deal.open', ...draft, ...more });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  run.after(() => server.command({ type: 'put_away', activity: answer.activity }));
  return answer.activity;
}

async function stockNow(activity) {
  const answer = await (await fetch(`${server.address}/v1/rooms/demo`)).json();
  const items = answer.news ?? answer.flatMap(({ news = [] }) => news);
  const { left, reserved, ordering, sold, total } = items.find((item) => item.activity === activity && item.tally).tally.stock[0];
  assert.equal(left + reserved + ordering + sold, total);
  return { left, reserved, ordering, sold };
}

/* The numbers go out a few times a second: asked for until they are as they are due. In every one of them the stock adds up. */
async function stock(activity, due) {
  const from = Date.now();
  let now = await stockNow(activity);
  while (!isDeepStrictEqual(now, due) && Date.now() < from + 5_000) now = await stockNow(activity);
  assert.deepEqual(now, due);
}

/* A page of a viewer with a cart, in a browser of its own or in `context`. */
async function visit(run, viewer, activity, cart, context) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address}`);
  const token = await server.token('viewer', { sub: viewer });
  const body = `<live-room room="demo" server="${server.address}" token="${token}"><live-deal activity="${activity}"></live-deal></live-room>`;
  const address = site.page(body, { policy });
  const page = await open(context ? { newContext: () => context } : browser, address);
  if (!context) run.after(() => page.context().close());
  if (cart) await page.evaluate(cart);
  await shown(page, 'Rain jacket');
  return page;
}

/* In the page: a cart that waits for the test. */
function waiting() {
  window.given = [];
  kit.room().order = (claim) => {
    window.given.push(claim);
    return new Promise((resolve) => (window.answer = resolve));
  };
}

const shown = (page, text) => page.locator('live-deal').getByText(text).first().waitFor();
const press = (page, name) => page.locator('live-deal').getByRole('button', { name, exact: true }).click();
const given = async (page) => {
  await page.waitForFunction(() => window.given.length);
  return page.evaluate(() => window.given[0]);
};

test('one press reserves and orders, and the unit is sold when the shop says so', async (run) => {
  const activity = await deal(run);
  const page = await visit(run, 'ana', activity, waiting);
  await press(page, 'Buy now');
  const { claim, ticket, sku, price } = await given(page);
  assert.deepEqual([sku, price], [`jacket-${deals}`, '69.00']);
  assert.match(ticket, /^[\w-]+\.[\w-]+\.[\w-]+$/, 'what the shop checks before it charges');
  await stock(activity, { left: 4, reserved: 0, ordering: 1, sold: 0 });
  await page.evaluate(() => window.answer({ ok: true, order: 'A-1' }));
  await shown(page, 'A-1');
  await stock(activity, { left: 4, reserved: 0, ordering: 1, sold: 0 });
  assert.equal((await settle(activity, claim, { outcome: 'sold', order: 'A-1' })).ok, true);
  await shown(page, 'Ordered');
  await stock(activity, { left: 4, reserved: 0, ordering: 0, sold: 1 });
  assert.deepEqual(page.faults, []);
});

test('a cart that lies sells nothing, and the shop puts the unit back', async (run) => {
  const activity = await deal(run);
  const page = await visit(run, 'bea', activity, () => (kit.room().order = (claim) => {
    window.given = [claim];
    return { ok: true, order: 'free', value: -1 };
  }));
  await press(page, 'Buy now');
  await shown(page, 'free');
  await page.waitForFunction(() => window.given);
  const { claim } = await given(page);
  await stock(activity, { left: 4, reserved: 0, ordering: 1, sold: 0 });
  assert.equal((await settle(activity, claim, { outcome: 'returned' })).ok, true);
  await shown(page, 'No longer reserved');
  await stock(activity, { left: 5, reserved: 0, ordering: 0, sold: 0 });
});

test('where the card says that the page settles, its answer sells', async (run) => {
  const activity = await deal(run, { settles: 'page' });
  const page = await visit(run, 'cem', activity, () => (kit.room().order = () => ({ ok: true, order: 7 })));
  await press(page, 'Buy now');
  await shown(page, 'Ordered');
  await stock(activity, { left: 4, reserved: 0, ordering: 0, sold: 1 });
});

test('of two tabs that order the same claim at once one calls its cart', async (run) => {
  const activity = await deal(run);
  const first = await visit(run, 'dan', activity);
  await press(first, 'Reserve');
  await shown(first, 'Reserved for you');
  const second = await visit(run, 'dan', activity, undefined, first.context());
  for (const page of [first, second]) {
    await page.evaluate(waiting);
    await page.getByRole('button', { name: 'Order now' }).waitFor();
  }
  /* The quicker one's order may have taken the other's button away already. */
  await Promise.all([first, second].map((page) => page.evaluate(() => {
    const { shadowRoot } = document.querySelector('live-deal');
    [...shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent === 'Order now')?.click();
  })));
  for (const page of [first, second]) await shown(page, 'The shop is confirming');
  await Promise.any([first, second].map((page) => page.waitForFunction(() => window.given.length)));
  const calls = await Promise.all([first, second].map((page) => page.evaluate(() => window.given.length)));
  assert.equal(calls[0] + calls[1], 1, calls.join());
});

test('a page loaded anew in the middle of an order asks nobody to pay again, and hears how it ended', async (run) => {
  const activity = await deal(run);
  const page = await visit(run, 'eva', activity, waiting);
  await press(page, 'Buy now');
  const { claim } = await given(page);
  const again = await visit(run, 'eva', activity, waiting);
  await page.close();
  await shown(again, 'The shop is confirming');
  await settle(activity, claim, { outcome: 'sold', order: 'A-9' });
  await shown(again, 'A-9');
  assert.deepEqual(await again.evaluate(() => window.given), []);
});

test('an order that failed leaves the reservation, and can be given back', async (run) => {
  const activity = await deal(run);
  const page = await visit(run, 'fay', activity, () => (kit.room().order = () => ({ ok: false, reason: 'needs-sign-in' })));
  await press(page, 'Buy now');
  await shown(page, 'sign in on this page');
  await stock(activity, { left: 4, reserved: 1, ordering: 0, sold: 0 });
  await press(page, 'Give it back');
  await shown(page, 'No longer reserved');
  await stock(activity, { left: 5, reserved: 0, ordering: 0, sold: 0 });
});

test('where the page has no cart a link carries the ticket, behind the part that no server is sent', async (run) => {
  const activity = await deal(run, { by: { kind: 'link', address: 'https://shop.example/buy' } });
  const page = await visit(run, 'gus', activity);
  await press(page, 'Reserve');
  const link = page.getByRole('link', { name: 'Go to the shop' });
  assert.match(await link.getAttribute('href'), /^https:\/\/shop\.example\/buy#ticket=[\w-]+\.[\w-]+\.[\w-]+$/);
});

for (const [what, product] of [
  ['throws', () => { throw new Error('no shop'); }],
  ['hangs', () => new Promise(() => {})],
  ['answers nothing', () => null],
  ['answers nonsense', () => ({ title: 7, price: 'free', variants: [null, 'x', { id: {} }, { stock: -3 }], image: 'javascript:alert(1)' })],
]) {
  test(`a shop that ${what} changes nothing of what is shown`, async (run) => {
    const activity = await deal(run);
    const page = await visit(run, 'hal', activity, `kit.room().product = ${product}`);
    await shown(page, '€69.00');
    await shown(page, '5 left');
    if (what === 'throws') await page.evaluate(() => kit.until('live-error', { code: 'product' }));
    assert.equal(await page.locator('live-deal img').count(), 0);
    const codes = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));
    assert.deepEqual(codes, what === 'throws' ? ['product'] : []);
    await press(page, 'Reserve');
    await shown(page, 'Reserved for you');
    await press(page, 'Give it back');
    await shown(page, 'No longer reserved');
  });
}
