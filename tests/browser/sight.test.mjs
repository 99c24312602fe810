// What counts as seen: half of a widget for a second, less of a large one, and of a tall one what fills the screen.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
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

/* Two polls on a screen of 600 × 800 pixels: one of that height, so far down that only `shown` of its pixels are in view, and one in
   the corner, all in view. Resolves to the former's place in the page, and whether it was seen once the other one was. */
async function look(run, height, shown) {
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const cards = '<live-poll activity="far"></live-poll><live-poll activity="near"></live-poll>';
  const page = await open(browser, 'about:blank', { viewport: { width: 600, height: 800 } });
  run.after(() => page.context().close());
  await page.goto(site.page(`<live-room room="den" report="${endpoint.address}" consent="granted">${cards}</live-room>`, { policy }));
  await page.evaluate(async ([height, top, all]) => {
    const [far, near] = document.querySelectorAll('live-poll');
    document.body.style.cssText = 'margin: 0; height: 9000px';
    far.style.cssText = `position: absolute; left: 0; width: 600px; top: ${top}px`;
    near.style.cssText = 'position: fixed; top: 0; left: 0; width: 300px';
    await kit.room().ready;
    for (const news of all) kit.room().receive(news);
    const card = () => far.shadowRoot.querySelector('[part~=base]');
    while (!card()) await new Promise(requestAnimationFrame);
    /* It is as high as is wanted, as one with much in it. */
    card().parentElement.style.cssText = `height: ${height}px; overflow: hidden`;
  }, [height, 800 - shown, [poll('far'), poll('near')]]);
  const seen = (activity) => endpoint.reports('live.poll.seen').some(({ subject }) => subject === activity);
  await endpoint.until(() => seen('near'));
  await page.evaluate(() => kit.room().flush());
  return { page, endpoint, seen, isSeen: seen('far') };
}

test('a widget of which 40 % is in view is not seen, and is once it is half', async (run) => {
  const { page, endpoint, seen, isSeen } = await look(run, 300, 120);
  assert.equal(isSeen, false);
  await page.evaluate(() => scrollTo(0, 60));
  await endpoint.until(() => seen('far'));
});

test('a large widget of which 40 % is in view is seen', async (run) => {
  const { isSeen } = await look(run, 500, 200);
  assert.equal(isSeen, true);
});

test('of a widget of many screens, what fills half of one is seen, and a third of one is not', async (run) => {
  const { page, endpoint, seen, isSeen } = await look(run, 6_000, 260);
  assert.equal(isSeen, false);
  await page.evaluate(() => scrollTo(0, 400));
  await endpoint.until(() => seen('far'));
});
