// What stays on a viewer's page when a draw or a deal is put away: a prize that waits, a unit that is reserved.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
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

async function visit(run, sub) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address} ${server.address.replace('http', 'ws')}`);
  const token = await server.token('viewer', { sub });
  const address = site.page(`<live-room room="demo" server="${server.address}" token="${token}"><live-lottery></live-lottery><live-deal></live-deal></live-room>`, { policy });
  const page = await open(browser, address, { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  return page;
}

/* The shop's server says that the first win is with its winner. */
async function handOver(activity) {
  const headers = { authorization: `Bearer ${await server.token('shop')}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ type: 'lottery.fulfil', activity, win: 0 });
  const { status } = await fetch(`${server.address}/v1/rooms/demo/commands`, { method: 'POST', headers, body });
  assert.equal(status, 200);
}

const shown = (page, text) => page.getByText(text).first().waitFor();

test('a winner finds the prize in a draw that was put away, and claims it', async (run) => {
  const { activity } = await command('lottery.open', { title: 'Mugs', prizes: [{ name: 'A mug' }] });
  const pages = [await visit(run, 'ann'), await visit(run, 'bob')];
  await pages[0].getByRole('button', { name: 'Enter the draw' }).click();
  await shown(pages[0], 'You are in the draw');
  await shown(pages[1], '1 entrant');
  for (const type of ['close', 'lottery.draw', 'put_away']) await command(type, { activity });
  await pages[1].waitForFunction(() => kit.room().status.activities.every(({ shown }) => shown === 'put away'));
  await shown(pages[0], 'You have won');
  await pages[0].reload();
  await shown(pages[0], 'You have won');
  await pages[0].getByRole('button', { name: 'Claim the prize' }).click();
  await shown(pages[0], 'You have claimed it.');
  const late = await visit(run, 'bob');
  await late.waitForFunction(() => kit.room().status.connection === 'live');
  assert.equal(await late.getByText('Mugs').count(), 0);
  await handOver(activity);
  await pages[0].waitForFunction(() => kit.room().status.activities.every(({ shown }) => shown === 'put away'));
  assert.equal(await pages[0].getByText('You have claimed it.').count(), 0);
  assert.deepEqual(pages[0].faults, []);
});

test('a buyer finds a reserved unit in a deal that was put away', async (run) => {
  const { activity } = await command('deal.open', { title: 'Sea jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }], reserve_ms: 60_000 });
  const page = await visit(run, 'cem');
  await page.getByRole('button', { name: 'Reserve', exact: true }).click();
  await shown(page, 'Reserved for you');
  await command('put_away', { activity });
  await page.reload();
  await shown(page, 'Reserved for you');
  await page.getByRole('button', { name: 'Give it back' }).click();
  await page.waitForFunction(() => kit.room().status.activities.every(({ shown }) => shown === 'put away'));
});
