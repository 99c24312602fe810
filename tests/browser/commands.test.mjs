// What a page hands over: whatever it is, and whatever becomes of it, there is no exception, and each command is settled.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, poll, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const POLL = { type: 'poll.open', question: 'Red or blue?', options: ['Red', 'Blue'] };
let browser;
let server;
let site;

before(async () => {
  [browser, site, server] = [await browse(), await serve(), await start()];
});
after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

async function visit(run, attributes = '', { from = site, kit = '/kit/liveroom.js', without = '' } = {}) {
  const policy = POLICY.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*").replace(without, '');
  const page = await open(browser, from.page(`<live-room quiet ${attributes}><live-poll></live-poll></live-room>`, { policy, kit }));
  run.after(() => page.context().close());
  return page;
}

const errors = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail));
const give = (page, command, options) => page.evaluate(([command, options]) => kit.room().command(command, options), [command, options]);
const isLive = (page) => page.waitForFunction(() => kit.room().status.connection === 'live');

for (const [when, isEarly] of [['before anything is loaded', true], ['once all is there', false]]) {
  test(`what JSON cannot hold is one live-error each, and no exception: ${when}`, async (run) => {
    const page = await visit(run, '', { kit: '' });
    const told = await page.evaluate(async (isEarly) => {
      await import('/kit/liveroom.js');
      const room = kit.room();
      if (!isEarly) await room.ready;
      const fail = () => {
        throw new Error('no');
      };
      const circle = { type: 'poll.open' };
      circle.self = circle;
      const bad = [circle, { votes: 10n }, fail, Symbol('x'), { toJSON: fail }, Object.defineProperty({}, 'type', { get: fail, enumerable: true })];
      const answers = [];
      for (const value of bad) {
        room.receive(value);
        answers.push(room.command(value), room.report('like', value));
      }
      return Promise.all(answers);
    }, isEarly);
    for (const [place, answer] of told.entries()) {
      if (place % 2) assert.equal(answer, false);
      else assert.deepEqual([answer.ok, answer.refusal.reason], [false, 'malformed'], JSON.stringify(answer));
    }
    const codes = (await errors(page)).map(({ code }) => code);
    assert.deepEqual(codes, Array(6).fill(['receive', 'command', 'report']).flat());
    /* What was handed over counts as it was then. */
    await page.evaluate((news) => {
      kit.room().receive(news);
      news.news[0].card.question = 'Changed?';
    }, poll('colour'));
    await page.locator('live-poll').getByText('Which colour next?').waitFor();
    assert.deepEqual(page.faults, []);
  });
}

test('strings and an answer to live-act that JSON cannot hold are one live-error each, and the page goes on', async (run) => {
  const page = await visit(run);
  await page.evaluate((news) => {
    const circle = {};
    circle.self = circle;
    kit.room().strings = circle;
    kit.room().receive(news);
    addEventListener('live-act', (event) => event.respondWith({ ok: true, mine: circle }));
  }, poll('colour'));
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-outcome', { ok: false, refusal: { reason: 'unanswered' } }));
  assert.deepEqual(new Set((await errors(page)).map(({ code }) => code)), new Set(['strings', 'respond']));
  assert.deepEqual(page.faults, []);
});

for (const [name, attributes, reason] of [
  ['a token that is none', 'room="demo" token="garbage"', 'bad-token'],
  ['a room that is not there', 'room="nowhere"', 'not-found'],
]) {
  test(`a command to ${name} is refused with the room's own reason`, async (run) => {
    const page = await visit(run, `${attributes} server="${server.address}"`);
    const answer = await give(page, POLL);
    assert.deepEqual([answer.ok, answer.refusal.reason], [false, reason], JSON.stringify(answer));
    /* And the next at once, while the line is not tried again. */
    const began = Date.now();
    assert.equal((await give(page, POLL)).refusal.reason, reason);
    assert.ok(Date.now() - began < 8_000);
    assert.equal((await errors(page)).length, 1);
  });
}

test('a command in a room whose token is mended is carried out', async (run) => {
  const page = await visit(run, `room="demo" token="garbage" server="${server.address}"`);
  await page.evaluate(() => kit.until('live-error', { code: 'refused' }));
  const answer = await page.evaluate(([command, token]) => {
    kit.room().token = token;
    return kit.room().command(command);
  }, [POLL, await server.token('owner')]);
  assert.equal(answer.ok, true, JSON.stringify(answer));
  await server.command({ type: 'put_away', activity: answer.activity });
});

for (const [name, file] of [['script', 'practice.js'], ['module', 'practice.wasm']]) {
  test(`a practice room whose ${name} does not load is one live-error, settles commands, and opens once it does`, async (run) => {
    let isThere = false;
    const from = await serve((request, response) => {
      if (isThere || !request.url.endsWith(file)) return false;
      response.writeHead(503).end();
      return true;
    });
    run.after(() => from.stop());
    const page = await visit(run, 'room="den" server="local:"', { from });
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await give(page, POLL);
      assert.deepEqual([answer.ok, answer.refusal.reason], [false, 'unavailable'], JSON.stringify(answer));
      assert.match(answer.refusal.message, /practice room cannot be opened/);
    }
    assert.deepEqual((await errors(page)).map(({ code }) => code), ['practice']);
    isThere = true;
    await isLive(page);
    assert.equal((await give(page, POLL)).ok, true);
  });
}

test('a command where the module cannot run is refused, and says why', async (run) => {
  for (const server of ['local:', site.address]) {
    const page = await visit(run, `room="den" server="${server}"`, { without: "'wasm-unsafe-eval'" });
    const { ok, refusal } = await give(page, POLL);
    assert.deepEqual([ok, refusal.reason], [false, 'unavailable']);
    assert.match(refusal.message, /WebAssembly cannot run here/);
  }
});

test('a command to a server that is not there was not sent, and says so', async (run) => {
  const page = await visit(run, 'room="demo" server="http://127.0.0.1:9"');
  await page.evaluate(() => kit.room().ready);
  await page.clock.install();
  const answer = give(page, POLL);
  await page.waitForFunction(() => kit.room().status.connection !== 'off');
  await page.clock.fastForward(31_000);
  const { refusal } = await answer;
  assert.equal(refusal.reason, 'unavailable');
  assert.match(refusal.message, /was not sent$/);
});

test('a command that nobody answers may have been carried out, and given again under its id it is once', async (run) => {
  const page = await visit(run, `room="demo" token="${await server.token('owner')}" server="${server.address}"`);
  await isLive(page);
  await server.freeze();
  run.after(() => server.thaw());
  const { id, ok, refusal } = await give(page, { ...POLL, question: 'Once?' });
  assert.deepEqual([ok, refusal.reason], [false, 'unanswered']);
  assert.ok(refusal.message.includes(`{id: '${id}'}`), refusal.message);
  server.thaw();
  await isLive(page);
  const again = await give(page, { ...POLL, question: 'Once?' }, { id });
  assert.deepEqual([again.ok, again.id], [true, id], JSON.stringify(again));
  await page.locator('live-poll').getByText('Once?').waitFor();
  assert.equal(await page.evaluate(() => kit.room().status.activities.length), 1);
  const wrong = await give(page, POLL, { id: 'a b' });
  assert.deepEqual([wrong.ok, wrong.refusal.reason], [false, 'malformed']);
  await server.command({ type: 'put_away', activity: again.activity });
});
