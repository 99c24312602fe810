// Reporting never costs the page: it waits for the page's idle time, a flood leaves at a stated pace, and a page may have a sample only.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
/* As policy.rs has them: what a quiet page may send at once, and a request's part of it. */
const [SPARE_MS, REQUEST_MS, BYTES_A_MS] = [200_000, 3_000, 5];
let browser;
let site;

before(async () => {
  site = await serve();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  site?.stop();
});

async function visit(run, attributes = '', prepare) {
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  if (prepare) await page.addInitScript(prepare);
  await page.goto(site.page(`<live-room room="den" report="${endpoint.address}" consent="granted" quiet ${attributes}></live-room>`, { policy }));
  await page.evaluate(() => kit.room().ready);
  return { endpoint, page };
}

/* Reports and delivers again and again, as fast as that goes. */
const flood = (page, count, size) => page.evaluate(async ([count, size]) => {
  for (let n = 0; n < count; n += 1) {
    await kit.room().report('thing', { n, x: 'x'.repeat(size) });
    await kit.room().flush();
  }
}, [count, size]);

for (const [what, count, size] of [['requests', 90, 0], ['bytes', 200, 7_900]]) {
  test(`however often a page reports, it sends no more ${what} than it may`, async (run) => {
    const { endpoint, page } = await visit(run);
    const began = Date.now();
    /* What was written down leaves in one request, until that would be too much. */
    if (size) await page.evaluate(async ([count, size]) => Promise.all(Array.from({ length: count }, (_, n) => kit.room().report('thing', { n, x: 'x'.repeat(size) }))), [count, size]);
    else await flood(page, count, size);
    for (const event of ['online', 'online', 'online']) {
      await page.evaluate((event) => dispatchEvent(new Event(event)), event);
      await flood(page, 3, size);
    }
    const spent = endpoint.requests.reduce((sum, { bytes }) => sum + Math.max(REQUEST_MS, bytes / BYTES_A_MS), 0);
    const most = 60_000 / BYTES_A_MS;
    assert.ok(spent <= SPARE_MS + (Date.now() - began) + most, `${endpoint.requests.length} requests cost ${Math.round(spent)} ms`);
    const { created, sent, waiting, dropped } = await page.evaluate(async () => {
      // Until nothing is under way.
      await kit.room().flush();
      return kit.room().status.reports;
    });
    const lost = Object.values(dropped).reduce((sum, number) => sum + number, 0);
    assert.equal(created, sent + waiting + lost);
    assert.ok(waiting > 0, 'the rest waits');
    assert.equal(endpoint.stored.size, sent);
  });
}

test('what is due leaves when the page has nothing better to do', async (run) => {
  const hold = () => {
    window.held = [];
    window.requestIdleCallback = (work, { timeout }) => {
      if (!(timeout > 0)) throw new Error('it must not wait for ever');
      window.held.push(work);
      return window.held.length;
    };
  };
  const { endpoint, page } = await visit(run, '', hold);
  await page.evaluate(() => kit.room().report('like', {}));
  await page.waitForFunction(() => window.held.length > 0);
  assert.equal(endpoint.requests.length, 0);
  await page.evaluate(() => window.held.forEach((work) => work()));
  await endpoint.until(() => endpoint.reports('page.like').length === 1);
});

test('of page loads a sample reports if the page asks, whole, and marked', async (run) => {
  for (const [sample, part, rate] of [['4', 0.24, 4], ['4', 0.26, 0], ['', 0.99, 1], ['0.5', 0.99, 1], ['many', 0.99, 1], ['-3', 0.99, 1]]) {
    const { endpoint, page } = await visit(run, `sample="${sample}"`, `Math.random = () => ${part}`);
    await page.evaluate(() => Promise.all([1, 2].map((n) => kit.room().report('like', { n }))));
    await page.evaluate(() => kit.room().flush());
    const told = await page.evaluate(() => kit.heard.filter(({ name, detail }) => name === 'live-engagement' && detail.type === 'page.like').length);
    assert.equal(told, 2, 'the page is told of all');
    const likes = endpoint.reports('page.like');
    assert.equal(likes.length, rate ? 2 : 0, `${sample}, ${part}`);
    for (const { sampledrate } of likes) assert.equal(sampledrate, rate > 1 ? rate : undefined);
    const { created, sent } = await page.evaluate(() => kit.room().status.reports);
    assert.deepEqual([created, sent], [endpoint.stored.size, endpoint.stored.size]);
  }
});
