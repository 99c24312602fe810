// A practice room: several tabs, no leader, and nothing is lost that was answered.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { Line, browse, browseWith, makeKit, serve } from './practice/serve.mjs';

const POLL = { type: 'poll.open', activity: 'colour', question: 'Which?', options: ['Red', 'Blue'] };
/* What is awaited comes within moments; a test that hangs has failed. */
const test = (name, work) => plain(name, { timeout: 120_000 }, work);
let server;
let browser;

before(async () => {
  server = await serve(await makeKit());
  browser = await browse();
}, { timeout: 900_000 });

after(async () => {
  await browser?.close();
  server?.stop();
});

/* A tab of the test page; what goes wrong in it without anybody's asking ends the test. */
async function tab(context, path = '/') {
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto(server.address + path);
  await page.waitForFunction(() => globalThis.test);
  return page;
}

/* Tabs of a browser that has stored nothing yet. */
async function tabs(run, count) {
  const context = await browser.newContext();
  run.after(() => context.close());
  return Promise.all(Array.from({ length: count }, () => tab(context)));
}

const rows = (page, store, change) => page.evaluate(([store, change]) => test.stored(store, change), [store, change]);

test('every promise of a log is kept, stored or in memory', async (run) => {
  const [page] = await tabs(run, 1);
  await page.evaluate(() => test.conformance(true));
  await page.evaluate(() => test.conformance(false));
});

test('two tabs see each other vote', async (run) => {
  const pages = await tabs(run, 2);
  const [one, two] = await Promise.all(pages.map((page, number) => Line.enter(page, 'demo', `viewer-${number}`)));
  assert.deepEqual([one.welcome.role, one.welcome.level, one.welcome.epoch], ['owner', 'device', two.welcome.epoch]);
  const opened = await one.command('c1', POLL);
  assert.deepEqual([opened.ok, opened.activity, opened.position], [true, 'colour', 2]);
  await two.tally('colour', { votes: [0, 0] });
  assert.equal((await one.vote('a1', 'colour', '1')).ok, true);
  await two.tally('colour', { votes: [1, 0] });
  const voted = await two.vote('a1', 'colour', '2');
  assert.deepEqual([voted.ok, voted.mine.mine.choices], [true, ['2']]);
  await one.tally('colour', { votes: [1, 1], voters: 2 });
});

test('closing either tab loses nothing, and a tab that is loaded again finds its own vote', async (run) => {
  const [first, second] = await tabs(run, 2);
  const [one, two] = [await Line.enter(first, 'demo', 'one'), await Line.enter(second, 'demo', 'two')];
  await one.command('c1', POLL);
  await two.vote('a1', 'colour', '2');
  await one.vote('a1', 'colour', '1');
  await first.close();
  await two.tally('colour', { votes: [1, 1] });
  assert.equal((await two.command('c2', { type: 'close', activity: 'colour' })).ok, true);
  await second.reload();
  await second.waitForFunction(() => globalThis.test);
  const again = await Line.enter(second, 'demo', 'two', { epoch: two.welcome.epoch, rev: 5 });
  assert.deepEqual([again.welcome.recovered, again.welcome.activities], [true, ['colour']]);
  await again.tally('colour', { votes: [1, 1], phase: 'closed' });
  await again.until({ type: 'news', news: [{ activity: 'colour', mine: { choices: ['2'] } }] });
  const told = await again.vote('a1', 'colour', '2');
  assert.deepEqual([told.ok, told.position], [true, 3], 'asking again is told the same');
});

test('a deadline closes a poll in both tabs, by one record', async (run) => {
  const pages = await tabs(run, 2);
  const lines = await Promise.all(pages.map((page, number) => Line.enter(page, 'demo', `viewer-${number}`)));
  await lines[0].command('c1', { ...POLL, closes_in_ms: 300 });
  await Promise.all(lines.map((line) => line.tally('colour', { phase: 'closed' })));
  assert.equal((await lines[1].vote('a1', 'colour', '1')).refusal.reason, 'closed');
  const records = await rows(pages[0], 'records');
  assert.deepEqual(records.map(({ body }) => JSON.parse(body).id), ['found', 'c1', 'tick', 'a1']);
});

test('a hundred votes at once from three tabs are counted once each', async (run) => {
  const pages = await tabs(run, 3);
  const lines = await Promise.all(Array.from({ length: 100 },
    (_, number) => Line.enter(pages[number % 3], 'demo', `viewer-${number}`)));
  await lines[0].command('c1', POLL);
  await Promise.all(lines.map((line) => line.tally('colour', { phase: 'open' })));
  const answers = await Promise.all(lines.map((line, number) => line.vote('a1', 'colour', number < 60 ? '1' : '2')));
  assert.ok(answers.every(({ ok }) => ok));
  assert.equal(new Set(answers.map(({ position }) => position)).size, 100);
  await Promise.all(lines.map((line) => line.tally('colour', { votes: [60, 40], voters: 100 })));
});

test('what a desk looks up in a practice room is bounded as on a server, and a number that is no position is refused', async (run) => {
  const [page] = await tabs(run, 1);
  const line = await Line.enter(page, 'demo', 'me');
  await line.command('c1', { type: 'lottery.open', activity: 'cup', title: 'A cup', prizes: [{ name: 'A cup' }] });
  const found = (...given) => page.evaluate((given) => {
    try {
      return test.found('demo', ...given);
    } catch (error) {
      return error.message;
    }
  }, given);
  assert.deepEqual((await found('cup', '', 3)).entrants, []);
  assert.deepEqual((await found('cup', 'x'.repeat(200))).entrants, []);
  assert.equal(await found('cup', 'x'.repeat(201)), 'ask with a text of at most 200 characters');
  for (const odd of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(await found('cup', '', odd), 'that is no position of a log', String(odd));
  }
  assert.equal(await found('not there', ''), 'that is no name');
});

test('two elements of one page are one viewer of one room', async (run) => {
  const [page] = await tabs(run, 1);
  const [one, two] = [await Line.enter(page, 'demo', 'me'), await Line.enter(page, 'demo', 'me', { seat: 'desk' })];
  await two.command('c1', { ...POLL, results: 'after_voting' });
  await one.vote('a1', 'colour', '1');
  await two.until({ type: 'news', news: [{ activity: 'colour', mine: { choices: ['1'] } }] });
  await one.tally('colour', { votes: [1, 0] });
  await one.close();
  assert.equal((await two.command('c2', { type: 'close', activity: 'colour' })).ok, true);
  const said = await one.heard();
  assert.ok(!said.some((news) => JSON.stringify(news).includes('"closed"')), 'a closed line is told nothing');
});

test('where storage is refused the room lives in one tab, and says so', async (run) => {
  const context = await browser.newContext();
  run.after(() => context.close());
  const page = await tab(context, '/alone');
  const line = await Line.enter(page, 'demo', 'one');
  assert.equal(await line.durable(), false);
  await line.command('c1', { ...POLL, closes_in_ms: 5_000 });
  assert.equal((await line.vote('a1', 'colour', '1')).ok, true);
  await line.tally('colour', { votes: [1, 0], phase: 'closed' });
  const stored = await Line.enter(await tab(context), 'demo', 'one');
  assert.deepEqual([await stored.durable(), stored.welcome.activities], [true, []]);
});

test('a full disk refuses as unavailable, loses nothing, and takes the same id later', async (run) => {
  const [page] = await tabs(run, 1);
  const devtools = await page.context().newCDPSession(page);
  const limit = (quotaSize) => devtools.send('Storage.overrideQuotaForOrigin', { origin: server.address, quotaSize });
  await limit(400_000);
  const line = await Line.enter(page, 'demo', 'one');
  assert.equal(await line.durable(), true);
  // The browser counts what is left after packing, so it must not be possible to pack.
  const options = Array.from({ length: 20 }, (_, number) => (
    { text: `Option ${number}`, image: `https://pictures.example/${randomBytes(1_000).toString('hex')}` }));
  const open = (number) => line.command(`c${number}`, { ...POLL, activity: `large-${number}`, options });
  let number = 0;
  let answer;
  do answer = await open(number += 1); while (answer.ok && number < 40);
  assert.equal(answer.refusal?.reason, 'unavailable');
  assert.match(answer.refusal.message, /QuotaExceededError.*same id/);
  await limit(undefined);
  const taken = await open(number);
  assert.deepEqual([taken.ok, taken.position], [true, number + 1]);
  assert.equal((await rows(page, 'records')).length, number + 1);
  assert.equal((await open(1)).position, 2, 'what was answered before is told the same');
});

test('a damaged record closes its room to changes and leaves other rooms alone', async (run) => {
  const [page] = await tabs(run, 1);
  const line = await Line.enter(page, 'demo', 'one');
  await line.command('c1', POLL);
  await line.vote('a1', 'colour', '1');
  await line.close();
  await rows(page, 'records', { at: 12 });
  const damaged = await Line.enter(page, 'demo', 'one');
  await damaged.until({ type: 'room', state: 'damaged' });
  await damaged.tally('colour', { votes: [0, 0] });
  const refused = await damaged.vote('a1', 'colour', '1');
  assert.equal(refused.refusal.reason, 'damaged');
  assert.match(refused.refusal.message, /record 3/);
  const other = await Line.enter(page, 'other', 'one');
  assert.equal((await other.command('c1', POLL)).ok, true);
});

test('storage cleared under an open room is a new room in every tab, not a hang', async (run) => {
  const pages = await tabs(run, 2);
  const [one, two] = await Promise.all(pages.map((page, number) => Line.enter(page, 'demo', `viewer-${number}`)));
  await one.command('c1', POLL);
  const devtools = await pages[0].context().newCDPSession(pages[0]);
  const before = await Promise.all([one.heard(), two.heard()]);
  await devtools.send('Storage.clearDataForOrigin', { origin: server.address, storageTypes: 'indexeddb' });
  const again = await one.until({ type: 'welcome', activities: [], recovered: false }, before[0].length);
  await two.until({ type: 'welcome', epoch: again.epoch }, before[1].length);
  assert.notEqual(again.epoch, one.welcome.epoch);
  assert.equal((await two.command('c1', POLL)).position, 2);
  await one.until({ type: 'news', epoch: again.epoch, news: [{ activity: 'colour', tally: { votes: [0, 0] } }] });
});

test('what cannot be read is refused, and the room goes on', async (run) => {
  const [page] = await tabs(run, 1);
  const line = await Line.enter(page, 'demo', 'one');
  await line.say('{"type":"act"');
  await line.until({ type: 'refused', refusal: { reason: 'malformed' }, closing: false });
  await line.say('x'.repeat(70_000));
  await line.until({ type: 'refused', refusal: { reason: 'too-large' } });
  await line.say({ type: 'ping', sent: 7.5 });
  await line.until({ type: 'pong', sent: 7.5 });
  await assert.rejects(Line.enter(page, 'no room', 'one'), /room: an id is/);
});

test('a page may send, close and fail within what it is told', async (run) => {
  const [page] = await tabs(run, 1);
  const told = await page.evaluate(async () => {
    const failures = [];
    addEventListener('error', (event) => {
      event.preventDefault();
      failures.push(event.message);
    });
    const types = [];
    await new Promise((done) => {
      test.open('demo', 'one', (text) => {
        const { type, sent } = JSON.parse(text);
        types.push(type);
        if (type === 'welcome') for (let sent = 0; sent < 3; sent += 1) line.send(JSON.stringify({ type: 'ping', sent }));
        if (sent === 1) {
          line.close();
          done();
          throw new Error('of the page');
        }
      }).then((opened) => {
        globalThis.line = opened;
        line.send('{"type":"hello","version":1}');
      });
    });
    await new Promise((later) => setTimeout(later));
    line.send('{"type":"ping","sent":9}');
    line.close();
    return { types, failures };
  });
  assert.deepEqual(told, { types: ['welcome', 'room', 'pong', 'pong'], failures: ['Uncaught Error: of the page'] });
});

test('nothing is left behind by two hundred rooms that were entered and left', async (run) => {
  const [page] = await tabs(run, 1);
  const figures = await page.evaluate(async () => {
    const open = new Set();
    const Channel = BroadcastChannel;
    globalThis.BroadcastChannel = class extends Channel {
      constructor(name) { super(name); open.add(this); }
      close() { super.close(); open.delete(this); }
    };
    const close = IDBDatabase.prototype.close;
    const databases = new Set();
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) { databases.add(this); return transaction.apply(this, given); };
    IDBDatabase.prototype.close = function () { databases.delete(this); close.call(this); };
    const enter = async () => {
      const line = await test.open('demo', 'one', () => {});
      line.send('{"type":"hello","version":1}');
      line.close();
      line.free();
    };
    for (let time = 0; time < 20; time += 1) await enter();
    const before = test.memory();
    for (let time = 0; time < 200; time += 1) await enter();
    return { channels: open.size, databases: databases.size, grown: test.memory() - before };
  });
  assert.deepEqual(figures, { channels: 0, databases: 0, grown: 0 });
});

test('what was answered is there after the browser was killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'liveroom-practice-'));
  try {
    let context = await browseWith(folder);
    const line = await Line.enter(await tab(context), 'demo', 'one');
    await line.command('c1', POLL);
    assert.equal((await line.vote('a1', 'colour', '2')).ok, true);
    const gone = new Promise((close) => context.on('close', close));
    const devtools = await context.browser().newBrowserCDPSession();
    devtools.send('Browser.crash').catch(() => {});
    await gone;
    context = await browseWith(folder);
    const again = await Line.enter(await tab(context), 'demo', 'one');
    await again.tally('colour', { votes: [0, 1] });
    await context.close();
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});
