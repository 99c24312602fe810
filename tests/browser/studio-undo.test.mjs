// What a streamer undoes at the desk: an activity within five seconds, everything on the screen, and words.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const POLL = { type: 'poll.open', activity: 'p', question: 'Red or blue?', options: ['Red', 'Blue'] };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

test('one key takes back what has just opened, from every page', async (run) => {
  const desk = await sit(browser, run);
  const viewer = await view(browser, run, desk.server, 'anna');
  await desk.server.command(POLL);
  await viewer.locator('live-poll').getByText('Red or blue?').waitFor();
  await desk.desk.getByRole('button', { name: /^Take back, \d s$/ }).waitFor();
  await desk.page.keyboard.press('u');
  await desk.says('Take back: confirmed');
  await desk.says('Prepared');
  await viewer.locator('live-poll').getByText('Red or blue?').waitFor({ state: 'hidden' });
  await desk.press('Open', desk.row);
  await viewer.locator('live-poll').getByText('Red or blue?').waitFor();
  const audit = await fetch(`${desk.server.address}/v1/rooms/demo/audit`, { headers: { authorization: `Bearer ${await desk.server.token('owner')}` } });
  assert.deepEqual((await audit.json()).map(({ what }) => what), ['poll.open', 'take_back', 'open']);
});

test('the key does nothing where nothing has just opened, nor while somebody types', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(POLL);
  await desk.row.waitFor();
  await desk.field('Question').fill('');
  await desk.field('Question').press('u');
  assert.equal(await desk.field('Question').inputValue(), 'u');
  // Until the room's own clock is five seconds on.
  await desk.desk.getByRole('button', { name: /^Take back/ }).waitFor({ state: 'detached' });
  await desk.page.locator('body').click({ position: { x: 2, y: 2 } });
  await desk.page.keyboard.press('u');
  await desk.press('Close', desk.row);
  await desk.says('Close: confirmed');
  assert.equal(await desk.desk.getByText('Take back:').count(), 0);
});

test('a poll and a list of questions are called off with a reason, which everybody reads', async (run) => {
  const desk = await sit(browser, run);
  const viewer = await view(browser, run, desk.server, 'anna');
  const overlay = await desk.page.context().newPage();
  await overlay.goto(`${desk.server.address}/overlay`);
  await desk.server.command(POLL);
  const poll = viewer.locator('live-poll');
  await poll.getByText('Red', { exact: true }).click();
  await poll.getByRole('button', { name: 'Vote' }).click();
  await poll.getByText('1 voter').waitFor();
  const callOff = async (title, why) => {
    const row = desk.row.filter({ has: desk.page.getByRole('heading', { name: title, exact: true }) });
    await desk.unfold('Call it off…', row);
    await row.getByLabel('Why? Everybody reads it.').fill(why);
    await desk.press('Call it off', row);
    await row.getByText(`Called off: ${why}`).waitFor();
    assert.equal(await desk.page.evaluate(() => document.querySelector('live-studio').shadowRoot.activeElement?.localName), 'article', 'the focus is not lost with the fold');
    assert.equal(await row.getByText('Call it off…').count(), 0);
    assert.equal(await desk.button('Reopen', row).getAttribute('aria-disabled'), 'true');
    return row;
  };
  const row = await callOff('Red or blue?', 'blue is sold out');
  assert.equal(await desk.button('Reveal', row).getAttribute('aria-disabled'), 'true');
  await row.getByText('1 vote · viewers are told none of them').waitFor();
  for (const page of [poll, overlay.locator('live-poll')]) {
    await page.getByText(/Cancelled: .*blue is sold out/).waitFor();
    assert.equal(await page.getByText('1 voter').count(), 0, 'what counts nothing is not told');
  }
  await desk.server.command({ type: 'qna.open', activity: 'q', title: 'Ask the cooks' });
  const ask = viewer.locator('live-qna').getByRole('textbox', { name: 'Your question' });
  await ask.waitFor();
  await callOff('Ask the cooks', 'the cooks are ill');
  await viewer.locator('live-qna').getByText(/Cancelled: .*the cooks are ill/).waitFor();
  await ask.waitFor({ state: 'detached' });
});

test('one button hides everything from pages and overlays and brings it back as it is then', async (run) => {
  const desk = await sit(browser, run);
  const viewer = await view(browser, run, desk.server, 'anna');
  const overlay = await desk.page.context().newPage();
  await overlay.goto(`${desk.server.address}/overlay`);
  await desk.server.command(POLL);
  const seen = [viewer.locator('live-poll'), overlay.locator('live-poll')].map((poll) => poll.getByText('Red or blue?').first());
  await Promise.all(seen.map((text) => text.waitFor()));
  await viewer.locator('live-poll').getByText('Red', { exact: true }).click();
  await viewer.locator('live-poll').getByRole('button', { name: 'Vote' }).click();
  await desk.says(/^1 vote\b/);
  await desk.press('Clear the screen');
  await desk.desk.locator('.air--cleared').waitFor();
  await Promise.all(seen.map((text) => text.waitFor({ state: 'hidden' })));
  const late = await view(browser, run, desk.server, 'ben');
  await late.waitForFunction(() => document.querySelector('live-room').status.connection === 'live');
  assert.equal(await late.locator('live-poll').getByText('Red or blue?').count(), 0);
  assert.deepEqual(await findings(desk.page), []);
  await desk.page.reload();
  await desk.desk.locator('.air--cleared').waitFor();
  await desk.press('Bring it back');
  await Promise.all([...seen, late.locator('live-poll').getByText('Red or blue?')].map((text) => text.waitFor()));
  await viewer.locator('live-poll').getByText('Vote counted').waitFor();
});

test('the owner says how late the picture is, and the desk has it again after a reload', async (run) => {
  const desk = await sit(browser, run);
  await desk.unfold('Delay of the picture');
  const field = desk.desk.getByLabel('Seconds from your camera');
  await field.fill('200');
  await desk.desk.getByText('From 0 to 120 seconds.').waitFor();
  await field.fill('12,5');
  await desk.press('Set the delay');
  await desk.says('Set the delay: confirmed', desk.desk.locator('.house'));
  await desk.page.reload();
  await desk.unfold('Delay of the picture');
  await desk.page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.querySelector('#delay').value === '12.5');
});

test('words are corrected, and after a vote the card says so', async (run) => {
  const desk = await sit(browser, run);
  const viewer = await view(browser, run, desk.server, 'anna');
  await desk.server.command(POLL);
  await desk.row.waitFor();
  await desk.unfold('Correct the words', desk.row);
  await desk.row.getByLabel('Option 2', { exact: true }).fill('Green');
  await desk.press('Correct', desk.row);
  await viewer.locator('live-poll').getByText('Green').waitFor();
  assert.equal(await viewer.locator('live-poll').getByText('Corrected').count(), 0);
  await desk.server.vote('ben', 'p', '1');
  await desk.row.getByLabel('Title', { exact: true }).fill('Red or green?');
  await desk.press('Correct', desk.row);
  await viewer.locator('live-poll').getByText('Red or green?').waitFor();
  await viewer.locator('live-poll').getByText('Corrected').waitFor();
});
