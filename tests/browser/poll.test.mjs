// Polls on a real page with a real server: seen, voted, changed, revealed, closed, by pointer and by key.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
let browser;
let server;
let polls = 0;

before(async () => {
  browser = await browse();
  server = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/* Opens a poll, and a page that shows it; the poll is put away after the test. */
async function stage(run, draft = {}, options = {}) {
  const activity = `poll-${(polls += 1)}`;
  const answer = await server.command({ type: 'poll.open', activity, question: 'Which colour next?', ...(draft.scale ? {} : { options: ['Red', 'Blue'] }), ...draft });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  run.after(() => server.command({ type: 'put_away', activity }));
  const page = await visit(run, options);
  return { activity, page, order: (type, more = {}) => server.command({ type, activity, ...more }) };
}

async function visit(run, options = {}) {
  const page = await open(browser, `${server.address}/viewer?room=demo`, { reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  await page.locator('live-poll [part~=base]').waitFor();
  return page;
}

const shown = (page, text) => page.locator('live-poll').getByText(text).first().waitFor();
const choice = (page, name) => page.locator('live-poll').getByLabel(name);
const votes = (page) => page.evaluate(() => document.querySelector('live-room').status);

test('passes the accessibility check before and after voting', async (run) => {
  const { page } = await stage(run);
  assert.deepEqual(await findings(page), []);
  await choice(page, 'Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await shown(page, 'Vote counted');
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(page.faults, []);
});

test('a vote is counted, survives a reload, and another page sees it', async (run) => {
  const { page, activity } = await stage(run);
  const watcher = await visit(run);
  await choice(page, 'Blue').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  const { detail } = await page.evaluate(() => window.kit.until('live-outcome', { ok: true }));
  assert.equal(detail.activity, activity);
  await shown(watcher, '100%');
  await shown(watcher, '1 voter');
  await page.reload();
  await choice(page, 'Blue').waitFor();
  await page.waitForFunction(() => document.querySelector('live-poll').shadowRoot.querySelectorAll('input')[1].checked);
  await shown(page, '1 voter');
});

test('a vote is changed and withdrawn by key alone, and the focus stays', async (run) => {
  const { page } = await stage(run);
  await choice(page, 'Red').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await shown(page, 'Vote counted');
  await page.keyboard.press('ArrowDown');
  const inside = () => page.evaluate(() => document.querySelector('live-poll').shadowRoot.activeElement?.localName);
  assert.equal(await inside(), 'input');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.kit.heard.filter(({ name, detail }) => name === 'live-outcome' && detail.ok).length === 2);
  const withdraw = page.getByRole('button', { name: /withdraw/i });
  await withdraw.focus();
  await page.keyboard.press('Enter');
  await shown(page, 'No votes yet');
  assert.deepEqual(page.faults, []);
});

test('several choices up to the maximum are checkboxes', async (run) => {
  const { page } = await stage(run, { options: ['Tea', 'Coffee', 'Water'], max_choices: 2 });
  await page.getByRole('checkbox', { name: 'Tea' }).check();
  await page.getByRole('checkbox', { name: 'Water' }).check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await shown(page, 'Vote counted');
  const { activities } = await votes(page);
  assert.equal(activities.at(-1).phase, 'open');
});

test('a scale is a row of steps', async (run) => {
  const { page } = await stage(run, { question: 'How was it?', scale: { min: 1, max: 5, low: 'poor', high: 'great' } });
  assert.equal(await page.getByRole('radio').count(), 5);
  await page.locator('live-poll').getByText('great').waitFor();
});

test('results come when the card says, and right answers when they are revealed', async (run) => {
  const { page, order } = await stage(run, { question: 'Which is a mammal?', options: ['Shark', 'Bat'], right: ['2'] });
  await choice(page, 'Bat').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => window.kit.until('live-outcome', { ok: true }));
  assert.equal(await page.locator('live-poll').getByText('100%').count(), 0);
  await order('close');
  await order('reveal');
  await shown(page, '100%');
  await shown(page, /right/i);
});

test('what closes keeps its result and says that it is over', async (run) => {
  const { page, order } = await stage(run, { closes_in_ms: 60_000 });
  await order('pause');
  await shown(page, /paused/i);
  await order('resume');
  await order('close');
  await shown(page, /closed/i);
  await shown(page, /no votes|nobody/i);
});

test('a refused vote says why and what to do', async (run) => {
  const { page } = await stage(run, { level: 'token' });
  await choice(page, 'Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  const { detail } = await page.evaluate(() => window.kit.until('live-outcome', { ok: false }));
  assert.equal(detail.refusal.reason, 'needs-sign-in');
  await shown(page, /sign in/i);
});

test('a viewer shrinks the card to a chip and brings it back by key', async (run) => {
  const { page } = await stage(run);
  const toggle = page.locator('live-poll').getByRole('button').first();
  await toggle.focus();
  await page.keyboard.press('Enter');
  await choice(page, 'Red').waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await choice(page, 'Red').waitFor();
});

test('a page catches up after the server was killed, and sends what was not answered again', async (run) => {
  const { page, activity } = await stage(run);
  await server.kill();
  await page.waitForFunction(() => document.querySelector('live-room').status.connection !== 'live');
  await choice(page, 'Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await server.restart();
  const { detail } = await page.evaluate(() => window.kit.until('live-outcome', { ok: true }));
  assert.equal(detail.activity, activity);
  await shown(page, '1 voter');
});

test('at 320 pixels with twice the text nothing is cut off', async (run) => {
  const { page } = await stage(run, { options: ['Unbreakable'.repeat(8), '👩‍👩‍👧‍👦 日本語とعربي'] }, { viewport: { width: 320, height: 640 } });
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
});
