// Consent that changes at any moment: while a request is under way, in another tab, while a page lies in the cache; and what is on the device before.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { chromium } from 'playwright-core';
import { LATER, collect } from './endpoint.mjs';
import { POLICY, browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
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

/* An endpoint, and the address of a page that reports to it. */
async function lay(run, attributes, answer) {
  const endpoint = await collect(answer);
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  return { endpoint, address: site.page(`<live-room room="den" report="${endpoint.address}" quiet ${attributes}><live-poll></live-poll></live-room>`, { policy }) };
}

const say = (page, consent) => page.evaluate((consent) => document.querySelector('live-room').setAttribute('consent', consent), consent);
const like = (page, n) => page.evaluate((n) => document.querySelector('live-room').report('like', { n }), n);
const flush = (page) => page.evaluate(() => document.querySelector('live-room').flush());

async function status(page) {
  const { created, sent, dropped, waiting } = await page.evaluate(() => document.querySelector('live-room').status.reports);
  assert.equal(created, sent + waiting + Object.values(dropped).reduce((sum, number) => sum + number, 0), 'the ledger balances');
  return { created, sent, dropped, waiting };
}

/* All that a page can leave on a device, and the locks that it holds. */
const device = (page) => page.evaluate(async () => {
  const { held, pending } = await navigator.locks.query();
  return {
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    locks: [...held, ...pending].map(({ name }) => name),
  };
});
const NOTHING = { databases: [], local: [], session: [], cookies: '', caches: [], workers: 0, locks: [] };

for (const [what, attributes, control] of [
  ['consent is not known', '', false],
  ['consent is pending', 'consent="pending"', false],
  ['consent is denied', 'consent="denied"', false],
  ['consent is a word that is none', 'consent="yes"', false],
  ['Global Privacy Control is on and nobody was asked', 'consent="granted"', true],
]) {
  test(`while ${what}, nothing is on the device and nothing leaves`, async (run) => {
    const { endpoint, address } = await lay(run, attributes);
    const page = await open(browser, 'about:blank');
    run.after(() => page.context().close());
    if (control) await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }));
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url())));
    await page.goto(address);
    await page.evaluate(async (news) => {
      await kit.room().ready;
      addEventListener('live-act', (event) => event.respondWith({ ok: true }));
      kit.room().receive(news);
    }, poll('p1', { run: 2 }));
    await page.getByLabel('Red').check();
    await page.getByRole('button', { name: 'Vote', exact: true }).click();
    await page.evaluate(() => kit.until('live-outcome'));
    await like(page, 1);
    await flush(page);
    assert.deepEqual(await device(page), NOTHING);
    /* As a page that is being left would. */
    await page.evaluate(() => {
      Object.defineProperty(Document.prototype, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      dispatchEvent(new Event('pagehide'));
    });
    await flush(page);
    assert.deepEqual(await device(page), NOTHING);
    assert.equal(endpoint.requests.length, 0);
    assert.deepEqual([...new Set(asked.map(({ origin }) => origin))], [site.address], 'nobody else was asked for anything');
    assert.deepEqual((await page.context().cookies()), []);
    assert.equal((await status(page)).created, 0);
  });
}

test('consent that is withdrawn ends a request that is under way', async (run) => {
  const { endpoint, address } = await lay(run, 'consent="granted"', () => new Promise(() => {}));
  const page = await open(browser, address);
  run.after(() => page.context().close());
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  const failed = page.waitForEvent('requestfailed', (request) => request.method() === 'POST');
  await like(page, 1);
  await page.evaluate(() => void document.querySelector('live-room').flush());
  await sent;
  await say(page, 'denied');
  await failed;
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  const { sent: stored, dropped, created } = await status(page);
  assert.deepEqual({ stored, dropped }, { stored: 0, dropped: { consent: created } });
  /* Granted again it begins anew, and what was dropped is not sent after all. */
  endpoint.answer = () => 202;
  await say(page, 'granted');
  await like(page, 2);
  await endpoint.until(() => endpoint.reports('page.like').length === 1);
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  assert.deepEqual(endpoint.reports('page.like').map(({ data }) => data.page.n), [2]);
  await status(page);
});

test('consent that goes back to pending holds everything, and what waits is sent once it is granted', async (run) => {
  const { endpoint, address } = await lay(run, 'consent="granted"', (number) => (number ? 202 : LATER));
  const page = await open(browser, address);
  run.after(() => page.context().close());
  await like(page, 1);
  await endpoint.until(({ requests }) => requests.length === 1);
  await say(page, 'pending');
  await like(page, 2);
  await flush(page);
  const before = endpoint.requests.length;
  assert.equal(endpoint.stored.size, 0);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await flush(page);
  assert.equal(endpoint.requests.length, before);
  await say(page, 'granted');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await endpoint.until(() => endpoint.reports('page.like').length === 2);
  await status(page);
});

test('consent that is withdrawn in one tab empties the browser, and the other tab balances and goes on', async (run) => {
  const { endpoint, address } = await lay(run, 'consent="granted"', () => 503);
  const context = await browser.newContext();
  run.after(() => context.close());
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto(address);
    await tab.evaluate(() => document.querySelector('live-room').ready);
    await like(tab, 1);
    await flush(tab);
  }
  await endpoint.until(({ requests }) => requests.length);
  await say(tabs[0], 'denied');
  await tabs[1].waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  for (const tab of tabs) {
    const { created, dropped } = await status(tab);
    assert.deepEqual(dropped, { consent: created });
  }
  endpoint.answer = () => 202;
  await like(tabs[1], 2);
  await tabs[1].evaluate(() => dispatchEvent(new Event('online')));
  await endpoint.until(() => endpoint.reports('page.like').length === 1);
  assert.deepEqual(endpoint.reports('page.like').map(({ data }) => data.page.n), [2]);
  await tabs[1].waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  await status(tabs[1]);
});

test('a page that comes out of the cache after consent was withdrawn elsewhere sends nothing of what was dropped', async (run) => {
  const cached = await chromium.launch({ executablePath: process.env.LIVEROOM_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  run.after(() => cached.close());
  const { endpoint, address } = await lay(run, 'consent="granted"', () => LATER);
  const context = await cached.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted));
    return document.querySelector('live-room').ready;
  });
  await like(page, 1);
  await flush(page);
  await endpoint.until(({ requests }) => requests.length);
  await page.goto(site.page('elsewhere', { kit: '' }));
  const other = await context.newPage();
  await other.goto(address);
  await other.evaluate(() => document.querySelector('live-room').ready);
  await say(other, 'denied');
  await other.waitForFunction(() => new Promise((resolve) => {
    const request = indexedDB.open('live-reports');
    request.onsuccess = () => {
      const counted = request.result.transaction('records').objectStore('records').count();
      counted.onsuccess = () => {
        request.result.close();
        resolve(counted.result === 0);
      };
    };
  }));
  endpoint.answer = () => 202;
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => window.persisted);
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  await like(page, 2);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await endpoint.until(() => endpoint.reports('page.like').length === 1);
  assert.deepEqual(endpoint.reports('page.like').map(({ data }) => data.page.n), [2]);
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  await status(page);
});

test('consent that is withdrawn while the database is long in opening empties it once it is open', async (run) => {
  const { endpoint, address } = await lay(run, 'consent="granted"', () => 503);
  const context = await browser.newContext();
  run.after(() => context.close());
  const [before, keeper, page] = [await context.newPage(), await context.newPage(), await context.newPage()];
  await before.goto(address);
  await like(before, 1);
  await flush(before);
  await before.close();
  /* Until it is let go, nobody else opens the database: another version is asked for while this one is in use. */
  await keeper.goto(site.page('elsewhere', { kit: '' }));
  await keeper.evaluate(async () => {
    const opened = (version, event) => new Promise((done) => {
      const request = indexedDB.open('live-reports', version);
      request[event] = () => done(request);
    });
    const { result: mine } = await opened(1, 'onsuccess');
    const next = await opened(2, 'onblocked');
    next.onupgradeneeded = () => next.transaction.abort();
    next.onerror = (event) => event.preventDefault();
    window.letGo = () => mine.close();
    window.records = async () => {
      const { result: found } = await opened(1, 'onsuccess');
      const counted = found.transaction('records').objectStore('records').count();
      await new Promise((done) => (counted.onsuccess = done));
      found.close();
      return counted.result;
    };
  });
  await page.clock.install();
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function asked(...about) {
      window.asked = true;
      return open.apply(this, about);
    };
  });
  await page.goto(address);
  await page.waitForFunction(() => window.asked);
  await say(page, 'denied');
  await page.clock.runFor(11_000);
  await keeper.evaluate(() => window.letGo());
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  await keeper.waitForFunction(async () => (await window.records()) === 0);
  endpoint.answer = () => 202;
  await say(page, 'granted');
  await like(page, 2);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await endpoint.until(() => endpoint.reports('page.like').length);
  assert.deepEqual(endpoint.reports('page.like').map(({ data }) => data.page.n), [2]);
});

for (const when of ['while what sends is there', 'by another page load']) {
  test(`consent that is withdrawn ${when} is of a widget's own endpoint too`, async (run) => {
    const own = await collect(() => 503);
    run.after(() => own.stop());
    const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${own.address}`);
    const address = (consent) => site.page(`<live-room room="den" consent="${consent}" quiet><live-poll report="${own.address}"></live-poll></live-room>`, { policy });
    const context = await browser.newContext();
    run.after(() => context.close());
    const enter = async (consent, activity) => {
      const page = await context.newPage();
      await page.goto(address(consent));
      await page.evaluate(async (news) => {
        await document.querySelector('live-room').ready;
        document.querySelector('live-room').receive(news);
      }, poll(activity));
      return page;
    };
    const page = await enter('granted', 'p1');
    await own.until(({ requests }) => requests.length);
    let denier = page;
    if (when === 'by another page load') {
      await page.close();
      denier = await enter('denied', 'p2');
    } else await say(page, 'denied');
    await denier.waitForFunction(() => new Promise((resolve) => {
      const request = indexedDB.open('live-reports');
      request.onsuccess = () => {
        const transaction = request.result.transaction(['records', 'sessions', 'settled']);
        const counts = ['records', 'sessions', 'settled'].map((name) => transaction.objectStore(name).count());
        transaction.oncomplete = () => {
          request.result.close();
          resolve(counts.every(({ result }) => result === 0));
        };
      };
    }));
    own.answer = () => 202;
    await enter('granted', 'p3');
    await own.until(() => own.reports('live.poll.seen').length);
    assert.deepEqual(own.reports('live.poll.seen').map(({ subject }) => subject), ['p3']);
  });
}
