// R5: the README's recipes that forward reports, run as they stand there, against what each client is called with.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const DEAL = {
  activity: 'jacket',
  run: 1,
  card: { widget: 'deal', title: 'Rain jacket', sku: 'jacket-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ id: 'm' }], by: { kind: 'cart' }, settles: 'page' },
  tally: { widget: 'deal', phase: 'open', stock: [{ left: 5, reserved: 0, ordering: 0, sold: 0, total: 5 }] },
};
let browser;
let site;
let recipes;

before(async () => {
  browser = await browse();
  site = await serve();
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  recipes = new Map([...readme.matchAll(/```js\n\/\/ forward: (\S+)\n([^]*?)```/g)].map(([, name, text]) => [name, text]));
});
after(async () => {
  await browser?.close();
  site?.stop();
});

/* In the page: each client as its vendor's own snippet leaves it until its script is there, a queue of calls. */
function clients() {
  window.calls = [];
  const queue = (name) => (...args) => window.calls.push([name, ...args]);
  window.dataLayer = { push: queue('dataLayer.push') };
  window.gtag = queue('gtag');
  window.analytics = { track: queue('track') };
  window.posthog = { capture: queue('capture') };
  window._paq = { push: queue('_paq.push') };
}

/* A page on which a vote is cast and a deal is ordered, with one recipe; what the client was called with, by type of report. */
async function forwarded(run, name) {
  const page = await open(browser, site.page('<live-room room="den"><live-poll></live-poll><live-deal></live-deal></live-room>'));
  run.after(() => page.context().close());
  await page.evaluate(clients);
  assert.ok(recipes.has(name), `the README has a recipe for ${name}`);
  await page.evaluate(recipes.get(name));
  await page.evaluate((message) => {
    addEventListener('live-act', (event) => event.respondWith({ ok: true, ...(event.detail.action.type === 'deal.claim' && { mine: window.claimed }) }));
    window.claimed = { widget: 'deal', claims: [{ claim: 'c1', variant: 'm', quantity: 1, standing: 'reserved', until: Date.now() + 60_000, price: { amount: '69.00', currency: 'EUR' } }] };
    kit.room().order = () => ({ ok: true, order: 'A-1' });
    kit.room().receive(message);
  }, { type: 'news', at: Date.now(), news: [...poll('colour', { run: 3 }).news, DEAL] });
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-outcome', { activity: 'colour', ok: true }));
  assert.deepEqual(await page.evaluate(() => window.calls), [], 'nothing is forwarded before there is consent');
  await page.evaluate(() => kit.room().setAttribute('consent', 'granted'));
  await page.evaluate(() => kit.until('live-engagement', { type: 'live.poll.outcome' }));
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.evaluate(() => kit.until('live-engagement', { type: 'live.deal.order' }));
  const [events, calls] = await page.evaluate(() => [kit.heard.filter(({ name: heard }) => heard === 'live-engagement').map(({ detail }) => detail), window.calls]);
  assert.equal(calls.length, events.length, 'each report is forwarded once');
  assert.deepEqual(page.faults, []);
  const of = (type) => {
    const place = events.findIndex((event) => event.type === type);
    assert.ok(place >= 0, `${type} among ${events.map((event) => event.type)}`);
    return { call: calls[place], data: events[place].data };
  };
  assert.deepEqual([of('live.poll.acted').data.act, of('live.deal.order').data.value], ['vote', '69.00']);
  return of;
}

test('a tag manager\'s dataLayer is given each report as an event', async (run) => {
  const of = await forwarded(run, 'dataLayer');
  const { call, data } = of('live.poll.acted');
  assert.deepEqual(call, ['dataLayer.push', { event: 'live.poll.acted', live: data }]);
  assert.equal(data.activity, 'colour');
});

test('Google Analytics 4 is given names that it takes, and an order\'s amount as a number', async (run) => {
  const of = await forwarded(run, 'gtag');
  assert.deepEqual(of('live.poll.acted').call, ['gtag', 'event', 'live_poll_acted', { widget: 'poll', activity: 'colour', act: 'vote' }]);
  assert.deepEqual(of('live.deal.order').call, ['gtag', 'event', 'live_deal_order', { widget: 'deal', activity: 'jacket', act: undefined, value: 69, currency: 'EUR' }]);
  for (const name of ['live.poll.outcome', 'live.deal.acted']) assert.match(of(name).call[2], /^[a-z][a-z0-9_]{0,39}$/);
});

test('Segment and PostHog are given type and data', async (run) => {
  for (const [name, call] of [['analytics', 'track'], ['posthog', 'capture']]) {
    const of = await forwarded(run, name);
    const { call: got, data } = of('live.deal.order');
    assert.deepEqual(got, [call, 'live.deal.order', data]);
  }
});

test('Matomo is given category, action and name', async (run) => {
  const of = await forwarded(run, '_paq');
  assert.deepEqual(of('live.poll.acted').call, ['_paq.push', ['trackEvent', 'live.poll', 'acted vote', 'colour']]);
  assert.deepEqual(of('live.deal.order').call, ['_paq.push', ['trackEvent', 'live.deal', 'order', 'jacket']]);
});

test('every recipe of the README is tried here', () => {
  assert.deepEqual([...recipes.keys()], ['dataLayer', 'gtag', 'analytics', 'posthog', '_paq']);
});
