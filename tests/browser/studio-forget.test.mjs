// A viewer asks to be forgotten: the owner does it at the desk, is asked twice, and has a receipt that names nobody.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const LIST = { type: 'qna.open', activity: 'ask', title: 'Ask the cooks', approval: false };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const focus = (desk) => desk.page.evaluate(() => document.querySelector('live-studio').shadowRoot.activeElement?.id);

/* A desk, and a list in which two viewers asked. */
async function asked(run) {
  const desk = await sit(browser, run);
  await desk.server.command(LIST);
  for (const [viewer, text] of [['customer-4711', 'Does the blue one whistle?'], ['eve', 'Is it heavy?']]) {
    const answer = await desk.server.act(viewer, 'ask', { type: 'qna.ask', text });
    assert.equal(answer?.ok, true, JSON.stringify(answer));
  }
  await desk.unfold('Forget a viewer');
  await desk.desk.getByText('Nobody was forgotten yet.').waitFor();
  return desk;
}

const receipts = (desk) => desk.desk.getByRole('list', { name: 'Receipts, the newest first' });

test('what a viewer wrote goes from every page, after a second step, and the receipt names nobody', async (run) => {
  const desk = await asked(run);
  const page = await view(browser, run, desk.server);
  const whistles = page.locator('live-qna').getByText('Does the blue one whistle?').first();
  await whistles.waitFor();

  await desk.desk.getByLabel('Whom', { exact: true }).fill('customer-4711');
  await desk.button('Forget this viewer…').press('Enter');
  const step = desk.desk.getByRole('group', { name: /with the account “customer-4711”/ });
  await step.waitFor();
  assert.deepEqual(await findings(desk.page), []);
  assert.equal(await focus(desk), 'keep');
  await desk.page.keyboard.press('Escape');
  await step.waitFor({ state: 'detached' });
  assert.equal(await focus(desk), 'forget');
  await whistles.waitFor();

  /* What was asked about is what is done: typed over, it is asked anew. */
  await desk.page.keyboard.press('Enter');
  await step.waitFor();
  await desk.desk.getByLabel('Whom', { exact: true }).fill('customer-471');
  await step.waitFor({ state: 'detached' });
  await desk.desk.getByLabel('Whom', { exact: true }).fill('customer-4711');
  assert.equal(await desk.button('Yes: Forget this viewer').count(), 0);
  await desk.press('Forget this viewer…');
  await desk.press('Yes: Forget this viewer');
  assert.equal(await focus(desk), 'forget');
  await receipts(desk).getByText('deleted: 1 question', { exact: true }).waitFor();
  await whistles.waitFor({ state: 'detached' });
  await page.locator('live-qna').getByText('Is it heavy?').first().waitFor();
  assert.equal(await desk.desk.getByLabel('Whom', { exact: true }).inputValue(), '');
  assert.deepEqual(await findings(desk.page), []);

  /* Nor does anything else at the desk say who it was. */
  await desk.unfold('Audit log');
  await desk.desk.getByRole('list', { name: 'The newest commands' }).getByText('viewer.erase', { exact: true }).waitFor();
  assert.doesNotMatch(await desk.desk.evaluate((studio) => studio.shadowRoot.innerHTML), /customer-4711/);
});

test('a name in reports is told from anything else; whoever was never here leaves a receipt that says so', async (run) => {
  const desk = await asked(run);
  await desk.desk.getByLabel('By', { exact: true }).selectOption('name in reports');
  await desk.desk.getByLabel('Whom', { exact: true }).fill('eve');
  await desk.desk.getByText('A name in reports is 32 digits, 0 to 9 and a to f.').waitFor();
  assert.equal(await desk.button('Forget this viewer…').getAttribute('aria-disabled'), 'true');
  await desk.desk.getByLabel('Whom', { exact: true }).fill('0f'.repeat(16));
  await desk.press('Forget this viewer…');
  await desk.press('Yes: Forget this viewer');
  await receipts(desk).getByText('nothing was found', { exact: true }).waitFor();
});
