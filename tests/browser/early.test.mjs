// Reports that are made before what stores and sends them has arrived: none is lost, and none goes without consent.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;

before(async () => (browser = await browse()));
after(() => browser?.close());

/* A page that reports to an endpoint, from a server that holds `sender.js` back: `let go` of it, or answer `status` instead. */
async function visit(run, { own = '' } = {}) {
  const endpoint = await collect();
  const held = { status: 0, waiting: [] };
  held.letGo = (status = 200) => {
    held.status = status;
    for (const go of held.waiting.splice(0)) go();
  };
  const site = await serve(async (request, response) => {
    if (!request.url.endsWith('/sender.js')) return false;
    if (!held.status) await new Promise((go) => held.waiting.push(go));
    if (held.status === 200) return false;
    response.writeHead(held.status).end();
    return true;
  });
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const address = site.page(`<live-room room="den" report="${endpoint.address}/den" consent="granted"><live-poll ${own && `report="${endpoint.address}/${own}"`}></live-poll></live-room>`, { policy });
  const page = await open(browser, 'about:blank');
  run.after(async () => {
    held.letGo(500);
    await page.context().close();
    site.stop();
    endpoint.stop();
  });
  const enter = async () => {
    await page.goto(address);
    await page.evaluate(async (news) => {
      await kit.room().ready;
      kit.room().receive(news);
    }, poll('p1', { run: 3 }));
    await page.getByLabel('Red').waitFor();
    /* What the poll reports by itself is made by then. */
    await page.evaluate(() => kit.until('live-engagement', { type: 'live.poll.seen' }));
  };
  await enter();
  return { endpoint, held, page, enter, address };
}

const status = (page) => page.evaluate(() => kit.room().status.reports);
const like = (page, n) => page.evaluate((n) => kit.room().report('like', { n }), n);
const made = (page, number) => page.waitForFunction((wanted) => kit.heard.filter(({ name }) => name === 'live-engagement').length >= wanted, number);
const likes = (endpoint) => endpoint.reports('page.like').map(({ data }) => data.page.n).sort();
const left = (page) => page.evaluate(() => localStorage.getItem('live-early'));

test('what is reported before sender.js is there waits for it, and counts as waiting', async (run) => {
  const { endpoint, held, page } = await visit(run);
  await like(page, 1);
  await like(page, 2);
  await made(page, 2);
  const { created, sent, waiting, durable } = await status(page);
  assert.ok(created >= 2 && waiting === created && sent === 0, JSON.stringify(await status(page)));
  assert.equal(durable, false);
  held.letGo();
  await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => likes(endpoint).length === 2);
  assert.deepEqual(likes(endpoint), [1, 2]);
  const end = await status(page);
  assert.deepEqual([end.created, end.waiting, end.durable], [end.sent, 0, true]);
  assert.equal(await left(page), null);
});

test('a page that goes before sender.js is there leaves its reports to the next', async (run) => {
  const { endpoint, held, page, enter } = await visit(run);
  await like(page, 1);
  await made(page, 1);
  await page.goto('about:blank');
  held.letGo(500);
  held.letGo();
  await enter();
  await like(page, 2);
  await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => likes(endpoint).length === 2);
  assert.deepEqual(likes(endpoint), [1, 2]);
  assert.equal(await left(page), null);
  assert.equal(endpoint.conflicts, 0);
  const ends = endpoint.sessions();
  for (const { stored, ledger } of ends) assert.ok(stored <= ledger.created, JSON.stringify(ends));
});

test('a sender.js that did not load is asked for again, and nothing is lost', async (run) => {
  const { endpoint, held, page } = await visit(run);
  await like(page, 1);
  await made(page, 1);
  held.letGo(500);
  await page.evaluate(() => kit.until('live-error', { code: 'reports' }));
  held.letGo();
  await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => likes(endpoint).length === 1);
});

test('consent that is withdrawn before sender.js is there leaves nothing', async (run) => {
  const { endpoint, held, page, enter } = await visit(run);
  await like(page, 1);
  await made(page, 1);
  await page.evaluate(() => kit.room().setAttribute('consent', 'denied'));
  held.letGo();
  await page.evaluate(() => kit.room().flush());
  assert.equal((await status(page)).waiting, 0);
  await enter();
  await like(page, 2);
  await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => likes(endpoint).length === 1);
  assert.deepEqual(likes(endpoint), [2]);
});

test('consent that is withdrawn before sender.js is there leaves nothing for a widget of its own endpoint either', async (run) => {
  const { endpoint, held, page } = await visit(run, { own: 'own' });
  await page.waitForFunction(() => kit.heard.some(({ name, detail }) => name === 'live-engagement' && detail.type === 'live.poll.seen'));
  await page.evaluate(() => {
    kit.room().setAttribute('consent', 'denied');
    Object.defineProperty(Document.prototype, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  assert.equal(await left(page), null);
  assert.equal((await status(page)).waiting, 0);
  held.letGo();
  await page.evaluate(() => kit.room().flush());
  assert.equal(endpoint.requests.length, 0);
});

test('consent that is withdrawn in another tab before sender.js is there leaves nothing here either', async (run) => {
  const { endpoint, held, page, address } = await visit(run);
  await like(page, 1);
  await made(page, 1);
  const other = await page.context().newPage();
  await other.goto(address);
  await other.evaluate(async () => {
    const room = document.querySelector('live-room');
    await room.ready;
    room.setAttribute('consent', 'denied');
  });
  await page.waitForFunction(() => kit.room().status.reports.waiting === 0);
  await other.close();
  await like(page, 2);
  held.letGo();
  await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => likes(endpoint).length);
  assert.deepEqual(likes(endpoint), [2]);
});

test('what another room left there stays there', async (run) => {
  const { endpoint, held, page, enter } = await visit(run);
  const other = [{ endpoint: 'https://other.example/', source: 'urn:liveroom:other', reports: [{ envelope: '{}', data: '{}' }], soon: false }];
  await page.evaluate((text) => localStorage.setItem('live-early', text), JSON.stringify(other));
  held.letGo();
  await enter();
  await like(page, 1);
  await page.evaluate(() => kit.room().flush());
  await endpoint.until(() => likes(endpoint).length === 1);
  assert.deepEqual(JSON.parse(await left(page)), other);
});

test('what lies in the place of early reports and is none does no harm', async (run) => {
  const { endpoint, held, page, enter } = await visit(run);
  for (const text of ['{', '7', '[null]', '[{"endpoint":1}]', '[{"endpoint":"x","source":"y","reports":[{}]}]']) {
    await page.evaluate((text) => localStorage.setItem('live-early', text), text);
    held.letGo();
    await enter();
    await like(page, text.length);
    await page.evaluate(() => kit.room().flush());
    await endpoint.until(() => likes(endpoint).includes(text.length));
  }
  assert.deepEqual(page.faults.filter((fault) => !fault.startsWith('Failed to load resource')), []);
});
