// Plain forms on a real room server, by HTTP alone: what is done without WebAssembly counts as what is done with it.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
/* Shorter than a room is asked anew: what is seen within it came at once. */
const AT_ONCE = { timeout: 7_500 };
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

async function opened(run, command) {
  const { ok, activity, refusal } = await server.command(command);
  assert.equal(ok, true, JSON.stringify(refusal));
  run.after(() => server.command({ type: 'put_away', activity }));
  return activity;
}

/* A page without WebAssembly and without sockets: of a viewer by name, or of an unknown browser. */
async function visit(run, widget, activity, { name = '', at = server } = {}) {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '').replace("connect-src 'self' ws:", `connect-src 'self' ${at.address}`);
  const token = name && `token="${await at.token('viewer', { sub: name, name })}"`;
  const body = `<main><h1>A show</h1><live-room room="demo" server="${at.address}" ${token}><live-${widget} activity="${activity}"></live-${widget}></live-room></main>`;
  const page = await open(browser, site.page(body, { policy }));
  run.after(() => page.context().close());
  const element = page.locator(`live-${widget}`);
  await element.locator('.card').waitFor();
  return Object.assign(page, {
    element,
    press: (text) => element.getByRole('button', { name: text, exact: true }).click(),
    shows: (text, options) => element.getByText(text).first().waitFor(options),
  });
}

/* What the desk is told of an activity: its newest parts. */
async function told(activity, at = server) {
  const hello = { type: 'hello', version: 1, kinds: ['poll', 'lottery', 'qna', 'deal'], seat: 'desk', token: await at.token('owner') };
  const response = await fetch(`${at.address}/v1/rooms/demo/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([hello]) });
  const items = (await response.json()).flatMap(({ news = [] }) => news).filter((item) => item.activity === activity);
  return Object.assign({}, ...items);
}

const POLL = { type: 'poll.open', question: 'Red or blue?', options: ['Red', 'Blue'] };

test('a vote by HTTP is one vote of this browser, changed and kept over a reload', async (run) => {
  const activity = await opened(run, POLL);
  const page = await visit(run, 'poll', activity);
  await page.shows('Slow connection. Numbers come every few seconds.');
  await page.getByLabel('Blue').check();
  await page.press('Vote');
  await page.getByRole('button', { name: 'Change vote' }).waitFor(AT_ONCE);
  await page.reload();
  await page.getByRole('button', { name: 'Change vote' }).waitFor();
  assert.equal(await page.getByLabel('Blue').isChecked(), true);
  await page.getByLabel('Red').check();
  await page.press('Change vote');
  await page.evaluate(() => kit.until('live-outcome', { ok: true }));
  const { tally } = await told(activity);
  assert.deepEqual([tally.voters, tally.votes], [1, [1, 0]]);
  assert.deepEqual(await findings(page), []);
});

test('a vote is sent at once while a question for news hangs', async (run) => {
  const activity = await opened(run, POLL);
  const page = await visit(run, 'poll', activity);
  let held;
  const isHeld = new Promise((resolve) => (held = resolve));
  await page.route('**/messages', (route) => {
    const frames = route.request().postDataJSON();
    // What only asks for news is never answered.
    if (frames.length === 1) held();
    else route.continue();
  });
  await page.evaluate(() => kit.room().setAttribute('token', ''));
  await isHeld;
  await page.getByLabel('Red').check();
  await page.press('Vote');
  await page.getByRole('button', { name: 'Change vote' }).waitFor(AT_ONCE);
  assert.equal(await page.element.getByText('Not connected').count(), 0);
});

test('two votes in quick succession both arrive, and the later one stands', async (run) => {
  const activity = await opened(run, { ...POLL, options: ['Red', 'Blue', 'Green'] });
  const page = await visit(run, 'poll', activity);
  for (const [label, press] of [['Red', 'Vote'], ['Green', 'Change vote']]) {
    await page.getByLabel(label).check();
    await page.element.getByRole('button', { name: press, exact: true }).and(page.locator('[aria-disabled=false]')).click(AT_ONCE);
  }
  await page.waitForFunction(() => kit.heard.filter(({ name, detail }) => name === 'live-outcome' && detail.ok).length === 2);
  assert.deepEqual((await told(activity)).tally.votes, [0, 0, 1]);
});

test('a page that has lost the room says since when, and a vote of that time is counted once when it is back', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  const { activity } = await own.command(POLL);
  const page = await visit(run, 'poll', activity, { at: own });
  await own.kill();
  await page.getByLabel('Red').check();
  await page.press('Vote');
  await page.shows(/Not connected since .*What you see may be old/);
  await own.restart();
  await page.getByRole('button', { name: 'Change vote' }).waitFor();
  assert.deepEqual((await told(activity, own)).tally.votes, [1, 0]);
  await page.shows('Slow connection.');
});

test('a token that the room does not trust refuses what waits, and says so to the viewer and to the page', async (run) => {
  const activity = await opened(run, POLL);
  const page = await visit(run, 'poll', activity);
  await page.evaluate(() => kit.room().setAttribute('token', 'forged.for.nothing'));
  await page.getByLabel('Red').check();
  await page.press('Vote');
  await page.shows('The page is no longer signed in. Reload it, then try again.');
  const { detail } = await page.evaluate(() => kit.until('live-error', { code: 'bad-token' }));
  assert.equal(detail.code, 'bad-token');
});

test('a draw is entered, drawn and claimed by a form that the shop alone reads', async (run) => {
  const fields = [{ label: 'Name' }];
  const activity = await opened(run, { type: 'lottery.open', title: 'Win beans', prizes: [{ name: 'Bag of beans' }], conditions: [{ kind: 'keyword', word: 'harbour' }], claim: { kind: 'form', fields } });
  const page = await visit(run, 'lottery', activity, { name: 'ana' });
  await page.getByLabel('The word').fill('quay');
  await page.press('Enter the draw');
  await page.shows('That is not the word.', AT_ONCE);
  await page.getByLabel('The word').fill('Harbour');
  await page.press('Enter the draw');
  await page.shows('You are in the draw', AT_ONCE);
  assert.equal((await server.command({ type: 'close', activity })).ok, true);
  assert.equal((await server.command({ type: 'lottery.draw', activity })).ok, true);
  await page.shows('You have won');
  await page.getByLabel('Name').fill('Ana of the harbour');
  await page.press('Claim the prize');
  await page.shows('You have claimed it.', AT_ONCE);
  const { tally } = await told(activity);
  assert.equal(tally.claimed, 1);
  assert.deepEqual(page.faults.filter((fault) => !/webassembly|wasm/i.test(fault)), []);
});

test('a draw that takes accounts alone tells an unknown browser to sign in', async (run) => {
  const activity = await opened(run, { type: 'lottery.open', title: 'Win beans', prizes: [{ name: 'Bag of beans' }] });
  const page = await visit(run, 'lottery', activity);
  await page.press('Enter the draw');
  await page.shows('Not accepted. Sign in on this page first, then try again.', AT_ONCE);
});

const DEAL = { type: 'deal.open', title: 'Rain jacket', price: { amount: '69.00', currency: 'EUR' }, variants: [{ id: 'm', stock: 5 }] };
const stock = async (activity) => {
  const { left, reserved, ordering, sold } = (await told(activity)).tally.stock[0];
  return { left, reserved, ordering, sold };
};

test('one press claims and orders through the cart of the page, and the shop has the last word', async (run) => {
  const activity = await opened(run, { ...DEAL, sku: 'jacket-1' });
  const page = await visit(run, 'deal', activity, { name: 'bea' });
  await page.evaluate(() => {
    window.given = [];
    kit.room().order = (claim) => {
      window.given.push(claim);
      return new Promise((resolve) => (window.answer = resolve));
    };
  });
  await page.shows('5 left');
  await page.shows(/counted by the room/);
  await page.press('Buy now');
  await page.waitForFunction(() => window.given.length, undefined, AT_ONCE);
  const [{ claim, ticket, sku, variant, quantity, price, currency, until }] = await page.evaluate(() => window.given);
  assert.deepEqual([sku, variant, quantity, price, currency], ['jacket-1', 'm', 1, '69.00', 'EUR']);
  assert.match(ticket, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.ok(until > Date.now());
  await page.shows('The shop is confirming');
  assert.deepEqual(await stock(activity), { left: 4, reserved: 0, ordering: 1, sold: 0 });
  await page.evaluate(() => window.answer({ ok: true, order: 'A-1' }));
  await page.shows('Order number: ⁨A-1⁩');
  assert.deepEqual(await stock(activity), { left: 4, reserved: 0, ordering: 1, sold: 0 }, 'what the page says sells nothing');
  const settled = await server.command({ type: 'deal.settle', activity, claim, settle: { outcome: 'sold', order: 'A-1' } });
  assert.equal(settled.ok, true);
  await page.shows('Ordered');
  assert.equal(await page.evaluate(() => window.given.length), 1);
  assert.deepEqual(await findings(page), []);
});

test('an order that fails says why, leaves the reservation, and can be given back', async (run) => {
  const activity = await opened(run, { ...DEAL, sku: 'jacket-2' });
  const page = await visit(run, 'deal', activity, { name: 'cem' });
  await page.evaluate(() => (kit.room().order = () => ({ ok: false, reason: 'payment-failed' })));
  await page.press('Buy now');
  await page.shows('Not ordered: the payment failed.', AT_ONCE);
  assert.deepEqual(await stock(activity), { left: 4, reserved: 1, ordering: 0, sold: 0 });
  await page.element.getByRole('button', { name: 'Order again' }).waitFor();
  await page.press('Give it back');
  await page.shows('No longer reserved', AT_ONCE);
  assert.deepEqual(await stock(activity), { left: 5, reserved: 0, ordering: 0, sold: 0 });
});

test('without a cart a claim is reserved, with a link that carries its ticket', async (run) => {
  const activity = await opened(run, { ...DEAL, sku: 'jacket-3', by: { kind: 'link', address: 'https://shop.example/buy' } });
  const page = await visit(run, 'deal', activity, { name: 'dan' });
  await page.press('Reserve');
  await page.shows('Reserved for you', AT_ONCE);
  assert.match(await page.getByRole('link', { name: 'Go to the shop' }).getAttribute('href'), /^https:\/\/shop\.example\/buy#ticket=[\w-]+\.[\w-]+\.[\w-]+$/);
});

test('a question is asked and waits for approval', async (run) => {
  const activity = await opened(run, { type: 'qna.open', title: 'Ask the kitchen' });
  const page = await visit(run, 'qna', activity);
  await page.getByRole('textbox', { name: 'Your question' }).fill('What is in it?');
  await page.press('Ask');
  await page.shows('Waits for approval', AT_ONCE);
  assert.equal((await told(activity)).entries[0].text, 'What is in it?');
});

for (const [widget, command] of [
  ['poll', POLL],
  ['lottery', { type: 'lottery.open', title: 'Win beans', prizes: [{ name: 'Bag of beans' }] }],
  ['qna', { type: 'qna.open', title: 'Ask the kitchen' }],
  ['deal', { ...DEAL, sku: 'jacket-4' }],
]) {
  test(`E8: a plain ${widget} that is reported is reported to the desk`, async (run) => {
    const activity = await opened(run, command);
    const page = await visit(run, widget, activity, { name: 'eva' });
    await page.getByText('Report this').click();
    await page.press('Offensive or dangerous');
    await page.shows('Reported. Thank you.', AT_ONCE);
    assert.equal((await told(activity)).flags, 1);
  });
}

test('a room that is taken out of the page asks its server no more', async (run) => {
  const activity = await opened(run, POLL);
  const page = await visit(run, 'poll', activity);
  await page.clock.install();
  await page.evaluate(() => kit.room().remove());
  await page.clock.runFor(3_000);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.clock.runFor(60_000);
  assert.deepEqual(asked, []);
});

test('a kit that has failed goes on by its socket, and by HTTP once that is gone', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  const page = await open(browser, `${own.address}/viewer`);
  run.after(() => page.context().close());
  await page.evaluate(() => {
    const create = Document.prototype.createTextNode;
    Document.prototype.createTextNode = function (text) {
      if (window.poison && text.includes('Bad')) throw new Error('made to fail');
      return create.call(this, text);
    };
    window.poison = true;
  });
  await page.waitForFunction(() => kit.room().status.connection === 'live');
  for (let turn = 1; turn <= 5; turn += 1) {
    await own.command({ ...POLL, question: `Bad ${turn}?` });
    await page.waitForFunction((count) => kit.heard.filter(({ detail }) => detail?.code === 'trap').length === count, turn);
    if (turn < 5) await page.waitForFunction(() => kit.room().status.wasm === 'ready');
  }
  await page.evaluate(() => (window.poison = false));
  const asked = [];
  page.on('request', (request) => request.url().endsWith('/messages') && asked.push(request.postData()));
  const card = page.locator('live-poll .card');
  await own.command({ ...POLL, question: 'By the socket?' });
  await card.getByText('By the socket?').waitFor();
  await card.getByLabel('Red').check();
  await card.getByRole('button', { name: 'Vote', exact: true }).click();
  await card.getByRole('button', { name: 'Change vote' }).waitFor(AT_ONCE);
  assert.deepEqual(asked, []);
  await own.kill();
  await own.restart();
  await own.command({ ...POLL, question: 'By HTTP?' });
  await card.getByText('By HTTP?').waitFor();
  assert.ok(asked.length > 0);
});

for (const [lang, theme] of [['en', 'light'], ['ar', 'dark']]) {
  test(`the gallery shows every state as a plain form that passes the accessibility check, in ${lang}`, async (run) => {
    const page = await open(browser, `${server.address}/gallery?via=plain&lang=${lang}&theme=${theme}`, { reducedMotion: 'reduce' });
    run.after(() => page.context().close());
    await page.waitForSelector('[data-ready]', { timeout: 60_000 });
    const [states, cards] = [await page.locator('.state').count(), await page.locator('.state .card').count()];
    assert.ok(states > 20);
    assert.equal(cards, states);
    const empty = await page.locator('.state .card').evaluateAll((all) => all.filter(({ innerText }) => innerText.length < 20).length);
    assert.equal(empty, 0);
    assert.deepEqual(await findings(page, { except: ['landmark-unique'] }), []);
    assert.deepEqual(page.faults, []);
  });
}
