// The board of quick right answers, and a poll that is opened again, as viewers' pages of a real room show them.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { view } from './desk.mjs';
import { browse } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function opened(run, more) {
  const { ok, activity, refusal } = await server.command({ type: 'poll.open', question: 'Which harbour?', options: ['North', 'South'], ...more });
  assert.equal(ok, true, JSON.stringify(refusal));
  run.after(() => server.command({ type: 'put_away', activity }));
  return { order: (type, with_ = {}) => server.command({ type, activity, ...with_ }) };
}

const card = (page) => page.locator('live-poll');
const shown = (page, text) => card(page).getByText(text).first().waitFor();
const pick = async (page, name) => {
  await card(page).getByLabel(name).check();
  await card(page).getByRole('button', { name: 'Vote', exact: true }).click();
  await page.locator('live-poll').getByText('Vote counted').waitFor();
};

test('P3: the board lists the quickest right answers by name and no wrong one, and no page has it before the reveal', async (run) => {
  const { order } = await opened(run, { right: ['2'], board: true, named: true, results: 'on_reveal' });
  const [ana, bo, cy] = await Promise.all(['Ana', 'Bo', 'Cy'].map((name) => view(browser, run, server, name)));
  await pick(bo, 'South');
  await pick(ana, 'South');
  await pick(cy, 'North');
  await order('close');
  await shown(ana, 'Closed');
  assert.equal(await card(ana).getByText('Quickest right answers').count(), 0);
  assert.doesNotMatch(JSON.stringify(await (await fetch(`${server.address}/v1/rooms/demo`)).json()), /"board":\[|"right":\[/);
  await order('reveal');
  for (const page of [ana, bo, cy]) {
    await shown(page, 'Quickest right answers');
    const rows = await card(page).locator('ol li').allTextContents();
    assert.equal(rows.length, 2, rows.join());
    assert.match(rows[0], /Bo.*[\d.]+ s/);
    assert.match(rows[1], /Ana.*[\d.]+ s/);
  }
  await shown(bo, 'You were right.');
  await shown(cy, 'Not right this time.');
  assert.match(await card(bo).locator('ol li').first().textContent(), /you/, 'a viewer finds the own row');
  assert.deepEqual(await findings(ana, { within: 'main', except: ['page-has-heading-one'] }), []);
});

test('P9: a poll that is opened again after its results were shown takes votes, keeps those it had, and says so', async (run) => {
  const { order } = await opened(run, {});
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => view(browser, run, server, name)));
  await pick(ana, 'North');
  await order('close');
  await card(bo).getByRole('button', { name: 'Closed' }).or(card(bo).getByText('Closed', { exact: true })).first().waitFor();
  assert.equal((await order('reopen', { closes_in_ms: 60_000 })).ok, true);
  await shown(bo, 'opened again after its results were shown');
  await shown(ana, 'opened again after its results were shown');
  await pick(bo, 'South');
  await shown(ana, '2 voters');
  assert.equal(await card(ana).getByLabel('North').isChecked(), true);
  await shown(ana, /ends/);
});
