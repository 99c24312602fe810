// A survey at the streamer's desk: composed from the ready one, answered by a viewer, read where only the desk reads.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

test('P12: a survey begins ready for the end of a show, and what viewers say arrives', async (run) => {
  const desk = await sit(browser, run);
  await desk.composer.getByText('Survey', { exact: true }).click();
  await desk.says('What should come back?', desk.composer.locator('.preview'));
  const further = desk.composer.getByLabel('Further questions');
  await further.fill('What should come back?');
  await desk.press('Open now');
  await desk.says('Write 2 to 20 options', desk.composer);
  await further.fill('What should come back? = Cooking, Guests');
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('Open now');
  await desk.row.getByRole('heading', { name: 'How was it?' }).waitFor();

  const ana = await view(browser, run, desk.server, 'Ana');
  const group = (name) => ana.getByRole('group', { name });
  await group(/How was it/).getByLabel('5').check();
  await group(/What should come back/).getByLabel('Guests').check();
  await ana.getByRole('textbox', { name: 'What else would you tell us?' }).fill('More of the harbour.');
  await ana.getByRole('button', { name: 'Send answers', exact: true }).click();
  await ana.getByRole('button', { name: 'Answers sent', exact: true }).waitFor();
  await desk.row.getByText('1 viewer wrote something').click();
  await desk.says('More of the harbour.', desk.row);
  assert.deepEqual(await findings(desk.page), []);
  await desk.page.setViewportSize({ width: 320, height: 800 });
  assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth), 320);
});
