// R2: a real page at a real room sends every type of report that the table has, with every field, and nothing that the table has not.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, poll, serve } from './harness.mjs';
import { start } from './server.mjs';
import { table } from './table.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const ABOUT = { brand: 'Harbour', tags: ['outdoor', 'autumn'], products: ['J-1'] };
const CAMPAIGN = 'utm_source=letter&utm_campaign=autumn%20sale';
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

/* A viewer's page with all four widgets at that server; `query` stands behind its address. */
async function visit(run, server, endpoint, query = '') {
  const policy = POLICY.replace('ws:', `ws: ${server.address} ${endpoint.address}`);
  const room = `<live-room room="demo" server="${server.address}" report="${endpoint.address}/r" token="${await server.token('viewer', { sub: 'ann' })}" consent="granted" campaign="${CAMPAIGN.replaceAll('&', '&amp;')}">`;
  const address = site.page(`<main>${room}<live-poll></live-poll><live-lottery></live-lottery><live-qna></live-qna><live-deal></live-deal></live-room></main>`, { policy });
  const page = await open(browser, 'about:blank', { viewport: { width: 800, height: 4_000 } });
  run.after(() => page.context().close());
  await page.clock.install();
  await page.goto(address + query);
  await page.evaluate(() => {
    kit.room().streamClock = () => Date.now() - 8_000;
    kit.room().order = async () => ({ ok: true, order: 'A-1', value: 64.5 });
    navigator.share = async () => {};
  });
  return page;
}

const press = (page, widget, name) => page.locator(`live-${widget}`).getByRole('button', { name, exact: true }).click();

test('every type and every field of the table is sent by a browser, and nothing else', async (run) => {
  const server = await start();
  run.after(() => server.stop());
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  await server.command({ type: 'show.start', title: 'Evening', on_air: ['lin'] });
  await server.command({ type: 'poll.open', activity: 'colour', question: 'Which colour next?', options: ['Red', 'Blue'], about: ABOUT });
  await server.command({ type: 'lottery.open', activity: 'pots', title: 'Teapots', prizes: [{ name: 'Pot', count: 1 }], about: ABOUT });
  await server.command({ type: 'qna.open', activity: 'ask', title: 'Ask us', approval: true, about: ABOUT });
  await server.command({ type: 'deal.open', activity: 'jacket', title: 'Sea jacket', sku: 'J-2', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }], about: ABOUT });
  const page = await visit(run, server, endpoint, '?live-ref=0123456789abcdef');
  const sent = (type) => endpoint.until(() => endpoint.reports(type).length, type);
  await page.getByLabel('Red').waitFor();
  await page.clock.runFor(1_500);
  await Promise.all(['poll', 'lottery', 'qna', 'deal'].map((widget) => sent(`live.${widget}.seen`)));
  await page.getByLabel('Red').check();
  await press(page, 'poll', 'Vote');
  await press(page, 'lottery', 'Enter the draw');
  await page.getByRole('textbox', { name: 'Your question' }).fill('Where is it sewn?');
  await press(page, 'qna', 'Ask');
  await press(page, 'deal', 'Buy now');
  await Promise.all([sent('live.poll.outcome'), sent('live.lottery.outcome'), sent('live.qna.outcome'), sent('live.deal.order')]);
  /* The page's back end says no. */
  await page.evaluate(() => document.addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'closed' }), { once: true }));
  await page.getByRole('textbox', { name: 'Your question' }).fill('And who sews it?');
  await press(page, 'qna', 'Ask');
  await sent('live.qna.refused');
  await page.evaluate(async () => {
    await kit.room().report('like', { count: 1 });
    kit.room().setAttribute('theme', 'blue');
    await kit.room().share();
  });
  await page.clock.runFor(61_000);
  await Promise.all(['page.like', 'live.room.error', 'live.room.acted', 'live.room.arrived', 'live.room.watch', 'live.poll.visible'].map(sent));
  const known = await table();
  const all = [...endpoint.reports(), ...endpoint.ledgers];
  assert.deepEqual([...new Set(all.flatMap((report) => known.faults(report)))], []);
  const types = new Set(all.map(({ type }) => known.of(type).name));
  assert.deepEqual(known.kinds.map(({ name }) => name).filter((name) => !types.has(name)), [], 'types that no browser sent');
  const own = new Set(all.flatMap(({ type, data }) => Object.keys(data).map((name) => `${known.of(type).name} ${name}`)));
  const wanted = known.kinds.flatMap(({ name, own: fields }) => fields.map((field) => `${name} ${field.name}`));
  /* Nothing was dropped here. */
  assert.deepEqual(wanted.filter((field) => !own.has(field) && field !== 'live.room.ledger dropped'), [], 'fields of a type that no browser sent');
  const shared = new Set(all.flatMap(({ data }) => Object.keys(data)));
  assert.deepEqual(known.of('live.poll.seen').fields.filter(({ name }) => !shared.has(name)), [], 'fields that no browser sent');

  const [deal] = endpoint.reports('live.deal.order');
  const { products, brand, tags, campaign, value, currency, on_air: onAir, show } = deal.data;
  assert.deepEqual({ products, brand, tags, campaign, value, currency, onAir, show }, {
    products: ['J-1', 'J-2'], brand: 'Harbour', tags: ['outdoor', 'autumn'], campaign: { utm_source: 'letter', utm_campaign: 'autumn sale' },
    value: '64.5', currency: 'EUR', onAir: ['lin'], show: 'show-1',
  });
  assert.ok(Math.abs(deal.data.at - 8_000 - deal.data.stream) < 2_000, 'stream position in the page\'s programme time');
  const [watch] = endpoint.reports('live.room.watch');
  assert.ok(watch.data.ms >= 60_000, 'a heartbeat a minute');
  assert.equal(watch.data.products, undefined);
  for (const { text } of endpoint.requests) assert.doesNotMatch(text, /Which colour|"Red"|Teapots|"Pot"|sewn|Ask us|Sea jacket|A-1"|"ann"|live-ref/);
});

for (const [channel, attributes] of [['overlay', 'room="den" mode="overlay"'], ['practice', 'room="demo" server="local:"']]) {
  test(`what is seen in ${channel === 'overlay' ? 'an overlay' : 'a practice room'} says so`, async (run) => {
    const endpoint = await collect();
    run.after(() => endpoint.stop());
    const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
    const page = await open(browser, site.page(`<live-room ${attributes} report="${endpoint.address}/r" consent="granted"><live-poll></live-poll></live-room>`, { policy }));
    run.after(() => page.context().close());
    await page.evaluate(async ([channel, news]) => {
      await kit.room().ready;
      if (channel === 'overlay') kit.room().receive(news);
      else await kit.room().command({ type: 'poll.open', question: 'Which colour next?', options: ['Red', 'Blue'] });
    }, [channel, poll('p1')]);
    await endpoint.until(() => endpoint.reports('live.poll.seen').length);
    assert.deepEqual([...new Set(endpoint.reports().map(({ data }) => data.channel))], [channel]);
  });
}

test('a pseudonym is of one room: in another the same viewer has another', async (run) => {
  const server = await start();
  run.after(() => server.stop());
  const ask = async (path, body, token, method = 'POST') => (await fetch(server.address + path, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) })).json();
  await ask('/v1/rooms/other', {}, await server.token('owner', { room: 'other' }), 'PUT');
  const names = [];
  for (const room of ['demo', 'other']) {
    const hello = { type: 'hello', version: 1, kinds: ['poll'], token: await server.token('viewer', { sub: 'ann', room }) };
    const frames = await ask(`/v1/rooms/${room}/messages`, [hello]);
    names.push(frames.find(({ type }) => type === 'welcome').me);
  }
  assert.match(names[0], /^[0-9a-f]{32}$/);
  assert.notEqual(names[0], names[1]);
  assert.doesNotMatch(names.join(' '), /ann/);
});

test('a campaign that is more than it may be is told, and what is good of it stays', async (run) => {
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const attributes = `room="den" report="${endpoint.address}/den" consent="granted"`;
  const page = await open(browser, site.page(`<live-room ${attributes} campaign="a b=1&amp;long=${'x'.repeat(101)}&amp;utm_source=letter"><live-poll></live-poll></live-room>`, { policy }));
  run.after(() => page.context().close());
  const { detail } = await page.evaluate(() => kit.until('live-error', { code: 'attribute' }));
  assert.match(detail.message, /^campaign="a b=1.*: use at most 8 name=value/);
  await page.evaluate((news) => kit.room().receive(news), poll('p1'));
  await endpoint.until(() => endpoint.reports('live.poll.seen').length);
  assert.deepEqual(endpoint.reports('live.poll.seen')[0].data.campaign, { utm_source: 'letter' });
  await page.evaluate(async () => {
    kit.room().campaign = Array.from({ length: 9 }, (_, place) => `f${place}=${place}`).join('&');
    await kit.until('live-error', { code: 'attribute' }, kit.heard.length);
    await kit.room().report('nine', {});
    kit.room().campaign = null;
    await undefined;
    await kit.room().report('none', {});
  });
  await endpoint.until(() => endpoint.reports('page.none').length);
  assert.equal(Object.keys(endpoint.reports('page.nine')[0].data.campaign).length, 8);
  assert.equal(endpoint.reports('page.none')[0].data.campaign, undefined);
});
