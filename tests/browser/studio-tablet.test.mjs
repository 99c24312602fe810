// The desk on a tablet, by finger; and what is seldom done with a run of show: templates, copies, times; and the list of keys.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { sit } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const titles = (page) => page.locator('.cue__title').allTextContents();
const cue = (desk, title) => desk.page.locator('.cue', { hasText: title });

async function plan(desk, ...questions) {
  for (const question of questions) {
    await desk.compose('Poll', { Question: question, 'Option 1': 'Yes', 'Option 2': 'No' });
    await desk.press('Add to the run');
    await cue(desk, question).waitFor();
  }
}

/* Waits until the list reads so. */
const reads = (page, ...wanted) => page.waitForFunction((text) => {
  const all = document.querySelector('live-studio').shadowRoot.querySelectorAll('.cue__title');
  return [...all].map((title) => title.textContent).join() === text;
}, wanted.join());

/* The run as the room keeps it, once it is so. */
async function kept(desk, isSo) {
  const authorization = `Bearer ${await desk.server.token('owner')}`;
  for (;;) {
    const answer = await fetch(`${desk.server.address}/v1/rooms/demo/run`, { headers: { authorization } });
    const { run } = await answer.json();
    if (run && isSo(run)) return run;
    // Each answer is news of the room.
    await desk.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

test('by finger on a tablet a poll is composed and opened, and the run of show is put in order', async (run) => {
  const desk = await sit(browser, run, { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await plan(desk, 'One?', 'Two?', 'Three?');
  await desk.button('Open “One?”').tap();
  await desk.row.getByRole('heading', { name: 'One?' }).waitFor();
  await desk.button('Close', desk.row).tap();
  await desk.says('Close: confirmed');
  const grip = cue(desk, 'Three?').locator('.cue__grip');
  await grip.scrollIntoViewIfNeeded();
  const from = await grip.boundingBox();
  const to = await cue(desk, 'One?').boundingBox();
  const finger = await desk.page.context().newCDPSession(desk.page);
  const touch = (type, ...touchPoints) => finger.send('Input.dispatchTouchEvent', { type, touchPoints });
  const x = from.x + from.width / 2;
  const y = from.y + from.height / 2;
  await touch('touchStart', { x, y });
  for (const part of [0.3, 0.6, 1]) await touch('touchMove', { x, y: y + (to.y + 2 - y) * part });
  await touch('touchEnd');
  await reads(desk.page, 'Three?', 'One?', 'Two?');
  assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth), 820);
  assert.deepEqual(desk.page.faults, []);
});

test('on a phone no field for a file hangs out of the page', async (run) => {
  const desk = await sit(browser, run, { viewport: { width: 360, height: 800 } });
  await desk.unfold('Examples, templates and files');
  await desk.desk.locator('#run-import').waitFor();
  assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth), 360);
});

test('a cue is kept as a template, used again under another name, copied, and the template forgotten', async (run) => {
  const desk = await sit(browser, run);
  await plan(desk, 'One?');
  await desk.unfold('Change', cue(desk, 'One?'));
  await desk.press('Keep as a template', cue(desk, 'One?'));
  await desk.unfold('Examples, templates and files');
  await desk.press('Add: One?');
  await reads(desk.page, 'One?', 'One?');
  await desk.press('Duplicate', cue(desk, 'One?').first());
  await reads(desk.page, 'One?', 'One?', 'One?');
  const { cues } = await kept(desk, (all) => all.cues.length === 3 && all.templates?.length === 1);
  assert.equal(new Set(cues.map(({ draft }) => draft.activity)).size, 3, 'each is another activity');
  await desk.press('Forget: One?');
  await kept(desk, (all) => !all.templates?.length);
  assert.deepEqual(await titles(desk.page), ['One?', 'One?', 'One?']);
});

test('a planned time is read as it is typed, and nonsense is said', async (run) => {
  const desk = await sit(browser, run);
  await plan(desk, 'One?', 'Two?');
  await desk.unfold('Change', cue(desk, 'Two?'));
  const at = cue(desk, 'Two?').getByLabel('At, from the start');
  /* As slowly as a hand: the desk is drawn anew between two keys. */
  await at.pressSequentially('soon', { delay: 300 });
  await at.blur();
  await cue(desk, 'Two?').locator('.entry__flaw').first().waitFor();
  assert.equal(await at.getAttribute('aria-invalid'), 'true');
  await at.selectText();
  await at.pressSequentially('12:30', { delay: 300 });
  await at.blur();
  await cue(desk, 'Two?').getByText('+12:30').waitFor();
  const { cues } = await kept(desk, (all) => all.cues[1]?.at_ms);
  assert.equal(cues[1].at_ms, 750_000);
});

test('the question mark lists the keys, and Escape puts the list away', async (run) => {
  const desk = await sit(browser, run);
  const help = desk.desk.locator('#help');
  await desk.page.locator('body').click({ position: { x: 2, y: 2 } });
  await desk.page.keyboard.press('?');
  await help.waitFor();
  assert.ok((await help.locator('dt').count()) > 6);
  await desk.page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await desk.field('Question').press('?');
  assert.equal(await desk.field('Question').inputValue(), '?');
  assert.equal(await help.count(), 0);
});
