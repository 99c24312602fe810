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

/* Asks many questions, each as another viewer: `What about item 1, please?` and so on. */
async function fill(activity, count) {
  for (let number = 1; number <= count; number += 1) {
    const token = await server.token('viewer', { sub: `viewer-${number}` });
    const response = await fetch(`${server.address}/v1/rooms/demo/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify([
        { type: 'hello', version: 1, kinds: ['qna'], token },
        { type: 'act', id: `${activity}-${number}`, activity, action: { type: 'qna.ask', text: `What about item ${number}, please?` } },
      ]),
    });
    const answer = (await response.json()).find(({ type }) => type === 'answer');
    assert.equal(answer?.ok, true, JSON.stringify(answer));
  }
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

test('what is dismissed leaves the list of others, and its asker is told', async (run) => {
  const activity = await opened(run, { approval: false });
  const asker = await visit(run, 'noor', activity);
  const other = await visit(run, 'ana', activity);
  await ask(asker, 'Is this live?');
  await row(other, 'Is this live?').waitFor();
  await change(activity, 1, 'dismiss');
  await row(other, 'Is this live?').waitFor({ state: 'detached' });
  await shown(asker, 'Not shown to others');
});

test('further pages come from the server when they are asked for', async (run) => {
  const activity = await opened(run, { approval: false, most: 100 });
  const count = 65;
  await fill(activity, count);
  const page = await visit(run, 'noor', activity);
  await shown(page, '65 questions');
  const more = page.getByRole('button', { name: 'Show more' });
  const all = page.locator('live-qna .qna__table .row');
  for (let turn = 0; turn < 3 && (await all.count()) < count; turn += 1) {
    const before = await all.count();
    await more.click();
    await all.nth(before).waitFor();
  }
  assert.equal(await all.count(), count);
  assert.deepEqual(page.faults, []);
});

test('Q5: what is typed is looked for among all questions, also those that no page has', async (run) => {
  const activity = await opened(run, { approval: false, most: 100 });
  await fill(activity, 65);
  const page = await visit(run, 'noor', activity);
  await shown(page, '65 questions');
  const offer = page.locator('live-qna .qna__similar li');
  const rows = page.locator('live-qna .qna__table .row');
  const before = await rows.allInnerTexts();
  // Neither among the newest nor among those with the most votes.
  await field(page).fill('what about item 37');
  await offer.filter({ hasText: 'What about item 37, please?' }).waitFor();
  assert.deepEqual(await rows.allInnerTexts(), before, 'the list stays as it was');
  await offer.getByRole('button', { name: /Vote for it/ }).click();
  await shown(page, /1 vote/);
  await field(page).fill('');
  const more = page.getByRole('button', { name: 'Show more' });
  for (let turn = 0; turn < 4 && (await rows.count()) < 65; turn += 1) {
    const count = await rows.count();
    await more.click();
    await rows.nth(count).waitFor();
  }
  assert.equal(new Set(await rows.allInnerTexts()).size, 65, 'each has its place in the list');
  assert.deepEqual(page.faults, []);
});
