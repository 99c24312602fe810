// Questions on a real server: asked, approved, voted, found while typing, answered to one asker alone.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
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

const command = async (type, more) => {
  const answer = await server.command({ type, ...more });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer;
};
const change = (activity, question, to, more) => command('qna.change', { activity, question, change: { to, ...more } });

/* Opens a list of questions that is put away after the test. */
async function opened(run, more) {
  const { activity } = await command('qna.open', { title: 'Ask us', every_ms: 0, ...more });
  run.after(() => server.command({ type: 'put_away', activity }));
  return activity;
}

/* A viewer that the page vouches for, on a page of another origin than the room. */
async function visit(run, viewer, activity) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address} ${server.address.replace('http', 'ws')}`);
  const token = await server.token('viewer', { sub: viewer });
  const body = `<live-room room="demo" server="${server.address}" token="${token}"><live-qna activity="${activity}"></live-qna></live-room>`;
  const page = await open(browser, site.page(body, { policy }), { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await field(page).waitFor();
  return page;
}

const field = (page) => page.getByRole('textbox', { name: 'Your question' });
const shown = (page, text) => page.locator('live-qna').getByText(text).first().waitFor();
const row = (page, text) => page.locator('live-qna .qna__table li').filter({ hasText: text });
async function ask(page, text) {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}

test('a question is seen by others once it is approved, and their votes by its asker', async (run) => {
  const activity = await opened(run, { approval: true });
  const asker = await visit(run, 'noor', activity);
  const other = await visit(run, 'ana', activity);
  await ask(asker, 'Is the zip waterproof?');
  await shown(asker, 'Waits for approval');
  assert.equal(await row(other, 'Is the zip waterproof?').count(), 0);
  await change(activity, 1, 'approve');
  await row(other, 'Is the zip waterproof?').getByRole('button', { name: /Vote for it/ }).click();
  await row(asker, 'Is the zip waterproof?').locator('.row__vote').getByText('1 vote').waitFor({ state: 'attached' });
  await field(other).fill('is the zip waterproof');
  await shown(other, 'Is it one of these?');
  assert.deepEqual([asker.faults, other.faults], [[], []]);
});

test('what is answered to one asker alone is seen by nobody else', async (run) => {
  const activity = await opened(run, { approval: false });
  const asker = await visit(run, 'noor', activity);
  const other = await visit(run, 'ana', activity);
  await ask(asker, 'Where is my parcel?');
  await row(other, 'Where is my parcel?').waitFor();
  await change(activity, 1, 'answer', { text: 'It comes on Friday.', private: true });
  await shown(asker, 'It comes on Friday.');
  await shown(asker, 'only you see this');
  // What is told to all after it has reached the other page, and the private answer has not.
  await change(activity, 1, 'pin', { pinned: true });
  await shown(other, 'Pinned');
  assert.equal(await other.locator('live-qna').getByText('It comes on Friday.').count(), 0);
});
