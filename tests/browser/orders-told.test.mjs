// R2: an order that the shop settles is reported with its value, once, by whichever page of its viewer is open, and however it was made.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const ORDER = 'live.deal.order';
let browser;
let site;
let server;

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

/* An open deal, and an endpoint for what is reported of it. */
async function stage(run, more) {
  const draft = { title: 'Rain jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ id: 'm', stock: 5 }], limit: 2 };
  const { activity } = await server.command({ type: 'deal.open', ...draft, ...more });
  run.after(() => server.command({ type: 'put_away', activity }));
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  return { activity, endpoint };
}

/* A page of a viewer, in a browser of its own or in `context`. */
async function visit(run, { activity, endpoint }, sub, { cart, context } = {}) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address} ${server.address.replace('http', 'ws')} ${endpoint.address}`);
  const token = await server.token('viewer', { sub });
  const body = `<live-room room="demo" server="${server.address}" token="${token}" report="${endpoint.address}/r" consent="granted"><live-deal activity="${activity}"></live-deal></live-room>`;
  const page = await open(context ? { newContext: () => context } : browser, site.page(`<main>${body}</main>`, { policy }));
  if (!context) run.after(() => page.context().close());
  if (cart) await page.evaluate(cart);
  await shown(page, 'Rain jacket');
  return page;
}

const shown = (page, text) => page.locator('live-deal').getByText(text).first().waitFor();
const press = (page, name) => page.locator('live-deal').getByRole('button', { name, exact: true }).click();
const claimed = async (page) => {
  const { detail } = await page.evaluate(() => kit.until('live-outcome', { act: 'claim', ok: true }));
  return detail.mine.claims.at(-1);
};

async function settle(activity, claim, settle) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await server.token('shop')}` };
  const body = JSON.stringify({ type: 'deal.settle', activity, claim, settle });
  const answer = await (await fetch(`${server.address}/v1/rooms/demo/commands`, { method: 'POST', headers, body })).json();
  assert.equal(answer.ok, true, JSON.stringify(answer));
}

/* All orders that were reported when these pages have nothing more to say. */
async function orders(endpoint, ...pages) {
  await endpoint.until(() => endpoint.reports(ORDER).length);
  /* What comes after it came later: another report of each page is there, so that an order of it would be. */
  for (const page of pages) await page.evaluate(() => navigator.locks.query().then(() => kit.room().report('page.end')));
  for (const page of pages) await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => endpoint.reports('page.end').length >= pages.length);
  return endpoint.reports(ORDER).map(({ data: { value, currency } }) => `${value} ${currency}`);
}

for (const [how, by, button] of [['a code', { kind: 'code' }, 'Get the code'], ['a link', { kind: 'link', address: 'https://shop.example/buy' }, 'Reserve']]) {
  test(`R2: an order by ${how} is reported once the shop has settled it, with the shop's value`, async (run) => {
    const scene = await stage(run, { by });
    const page = await visit(run, scene, 'ana');
    await press(page, button);
    const { claim } = await claimed(page);
    const value = { amount: '64.50', currency: 'EUR' };
    await settle(scene.activity, claim, { outcome: 'sold', order: 'S-7', value });
    await shown(page, 'S-7');
    /* Said again, it is the same order. */
    await settle(scene.activity, claim, { outcome: 'sold', order: 'S-8', value });
    await shown(page, 'S-8');
    assert.deepEqual(await orders(scene.endpoint, page), ['64.50 EUR']);
    assert.doesNotMatch(scene.endpoint.requests.map(({ text }) => text).join('\n'), /S-7|Rain jacket/);
    /* Loaded anew, the page finds it sold, and has nothing to report. */
    await page.reload();
    await shown(page, 'S-8');
    assert.deepEqual(await orders(scene.endpoint, page), ['64.50 EUR']);
  });
}

test('R2: where the shop says no value it is the price, so many times', async (run) => {
  const scene = await stage(run, { by: { kind: 'code' } });
  const page = await visit(run, scene, 'bea');
  const { mine } = await server.act('bea', scene.activity, { type: 'deal.claim', variant: 'm', quantity: 2 });
  await shown(page, 'Reserved for you');
  await settle(scene.activity, mine.mine.claims[0].claim, { outcome: 'sold' });
  assert.deepEqual(await orders(scene.endpoint, page), ['138.00 EUR']);
});

test('R2: of two tabs of a viewer one reports the order', async (run) => {
  const scene = await stage(run, { by: { kind: 'code' } });
  const first = await visit(run, scene, 'cem');
  const second = await visit(run, scene, 'cem', { context: first.context() });
  await press(first, 'Get the code');
  const { claim } = await claimed(first);
  await shown(second, 'Reserved for you');
  await settle(scene.activity, claim, { outcome: 'sold', order: 'S-1' });
  for (const page of [first, second]) await shown(page, 'S-1');
  assert.deepEqual(await orders(scene.endpoint, first, second), ['69.00 EUR']);
});

test('R2: what the cart took is reported then, and not again when the shop settles it, in no tab', async (run) => {
  const scene = await stage(run, {});
  const cart = () => (kit.room().order = () => ({ ok: true, order: 'A-1', value: 60 }));
  const page = await visit(run, scene, 'dan', { cart });
  const beside = await visit(run, scene, 'dan', { context: page.context() });
  await press(page, 'Buy now');
  const { claim } = await claimed(page);
  await shown(page, 'A-1');
  await shown(beside, 'A-1');
  await settle(scene.activity, claim, { outcome: 'sold', value: { amount: '60.00', currency: 'EUR' } });
  for (const one of [page, beside]) await shown(one, 'Ordered');
  assert.deepEqual(await orders(scene.endpoint, page, beside), ['60 EUR']);
});

test('R2: an order whose cart never answered is reported when the shop settles it', async (run) => {
  const scene = await stage(run, {});
  const page = await visit(run, scene, 'eva', { cart: () => (kit.room().order = () => new Promise(() => {})) });
  await press(page, 'Buy now');
  await shown(page, 'The shop is confirming');
  const { claim } = await claimed(page);
  await page.reload();
  await shown(page, 'The shop is confirming');
  await settle(scene.activity, claim, { outcome: 'sold', order: 'S-4' });
  await shown(page, 'S-4');
  assert.deepEqual(await orders(scene.endpoint, page), ['69.00 EUR']);
});

test('R2: what is returned after all reports nothing', async (run) => {
  const scene = await stage(run, { by: { kind: 'code' } });
  const page = await visit(run, scene, 'fay');
  await press(page, 'Get the code');
  const { claim } = await claimed(page);
  await settle(scene.activity, claim, { outcome: 'returned' });
  await shown(page, 'No longer reserved');
  await page.evaluate(() => kit.room().report('page.end'));
  await page.evaluate(() => kit.room().flush());
  await scene.endpoint.until(() => scene.endpoint.reports('page.end').length);
  assert.deepEqual(scene.endpoint.reports(ORDER), []);
});
