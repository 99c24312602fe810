// The viewer's page of the demo: all four widgets at once, and a made-up account for those that ask who takes part.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const FOUR = [
  { type: 'poll.open', question: 'Red or blue?', options: ['Red', 'Blue'] },
  { type: 'lottery.open', title: 'Teapots', prizes: [{ name: 'Teapot', count: 1 }] },
  { type: 'qna.open', title: 'Ask the kitchen' },
  { type: 'deal.open', title: 'Sea jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }] },
];
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

async function visit(run, { from = server, query = '', ...options } = {}) {
  const page = await open(browser, `${from.address}/viewer${query}`, { reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  return page;
}

async function openFour(run) {
  for (const command of FOUR) {
    const { ok, activity } = await server.command(command);
    assert.ok(ok, command.type);
    run.after(() => server.command({ type: 'put_away', activity }));
  }
}

async function signIn(page, name) {
  await page.getByLabel('Your name').fill(name);
  await page.keyboard.press('Enter');
  await page.getByText(`Signed in as ${name}.`).waitFor();
}

test('all four widgets are open at once, by day and by night, on a phone and beside the picture', async (run) => {
  await openFour(run);
  for (const [width, colorScheme] of [[320, 'light'], [1280, 'dark']]) {
    const page = await visit(run, { viewport: { width, height: 800 }, colorScheme });
    for (const text of ['Red or blue?', 'Teapots', 'Ask the kitchen', 'Sea jacket']) await page.locator('live-room').getByText(text).first().waitFor();
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.deepEqual(page.faults, []);
  }
});

test('with nothing open the widgets leave no gap, and the chat begins beside the picture', async (run) => {
  const page = await visit(run, { viewport: { width: 1280, height: 800 } });
  await page.waitForFunction(() => document.querySelector('live-room').status.connection === 'live');
  const top = (name) => page.locator(name).evaluate((element) => element.getBoundingClientRect().top);
  assert.equal(await top('.chat'), await top('.picture'));
});

test('who wants to reserve or to enter is led to the sign-in, and can then', async (run) => {
  await openFour(run);
  const page = await visit(run);
  const reserve = page.locator('live-deal').getByRole('button', { name: 'Reserve', exact: true });
  await reserve.click();
  await page.waitForFunction(() => document.activeElement.id === 'name');
  await signIn(page, 'Ana');
  await reserve.click();
  await page.locator('live-deal').getByText('Reserved for you').waitFor();
  await page.locator('live-lottery').getByRole('button', { name: 'Enter the draw' }).click();
  await page.evaluate(() => kit.until('live-outcome', { widget: 'lottery', ok: true }));
  await page.reload();
  await page.locator('live-deal').getByText('Reserved for you').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await reserve.waitFor();
});

test('a server that is not in development vouches for nobody, and the page says so', async (run) => {
  const own = await start({ dev: false });
  run.after(() => own.stop());
  const page = await visit(run, { from: own });
  await page.getByLabel('Your name').fill('Ana');
  await page.keyboard.press('Enter');
  await page.locator('#who-says').getByText('tokens for viewers are signed by your own server').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('demo-viewer')), null);
});

test('a practice room knows its viewers by the browser, and asks nobody to sign in', async (run) => {
  const page = await visit(run, { query: '?server=local:' });
  await page.getByText('Practice room').first().waitFor();
  assert.equal(await page.locator('#you').isVisible(), false);
});
