// A device whose clock is ten years off, either way: every time on it is the room's all the same.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const TEN_YEARS = 315_576_000_000;
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

/* In the page, before anything else: its clock goes wrong by so much. */
function shift(by) {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) {
      if (given.length) super(...given);
      else super(Right.now() + by);
    }

    static now() {
      return Right.now() + by;
    }
  };
}

async function opened(run, command) {
  const { ok, activity } = await server.command(command);
  assert.ok(ok, command.type);
  run.after(() => server.command({ type: 'put_away', activity }));
  return activity;
}

/* A signed-in viewer with such a clock, on a page of another origin than the room. */
async function visit(run, sub, by) {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address} ${server.address.replace('http', 'ws')}`);
  const token = await server.token('viewer', { sub });
  const widgets = ['lottery', 'qna', 'deal'].map((widget) => `<live-${widget}></live-${widget}>`).join('');
  const address = site.page(`<live-room room="demo" server="${server.address}" token="${token}">${widgets}</live-room>`, { policy });
  const page = await open(browser, 'about:blank', { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await page.addInitScript(shift, by);
  await page.goto(address);
  return page;
}

const left = (place) => place.locator('.clock__left');

for (const [name, by] of [['fast', TEN_YEARS], ['slow', -TEN_YEARS]]) {
  test(`ten years ${name}: a deal is open for as long as the room says, and what is reserved is`, async (run) => {
    await opened(run, { type: 'deal.open', title: 'Sea jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }], reserve_ms: 30_000, closes_in_ms: 110_000 });
    const page = await visit(run, `${name}-buyer`, by);
    assert.ok(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - by) < 60_000, 'its clock is wrong');
    const deal = page.locator('live-deal');
    await left(deal).getByText(/^1:[0-4]\d$/).waitFor();
    await deal.getByRole('button', { name: 'Reserve', exact: true }).click();
    await deal.getByText('Reserved for you').waitFor();
    await left(deal).getByText(/^0:[12]\d$/).waitFor();
    assert.deepEqual(page.faults, []);
  });

  test(`ten years ${name}: a draw closes, is told and can be claimed when the room says`, async (run) => {
    const activity = await opened(run, { type: 'lottery.open', title: 'Teapots', prizes: [{ name: 'Teapot' }], claim_within_ms: 60_000, closes_in_ms: 110_000 });
    const page = await visit(run, `${name}-entrant`, by);
    const draw = page.locator('live-lottery');
    await left(draw).getByText(/^1:[0-4]\d$/).waitFor();
    await draw.getByRole('button', { name: 'Enter the draw' }).click();
    await draw.getByText('You are in the draw').waitFor();
    for (const type of ['close', 'lottery.draw']) assert.ok((await server.command({ type, activity })).ok);
    await left(draw).getByText(/^0:[345]\d$/).waitFor();
    await draw.getByRole('button', { name: 'Claim', exact: false }).first().click();
    await page.evaluate(() => kit.until('live-outcome', { widget: 'lottery', act: 'claim', ok: true }));
    assert.deepEqual(page.faults, []);
  });

  test(`ten years ${name}: a question says when it was asked, and may be asked again in time`, async (run) => {
    await opened(run, { type: 'qna.open', title: 'Ask the kitchen', approval: false, every_ms: 0, closes_in_ms: 110_000 });
    const page = await visit(run, `${name}-asker`, by);
    const list = page.locator('live-qna');
    await left(list).getByText(/^1:[0-4]\d$/).waitFor();
    for (const text of ['Is it warm?', 'Is it light?']) {
      await list.getByRole('textbox', { name: 'Your question' }).fill(text);
      await list.getByRole('button', { name: 'Ask', exact: true }).click();
      await list.locator('.qna__table').getByText(text).waitFor();
    }
    assert.deepEqual(page.faults, []);
  });
}
