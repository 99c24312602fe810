// Docks: what is open stands in the place that the page names, as far from the edges as it says, and leaves the rest to the page.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const VIEW = { width: 900, height: 700 };
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

/* A room that shows a poll in its dock; `css` is the page's. */
async function visit(run, { dock = 'bottom-end', css = '', dir = 'ltr', ...options } = {}) {
  const head = `<style>html{direction:${dir}}body{margin:0}${css}</style>`;
  const body = `<button id="under">Under</button><live-room dock="${dock}"></live-room>`;
  const page = await open(browser, server.page(body, { head, policy: '' }), { viewport: VIEW, reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  await tell(page, poll('colour'));
  await page.locator('live-poll [part~=base]').waitFor();
  return page;
}

const tell = (page, news) => page.evaluate((message) => kit.room().receive(message), news);

/* How far the card is from each edge of the view, in whole pixels. */
const edges = (page) => page.locator('live-poll [part~=base]').evaluate((card) => {
  const { left, top, right, bottom } = card.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  return Object.fromEntries(Object.entries({ left, top, right: clientWidth - right, bottom: clientHeight - bottom }).map(([edge, px]) => [edge, Math.round(px)]));
});

const PLACES = { 'bottom-end': ['bottom', 'right'], 'bottom-start': ['bottom', 'left'], bottom: ['bottom'], 'top-end': ['top', 'right'], 'top-start': ['top', 'left'], top: ['top'] };
const MIRRORED = { left: 'right', right: 'left' };

for (const [dock, places] of Object.entries(PLACES)) {
  for (const dir of ['ltr', 'rtl']) {
    test(`dock="${dock}" is where it says, ${dir}, and as far from the edges as the page wants`, async (run) => {
      for (const [css, inset] of [['', 16], ['live-room{--live-dock-inset:48px}', 48], [':root{--live-dock-inset:0px}', 0]]) {
        const page = await visit(run, { dock, css, dir });
        const at = await edges(page);
        const wanted = places.map((place) => (dir === 'rtl' && MIRRORED[place]) || place);
        for (const edge of wanted) assert.equal(at[edge], inset, `${edge} of ${JSON.stringify(at)}`);
        if (places.length === 1) assert.ok(Math.abs(at.left - at.right) <= 1, JSON.stringify(at));
        for (const [edge, px] of Object.entries(at)) if (!wanted.includes(edge)) assert.ok(px > inset, `${edge} of ${JSON.stringify(at)}`);
        await page.context().close();
      }
    });
  }
}

test('a dock goes to another place while it is in use, and one that is unknown is a live-error', async (run) => {
  const page = await visit(run);
  await page.getByLabel('Red').check();
  await page.evaluate(() => (kit.room().dock = 'top-start'));
  await page.waitForFunction(() => document.querySelector('live-room').shadowRoot.querySelector('.dock').getBoundingClientRect().top === 16);
  const { left, top } = await edges(page);
  assert.deepEqual([left, top, await page.getByLabel('Red').isChecked()], [16, 16, true]);
  await page.evaluate(() => (kit.room().dock = 'left'));
  const { detail } = await page.evaluate(() => kit.until('live-error', { code: 'attribute' }));
  assert.match(detail.message, /dock="left".*bottom-end/);
});

test('a dock on the narrowest phone keeps its distance from both edges, and scrolls within the view', async (run) => {
  const page = await visit(run, { viewport: { width: 320, height: 400 } });
  const many = Array.from({ length: 20 }, (_, place) => ({ id: `o${place}`, text: `Option ${place}` }));
  await tell(page, poll('colour', { options: many, votes: Array(20).fill(0) }));
  await page.getByLabel('Option 19').waitFor({ state: 'attached' });
  const { left, right } = await edges(page);
  assert.deepEqual([left, right], [16, 16]);
  const dock = page.locator('live-room .dock');
  const { y, height } = await dock.boundingBox();
  assert.ok(y >= 16 && y + height <= 400 - 16 + 1, `${y} and ${height}`);
  await page.getByLabel('Option 19').scrollIntoViewIfNeeded();
  await page.getByLabel('Option 19').check();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
});

test('what lies beside and under a dock can be pressed', async (run) => {
  const css = '#under{position:fixed;inset:auto auto 0 0}';
  const page = await visit(run, { dock: 'bottom', css });
  const pressed = page.evaluate(() => new Promise((resolve) => under.addEventListener('click', () => resolve(true))));
  await page.locator('#under').click();
  assert.equal(await pressed, true);
});
