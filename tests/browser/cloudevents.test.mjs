// What a real browser sends is CloudEvents: the official JavaScript SDK receives it and finds each event valid.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { CloudEvent, HTTP } from 'cloudevents';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
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

/* Attributes that the SDK's schema does not know are checked by the specification's own types. */
function check(event) {
  assert.equal(event.validate(), true);
  const { data, ...attributes } = event.toJSON();
  for (const [name, value] of Object.entries(attributes).filter(([, value]) => value !== undefined)) {
    assert.match(name, /^[a-z0-9]{1,20}$/);
    const isInteger = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    assert.ok(typeof value === 'string' || typeof value === 'boolean' || isInteger, `${name}: ${value}`);
  }
  assert.match(event.sequence, /^\d{10}$/, 'text that compares as the number does');
  assert.equal(new Date(event.senttime).toISOString(), event.senttime);
  assert.ok(Date.parse(event.time));
  assert.equal(typeof data, 'object');
}

test('the SDK takes a batch from a page, and the bytes of a closing one', async (run) => {
  const endpoint = await collect();
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const page = await open(browser, site.page(`<live-room room="den" report="${endpoint.address}" consent="granted" sample="1"><live-poll></live-poll></live-room>`, { policy }));
  run.after(() => page.context().close());
  await page.evaluate(async (news) => {
    await kit.room().ready;
    addEventListener('live-act', (event) => event.respondWith({ ok: true }));
    kit.room().receive(news);
  }, poll('p1', { run: 2 }));
  await page.getByLabel('Red').check();
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.room().report('like', { emoji: '😀\n"', big: 2 ** 40, none: null }));
  await endpoint.until(() => endpoint.reports('page.like').length && endpoint.reports('live.poll.outcome').length && endpoint.reports('live.poll.seen').length);
  await page.goto('about:blank');
  await endpoint.until(() => endpoint.reports('live.room.watch').length);

  const types = new Set();
  for (const { type, text } of endpoint.requests) {
    types.add(type.toLowerCase());
    /* A closing page cannot name the type; who receives it knows what comes to this address. */
    const headers = { 'content-type': type.startsWith('text/plain') ? 'application/cloudevents-batch+json' : type };
    const message = { headers, body: text };
    assert.equal(HTTP.isEvent(message), true);
    const events = HTTP.toEvent(message);
    assert.equal(events.length, JSON.parse(text).length);
    for (const event of events) {
      assert.ok(event instanceof CloudEvent);
      check(event);
      /* As one event in structured mode, there and back. */
      check(HTTP.toEvent(HTTP.structured(event)));
    }
  }
  assert.deepEqual([...types].sort(), ['application/cloudevents-batch+json', 'text/plain;charset=utf-8']);
  const told = new Set(endpoint.reports().map(({ type }) => type));
  for (const type of ['live.poll.seen', 'live.poll.acted', 'live.poll.outcome', 'live.room.watch', 'page.like']) assert.ok(told.has(type), type);
});
