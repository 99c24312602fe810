// Elements in a practice room that lose their line, or find another room on it: they stay who they are, and go on.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const ROOM = '<live-room room="den" server="local:"><live-poll></live-poll></live-room>';
const POLL = { type: 'poll.open', activity: 'colour', question: 'Which?', options: ['Red', 'Blue'] };
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

async function visit(run, prepare = () => {}) {
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  await page.addInitScript(prepare);
  await page.goto(site.page(ROOM));
  return page;
}

/* In the page: the browser keeps nothing for a tab. */
function refuse() {
  Object.defineProperty(window, 'sessionStorage', {
    get() {
      throw new DOMException('refused', 'SecurityError');
    },
  });
}

const command = (page, what) => page.evaluate((what) => kit.room().command(what), what);
const isLive = (page) => page.waitForFunction(() => kit.room().status.connection === 'live');

async function vote(page, option) {
  await page.getByLabel(option).check();
  await page.getByRole('button', { name: /^(Vote|Change vote)$/ }).click();
  await page.getByText('Vote counted', { exact: true }).waitFor();
}

/* Takes the line away and back, as a page does that moves between rooms. */
async function rejoin(page) {
  await page.evaluate(() => kit.room().removeAttribute('server'));
  await page.waitForFunction(() => kit.room().status.connection !== 'live');
  await page.evaluate(() => kit.room().setAttribute('server', 'local:'));
  await isLive(page);
}

test('where the browser keeps nothing for a tab, a practice viewer is the same one on each line', async (run) => {
  const page = await visit(run, refuse);
  assert.equal((await command(page, POLL)).ok, true);
  await vote(page, 'Red');
  await rejoin(page);
  await page.getByText('Vote counted', { exact: true }).waitFor();
  await vote(page, 'Blue');
  await page.getByText('1 voter', { exact: true }).waitFor();
  assert.equal(await page.getByText('2 voters', { exact: true }).count(), 0);
});

test('a room whose storage was cleared welcomes again, and the elements go on in the new one', async (run) => {
  const page = await visit(run);
  assert.equal((await command(page, POLL)).ok, true);
  await vote(page, 'Red');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: site.address, storageTypes: 'indexeddb' });
  await page.waitForFunction(() => kit.room().status.activities.length === 0);
  assert.equal(await page.getByLabel('Red').count(), 0, 'what was is forgotten');
  assert.equal((await command(page, { ...POLL, question: 'Which now?' })).ok, true);
  await page.getByText('Which now?', { exact: true }).waitFor();
  await page.getByText('No votes yet', { exact: true }).waitFor();
  await vote(page, 'Blue');
  await page.getByText('1 voter', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => kit.room().status.connection), 'live');
  const errors = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));
  assert.deepEqual(errors, []);
});
