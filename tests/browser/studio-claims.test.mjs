// What a streamer does with many claims and winners: settles with a button, looks one up, takes a file out; and what a streamer is not told.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test as plain } from 'node:test';
import { sit } from './desk.mjs';
import { browse, open } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const DEAL = {
  type: 'deal.open', activity: 'jacket', title: 'Sea jacket', sku: 'J-100', price: { amount: '69.00', currency: 'EUR' },
  variants: [{ name: 'M', stock: 100 }], by: { kind: 'code' },
};
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

/* So many viewers claim a unit each; their claims, the oldest first. */
async function claims(server, count) {
  const all = [];
  for (let buyer = 1; buyer <= count; buyer += 1) {
    const { ok, mine } = await server.act(`buyer-${buyer}`, 'jacket', { type: 'deal.claim', variant: '1' });
    assert.equal(ok, true);
    all.push(mine.mine.claims[0]);
  }
  return all;
}

const list = (desk, name) => desk.row.getByRole('list', { name }).getByRole('listitem');
const stock = (desk, ...counts) => desk.row.getByRole('row', { name: ['M', ...counts].join(' '), exact: true }).waitFor();

async function save(desk, label) {
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press(label)]);
  return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')];
}

test('of many open claims the newest are at hand, and any is looked up and settled by a press', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(DEAL);
  const all = await claims(desk.server, 60);
  await desk.says('60 claims are open; these are the newest 20.');
  assert.equal(await list(desk, 'Open claims').count(), 20);
  await list(desk, 'Open claims').filter({ hasText: all[59].claim }).getByRole('button', { name: 'It is sold', exact: true }).click();
  await stock(desk, 40, 59, 0, 1, 100);
  await list(desk, 'Open claims').filter({ hasText: all[39].claim }).waitFor();

  await desk.unfold('Look a claim up…', desk.row);
  const field = desk.row.getByLabel(/^A claim, an order’s number or a code/);
  await field.fill(all[0].code.toLowerCase());
  await desk.press('Look up');
  await desk.says('1 found.');
  const found = list(desk, 'Claims that were found');
  await found.getByText(all[0].claim, { exact: true }).waitFor();
  await desk.press('It came to nothing…', found);
  await desk.press('Yes: It came to nothing', found);
  /* What was looked up is looked up again. */
  await found.getByText(/ went back$/).waitFor();
  await stock(desk, 41, 58, 0, 1, 100);

  /* Without a text all that are open come, page by page. */
  await field.fill('');
  await desk.press('Look up');
  await desk.says('50 found, the newest first.');
  await desk.press('Look among older ones');
  await desk.says('8 found, the newest first.');
  assert.equal(await found.filter({ hasText: all[1].claim }).count(), 1);
  await field.fill('nothing like it');
  await desk.press('Look up');
  await desk.says('There is none.');
  assert.deepEqual(desk.page.faults, []);
});

test('what was looked up and what the room tells goes with a new run', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ type: 'lottery.open', activity: 'beans', title: 'Win beans', prizes: [{ name: 'Bag of beans' }] });
  await desk.server.act('ana', 'beans', { type: 'lottery.enter' });
  await desk.counts('Entrants', 1);
  await desk.unfold('Look an entrant up…', desk.row);
  await desk.press('Look up');
  await list(desk, 'Entrants that were found').waitFor();
  await desk.server.command({ type: 'close', activity: 'beans' });
  await desk.server.command({ type: 'cancel', activity: 'beans', reason: 'A mistake' });
  await desk.server.command({ type: 'reset', activity: 'beans' });
  await desk.counts('Entrants', 0);
  assert.equal(await desk.row.getByText(/Entrants that were found|The newest entrants/).count(), 0);
});

test('the claims are saved as a file for a spreadsheet and for a program, with no formula in it', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ ...DEAL, variants: [{ id: '1', name: 'M', stock: 2 }], by: { kind: 'cart' } });
  const [{ claim }] = await claims(desk.server, 1);
  const order = { step: 'taken', order: '=1+1', value: { amount: '9999', currency: 'USD' } };
  await desk.server.act('buyer-1', 'jacket', { type: 'deal.order', claim, order });
  await desk.says('The page says: order =1+1, 9999 USD');
  const [name, text] = await save(desk, 'Save the claims as CSV');
  assert.equal(name, 'jacket-claims.csv');
  assert.ok(text.startsWith('\uFEFFclaim,') && text.includes(",'=1+1,9999,USD"), text);
  const [, json] = await save(desk, 'Save the claims as JSON');
  const [{ standing, page }] = JSON.parse(json).claims;
  assert.deepEqual([standing, page], ['ordering', { order: '=1+1', value: { amount: '9999', currency: 'USD' } }]);
});

test('a streamer who is not the owner sees the claims and saves them without codes, and settles none', async (run) => {
  const { server, page: own } = await sit(browser, run);
  await own.close();
  await server.command(DEAL);
  const [{ claim, code }] = await claims(server, 1);
  const page = await open(browser, `${server.address}/doctor`);
  run.after(() => page.context().close());
  const token = await server.token('streamer');
  await page.evaluate(([key, value]) => sessionStorage.setItem(key, value), [`demo-desk:${server.address}:demo`, token]);
  await page.goto(`${server.address}/studio`);
  const row = page.locator('live-studio .strip');
  const [only] = [row.getByRole('list', { name: 'Open claims' }).getByRole('listitem')];
  await only.getByText(claim).waitFor();
  assert.equal(await only.getByRole('button').count(), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: 'Save the claims as CSV' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  assert.ok(text.includes(claim) && !text.includes(code) && !text.includes('code'), text);
});
