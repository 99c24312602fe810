// Countdown deals at the streamer's desk: composed, revealed, claimed, restocked, settled, called off, and seen by viewers.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise, sit, view } from './desk.mjs';
import { browse, fits } from './harness.mjs';

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

/* The row of a claim in a list of the desk: of the open ones, unless another is named. */
const claimRow = (desk, name, list = 'Open claims') => desk.row.getByRole('list', { name: list }).getByRole('listitem').filter({ has: desk.page.locator('b', { hasText: name }) });

/* The name of the claim that this page was told of last. */
const claim = (page) => page.evaluate(() => kit.heard.findLast(({ detail }) => detail?.mine?.claims?.length).detail.mine.claims.at(-1).claim);

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
  await stock(desk, 'M', 4, 1, 0, 0, 5);
  const row = claimRow(desk, await claim(viewer));
  await row.getByText('With an order’s number…').click();
  await row.getByLabel('The order’s number').fill('A-17');
  await row.getByRole('button', { name: 'It is sold, under this number' }).click();
  await stock(desk, 'M', 4, 0, 0, 1, 5);
  await shown(viewer, 'Ordered');
  await shown(viewer, 'A-17');
  assert.deepEqual(desk.page.faults, []);
});

test('stock is raised and lowered, and what is claimed cannot be taken away', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ ...DEAL, variants: [{ name: 'M', stock: 1 }, { name: 'L', stock: 3 }] });
  const viewer = await view(browser, run, desk.server, 'Ana');
  await deal(viewer).getByText('M', { exact: true }).click();
  await press(viewer, 'Reserve');
  await stock(desk, 'M', 0, 1, 0, 0, 1);
  await stock(desk, 'All', 3, 1, 0, 0, 4);
  await desk.unfold('Change the stock…', desk.row);
  await desk.press('Take units away');
  await desk.says('Take units away: refused.');
  await desk.row.getByLabel('Of', { exact: true }).selectOption('L');
  await desk.row.getByLabel('Units', { exact: true }).fill('2');
  await desk.press('Add units');
  await stock(desk, 'L', 5, 0, 0, 0, 5);
  await desk.press('Take units away');
  await stock(desk, 'L', 3, 0, 0, 0, 3);
  await desk.row.getByLabel('Units', { exact: true }).fill('none');
  assert.equal(await desk.button('Add units').getAttribute('aria-disabled'), 'true');
});

test('a deal is given more time, paused, closed, and called off with a reason that viewers read', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ ...DEAL, closes_in_ms: 90_000 });
  const viewer = await view(browser, run, desk.server, 'Ana');
  await shown(viewer, 'Sea jacket');
  await desk.press('+1 min');
  await desk.row.locator('.strip__clock', { hasText: /^2:\d\d$/ }).waitFor();
  await desk.press('Pause');
  await desk.says('Paused');
  await desk.press('Resume');
  await desk.says('Resume: confirmed');
  await desk.press('Close');
  await shown(viewer, 'Ended');
  await desk.unfold('Call it off…', desk.row);
  await desk.row.getByLabel('Why? Everybody reads it.').fill('wrong price');
  await desk.press('Call it off');
  await desk.says('Called off: wrong price');
  await shown(viewer, /Cancelled: .*wrong price/);
});

test('what is missing is said at its field, and one like a deal is composed from it', async (run) => {
  const desk = await sit(browser, run);
  await desk.compose('Deal', { 'What is sold': 'Sea jacket', Price: 'cheap' });
  await desk.press('Open now');
  for (const name of ['The shop’s number of it', 'Price', 'Units']) assert.equal(await desk.field(name).getAttribute('aria-invalid') ?? await desk.field('Variant 1').getAttribute('aria-invalid'), 'true', name);
  await desk.server.command(DEAL);
  await desk.press('Compose one like it');
  await desk.field('Variant 2').waitFor();
  assert.deepEqual(await Promise.all(['What is sold', 'Price', 'Variant 2'].map((name) => desk.field(name).inputValue())), ['Sea jacket', '69.00', 'L']);
});

test('a deal passes the accessibility check and fits every page', async (run) => {
  const desk = await sit(browser, run, { viewport: { width: 320, height: 800 } });
  await desk.server.command({ ...DEAL, title: 'Unbreakable'.repeat(7), variants: [{ name: 'Unbreakable'.repeat(6), stock: 1_000_000 }, { name: 'L', stock: 3 }], closes_in_ms: 900_000 });
  await desk.compose('Deal', { 'What is sold': `Un${'breakable'.repeat(7)}`, Price: '1' });
  const viewer = await view(browser, run, desk.server, 'Ana');
  await deal(viewer).getByText('L', { exact: true }).click();
  await press(viewer, 'Reserve');
  await claimRow(desk, /^c/).getByText('With an order’s number…').click();
  for (const fold of ['Change the stock…', 'Look a claim up…', 'Call it off…']) await desk.unfold(fold, desk.row);
  await desk.press('Look up');
  await desk.says('1 found.');
  await desk.press('It came to nothing…', claimRow(desk, /^c/));
  for (const colorScheme of ['light', 'dark']) {
    await desk.page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(desk.page), []);
  }
  for (const width of [320, 360, 768, 1280]) {
    await desk.page.setViewportSize({ width, height: 800 });
    assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth), width);
  }
});

test('in a practice room the cart of another tab orders, and the desk settles as the shop', async (run) => {
  const desk = await practise(browser, run, 'practice-deal');
  await desk.compose('Deal', { 'What is sold': 'Sea jacket', 'The shop’s number of it': 'J-100', Price: '69.00', 'Variant 1': 'M', Units: '2' });
  await desk.press('Open now');
  await desk.row.waitFor();
  const viewer = await desk.tab();
  await viewer.evaluate(() => {
    document.querySelector('live-room').order = async (claim) => {
      window.claimed = claim.claim;
      return { ok: true, order: 'A-17' };
    };
  });
  await deal(viewer).getByRole('button', { name: /^(Buy now|Reserve)$/ }).click();
  await shown(viewer, 'The shop is confirming');
  await stock(desk, 'M', 1, 0, 1, 0, 2);
  const row = claimRow(desk, await viewer.evaluate(() => window.claimed));
  await row.getByText('The page says: order A-17').waitFor();
  assert.equal(await desk.row.getByText('Save the claims as CSV').count(), 0, 'there is no server that makes files');
  await desk.press('It came to nothing…', row);
  await desk.press('No, keep it', row);
  await stock(desk, 'M', 1, 0, 1, 0, 2);
  await desk.press('It came to nothing…', row);
  await desk.press('Yes: It came to nothing', row);
  await stock(desk, 'M', 2, 0, 0, 0, 2);
  await shown(viewer, 'No longer reserved');
});

test('the overlay shows all that is open, without stock, and nothing that is gone', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ type: 'poll.open', activity: 'colour', question: 'Red or blue?', options: ['Red', 'Blue', 'Green', 'Black', 'White'] });
  await desk.server.command({ type: 'lottery.open', title: 'Win beans', prizes: [{ name: 'Bag of beans' }] });
  await desk.server.command({ type: 'qna.open', title: 'Ask the cooks' });
  await desk.server.command(DEAL);
  const overlay = await desk.page.context().newPage();
  await overlay.setViewportSize({ width: 1280, height: 720 });
  await overlay.goto(`${desk.server.address}/overlay`);
  const cards = overlay.locator('[part~=base]');
  for (const text of ['Red or blue?', 'Win beans', 'Ask the cooks', 'Sea jacket']) await cards.filter({ hasText: text }).waitFor();
  await overlay.waitForFunction(() => document.documentElement.dataset.fit);
  await fits(overlay);
  assert.equal(await cards.filter({ hasText: 'Sea jacket' }).getByText(/\bleft\b/).count(), 0);
  assert.equal(await overlay.getByRole('button').count(), 0);
  await desk.server.command({ type: 'put_away', activity: 'jacket' });
  await cards.filter({ hasText: 'Sea jacket' }).waitFor({ state: 'detached' });
  await overlay.waitForFunction(() => !document.documentElement.dataset.fit);
});
