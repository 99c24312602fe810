// What a page has in hand as it goes, while another tab keeps the database busy and the line is down: the next page load delivers it, once.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, serve } from './harness.mjs';
import { launch } from './profile.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
let site;

before(async () => { site = await serve(); });
after(() => site?.stop());

/* An endpoint that answers nothing, two tabs of one browser, which puts pages aside, that report to it, and another page to go to. */
async function lay(run) {
  const endpoint = await collect(() => ({ cut: true }));
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const body = (consent) => `<live-room room="den" report="${endpoint.address}" consent="${consent}" quiet></live-room>`;
  const [address, denied] = ['granted', 'denied'].map((consent) => site.page(body(consent), { policy }));
  const elsewhere = site.page('elsewhere', { kit: '' });
  const folder = await mkdtemp(join(tmpdir(), 'liveroom-'));
  const { context, kill } = await launch(folder);
  run.after(() => kill().then(() => rm(folder, { recursive: true, force: true, maxRetries: 10 })));
  const visit = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(40_000);
    await page.goto(address);
    await page.evaluate(begin);
    return page;
  };
  return { endpoint, denied, elsewhere, visit, going: await visit(), staying: await visit() };
}

/* In the page: waits for the part that sends. */
async function begin() {
  const room = document.querySelector('live-room');
  await room.ready;
  room.report('begun', {});
  await import('/kit/sender.js');
  await room.flush();
}

/* In the page: nobody else gets at the database until `window.letGo()`. */
async function hold() {
  const request = indexedDB.open('live-reports', 1);
  await new Promise((open) => { request.onsuccess = open; });
  const store = request.result.transaction(['records', 'sessions', 'settled'], 'readwrite').objectStore('settled');
  let isHeld = true;
  window.letGo = () => { isHeld = false; };
  await new Promise((held) => {
    const look = () => {
      held();
      if (isHeld) store.count().onsuccess = look;
      else request.result.close();
    };
    store.count().onsuccess = look;
  });
}

/* In the page: until nothing of any page load lies in the database; what withdrew consent may have to wait for its turn. */
async function emptied() {
  const request = indexedDB.open('live-reports', 1);
  await new Promise((open) => { request.onsuccess = open; });
  for (let all = 1; all > 0;) {
    const transaction = request.result.transaction(['records', 'sessions', 'settled']);
    const counts = ['records', 'sessions', 'settled'].map((name) => transaction.objectStore(name).count());
    await new Promise((end) => { transaction.oncomplete = end; });
    all = counts.reduce((sum, { result }) => sum + result, 0);
  }
  request.result.close();
}

/* Reports three things at once and goes in the same breath; what leaves with the page has arrived in vain. */
async function go(page, to, endpoint) {
  await page.evaluate((to) => {
    window.was = true;
    for (let n = 0; n < 3; n += 1) document.querySelector('live-room').report('thing', { n });
    location.assign(to);
  }, to).catch(() => {});
  await page.waitForURL(to);
  await endpoint.until(({ requests }) => requests.some(({ type, text }) => type.startsWith('text/plain') && text.includes('page.thing')));
}

/* It comes back as it was; or anew, as a browser keeps no page aside that others had to wait for. */
async function comeBack(page) {
  await page.goBack({ waitUntil: 'commit' });
  if (await page.evaluate(() => window.was)) return;
  await page.waitForLoadState();
  await page.evaluate(begin);
}

/* The one went while the other held the database, which is let go before anybody asks for it: who has others wait is not put aside. */
async function leave(run) {
  const { endpoint, elsewhere, going, staying } = await lay(run);
  await staying.evaluate(hold);
  await go(going, elsewhere, endpoint);
  await staying.evaluate(() => window.letGo());
  return { endpoint, going, staying };
}

const left = (page) => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('live-left ')).length);
/* What another tab has written comes by itself. */
const isLeft = (page, number) => page.waitForFunction((number) => Object.keys(localStorage).filter((name) => name.startsWith('live-left ')).length === number, number);
const things = (endpoint) => endpoint.reports('page.thing').map(({ data }) => data.page.n).sort();

/* Delivers until nothing waits in this page's browser. */
async function deliver(page, endpoint) {
  endpoint.answer = () => 202;
  await page.evaluate(async () => {
    dispatchEvent(new Event('online'));
    await document.querySelector('live-room').flush();
  });
}

function balanced(endpoint) {
  for (const { stored, ledger } of endpoint.sessions()) assert.deepEqual({ stored, dropped: ledger.dropped }, { stored: ledger.created, dropped: {} });
  assert.equal(endpoint.conflicts, 0);
}

test('what was in hand is delivered by another page, once', async (run) => {
  const { endpoint, elsewhere, going, staying } = await lay(run);
  await staying.evaluate(hold);
  /* So long that its time is worth telling. */
  await going.waitForFunction(() => performance.now() > 3_000);
  await go(going, elsewhere, endpoint);
  await going.close();
  await isLeft(staying, 1);
  await staying.evaluate(() => window.letGo());
  await deliver(staying, endpoint);
  await endpoint.until(() => things(endpoint).length === 3);
  assert.deepEqual(things(endpoint), [0, 1, 2]);
  await staying.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('live-left ')));
  /* Its time on the page as well, which is told after the page was said to go. */
  const [{ session }] = endpoint.reports('page.thing');
  await endpoint.until(() => endpoint.reports('live.room.watch').some((report) => report.session === session));
  balanced(endpoint);
});

test('a page that comes back after another one delivered it sends it no more, and counts it once', async (run) => {
  const { endpoint, going, staying } = await leave(run);
  await deliver(staying, endpoint);
  await endpoint.until(() => things(endpoint).length === 3);
  await comeBack(going);
  await going.evaluate(() => document.querySelector('live-room').report('thing', { n: 3 }));
  await deliver(going, endpoint);
  await going.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  await endpoint.until(() => things(endpoint).length === 4);
  assert.deepEqual(things(endpoint), [0, 1, 2, 3]);
  balanced(endpoint);
});

test('a page that comes back after consent was withdrawn elsewhere has nothing of before, and begins anew', async (run) => {
  const { endpoint, going, staying } = await leave(run);
  await staying.evaluate(() => document.querySelector('live-room').setAttribute('consent', 'denied'));
  await staying.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('live-left ')));
  await staying.evaluate(emptied);
  await comeBack(going);
  await going.evaluate(() => document.querySelector('live-room').report('thing', { n: 9 }));
  await deliver(going, endpoint);
  await endpoint.until(() => things(endpoint).length > 0);
  await going.evaluate(() => document.querySelector('live-room').flush());
  assert.deepEqual(things(endpoint), [9]);
});

test('what lies there and is nothing does no harm, what is of others stays, and none outlives a consent that is withdrawn', async (run) => {
  const { endpoint, denied, elsewhere, going, staying } = await lay(run);
  const put = (page, items) => page.evaluate((items) => Object.entries(items).forEach(([name, text]) => localStorage.setItem(`live-left ${name}`, text)), items);
  const isOnlyOthers = (page) => page.waitForFunction(() => Object.keys(localStorage).filter((name) => name.startsWith('live-left ')).join() === 'live-left f');
  const item = (session) => JSON.stringify({ session: { endpoint: `${endpoint.address}/`, created: 1, left: 0, at: Date.now(), ...session }, rows: [{}] });
  const bad = { a: '{', b: '7', c: '{"session":{},"rows":[]}', d: item({}), e: item({ session: 'e', at: 5 }), f: item({ session: 'f', endpoint: 'https://other.example/' }) };
  await put(staying, bad);
  await staying.evaluate(hold);
  await go(going, elsewhere, endpoint);
  /* What cannot be read may be gone by now, as the page tries again by itself; what it had in hand is there. */
  await staying.waitForFunction(() => Object.keys(localStorage).some((name) => /^live-left ..+/.test(name)));
  await staying.evaluate(() => window.letGo());
  await deliver(staying, endpoint);
  await endpoint.until(() => things(endpoint).length === 3);
  await isOnlyOthers(staying);

  const last = await staying.context().newPage();
  await last.goto(denied);
  await put(last, { x: item({ session: 'x' }) });
  await last.reload();
  await last.evaluate(() => document.querySelector('live-room').ready);
  await isOnlyOthers(last);
});
