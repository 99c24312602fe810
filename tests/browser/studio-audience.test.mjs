// The make-believe audience of a practice room: it does something, it says what it is, and no server knows it.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { practise, sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

test('made-up viewers vote and ask in a practice room, and are marked as such', async (run) => {
  const desk = await practise(browser, run, 'rehearsal');
  await desk.page.route('**/v1/**', () => assert.fail('a practice room asks no server'));
  await desk.press('40', desk.page.locator('.audience'));
  await desk.desk.getByText('Practice room: 40 make-believe viewers, and nobody else.').waitFor();
  await desk.page.evaluate(() => document.querySelector('live-room#room').command({ type: 'poll.open', question: 'Red or blue?', options: ['Red', 'Blue'] }));
  await desk.page.waitForFunction(() => /\b([3-9]|\d\d) votes/.test(document.querySelector('live-studio').shadowRoot.textContent));
  await desk.page.evaluate(() => document.querySelector('live-room#room').command({ type: 'qna.open', title: 'Ask', approval: false }));
  await desk.desk.getByText(/^Practice: /).first().waitFor();
  const viewer = await desk.tab();
  await Promise.all(['Poll', 'Questions'].map((kind) => viewer.getByText(`Practice · ${kind}`).waitFor()));
  await desk.press('None', desk.page.locator('.audience'));
  await desk.desk.getByText('Practice room: all of it is in this browser, and nobody else sees it.').waitFor();
  assert.deepEqual(desk.page.faults, []);
});

test('a real room has no such audience, and its server knows none of them', async (run) => {
  const desk = await sit(browser, run);
  assert.equal(await desk.page.locator('.audience').count(), 0);
  const hello = { type: 'hello', version: 1, device: 'make-believe-1', seat: 'viewer' };
  const act = { type: 'act', id: 'a', activity: 'p', action: { type: 'poll.vote', choices: ['1'] } };
  await desk.server.command({ type: 'poll.open', activity: 'p', question: '?', options: ['a', 'b'] });
  const answer = await fetch(`${desk.server.address}/v1/rooms/demo/messages`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: desk.server.address }, body: JSON.stringify([hello, act]),
  });
  const said = JSON.stringify(await answer.json());
  assert.doesNotMatch(said, /"ok":true/);
  await desk.row.getByText('No votes yet').waitFor();
  const viewer = await view(browser, run, desk.server);
  await viewer.locator('live-poll').getByText('Poll', { exact: true }).waitFor();
});
