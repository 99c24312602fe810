// What is reported of a prize draw, of questions and of a deal with its order: as an endpoint received it.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const PRICE = { amount: '69.00', currency: 'EUR' };
const CLAIM = { claim: 'c1', variant: 'm', quantity: 1, standing: 'reserved', price: PRICE, ticket: 'e30.e30.e30' };
let browser;
let site;

before(async () => {
  site = await serve();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  site?.stop();
});

/* A page that drives its own room `den` with one widget in it, whose acts the page accepts unless `answers` has another answer. */
async function visit(run, widget, item, answers = {}) {
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const body = `<live-room room="den" report="${endpoint.address}/den" consent="granted"><live-${widget}></live-${widget}></live-room>`;
  const page = await open(browser, site.page(`<main>${body}</main>`, { policy }));
  run.after(() => page.context().close());
  await page.evaluate((answers) => {
    addEventListener('live-act', (event) => event.respondWith(answers[event.detail.action.type] ?? { ok: true }));
  }, answers);
  await page.evaluate((message) => kit.room().receive(message), { type: 'news', at: Date.now(), news: [{ activity: 'a1', run: 2, rev: 1, ...item }] });
  await endpoint.until(() => endpoint.reports(`live.${widget}.seen`).length);
  return { endpoint, page };
}

/* The types that came, in order, once the last has come; and that each says where it belongs. */
async function types(endpoint, widget, last) {
  await endpoint.until(() => endpoint.reports(last).length);
  for (const { subject, data } of endpoint.reports()) {
    const { room, channel, activity, run } = data;
    assert.deepEqual({ subject, room, channel, activity, run, widget: data.widget }, { subject: 'a1', room: 'den', channel: 'page', activity: 'a1', run: 2, widget });
  }
  return endpoint.reports().map(({ type, data }) => [type.replace(`live.${widget}.`, ''), data.act ?? data.value].filter(Boolean).join(' '));
}

const texts = ({ requests }) => requests.map(({ text }) => text).join('\n');

test('R2: a draw that is seen and entered is reported, without its prizes', async (run) => {
  const item = {
    card: { widget: 'lottery', title: 'Autumn draw', prizes: [{ name: 'A mug' }], conditions: [{ kind: 'keyword' }], tickets: { each: 1 }, winners_shown: 'masked', claim: { kind: 'press' } },
    tally: { widget: 'lottery', phase: 'open', entrants: 3, tickets: 3 },
  };
  const { endpoint, page } = await visit(run, 'lottery', item);
  await page.locator('live-lottery').getByRole('textbox').fill('darjeeling');
  await page.locator('live-lottery').getByRole('button', { name: 'Enter' }).click();
  assert.deepEqual(await types(endpoint, 'lottery', 'live.lottery.outcome'), ['seen', 'acted enter', 'outcome enter']);
  assert.doesNotMatch(texts(endpoint), /mug|[Aa]utumn|darjeeling/);
});

test('R2, R4: a question is reported as asked or as refused, and never with its words', async (run) => {
  const item = { card: { widget: 'qna', title: 'Ask us', approval: true, most: 10 }, tally: { widget: 'qna', phase: 'open', questions: 0, answered: 0, list: [] }, entries: [] };
  const { endpoint, page } = await visit(run, 'qna', item, { 'qna.ask': { ok: false, reason: 'blocked' } });
  await page.getByRole('textbox', { name: 'Your question' }).fill('Where is it sewn?');
  await page.locator('live-qna').getByRole('button', { name: 'Ask' }).click();
  assert.deepEqual(await types(endpoint, 'qna', 'live.qna.refused'), ['seen', 'acted ask', 'refused ask']);
  assert.equal(endpoint.reports('live.qna.refused')[0].data.reason, 'blocked');
  assert.doesNotMatch(texts(endpoint), /sewn|Ask us/);
});

test('R2: an order is reported with its value, once, after the claim that it ends', async (run) => {
  const item = {
    card: { widget: 'deal', title: 'Rain jacket', sku: 'jacket-1', price: PRICE, variants: [{ id: 'm' }], limit: 1, reserve_ms: 120_000, seller: {} },
    tally: { widget: 'deal', phase: 'open', stock: [{ left: 5, reserved: 0, ordering: 0, sold: 0, total: 5 }] },
  };
  const claims = [{ ...CLAIM, until: Date.now() + 120_000 }];
  const { endpoint, page } = await visit(run, 'deal', item, { 'deal.claim': { ok: true, mine: { claims } } });
  await page.evaluate(() => {
    kit.room().order = async () => ({ ok: true, order: 'A-118', value: 64.5 });
  });
  await page.locator('live-deal').getByRole('button', { name: 'Buy now', exact: true }).click();
  const told = await types(endpoint, 'deal', 'live.deal.order');
  assert.deepEqual(told.slice(0, 3), ['seen', 'acted claim', 'outcome claim']);
  const [{ data }, ...more] = endpoint.reports('live.deal.order');
  assert.deepEqual({ value: data.value, currency: data.currency, more }, { value: '64.5', currency: 'EUR', more: [] });
  assert.doesNotMatch(texts(endpoint), /A-118|e30\.e30|Rain jacket/);
});
