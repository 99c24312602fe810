// What is reported of a poll, to whom, and who may stop it: as an endpoint received it.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, poll, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const GRANTED = 'consent="granted"';
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

/* A page that drives its own room `den`, with one poll in it, and an endpoint for its reports. */
async function visit(run, attributes = GRANTED, { before: prepare, widget = '' } = {}) {
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const address = site.page(`<live-room room="den" report="${endpoint.address}/den" ${attributes}><live-poll ${widget}></live-poll></live-room>`, { policy });
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  if (prepare) await page.addInitScript(prepare);
  await page.goto(address);
  await page.evaluate(async (news) => {
    await kit.room().ready;
    kit.room().receive(news);
  }, poll('p1', { run: 3 }));
  await page.getByLabel('Red').waitFor();
  return { endpoint, page, vote: () => vote(page) };
}

/* Votes, and the page's own back end answers as it is told. */
async function vote(page, answer = { ok: true }) {
  await page.evaluate((answer) => {
    const respond = (event) => event.respondWith(Promise.resolve(answer));
    document.addEventListener('live-act', respond, { once: true });
  }, answer);
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-outcome'));
}

const reports = (page) => page.evaluate(() => kit.room().status.reports);
/* Whether this origin has a database of reports. */
const keeps = (page) => page.evaluate(async () => (await indexedDB.databases()).length > 0);

test('a poll that is seen and voted in is reported with its place, and without its words', async (run) => {
  const { endpoint, page, vote } = await visit(run);
  await endpoint.until(() => endpoint.reports('live.poll.seen').length);
  await vote();
  await endpoint.until(() => endpoint.reports('live.poll.outcome').length);
  assert.deepEqual(endpoint.reports().map(({ type }) => type), ['live.poll.seen', 'live.poll.acted', 'live.poll.outcome']);
  assert.deepEqual(endpoint.reports().map(({ sequence }) => sequence), ['0000000001', '0000000002', '0000000003']);
  for (const report of endpoint.reports()) {
    const { specversion, source, subject, session, time, senttime, data } = report;
    assert.deepEqual({ specversion, source, subject }, { specversion: '1.0', source: 'urn:liveroom:den', subject: 'p1' });
    assert.ok(session && Date.parse(time) && Date.parse(senttime));
    const { at, act, ...place } = data;
    assert.deepEqual(place, { room: 'den', channel: 'page', activity: 'p1', widget: 'poll', run: 3 });
    assert.equal(new Date(at).toISOString(), time);
    assert.equal(act, report.type === 'live.poll.seen' ? undefined : 'vote');
  }
  for (const { type, batch, text } of endpoint.requests) {
    assert.equal(type, 'application/cloudevents-batch+json');
    assert.equal(batch.at(-1).type, 'live.room.ledger');
    assert.doesNotMatch(text, /colour|"[Rr]ed"|"[Bb]lue"|127\.0\.0\.1/);
  }
  await page.waitForFunction(() => kit.room().status.reports.sent === 3);
  assert.deepEqual(await reports(page), { created: 3, sent: 3, dropped: {}, waiting: 0, durable: true, held: 0 });
});

test('a vote that is refused is reported as refused, and why', async (run) => {
  const { endpoint, page } = await visit(run);
  await vote(page, { ok: false, reason: 'closed' });
  const [{ data }] = await endpoint.until(() => endpoint.reports('live.poll.refused').length && endpoint.reports('live.poll.refused'));
  assert.equal(data.act, 'vote');
  assert.equal(data.reason, 'closed');
  assert.equal(endpoint.reports('live.poll.outcome').length, 0);
});

test('seen is told once a page, for a clone too, and once more for another run', async (run) => {
  const { endpoint, page } = await visit(run);
  await endpoint.until(() => endpoint.reports('live.poll.seen').length === 1);
  await page.evaluate((news) => {
    kit.room().append(document.querySelector('live-poll').cloneNode());
    kit.room().receive(news);
  }, poll('p1', { run: 4 }));
  await endpoint.until(() => endpoint.reports('live.poll.seen').length === 2);
  await page.evaluate(() => kit.room().report('last', {}));
  await endpoint.until(() => endpoint.reports('page.last').length);
  assert.deepEqual(endpoint.reports('live.poll.seen').map(({ data }) => data.run), [3, 4]);
});

test('time in sight and time on the page arrive as the viewer leaves', async (run) => {
  const { endpoint, page } = await visit(run);
  await endpoint.until(() => endpoint.reports('live.poll.seen').length);
  await page.goto('about:blank');
  await endpoint.until(() => endpoint.reports('live.room.watch').length);
  const [visible] = endpoint.reports('live.poll.visible');
  const [watch] = endpoint.reports('live.room.watch');
  assert.ok(visible.data.ms >= 1_000 && visible.data.ms <= watch.data.ms, `${visible.data.ms} of ${watch.data.ms}`);
  assert.match(endpoint.requests.at(-1).type, /^text\/plain/);
});

test('nothing is stored or sent before consent, and then all of it', async (run) => {
  const { endpoint, page } = await visit(run, '');
  await vote(page);
  await page.evaluate(() => kit.room().report('like', { n: 1 }));
  await page.waitForFunction(() => kit.room().status.reports.held >= 4);
  assert.equal(await keeps(page), false);
  assert.equal(endpoint.requests.length, 0);
  assert.deepEqual(await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-engagement')), []);
  const granted = Date.now();
  await page.evaluate(() => kit.room().setAttribute('consent', 'granted'));
  await endpoint.until(() => endpoint.reports('page.like').length);
  const types = endpoint.reports().map(({ type }) => type).sort();
  assert.deepEqual(types, ['live.poll.acted', 'live.poll.outcome', 'live.poll.seen', 'page.like']);
  for (const { time } of endpoint.reports()) assert.ok(Date.parse(time) <= granted, 'it is told as of when it happened');
});

test('consent that is withdrawn empties what waits, and nothing more is sent', async (run) => {
  const { endpoint, page } = await visit(run);
  endpoint.answer = () => 503;
  await page.evaluate(() => kit.room().report('like', {}));
  await endpoint.until(({ requests }) => requests.length);
  await page.evaluate(() => kit.room().setAttribute('consent', 'denied'));
  await page.waitForFunction(() => kit.room().status.reports.waiting === 0);
  const { created, sent, dropped } = await reports(page);
  assert.deepEqual({ sent, dropped }, { sent: 0, dropped: { consent: created } });
  const counts = () => new Promise((resolve) => {
    const request = indexedDB.open('live-reports');
    request.onsuccess = () => {
      const stores = [...request.result.objectStoreNames];
      const transaction = request.result.transaction(stores);
      const asked = stores.map((name) => transaction.objectStore(name).count());
      transaction.oncomplete = () => {
        request.result.close();
        resolve(asked.map(({ result }) => result));
      };
    };
  });
  assert.deepEqual(await page.evaluate(counts), [0, 0, 0]);
  const before = endpoint.requests.length;
  await page.evaluate(async () => {
    await kit.room().report('like', {});
    await kit.room().flush();
  });
  assert.equal(endpoint.requests.length, before);
});

test('global privacy control outweighs a consent that nobody was asked for', async (run) => {
  const control = () => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true });
  const { endpoint, page } = await visit(run, GRANTED, { before: control });
  await page.evaluate(async () => {
    await kit.room().report('like', {});
    await kit.room().flush();
  });
  assert.equal(endpoint.requests.length, 0);
  assert.equal(await keeps(page), false);
  assert.equal(await page.evaluate(() => kit.room().status.consent), 'denied');
  /* A page that asks its viewer says so before and after. */
  for (const consent of ['pending', 'granted']) {
    await page.evaluate(async (consent) => {
      kit.room().setAttribute('consent', consent);
      await undefined;
    }, consent);
  }
  await page.evaluate(() => kit.room().report('share', {}));
  await endpoint.until(() => endpoint.reports('page.share').length);
  assert.equal(endpoint.reports('page.like').length, 0);
});

test('a page redacts, stops and forwards reports by one event', async (run) => {
  const { endpoint, page } = await visit(run);
  const forwarded = await page.evaluate(async () => {
    const forwarded = [];
    document.addEventListener('live-engagement', (event) => {
      const { type, data } = event.detail;
      forwarded.push(type);
      if (type === 'page.stop') event.preventDefault();
      if (type === 'page.redact') event.detail.data = { room: data.room };
      if (type === 'page.nested') kit.room().report('inner', {});
      if (type === 'page.throws') throw new Error('a fault of the page');
      if (type === 'page.broken') event.detail.data = { toJSON() { throw new Error('no JSON'); } };
    });
    for (const type of ['stop', 'redact', 'nested', 'throws', 'broken']) await kit.room().report(type, { secret: 7 });
    await kit.until('live-error', { code: 'engagement' });
    await kit.room().flush();
    return forwarded;
  });
  const own = forwarded.filter((type) => type.startsWith('page.'));
  assert.deepEqual(own.sort(), ['page.broken', 'page.inner', 'page.nested', 'page.redact', 'page.stop', 'page.throws']);
  await endpoint.until(() => endpoint.reports('page.inner').length);
  assert.deepEqual(endpoint.reports('page.redact').map(({ data }) => data), [{ room: 'den' }]);
  assert.deepEqual(endpoint.reports('page.nested').map(({ data }) => data.page), [{ secret: 7 }]);
  assert.equal(endpoint.reports('page.throws').length, 1, 'a fault of the page stops nothing');
  for (const type of ['page.stop', 'page.broken']) assert.equal(endpoint.reports(type).length, 0);
});

test('what the page reports itself is bounded, and a bad report is one live-error', async (run) => {
  const { endpoint, page } = await visit(run);
  const errors = await page.evaluate(async () => {
    for (const [type, data] of [['', {}], ['a b', {}], ['<b>', {}], ['x'.repeat(65), {}], ['ok', 'x'.repeat(9_000)]]) await kit.room().report(type, data);
    return kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code);
  });
  assert.deepEqual(errors, Array(5).fill('report'));
  await page.evaluate(() => kit.room().report('page.fine', { emoji: '😀\n"' }));
  await endpoint.until(() => endpoint.reports('page.fine').length);
  assert.deepEqual(endpoint.reports('page.fine')[0].data.page, { emoji: '😀\n"' });
  assert.deepEqual(endpoint.reports().filter(({ type }) => type.startsWith('page.')).length, 1);
});

test('a widget may have an endpoint of its own', async (run) => {
  const own = await collect();
  run.after(() => own.stop());
  const { endpoint, page } = await visit(run, GRANTED);
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address} ${own.address}`);
  await page.goto(site.page(`<live-room room="den" report="${endpoint.address}" ${GRANTED}><live-poll report="${own.address}"></live-poll></live-room>`, { policy }));
  await page.evaluate((news) => kit.room().receive(news), poll('p2'));
  await own.until(() => own.reports('live.poll.seen').length);
  await page.evaluate(() => kit.room().report('like', {}));
  await endpoint.until(() => endpoint.reports('page.like').length);
  assert.equal(own.reports().filter(({ subject }) => subject === 'p2').length, own.stored.size);
  assert.equal(endpoint.reports('live.poll.seen').filter(({ subject }) => subject === 'p2').length, 0);
});

test('from a real room, the collector stores what the page counted', async (run) => {
  const server = await start();
  run.after(() => server.stop());
  const policy = POLICY.replace('ws:', `ws: ${server.address}`);
  const address = site.page(`<live-room room="demo" server="${server.address}" report="${server.address}/v1/engagement" token="${await server.token('viewer', { sub: 'ann' })}" ${GRANTED}><live-poll></live-poll></live-room>`, { policy });
  await server.command({ type: 'show.start', title: 'Evening', on_air: ['ana'] });
  await server.command({ type: 'poll.open', activity: 'p1', question: 'Which colour next?', options: ['Red', 'Blue'] });
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  const bodies = [];
  page.on('request', (request) => request.url().endsWith('/v1/engagement') && bodies.push(request.postData()));
  await page.goto(address);
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-outcome', { ok: true }));
  await page.waitForFunction(() => kit.room().status.reports.sent >= 3 && !kit.room().status.reports.waiting);
  const sent = bodies.flatMap((body) => JSON.parse(body));
  for (const { source, data } of sent.filter(({ type }) => type.startsWith('live.poll'))) {
    assert.equal(source, `${server.address}/v1/rooms/demo`);
    assert.ok(data.show && data.me, 'the show, and the pseudonym of the welcome');
    assert.deepEqual(data.on_air, ['ana']);
  }
  /* The collector knows each of them, and stores none twice. */
  const again = await fetch(`${server.address}/v1/engagement`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(sent) });
  assert.deepEqual(await again.json(), { stored: 0, known: sent.length, conflicts: 0 });
});
