// Where sockets are blocked a viewer takes part all the same, by plain HTTP, and is told that it is slow.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, serve } from './harness.mjs';
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

const BLOCKS = {
  'by an exception': () => {
    globalThis.WebSocket = class {
      constructor() {
        throw new DOMException('blocked', 'SecurityError');
      }
    };
  },
  'by a proxy that closes them': () => {
    globalThis.WebSocket = class {
      constructor() {
        queueMicrotask(() => this.onclose());
      }

      close() {}
    };
  },
};

/* A viewer's page without sockets, on another origin than the room. */
async function visit(run, { block = Object.values(BLOCKS)[0], attributes = '' } = {}) {
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  page.posts = [];
  page.on('request', (request) => request.url().endsWith('/messages') && page.posts.push(request.postDataJSON()));
  await page.addInitScript(block);
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address}`);
  await page.goto(site.page(`<live-room room="demo" server="${server.address}" ${attributes}><live-poll></live-poll></live-room>`, { policy }));
  return page;
}

const errors = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail));

for (const [name, block] of Object.entries(BLOCKS)) {
  test(`a viewer whose sockets are blocked ${name} votes, sees others vote, and is told that it is slow`, async (run) => {
    const { activity } = await server.command(POLL);
    run.after(() => server.command({ type: 'put_away', activity }));
    const page = await visit(run, { block });
    const card = page.locator('live-poll');
    await card.getByText('Slow connection. Numbers come every few seconds.').waitFor();
    assert.equal(await page.evaluate(() => kit.room().status.connection), 'slow');
    await page.getByRole('radio', { name: 'Blue' }).check();
    await page.getByRole('button', { name: 'Vote', exact: true }).click();
    await card.getByText('Vote counted').waitFor();
    assert.equal((await server.vote(`${name.length}`, activity, '1')).ok, true);
    await card.getByText('2 voters').waitFor();
    /* One ballot an identity, by whatever road. */
    await page.getByRole('radio', { name: 'Red' }).check();
    await page.getByRole('button', { name: 'Change vote' }).click();
    await page.waitForFunction(() => kit.heard.filter(({ name, detail }) => name === 'live-outcome' && detail.ok).length === 2);
    await card.getByText('2 voters').waitFor();
    const [, act] = page.posts.filter((frames) => frames.some(({ type }) => type === 'act'));
    assert.equal(act[0].type, 'hello', 'each post says who asks');
    assert.deepEqual([await errors(page), page.faults], [[], []]);
  });
}

test('a room that refuses a page over HTTP says why once, and lets it in with a better token', async (run) => {
  const page = await visit(run, { attributes: 'token="garbage" quiet' });
  const { detail } = await page.evaluate(() => kit.until('live-error'));
  assert.deepEqual([detail.code, detail.message], ['refused', 'the room refused this page: a token is a JWT signed with EdDSA or HS256']);
  await page.evaluate((token) => (kit.room().token = token), await server.token('viewer'));
  await page.waitForFunction(() => kit.room().status.connection === 'slow' && kit.room().status.level === 'token');
  assert.equal((await errors(page)).length, 1);
});

test('a command over HTTP does not wait for the next question, also while the page is hidden', async (run) => {
  const page = await visit(run, { attributes: `token="${await server.token('owner')}"` });
  await page.waitForFunction(() => kit.room().status.connection === 'slow');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const answer = await page.evaluate((command) => kit.room().command(command), POLL);
  assert.equal(answer.ok, true, JSON.stringify(answer));
  await server.command({ type: 'put_away', activity: answer.activity });
});
