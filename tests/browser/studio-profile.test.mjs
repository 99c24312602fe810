// A room's profile at the desk: what is missing is said beside the field while one types, and once it is there it opens; and two people.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise } from './desk.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const PREPARED = { type: 'poll.prepare', activity: 'herb', question: 'Which is a herb?', options: ['Flint', 'Fennel'] };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

async function sit(run, settings) {
  const server = await start();
  run.after(() => server.stop());
  assert.ok((await server.command({ type: 'room.set', ...settings })).ok);
  const page = await open(browser, `${server.address}/studio`, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await page.waitForSelector('.air--off:has-text("Off air")');
  const desk = page.locator('live-studio');
  const button = (name, within = desk) => within.getByRole('button', { name, exact: true });
  return { server, page, desk, button, row: desk.locator('.strip'), lacks: desk.locator('.compose .lacks__one') };
}

test('what a deal lacks is said while it is composed, leads to its field, and is gone once it is there', async (run) => {
  const { page, desk, button, row, lacks } = await sit(run, { profile: 'cn' });
  await desk.getByText('Deal', { exact: true }).click();
  for (const [label, text] of [['What is sold', '最佳 Jacket'], ['The shop’s number of it', 'J-1'], ['Price', '69'], ['Currency', 'CNY'], ['Units', '5']]) {
    await desk.getByLabel(label, { exact: true }).fill(text);
  }
  await lacks.filter({ hasText: 'Say who sells.' }).waitFor();
  await lacks.filter({ hasText: '广告法, art. 14' }).waitFor();
  await lacks.filter({ hasText: 'Warning: 最佳' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await button('Open now').click();
  await desk.locator('.compose').getByText(/profile cn asks/).waitFor();
  assert.equal(await row.count(), 0);
  await button('Go to the field', lacks.filter({ hasText: 'Say who sells.' })).click();
  await page.keyboard.type('Example Outdoor');
  await button('Go to the field', lacks.filter({ hasText: '广告法, art. 14' })).click();
  await page.keyboard.type('广告');
  await lacks.filter({ hasText: 'Missing' }).first().waitFor({ state: 'hidden' });
  await lacks.filter({ hasText: 'Warning: 最佳' }).waitFor();
  await button('Open now').click();
  await row.getByText('Profile cn 1').waitFor();
  assert.deepEqual(page.faults, []);
});

test('what is prepared says what it lacks, and so does a practice room', async (run) => {
  const { server, row, desk } = await sit(run, { profile: 'uk' });
  await server.command({ ...PREPARED, about: { products: ['herb'] } });
  await row.locator('.lacks__one').getByText(/Label it as an advertisement/).waitFor();
  // The room follows no profile any more, and nothing is missing.
  await server.command({ type: 'room.set', profile: 'none' });
  await row.locator('.lacks__one').waitFor({ state: 'hidden' });
  await desk.getByText('Which is a herb?').first().waitFor();

  const practice = await practise(browser, run, 'profiles');
  const viewer = await practice.tab();
  await viewer.evaluate(async () => {
    const room = document.querySelector('live-room');
    await room.command({ type: 'room.set', profile: 'uk' });
    await room.command({ type: 'poll.prepare', question: 'Which is a herb?', options: ['Flint', 'Fennel'], about: { brand: 'Herbs' } });
  });
  await practice.row.locator('.lacks__one').getByText(/Label it as an advertisement/).waitFor();
});

test('the owner sets the rules at the desk', async (run) => {
  const { server, desk, button, row } = await sit(run, { profile: 'none' });
  await desk.getByText('Rules of a place').click();
  await desk.getByLabel(/^What opens has all that these rules ask for/).selectOption('uk');
  await desk.getByLabel('A second person approves what opens').check();
  await button('Set the rules').click();
  await desk.locator('p.fate', { hasText: 'Set the rules: confirmed' }).waitFor();
  await server.command({ ...PREPARED, about: { products: ['herb'] } });
  await row.locator('.lacks__one').getByText(/Label it as an advertisement/).waitFor();
  const { refusal } = await server.command({ type: 'open', activity: 'herb' });
  assert.equal(refusal.reason, 'needs-approval');
});

test('a second person approves, and then it opens', async (run) => {
  const { server, page, desk, button, row } = await sit(run, { approval: true });
  const other = await server.token('operator', { sub: 'opal' });
  await fetch(`${server.address}/v1/rooms/demo/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other}`, 'content-type': 'application/json' },
    body: JSON.stringify(PREPARED),
  });
  await button('Approve', row).waitFor();
  await button('Open', row).click();
  await row.getByText(/approves it first/).waitFor();
  await button('Approve', row).click();
  await row.getByText('Approved', { exact: true }).waitFor();
  assert.deepEqual(await findings(page), []);
  await button('Open', row).click();
  await row.getByText('Open: confirmed').waitFor();
  // Of what this desk composes itself it is said before.
  const composer = desk.locator('.compose');
  await composer.getByLabel('Question', { exact: true }).fill('Red or blue?');
  await composer.getByLabel('Option 1', { exact: true }).fill('Red');
  await composer.getByLabel('Option 2', { exact: true }).fill('Blue');
  await desk.getByText('another person approves it before it opens').waitFor();
  assert.deepEqual(page.faults, []);
});
