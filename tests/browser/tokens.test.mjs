// Tokens at a real server: when the page is asked for one, and that nothing it gives or fails to give, and no clock, breaks it.

import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { sign } from '../../demo/shop/jwt.mjs';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const KEY = 'k'.repeat(32);
const TEN_YEARS = 315_576_000_000;
let browser;
let folder;
let server;
let site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  await writeFile(join(folder, 'key'), KEY);
  [browser, site, server] = [await browse(), await serve(), await start({ key: join(folder, 'key') })];
});
after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
  await rm(folder, { recursive: true });
});

/* A token as the page's own server signs it. */
const token = (sub = 'ann', life = 600) => sign({ aud: 'demo', sub, role: 'viewer', exp: Math.floor(Date.now() / 1_000) + life }, KEY);

/* A page that has no room yet, with its sockets and what was sent on them; `by`: how wrong its clock is. */
async function visit(run, { by = 0, mint = () => token() } = {}) {
  const { address } = server;
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${address} ${address.replace('http', 'ws')}`);
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  page.lines = [];
  page.wire = new EventEmitter();
  page.on('websocket', (line) => {
    const sent = [];
    page.lines.push(sent);
    line.on('framesent', ({ payload }) => {
      sent.push(JSON.parse(payload));
      page.wire.emit('sent');
    });
  });
  await page.exposeFunction('mint', mint);
  await page.addInitScript((by) => {
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...given) {
        if (given.length) super(...given);
        else super(Right.now() + by);
      }

      static now() {
        return Right.now() + by;
      }
    };
    window.asked = [];
    /* A provider, and when it was asked. */
    window.asks = (give) => () => {
      asked.push(performance.now());
      return give();
    };
    window.enter = (set = {}, attributes = {}) => {
      const room = Object.assign(document.createElement('live-room'), set);
      for (const [name, value] of Object.entries({ room: 'demo', ...attributes })) room.setAttribute(name, value);
      room.append(...['poll', 'lottery'].map((widget) => document.createElement(`live-${widget}`)));
      document.body.append(room);
    };
  }, by);
  await page.goto(site.page('', { policy }));
  return page;
}

const status = (page) => page.evaluate(() => kit.room().status);
const isLive = (page, level = 'token') => page.waitForFunction((level) => {
  const { connection, level: known = 'device' } = kit.room()?.status ?? {};
  return connection === 'live' && known === level;
}, level, { polling: 50 });
const errors = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail));
const kinds = (sent) => sent.map(({ type }) => type).filter((type) => !['ping', 'hidden'].includes(type));
const wasAsked = (page, times) => page.waitForFunction((times) => asked.length >= times, times, { timeout: 60_000 });
/* Resolves when the room tells everybody of these votes; it is asked until it does, as its news are paced. */
async function tallied(activity, { voters, votes }) {
  for (let said; said !== JSON.stringify([voters, votes]);) {
    const frames = await (await fetch(`${server.address}/v1/rooms/demo`)).json();
    const { tally } = frames.flatMap(({ news = [] }) => news).find((one) => one.activity === activity && one.tally) ?? {};
    said = JSON.stringify([tally?.voters, tally?.votes]);
  }
}

/* Resolves when so many frames of a kind have left on a line. */
async function sent(page, kind, times = 1, line = 0) {
  while ((page.lines[line] ?? []).filter(({ type }) => type === kind).length < times) await once(page.wire, 'sent');
}

test('the page is asked once, before the first line, and the viewer is who it says', async (run) => {
  const page = await visit(run);
  await page.evaluate((server) => enter({ tokenProvider: asks(() => mint()) }, { server }), server.address);
  await isLive(page);
  assert.deepEqual([page.lines.length, kinds(page.lines[0])], [1, ['hello']]);
  assert.equal(await page.evaluate(() => asked.length), 1);
  assert.deepEqual(await errors(page), []);
});

for (const [name, by] of [['right', 0], ['ten years fast', TEN_YEARS], ['ten years slow', -TEN_YEARS], ['an hour fast', 3_700_000]]) {
  test(`a token is renewed before its end, on the line that there is: the clock is ${name}`, async (run) => {
    const page = await visit(run, { by, mint: () => token('ann', 16) });
    await page.evaluate((server) => enter({ tokenProvider: asks(() => mint()) }, { server }), server.address);
    await isLive(page);
    await sent(page, 'renew');
    const times = await page.evaluate(() => asked);
    assert.ok(times.length <= 4, `asked ${times.length} times`);
    assert.ok(times[1] - times[0] > 2_000, `asked again after ${times[1] - times[0]} ms`);
    assert.deepEqual([page.lines.length, (await status(page)).connection, await errors(page)], [1, 'live', []]);
  });
}

/* What a provider does → the code of the live-error. */
const FAILURES = { throws: 'token', rejects: 'token', 'gives a number': 'token', 'gives an object': 'token', 'gives garbage': 'refused', 'gives an ended one': 'refused' };
for (const [name, code] of Object.entries(FAILURES)) {
  test(`a provider that ${name} is one live-error, is asked less and less often, and heard once it has a token`, async (run) => {
    const page = await visit(run);
    await page.evaluate(([server, name, ended]) => {
      const fail = {
        throws: () => {
          throw new Error('no session');
        },
        rejects: () => Promise.reject(),
        'gives a number': () => 7,
        'gives an object': () => ({ token: 'x' }),
        'gives garbage': () => 'garbage',
        'gives an ended one': () => ended,
      }[name];
      enter({ tokenProvider: asks(() => (window.isGood ? mint() : fail())) }, { server });
    }, [server.address, name, token('ann', -600)]);
    await wasAsked(page, 4);
    assert.deepEqual((await errors(page)).map((error) => error.code), [code]);
    await page.evaluate(() => (window.isGood = true));
    await isLive(page);
    assert.equal((await errors(page)).length, 1);
    assert.deepEqual(page.faults.filter((fault) => !fault.startsWith('<live-room>')), []);
  });
}

test('a provider that never answers is one live-error, and heard if it does after all', async (run) => {
  const page = await visit(run);
  await page.evaluate((server) => enter({ tokenProvider: asks(() => new Promise((resolve) => (window.answer = resolve))) }, { server }), server.address);
  const { detail } = await page.evaluate(() => kit.until('live-error'));
  assert.equal(detail.code, 'token');
  assert.match(detail.message, /within 10 s/);
  await page.evaluate(async () => answer(await mint()));
  await isLive(page);
  assert.equal((await errors(page)).length, 1);
});

test('a provider that fails at renewal does not end the line, and may have another before the end', async (run) => {
  const page = await visit(run, { mint: () => token('ann', 16) });
  await page.evaluate((server) => {
    const give = () => (asked.length === 2 ? Promise.reject(new Error('busy')) : mint());
    enter({ tokenProvider: asks(give) }, { server });
  }, server.address);
  await isLive(page);
  await page.evaluate(() => kit.until('live-error', { code: 'token' }));
  assert.equal((await status(page)).connection, 'live');
  await wasAsked(page, 3);
  await isLive(page);
  assert.equal((await errors(page)).length, 1);
});

test('a provider that is set on a live room is asked at once, and the viewer is another from then on', async (run) => {
  const page = await visit(run);
  await page.evaluate((server) => enter({}, { server }), server.address);
  await isLive(page, 'device');
  await page.evaluate(() => (kit.room().tokenProvider = asks(() => mint())));
  await isLive(page);
  assert.deepEqual([page.lines.length, await page.evaluate(() => asked.length)], [2, 1]);
  /* Another of the same account renews the line; none is nobody. */
  await page.evaluate(() => (kit.room().tokenProvider = asks(() => mint())));
  await sent(page, 'renew', 1, 1);
  await page.evaluate(() => (kit.room().tokenProvider = null));
  await sent(page, 'hello', 1, 2);
  await isLive(page, 'device');
  assert.deepEqual([page.lines.length, await errors(page)], [3, []]);
});

test('a token of another account is said by a new hello at once, and one of the same renews', async (run) => {
  const page = await visit(run);
  await page.evaluate(([server, token]) => enter({}, { server, token }), [server.address, token('ann')]);
  await isLive(page);
  await page.evaluate((token) => (kit.room().token = token), token('ann', 500));
  await sent(page, 'renew');
  await page.evaluate((token) => (kit.room().token = token), token('bob'));
  await sent(page, 'hello', 1, 1);
  await isLive(page);
  assert.deepEqual(page.lines.map(kinds), [['hello', 'renew'], ['hello']]);
  assert.deepEqual(await errors(page), []);
});

test('a room that a viewer signs in to takes part under the account', async (run) => {
  const { activity } = await server.command({ type: 'lottery.open', title: 'Teapots', prizes: [{ name: 'Teapot' }] });
  run.after(() => server.command({ type: 'put_away', activity }));
  const page = await visit(run);
  await page.evaluate((server) => enter({}, { server }), server.address);
  await page.getByRole('button', { name: 'Enter the draw' }).click();
  await page.evaluate(() => kit.until('live-outcome', { refusal: { reason: 'needs-sign-in' } }));
  await page.evaluate(() => (kit.room().tokenProvider = () => mint()));
  await isLive(page);
  await page.getByRole('button', { name: 'Enter the draw' }).click();
  await page.getByText('You are in the draw').waitFor();
});

test('M5: a viewer who voted signs in, and has that one vote', async (run) => {
  const { activity } = await server.command({ type: 'poll.open', question: 'Which?', options: ['Red', 'Blue'], can_change: true });
  run.after(() => server.command({ type: 'put_away', activity }));
  const page = await visit(run);
  await page.evaluate((server) => enter({}, { server }), server.address);
  await page.getByRole('radio', { name: 'Blue' }).check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-outcome', { act: 'vote', ok: true }));
  await page.evaluate(() => (kit.room().tokenProvider = () => mint()));
  await isLive(page);
  await page.getByRole('radio', { name: 'Blue', checked: true }).waitFor();
  await tallied(activity, { voters: 1, votes: [0, 1] });
  /* In another browser it is the same vote, changed and not cast again. */
  const other = await visit(run);
  await other.evaluate((server) => enter({ tokenProvider: () => mint() }, { server }), server.address);
  await other.getByRole('radio', { name: 'Blue', checked: true }).waitFor();
  await other.getByRole('radio', { name: 'Red' }).check();
  await other.getByRole('button', { name: 'Change vote' }).click();
  await page.getByRole('radio', { name: 'Red', checked: true }).waitFor();
  await tallied(activity, { voters: 1, votes: [1, 0] });
});
