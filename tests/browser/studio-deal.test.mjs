// Countdown deals at the streamer's desk: composed, revealed, claimed, restocked, settled, called off, and seen by viewers.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise, sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const DEAL = {
  type: 'deal.open', activity: 'jacket', title: 'Sea jacket', sku: 'J-100', price: { amount: '69.00', currency: 'EUR' },
  variants: [{ name: 'M', stock: 5 }, { name: 'L', stock: 3 }],
};
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const deal = (page) => page.locator('live-deal');
const shown = (page, text) => deal(page).getByText(text).first().waitFor();
const press = (page, name) => deal(page).getByRole('button', { name, exact: true }).click();
/* Waits until a line of the stock table says so: left, reserved, ordering, sold, of. */
const stock = (desk, name, ...counts) => desk.row.getByRole('row', { name: [name, ...counts].join(' '), exact: true }).waitFor();

/* Chooses a variant and reserves it; resolves to the claim's name. */
async function claim(page, variant) {
  await deal(page).getByText(variant, { exact: true }).click();
  await deal(page).getByRole('button', { name: /^(Buy now|Reserve)$/ }).click();
  await page.waitForFunction(() => kit.heard.some(({ detail }) => detail?.mine?.claims?.length));
  return page.evaluate(() => kit.heard.findLast(({ detail }) => detail?.mine?.claims?.length).detail.mine.claims.at(-1).claim);
}

test('a deal is composed with a hidden price, opened, revealed, claimed and settled as the shop', async (run) => {
  const desk = await sit(browser, run);
  await desk.compose('Deal', { 'What is sold': 'Sea jacket', 'The shop’s number of it': 'J-100', Price: '69.00', 'Variant 1': 'M', Units: '5' });
  await desk.field('Hide the price until you reveal it').check();
  await desk.says('Sea jacket', desk.composer.locator('.preview'));
  await desk.press('Open now');
  await desk.row.getByRole('heading', { name: 'Sea jacket' }).waitFor();
  const viewer = await view(browser, run, desk.server, 'Ana');
  await shown(viewer, 'The price is not shown yet.');
  await desk.says('69.00 EUR, hidden from viewers');
  await desk.press('Reveal price');
  await shown(viewer, '€69.00');
  await press(viewer, 'Reserve');
  await shown(viewer, 'Reserved for you');
  const name = await viewer.evaluate(() => kit.heard.findLast(({ detail }) => detail?.mine?.claims).detail.mine.claims[0].claim);
  await stock(desk, 'M', 4, 1, 0, 0, 5);
  await desk.unfold('Settle a claim, as the shop…', desk.row);
  await desk.row.getByLabel('Claim', { exact: true }).fill(name);
  await desk.row.getByLabel('The order’s number, if there is one').fill('A-17');
  await desk.press('It is sold');
  await stock(desk, 'M', 4, 0, 0, 1, 5);
  await shown(viewer, 'Ordered');
  await shown(viewer, 'A-17');
  assert.deepEqual(desk.page.faults, []);
});
