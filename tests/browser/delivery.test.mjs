// The way of a report to its endpoint: created = stored + dropped by reason + waiting, whatever happens on the way.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { chromium } from 'playwright-core';
import { LATER, collect } from './endpoint.mjs';
import { POLICY, browse, serve } from './harness.mjs';
import { launch } from './profile.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
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

/* An endpoint, and the address of a page that reports to it what it is told to. */
async function lay(run, answer) {
  const endpoint = await collect(answer);
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const address = site.page(`<live-room room="den" report="${endpoint.address}" consent="granted" quiet></live-room>`, { policy });
  return { endpoint, address };
}

async function visit(context, address) {
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  await page.goto(address);
  await begin(page);
  return page;
}

/* Waits for the part that sends, which a page loads when it has something to send. */
const begin = (page) => page.evaluate(async () => {
  await document.querySelector('live-room').ready;
  await import('/kit/sender.js');
  await document.querySelector('live-room').flush();
});

async function context(run, from = browser, options) {
  const made = await from.newContext(options);
  run.after(() => made.close());
  return made;
}

/* Reports so many things, with so many characters each. */
const report = (page, count, size = 0) => page.evaluate(async ([count, size]) => {
  const room = document.querySelector('live-room');
  for (let n = 0; n < count; n += 1) await room.report('thing', { n, x: 'x'.repeat(size) });
}, [count, size]);

const status = async (page) => {
  const { created, sent, dropped, waiting, durable } = await page.evaluate(() => document.querySelector('live-room').status.reports);
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  assert.equal(created, sent + lost + waiting, 'the ledger balances');
  return { created, sent, dropped, waiting, durable };
};
const settled = (page) => page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);

/* Records that lie in the browser's storage. */
const kept = (page) => page.evaluate(() => new Promise((resolve) => {
  const request = indexedDB.open('live-reports', 1);
  request.onsuccess = () => {
    const counted = request.result.transaction('records').objectStore('records').count();
    counted.onsuccess = () => {
      request.result.close();
      resolve(counted.result);
    };
  };
}));

test('a flood is bounded, in number and in bytes, and the oldest go of those that never left', async (run) => {
  const { endpoint, address } = await lay(run, () => 503);
  const page = await visit(await context(run), address);
  await report(page, 1_200);
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting <= 1_000);
  assert.deepEqual((await status(page)).dropped, { queue_full: 200 });
  await report(page, 160, 7_000);
  /* A hundred small ones were tried, and may have arrived for all the page knows. */
  await page.waitForFunction(() => document.querySelector('live-room').status.reports.waiting <= 240);
  const { waiting, dropped } = await status(page);
  assert.ok(waiting > 200, String(waiting));
  page.setDefaultTimeout(100_000);
  endpoint.answer = () => 202;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await settled(page);
  assert.equal((await status(page)).sent, endpoint.stored.size);
  assert.ok(endpoint.requests.every(({ bytes }) => bytes <= 60_000));
  const [{ ledger }] = endpoint.sessions();
  assert.deepEqual(ledger.dropped, dropped);
  assert.equal(ledger.created, 1_360);
});

test('of two tabs, one sends at a time, and each learns what became of its own', async (run) => {
  const slowly = () => new Promise((answer) => setTimeout(answer, 100, 202));
  const { endpoint, address } = await lay(run, slowly);
  const both = await context(run);
  const tabs = [await visit(both, address), await visit(both, address)];
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(tabs.map((tab) => report(tab, 20)));
    await endpoint.until(() => endpoint.stored.size > round * 40);
  }
  for (const tab of tabs) {
    await tab.waitForFunction(() => document.querySelector('live-room').status.reports.sent === 100);
    await status(tab);
  }
  assert.deepEqual({ stored: endpoint.stored.size, again: endpoint.again, most: endpoint.most }, { stored: 200, again: 0, most: 1 });
});

test('a page that lay asleep for days goes on where it was, and page loads of long ago are forgotten', async (run) => {
  const { endpoint, address } = await lay(run, () => 202);
  const both = await context(run);
  const [asleep, awake] = [await visit(both, address), await visit(both, address)];
  await report(asleep, 2);
  await settled(asleep);
  await awake.evaluate((address) => new Promise((end) => {
    const before = (days) => Date.now() - days * 86_400_000;
    const request = indexedDB.open('live-reports', 1);
    request.onsuccess = () => {
      const transaction = request.result.transaction(['sessions', 'settled'], 'readwrite');
      const [sessions, done] = ['sessions', 'settled'].map((name) => transaction.objectStore(name));
      sessions.getAll().onsuccess = ({ target: { result: all } }) => {
        for (const row of all) sessions.put({ ...row, at: before(13) });
      };
      for (let n = 0; n < 500; n += 1) {
        const key = { endpoint: address, session: `old${n}` };
        sessions.put({ ...key, created: 1, bytes: 9, at: before(15), left: 1, lost: {} });
        done.put({ ...key, created: 0, stored: 1, dropped: {}, bytes: 9 });
      }
      transaction.oncomplete = () => {
        request.result.close();
        end();
      };
    };
  }), `${endpoint.address}/`);
  /* Its first report opens the database. */
  await report(awake, 1);
  await awake.waitForFunction(() => new Promise((resolve) => {
    const request = indexedDB.open('live-reports', 1);
    request.onsuccess = () => {
      const counted = request.result.transaction('sessions').objectStore('sessions').count();
      counted.onsuccess = () => {
        request.result.close();
        resolve(counted.result === 2);
      };
    };
  }));
  await report(asleep, 1);
  await endpoint.until(() => endpoint.stored.size === 4);
  await asleep.waitForFunction(() => document.querySelector('live-room').status.reports.sent === 3);
  assert.deepEqual((await status(asleep)).dropped, {});
  assert.equal(endpoint.sessions().length, 2);
});

test('where storage is refused, reports are kept in memory and say so', async (run) => {
  const { endpoint, address } = await lay(run, (number) => (number ? 202 : 503));
  const bare = await context(run);
  await bare.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  });
  const page = await visit(bare, address);
  await report(page, 3);
  await settled(page);
  assert.deepEqual(await status(page), { created: 3, sent: 3, dropped: {}, waiting: 0, durable: false });
  assert.equal(endpoint.stored.size, 3);
});

test('storage that fills up in the middle loses nothing', async (run) => {
  const { endpoint, address } = await lay(run, (number) => (number > 1 ? 202 : 503));
  const page = await visit(await context(run), address);
  await report(page, 2);
  await endpoint.until(({ requests }) => requests.length);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await report(page, 2);
  await settled(page);
  assert.deepEqual(await status(page), { created: 4, sent: 4, dropped: {}, waiting: 0, durable: false });
  assert.deepEqual({ stored: endpoint.stored.size, conflicts: endpoint.conflicts }, { stored: 4, conflicts: 0 });
});

test('a page whose storage dies tells nothing from its memory until it has outlived it, as those of a killed browser do not', async (run) => {
  const { endpoint, address } = await lay(run);
  const page = await visit(await context(run), address);
  await report(page, 2);
  await settled(page);
  const before = endpoint.requests.length;
  await page.evaluate(async () => {
    IDBDatabase.prototype.transaction = () => {
      window.died ??= performance.now();
      throw new DOMException('gone', 'InvalidStateError');
    };
    const { fetch } = window;
    window.fetch = (...request) => {
      window.told ??= performance.now();
      return fetch(...request);
    };
    const room = document.querySelector('live-room');
    await room.report('thing', { n: 2 });
    await room.flush();
  });
  await settled(page);
  assert.deepEqual(await status(page), { created: 3, sent: 3, dropped: {}, waiting: 0, durable: false });
  assert.equal(endpoint.requests.length, before + 1);
  /* The page's own clock, and no more than a timer promises. */
  assert.ok(await page.evaluate(() => window.told - window.died >= 1_999));
});

test('a page that is hidden and stays sends what it has at once, and settles it', async (run) => {
  const { endpoint, address } = await lay(run, (number) => (number ? 202 : LATER));
  const page = await visit(await context(run), address);
  await report(page, 2);
  await endpoint.until(({ requests }) => requests.length === 1);
  /* The endpoint was in trouble: what is written down can wait, and it does. */
  const hide = (state, last) => page.evaluate(async ([state, last]) => {
    /* What it reports last goes in the same breath: by itself it would be sent soon. */
    const room = document.querySelector('live-room');
    if (last) room.report('thing', last);
    while (last && room.status.reports.waiting !== 1) await new Promise(requestAnimationFrame);
    Object.defineProperty(Document.prototype, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, [state, last]);
  await hide('hidden');
  await hide('visible');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await settled(page);
  const before = endpoint.requests.length;
  assert.ok(endpoint.requests.every(({ type }) => !type.startsWith('text/plain')));
  await hide('hidden', { n: 2 });
  await endpoint.until(({ requests }) => requests.slice(before).some(({ type, text }) => type.startsWith('text/plain') && text.includes('page.thing')));
  await settled(page);
  assert.deepEqual((await status(page)).sent, endpoint.stored.size);
  assert.equal(endpoint.again, 0);
});

test('a browser that takes no more than so much as a page goes is given it in parts', async (run) => {
  const { endpoint, address } = await lay(run, () => LATER);
  const bare = await context(run);
  await bare.addInitScript(() => {
    /* Nothing is left for another page load to send. */
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    Storage.prototype.setItem = IDBFactory.prototype.open;
    const { sendBeacon } = Navigator.prototype;
    Navigator.prototype.sendBeacon = function send(to, body) {
      return body.size <= 4_000 && sendBeacon.call(this, to, body);
    };
  });
  const page = await visit(bare, address);
  await report(page, 20, 500);
  await endpoint.until(({ requests }) => requests.length);
  endpoint.answer = () => 202;
  const before = endpoint.requests.length;
  await page.goto('about:blank');
  await endpoint.until(() => endpoint.reports('page.thing').length === 20);
  const sizes = endpoint.requests.slice(before).map(({ bytes }) => bytes);
  assert.ok(sizes.length > 3 && sizes.every((bytes) => bytes <= 4_000), String(sizes));
});

test('more than a page may send as it goes is sent by the next', async (run) => {
  const { endpoint, address } = await lay(run);
  const same = await context(run);
  const page = await visit(same, address);
  await page.evaluate(() => {
    const room = document.querySelector('live-room');
    for (let n = 0; n < 30; n += 1) room.report('large', { n, x: 'x'.repeat(3_000) });
    /* Once all is written down the page goes: the batch is full at once, and leaves with the page or after it. */
    const leave = () => (room.status.reports.created === 30 ? location.assign('about:blank') : setTimeout(leave));
    leave();
  }).catch(() => {});
  await page.waitForURL('about:blank');
  const next = await visit(same, address);
  await endpoint.until(() => endpoint.stored.size === 30);
  await next.waitForFunction(() => document.querySelector('live-room').status.reports.waiting === 0);
  assert.equal(endpoint.conflicts, 0);
  assert.ok(endpoint.requests.every(({ bytes }) => bytes <= 60_000));
  const [{ ledger }] = endpoint.sessions();
  assert.equal(ledger.created, 30);
});

test('a page that comes back out of the cache goes on', async (run) => {
  const cached = await chromium.launch({ executablePath: process.env.LIVEROOM_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  run.after(() => cached.close());
  const { endpoint, address } = await lay(run);
  const page = await visit(await context(run, cached), address);
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => {
    window.persisted = persisted;
  }));
  /* In one breath: a page that is sending is not put aside. */
  const elsewhere = site.page('elsewhere', { kit: '' });
  await page.evaluate((to) => {
    document.querySelector('live-room').report('thing', { n: 0 });
    location.assign(to);
  }, elsewhere).catch(() => {});
  await page.waitForURL(elsewhere);
  await endpoint.until(() => endpoint.stored.size === 1);
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => window.persisted);
  await report(page, 1);
  await settled(page);
  assert.deepEqual(await status(page), { created: 2, sent: 2, dropped: {}, waiting: 0, durable: true });
  assert.equal(endpoint.stored.size, 2);
});

test('a browser that is killed loses nothing that was written down', async (run) => {
  const folder = await mkdtemp(join(tmpdir(), 'liveroom-'));
  run.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  /* Every second attempt fails, and of the others every second stores without saying so. */
  const { endpoint, address } = await lay(run, (number) => [503, { lost: true }, 500, 202][number % 4]);
  const made = [];
  for (let round = 0; round < 3; round += 1) {
    const { context: own, kill } = await launch(folder);
    const page = await visit(own, address);
    await report(page, 30);
    await page.waitForFunction(async () => {
      const { created } = document.querySelector('live-room').status.reports;
      return created >= 30;
    });
    /* What a fresh connection to the database sees is written down. */
    await kept(page);
    if (round) await endpoint.until(({ requests }) => requests.length > 2 * round);
    made.push((await status(page)).created);
    await kill();
  }
  endpoint.answer = () => 202;
  const { context: own, kill } = await launch(folder);
  const page = await visit(own, address);
  await endpoint.until(() => endpoint.stored.size === made.reduce((sum, count) => sum + count));
  while (await kept(page)) await page.evaluate(() => document.querySelector('live-room').flush());
  await kill();
  assert.equal(endpoint.conflicts, 0);
  const sessions = endpoint.sessions();
  assert.equal(sessions.length, made.length);
  for (const { stored, ledger } of sessions) assert.deepEqual({ stored, ...ledger.dropped }, { stored: ledger.created });
});
