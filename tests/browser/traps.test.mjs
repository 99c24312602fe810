// Traps: whatever breaks in the module, the page goes on, and so do the widgets as far as they can.
//
// A trap is made from outside: what the module asks of the browser throws while a mark is set, which in the module is a panic.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, poll, POLICY, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await serve();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

async function visit(run, body = '<live-room><live-poll></live-poll></live-room>', options) {
  const page = await open(browser, server.page(body, options));
  run.after(() => page.context().close());
  page.exceptions = [];
  page.on('pageerror', (error) => page.exceptions.push(String(error)));
  await page.evaluate(() => {
    const create = Document.prototype.createTextNode;
    /* Texts that are drawn while `window.poison` is part of them trap. */
    Document.prototype.createTextNode = function (text) {
      if (window.poison && text.includes(window.poison)) throw new Error('made to fail');
      return create.call(this, text);
    };
  });
  return page;
}

const tell = (page, news) => page.evaluate((message) => kit.room().receive(message), news);
const shown = (page, text, widget = 'live-poll') => page.locator(widget).getByText(text, { exact: true }).first().waitFor();
const traps = (page) => page.evaluate(() => kit.heard.filter(({ detail }) => detail?.code === 'trap').map(({ detail }) => detail.message));
const isTrapped = (page, count) => page.waitForFunction((wanted) => kit.heard.filter(({ detail }) => detail?.code === 'trap').length === wanted, count);

test('after a trap all is shown again but what trapped, and that once it changes', async (run) => {
  const page = await visit(run, '<live-room><live-poll activity="good"></live-poll><live-poll activity="bad"></live-poll></live-room>');
  await tell(page, poll('good', { question: 'Good?', votes: [3, 5], rev: 4 }));
  await shown(page, 'Good?', 'live-poll[activity=good]');
  await page.evaluate(() => (window.poison = 'Bad'));
  await tell(page, poll('bad', { question: 'Bad?', rev: 5 }));
  await isTrapped(page, 1);
  await shown(page, 'Good?', 'live-poll[activity=good]');
  await shown(page, '8 voters', 'live-poll[activity=good]');
  assert.equal(await page.locator('live-poll[activity=bad] [part~=base]').count(), 0);
  await tell(page, poll('bad', { question: 'Bad?', rev: 5 }));
  await tell(page, poll('good', { question: 'Good?', votes: [3, 6], rev: 6 }));
  await shown(page, '9 voters', 'live-poll[activity=good]');
  assert.equal((await traps(page)).length, 1, 'the same news is not handed in again');
  await tell(page, poll('bad', { question: 'Better?', rev: 7 }));
  await shown(page, 'Better?', 'live-poll[activity=bad]');
  assert.deepEqual(page.exceptions, []);
});

test('a vote that was on its way is answered after a trap', async (run) => {
  const page = await visit(run, '<live-room><live-poll activity="good"></live-poll><live-poll activity="bad"></live-poll></live-room>');
  await tell(page, poll('good', { question: 'Good?', rev: 1 }));
  await shown(page, 'Good?', 'live-poll[activity=good]');
  await page.evaluate(() => (window.poison = 'Bad'));
  await tell(page, poll('bad', { question: 'Bad?', rev: 2 }));
  await isTrapped(page, 1);
  await shown(page, 'Good?', 'live-poll[activity=good]');
  await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: true })));
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await shown(page, 'Vote counted', 'live-poll[activity=good]');
});

test('an activity that traps twice in a minute becomes a plain form that works', async (run) => {
  const page = await visit(run, '<live-room><live-poll activity="good"></live-poll><live-poll activity="bad"></live-poll></live-room>');
  await page.evaluate(() => {
    window.poison = 'Bad';
    addEventListener('live-act', (event) => event.respondWith({ ok: true, mine: { choices: event.detail.action.choices } }));
  });
  await tell(page, poll('good', { question: 'Good?', rev: 1 }));
  await tell(page, poll('bad', { question: 'Bad?', rev: 2 }));
  await isTrapped(page, 1);
  await page.waitForFunction(() => kit.room().status.wasm === 'ready');
  await tell(page, poll('bad', { question: 'Bad again?', rev: 3 }));
  await isTrapped(page, 2);
  assert.match((await traps(page))[1], /plain form/);
  await page.waitForFunction(() => kit.room().status.wasm === 'ready');
  await page.evaluate(() => (window.poison = undefined));
  await tell(page, poll('bad', { question: 'Bad still?', rev: 4 }));
  await shown(page, 'Bad still?', 'live-poll[activity=bad]');
  const bad = page.locator('live-poll[activity=bad]');
  assert.equal(await bad.locator('[part~=base]').count(), 0);
  await bad.getByLabel('Blue').check();
  await bad.getByRole('button', { name: 'Vote' }).click();
  await page.evaluate(() => kit.until('live-outcome', { activity: 'bad', ok: true }));
  await bad.getByRole('button', { name: 'Change vote' }).waitFor();
  await tell(page, poll('bad', { question: 'Bad still?', votes: [1, 4], rev: 6 }));
  await bad.getByText('4', { exact: true }).waitFor();
  await shown(page, 'Good?', 'live-poll[activity=good]');
  assert.deepEqual(page.exceptions, []);
});

test('a kit that traps five times in a minute is plain forms until the page is loaded again', async (run) => {
  const page = await visit(run);
  await page.evaluate(() => (window.poison = 'Bad'));
  for (let turn = 1; turn <= 5; turn += 1) {
    await tell(page, poll(`bad-${turn}`, { question: `Bad ${turn}?`, rev: turn }));
    await isTrapped(page, turn);
    if (turn < 5) await page.waitForFunction(() => kit.room().status.wasm === 'ready');
  }
  await page.evaluate(() => {
    window.poison = undefined;
    addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'closed' }));
  });
  await tell(page, poll('plain', { question: 'Plainly?', rev: 9 }));
  await shown(page, 'Plainly?');
  assert.equal(await page.evaluate(() => kit.room().status.wasm), 'failed');
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote' }).click();
  const { detail } = await page.evaluate(() => kit.until('live-outcome'));
  assert.deepEqual([detail.ok, detail.refusal], [false, { reason: 'closed' }]);
  assert.deepEqual(page.exceptions, []);
});

test('what the page\'s own listeners throw is no trap, and reaches the page', async (run) => {
  const page = await visit(run);
  await tell(page, poll('colour'));
  await shown(page, 'Which colour next?');
  await page.evaluate(() => addEventListener('live-act', () => {
    throw new Error('the page\'s own');
  }));
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-act'));
  await shown(page, 'Sending');
  assert.deepEqual(await traps(page), []);
  assert.equal(page.exceptions.length, 1);
});

test('without WebAssembly a plain form acts, and one live-error says why', async (run) => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const page = await visit(run, undefined, { policy });
  await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: true, mine: { choices: ['blue'] } })));
  await tell(page, poll('colour', { votes: [3, 5] }));
  await shown(page, 'Which colour next?');
  await page.getByLabel('Blue').check();
  await page.getByRole('button', { name: 'Vote' }).click();
  const { detail } = await page.evaluate(() => kit.until('live-outcome'));
  assert.deepEqual([detail.ok, detail.mine.choices], [true, ['blue']]);
  await page.getByRole('button', { name: 'Change vote' }).waitFor();
  await tell(page, poll('colour', { phase: 'closed', votes: [3, 6] }));
  await page.getByRole('button', { name: 'Closed' }).waitFor();
  const told = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail: { code } }) => code));
  assert.deepEqual(told, ['webassembly']);
  assert.deepEqual(page.exceptions, []);
});

test('a plain form takes a vote for none of the options where any number may be chosen, and knows it again', async (run) => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const page = await visit(run, undefined, { policy });
  const any = { question: 'Which of them?', max_choices: 0 };
  const votes = () => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-act').map(({ detail }) => detail.action));
  await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: true })));
  await tell(page, poll('any', { ...any, rev: 1 }));
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  const hint = page.getByText('Nothing is chosen. Press again to vote for none of them.');
  await hint.waitFor();
  await page.getByLabel('Red').check();
  assert.equal(await hint.count(), 0, 'a choice takes the question back');
  await page.getByLabel('Red').uncheck();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await hint.waitFor();
  await tell(page, poll('any', { ...any, votes: [1, 0], rev: 2 }));
  assert.equal(await hint.count(), 1, 'a number that comes does not');
  assert.deepEqual(await votes(), []);
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  const { detail } = await page.evaluate(() => kit.until('live-outcome'));
  assert.deepEqual([detail.ok, detail.mine], [true, { choices: [], voted: true }]);
  assert.deepEqual(await votes(), [{ type: 'poll.vote', choices: [] }]);
  await page.getByRole('button', { name: 'Change vote' }).waitFor();
  await page.getByRole('button', { name: 'Withdraw vote' }).click();
  await page.getByRole('button', { name: 'Vote', exact: true }).waitFor();
  const told = poll('any', { ...any, rev: 3 });
  told.news[0].mine = { widget: 'poll', choices: [], voted: true };
  await tell(page, told);
  await page.getByRole('button', { name: 'Change vote' }).waitFor();
  assert.deepEqual(page.exceptions, []);
});

test('a plain form of one choice sends nothing while nothing is chosen', async (run) => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const page = await visit(run, undefined, { policy });
  await tell(page, poll('one', { question: 'Which one?' }));
  const send = page.getByRole('button', { name: 'Vote', exact: true });
  await send.click();
  await send.click();
  await page.getByLabel('Blue').check();
  await send.click();
  const { detail } = await page.evaluate(() => kit.until('live-act'));
  assert.deepEqual(detail.action, { type: 'poll.vote', choices: ['blue'] });
});

test('a module that is not what was published is not run', async (run) => {
  const other = await serve((request, response) => {
    if (!request.url.endsWith('elements.wasm')) return false;
    response.writeHead(200, { 'content-type': 'application/wasm' }).end(Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    return true;
  });
  run.after(() => other.stop());
  const page = await open(browser, other.page('<live-room><live-poll></live-poll></live-room>'));
  run.after(() => page.context().close());
  await tell(page, poll('colour'));
  await shown(page, 'Which colour next?');
  assert.equal(await page.evaluate(() => kit.room().status.wasm), 'failed');
});
