// A practice room as a newcomer meets it: samples of all four widgets by the calls that are shown, and a desk that plays the shop.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { practise } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const TITLES = { poll: 'Which colour shall we show next?', 'prize draw': 'Win a bag of beans', 'Q&A': 'Ask us anything', deal: 'Sea jacket' };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

for (const [name, title] of Object.entries(TITLES)) {
  test(`the sample ${name} is started by a button, and by the call that it shows`, async (run) => {
    const desk = await practise(browser, run, 'samples');
    const tab = await desk.tab();
    const button = tab.getByRole('button', { name: `Start a sample ${name}`, exact: true });
    await button.click();
    await desk.row.getByRole('heading', { name: title }).waitFor();
    await tab.locator('[part~=base]').getByText(title).first().waitFor();
    await button.waitFor({ state: 'hidden' });
    await desk.press('Put away…');
    await desk.press('Yes: Put away');
    await button.waitFor();
    // The text itself, as somebody would paste it.
    const call = await button.locator('xpath=following-sibling::pre[1]').textContent();
    await tab.evaluate(`{ const room = document.querySelector('live-room'); ${call} }`);
    await desk.row.getByRole('heading', { name: title }).waitFor();
  });
}

test('the sample draw draws itself, and its winner is told', async (run) => {
  const desk = await practise(browser, run, 'draws');
  const tab = await desk.tab();
  await tab.getByRole('button', { name: 'Start a sample prize draw' }).click();
  await tab.locator('live-lottery').getByRole('button', { name: 'Enter the draw' }).click();
  await desk.counts('Entrants', 1);
  await desk.says('It draws by itself when it closes.');
  await desk.press('Close');
  await desk.counts('Winners', 1);
  await tab.locator('live-lottery').getByText('You have won').first().waitFor();
});

test('beside the desk an order is taken, and its claim is there to be settled', async (run) => {
  const desk = await practise(browser, run, 'orders');
  await desk.compose('Deal', { 'What is sold': 'Sea jacket', 'The shop’s number of it': 'J-100', Price: '69.00', Units: '2' });
  await desk.press('Open now');
  await desk.page.locator('live-room#viewer live-deal').getByRole('button', { name: 'Buy now' }).click();
  const line = desk.page.locator('#orders li');
  await line.waitFor();
  const [, claim] = (await line.textContent()).match(/^Claim (\w+): 1 × /);
  const row = desk.row.getByRole('list', { name: 'Open claims' }).getByRole('listitem').filter({ hasText: claim });
  await desk.unfold('Look a claim up…', desk.row);
  await desk.row.getByLabel(/^A claim, an order/).fill(claim);
  await desk.press('Look up', desk.row);
  await desk.says('1 found.');
  assert.equal(await desk.row.getByRole('group', { name: 'Files' }).count(), 0, 'a practice room makes no files');
  await desk.press('It is sold', row);
  await desk.row.getByRole('row', { name: 'Units 1 0 0 1 2', exact: true }).waitFor();
  assert.deepEqual(desk.page.faults, []);
});
