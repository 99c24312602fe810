// A survey on a real server: answered, changed, its words read at the desk alone; and as a plain form.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const SURVEY = {
  question: 'How was it?',
  scale: { min: 1, max: 5, low: 'Not for me', high: 'Wonderful' },
  parts: [{ question: 'What should come back?', options: ['Cooking', 'Guests', 'Deals'], max_choices: 0 }],
  comment: 'What else would you tell us?',
};
let browser;
let site;
let server;

before(async () => {
  browser = await browse();
  site = await serve();
  server = await start();
});
after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

/* Opens the survey, and a page of another origin that shows it. */
async function visit(run, activity) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address} ${server.address.replace('http', 'ws')}`);
  const body = `<main><h1>A show</h1><live-room room="demo" server="${server.address}"><live-poll activity="${activity}"></live-poll></live-room></main>`;
  const page = await open(browser, site.page(body, { policy }), { reducedMotion: 'reduce', viewport: { width: 360, height: 900 } });
  run.after(() => page.context().close());
  await page.getByText('Survey', { exact: true }).waitFor();
  return page;
}

async function opened(run, more) {
  const { ok, activity } = await server.command({ type: 'poll.open', ...SURVEY, ...more });
  assert.equal(ok, true);
  run.after(() => server.command({ type: 'put_away', activity }));
  return activity;
}

const group = (page, name) => page.getByRole('group', { name });
const words = (page) => page.getByRole('textbox', { name: 'What else would you tell us?' });
const button = (page, name) => page.getByRole('button', { name, exact: true });
/* How many chose each option of the further question, as anyone is told. */
const counted = async (activity) => {
  const frames = JSON.stringify(await (await fetch(`${server.address}/v1/rooms/demo`)).json());
  assert.doesNotMatch(frames, /harbour|kettle/, 'words reach the desk alone');
  const tallies = [...frames.matchAll(/"tally":\{"widget":"poll"[^}]*?"parts":(\[\[[^\]]*\]\])/g)];
  assert.ok(frames.includes(activity));
  return JSON.parse(tallies.at(-1)?.[1] ?? 'null');
};

test('P12: a survey is answered as a whole, changed, and its words go to the desk alone', async (run) => {
  const activity = await opened(run);
  const page = await visit(run, activity);
  assert.deepEqual(await findings(page), []);
  await group(page, /What should come back/).getByLabel('Guests').check();
  await button(page, 'Send answers').click();
  await page.getByText('Choose first').or(page.getByText(/choice/i)).first().waitFor();
  await group(page, /How was it/).getByLabel('4').check();
  await group(page, /What should come back/).getByLabel('Deals').check();
  await words(page).fill('More of the harbour.');
  await button(page, 'Send answers').click();
  await button(page, 'Answers sent').waitFor();
  await page.getByText('Sent to the desk.').waitFor();
  assert.equal(await words(page).inputValue(), '');
  await page.waitForFunction(() => document.querySelector('live-poll').shadowRoot.textContent.includes('1 voter'));
  assert.deepEqual(await counted(activity), [[0, 1, 1]]);
  assert.deepEqual(await findings(page), []);

  // The words alone, and an answer taken back.
  await words(page).fill('And the kettle.');
  await group(page, /What should come back/).getByLabel('Guests').uncheck();
  await button(page, 'Change answers').click();
  await button(page, 'Answers sent').waitFor();
  assert.deepEqual(await counted(activity), [[0, 0, 1]]);
  assert.equal(await group(page, /How was it/).getByLabel('4').isChecked(), true);
  assert.deepEqual(page.faults, []);
});

test('P12: what was written stays when the room refuses it, and by key alone it is sent', async (run) => {
  const activity = await opened(run);
  const page = await visit(run, activity);
  await server.command({ type: 'room.set', blocked: ['kettle'] });
  run.after(() => server.command({ type: 'room.set', blocked: [] }));
  await group(page, /How was it/).getByLabel('5').focus();
  await page.keyboard.press('Space');
  await words(page).focus();
  await page.keyboard.type('The kettle');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('live-poll').getByRole('alert').or(page.locator('live-poll .notice')).first().waitFor();
  assert.equal(await words(page).inputValue(), 'The kettle');
  await words(page).fill('The pot');
  await button(page, 'Send answers').click();
  await button(page, 'Answers sent').waitFor();
  assert.equal(await words(page).inputValue(), '');
});

test('P12: without WebAssembly it is a plain form with all its questions', async (run) => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const page = await open(browser, site.page('<live-room><live-poll></live-poll></live-room>', { policy }));
  run.after(() => page.context().close());
  const choices = (...texts) => texts.map((text, place) => ({ id: String(place + 1), text }));
  await page.evaluate((news) => kit.room().receive(news), {
    type: 'news',
    news: [{
      activity: 'survey',
      card: { widget: 'poll', question: 'How was it?', options: choices('Good', 'Long'), parts: [{ question: 'And?', options: choices('Cooking', 'Guests'), max_choices: 0 }], comment: 'What else?' },
      tally: { widget: 'poll', phase: 'open', voters: 3, votes: [2, 1], parts: [[3, 0]] },
    }],
  });
  await page.getByLabel('Good').check();
  await page.getByLabel('Guests').check();
  await page.getByLabel('What else?').fill('Thanks');
  await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: true }), { once: true }));
  await page.getByRole('button', { name: 'Send answers', exact: true }).click();
  const { detail } = await page.evaluate(() => kit.until('live-act'));
  assert.deepEqual(detail.action, { type: 'poll.answer', choices: ['1'], parts: [['2']], comment: 'Thanks' });
  await page.getByRole('button', { name: 'Change answers' }).waitFor();
  assert.equal(await page.getByLabel('What else?').inputValue(), '');
  assert.equal(await page.getByLabel('Guests').isChecked(), true);
});
