// Which files of the kit a viewer's page loads, and when: what the benchmark of its size adds up is all of it.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { LOADED } from '../benches/loaded.mjs';
import { browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
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

/* What a viewer's page has loaded of the kit once it has shown a poll, taken a vote and reported it. */
async function loads(run, lang) {
  const page = await open(browser, 'about:blank', { locale: lang });
  run.after(() => page.context().close());
  const names = [];
  page.on('request', (request) => {
    const [, name] = request.url().split('/kit/');
    if (name) names.push(name);
  });
  await page.goto(site.page(`<live-room room="den" report="${site.address}/reports" consent="granted"><live-poll></live-poll></live-room>`, { lang }));
  await page.evaluate(async (news) => {
    await kit.room().ready;
    kit.room().receive(news);
    addEventListener('live-act', (event) => event.respondWith({ ok: true }));
  }, poll('p1', { run: 1 }));
  await page.getByLabel('Red').check();
  await page.locator('live-poll').getByRole('button').last().click();
  await page.evaluate(() => kit.until('live-outcome', { ok: true }));
  await page.evaluate(() => kit.room().flush());
  return names.sort();
}

test('an English page loads what its size is said to be, each file once, and no language', async (run) => {
  for (const lang of ['en', 'en-GB']) assert.deepEqual(await loads(run, lang), [...LOADED].sort());
});

test('a page in another language loads one file more', async (run) => {
  for (const lang of ['ja', 'ar', 'zh-TW']) assert.deepEqual(await loads(run, lang), [...LOADED, `lang/${lang}.json`].sort());
});
