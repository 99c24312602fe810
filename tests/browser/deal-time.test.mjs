// D2: a deal's countdown and what is reserved of it, across a reload, in a tab that was put to sleep, and in one that is opened late.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
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

/* An open deal; when it closes, by the room's clock, which is this machine's. */
async function opened(run, more = {}) {
  const draft = { title: 'Sea jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }], reserve_ms: 60_000, closes_in_ms: 90_000 };
  const { ok, activity } = await server.command({ type: 'deal.open', ...draft, ...more });
  assert.ok(ok);
  run.after(() => server.command({ type: 'put_away', activity }));
  const frames = await (await fetch(`${server.address}/v1/rooms/demo`)).json();
  const { tally } = frames.flatMap(({ news }) => news ?? []).find((item) => item.activity === activity && item.tally);
  return { activity, closes_at: tally.closes_at };
}

async function visit(run, sub, activity, context) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address} ${server.address.replace('http', 'ws')}`);
  const token = await server.token('viewer', { sub });
  const address = site.page(`<live-room room="demo" server="${server.address}" token="${token}"><live-deal activity="${activity}"></live-deal></live-room>`, { policy });
  const page = await open(context ? { newContext: () => context } : browser, address, { reducedMotion: 'reduce' });
  if (!context) run.after(() => page.context().close());
  await page.locator('live-deal .clock__left').first().waitFor();
  return page;
}

/*
 * How many seconds a page counts down to what ends then, and how many there are: they are the same, but for what a look takes.
 * Both are read by the page at one moment, and again until they agree: a page that has just come to the front paints a frame later.
 */
async function agrees(page, place, ends) {
  const look = ([place, ends]) => {
    const text = document.querySelector('live-deal').shadowRoot.querySelectorAll('.clock__left')[place]?.textContent ?? '';
    const [minutes, seconds] = text.split(':').map(Number);
    const shown = minutes * 60 + seconds;
    return Math.abs(shown - (ends - Date.now()) / 1_000) <= 1.5 ? { shown } : null;
  };
  try {
    const found = await page.waitForFunction(look, [place, ends], { timeout: 10_000 });
    return (await found.jsonValue()).shown;
  } catch (fault) {
    const shown = await page.locator('live-deal .clock__left').allTextContents();
    throw new Error(`${shown} are shown, and ${(ends - Date.now()) / 1_000} s are left`, { cause: fault });
  }
}

const until = (page) => page.evaluate(() => kit.heard.findLast(({ detail }) => detail?.mine?.claims?.length)?.detail.mine.claims[0].until);

test('D2: a reload begins no countdown anew, neither the deal\'s nor that of what is reserved', async (run) => {
  const { activity, closes_at } = await opened(run);
  const page = await visit(run, 'ana', activity);
  await agrees(page, 0, closes_at);
  await page.locator('live-deal').getByRole('button', { name: 'Reserve', exact: true }).click();
  await page.locator('live-deal').getByText('Reserved for you').waitFor();
  await page.evaluate(() => kit.until('live-outcome', { act: 'claim', ok: true }));
  const ends = await until(page);
  const first = await agrees(page, 1, ends);
  /* Until some seconds have passed on the screen. */
  await page.waitForFunction((first) => {
    const [minutes, seconds] = document.querySelector('live-deal').shadowRoot.querySelectorAll('.clock__left')[1].textContent.split(':').map(Number);
    return minutes * 60 + seconds <= first - 3;
  }, first);
  for (let times = 0; times < 2; times += 1) {
    await page.reload();
    await page.locator('live-deal').getByText('Reserved for you').waitFor();
    await agrees(page, 0, closes_at);
    assert.ok((await agrees(page, 1, ends)) <= first - 3, 'it went on from where it was');
  }
  const claims = await (await fetch(`${server.address}/v1/rooms/demo/claims?activity=${activity}`, { headers: { authorization: `Bearer ${await server.token('shop')}` } })).json();
  assert.deepEqual(claims.claims.map((claim) => claim.until), [ends]);
});

test('D2: a tab that was put to sleep shows what is left when it wakes, and that it is over', async (run) => {
  const { activity, closes_at } = await opened(run, { closes_in_ms: 25_000 });
  const page = await visit(run, 'bea', activity);
  await agrees(page, 0, closes_at);
  const beside = await visit(run, 'bea', activity, page.context());
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await beside.locator('live-deal .clock__left').getByText(/^0:(0[6-9]|1[0-2])$/).waitFor();
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  await agrees(page, 0, closes_at);
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await beside.locator('live-deal').getByText('Ended').first().waitFor();
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  await page.locator('live-deal').getByText('Ended').first().waitFor();
  assert.deepEqual(page.faults, []);
});

test('D2: a tab in the background, and one that is opened late, count to the same moment', async (run) => {
  const { activity, closes_at } = await opened(run);
  const page = await visit(run, 'cem', activity);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const beside = await visit(run, 'cem', activity, page.context());
  await beside.bringToFront();
  await beside.locator('live-deal .clock__left').getByText(/^(1:2[0-6]|1:[01]\d|0:\d\d)$/).waitFor();
  await agrees(beside, 0, closes_at);
  await page.evaluate(() => {
    delete document.visibilityState;
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.bringToFront();
  await agrees(page, 0, closes_at);
});
