// What the desk is told while a room runs: the same as the page of figures, calmly, and put away one by one.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise, sit } from './desk.mjs';
import { browse, open } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const DEAL = { type: 'deal.open', activity: 'jacket', title: 'Sea jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }] };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const list = (desk) => desk.desk.getByRole('status', { name: 'Alerts' });

test('R6: the desk is told what the page of figures is told, at the thresholds that are set there', async (run) => {
  /* High enough that what the composer holds lies under none of its buttons. */
  const desk = await sit(browser, run, { viewport: { width: 1280, height: 1_800 } });
  await desk.server.command(DEAL);
  await list(desk).getByText('Sea jacket: 3 left.').waitFor();
  const figures = await open(browser, `${desk.server.address}/insights`);
  run.after(() => figures.context().close());
  await figures.getByRole('status').getByText('Sea jacket: 3 left').waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await desk.page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(desk.page), []);
  }
  /* Read out when it comes, without hurry. */
  assert.equal(await list(desk).getAttribute('aria-live'), 'polite');
  await figures.getByText('When to be told').click();
  await figures.getByLabel('Units left in an open deal').fill('2');
  await figures.getByLabel('Units left in an open deal').blur();
  await figures.getByText('Set, for the desk too.').waitFor();
  await list(desk).getByText('Sea jacket').waitFor({ state: 'detached' });
  assert.deepEqual(desk.page.faults, []);
});

test('two who set thresholds at once both have theirs', async (run) => {
  const { server } = await sit(browser, run);
  const pages = [];
  for (let number = 0; number < 2; number += 1) {
    const page = await open(browser, `${server.address}/insights`);
    run.after(() => page.context().close());
    await page.getByText('When to be told').click();
    await page.waitForFunction(() => document.getElementById('thresholds-form').dataset.read);
    pages.push(page);
  }
  const set = async (page, label, value) => {
    await page.getByLabel(label).fill(value);
    await page.getByLabel(label).blur();
    await page.getByText('Set, for the desk too.').waitFor();
  };
  await set(pages[0], 'Units left in an open deal', '7');
  await set(pages[1], 'Errors in three minutes', '9');
  assert.equal(await pages[1].getByLabel('Units left in an open deal').inputValue(), '7');
  const token = await server.token('owner');
  const { thresholds } = await (await fetch(`${server.address}/v1/rooms/demo/alerts`, { headers: { authorization: `Bearer ${token}` } })).json();
  assert.deepEqual([thresholds.stock_low, thresholds.errors_rise], [7, 9]);
});

test('what is put away stays away while it lasts, and comes again when it has passed and come again', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(DEAL);
  const told = list(desk).getByText('Sea jacket: 3 left.');
  await told.waitFor();
  await list(desk).getByRole('button', { name: 'Put away: Sea jacket: 3 left.' }).press('Enter');
  await told.waitFor({ state: 'detached' });
  assert.equal(await desk.page.evaluate(() => document.querySelector('live-studio').shadowRoot.activeElement?.id), 'alerts', 'the focus is not lost');
  const asked = () => desk.page.waitForResponse((response) => response.url().endsWith('/alerts'));
  await asked();
  assert.equal(await told.count(), 0);
  await desk.server.command({ type: 'deal.stock', activity: 'jacket', variant: '1', by: 5 });
  /* The first answer may be to a question from before. */
  await asked();
  await asked();
  await desk.server.command({ type: 'deal.stock', activity: 'jacket', variant: '1', by: -5 });
  await told.waitFor();
});

test('when the server does not answer the desk says that its alerts are old, and is told again afterwards', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(DEAL);
  await list(desk).getByText('Sea jacket: 3 left.').waitFor();
  await desk.page.route('**/alerts', (route) => route.fulfill({ status: 503, body: '<html>' }));
  await list(desk).getByText('Alerts are not up to date').waitFor();
  assert.equal(await list(desk).getByText('Sea jacket: 3 left.').count(), 1, 'what was told stands');
  await desk.page.unroute('**/alerts');
  await list(desk).getByText('Alerts are not up to date').waitFor({ state: 'detached' });
});

test('a practice room has nobody to be told of, and asks no server', async (run) => {
  const desk = await practise(browser, run, 'alone');
  const asked = [];
  desk.page.on('request', (request) => request.url().includes('/alerts') && asked.push(request.url()));
  await desk.compose('Poll', { Question: 'Tea?' });
  assert.deepEqual(asked, []);
});
