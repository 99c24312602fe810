// Reports that the page signs: what an endpoint that checks an HMAC receives, and what becomes of them when the page cannot sign.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test as plain } from 'node:test';
import { CORS, collect } from './endpoint.mjs';
import { POLICY, browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const KEY = 'a key that the page got from its own server';
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

const signature = (text) => createHmac('sha256', KEY).update(text).digest('hex');

/* A page whose endpoint takes only what is signed. */
async function visit(run) {
  const endpoint = await collect((_, { headers }, text) => (headers['x-signature'] === signature(text) ? 202 : 401));
  endpoint.preflight = { ...CORS, 'access-control-allow-headers': 'content-type, x-signature', 'access-control-max-age': '600' };
  run.after(() => endpoint.stop());
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
  const address = site.page(`<live-room room="den" report="${endpoint.address}/signed" consent="granted" quiet></live-room>`, { policy });
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  const enter = async () => {
    await page.goto(address);
    await page.evaluate(() => kit.room().ready);
  };
  await enter();
  return { endpoint, page, enter };
}

/* In the page: signs as a page would, with the browser's own cryptography. */
const sign = (key) => {
  const imported = crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  window.asked = [];
  kit.room().signReport = async (body, about, signal) => {
    window.asked.push({ bytes: body.length, ...about, signal: signal instanceof AbortSignal });
    const made = await crypto.subtle.sign('HMAC', await imported, new TextEncoder().encode(body));
    return { 'x-signature': Array.from(new Uint8Array(made), (byte) => byte.toString(16).padStart(2, '0')).join('') };
  };
};
const like = (page, data = {}) => page.evaluate((data) => kit.room().report('like', data), data);
const status = (page) => page.evaluate(() => kit.room().status.reports);

test('an endpoint that checks an HMAC over the bytes takes what the page signed', async (run) => {
  const { endpoint, page } = await visit(run);
  await page.evaluate(sign, KEY);
  for (let n = 0; n < 3; n += 1) await like(page, { n, text: 'Grüße, 今日は 👋' });
  await page.waitForFunction(() => kit.room().status.reports.sent === 3);
  assert.deepEqual((await status(page)).dropped, {});
  assert.ok(endpoint.requests.every(({ status, type, batch }) => status === 202 && type === 'application/cloudevents-batch+json' && batch.at(-1).type === 'live.room.ledger'));
  const [asked] = await page.evaluate(() => window.asked);
  assert.deepEqual({ endpoint: asked.endpoint, signal: asked.signal }, { endpoint: `${endpoint.address}/signed`, signal: true });
});

test('what was signed with another key is refused like anything else that an endpoint refuses', async (run) => {
  const { endpoint, page } = await visit(run);
  await page.evaluate(sign, 'another key');
  await like(page);
  await page.waitForFunction(() => kit.room().status.reports.dropped.refused === 1);
  assert.equal(endpoint.stored.size, 0);
});

for (const [what, broken, message] of [
  ['throws', () => { kit.room().signReport = () => { throw new Error('no key'); }; }, /no key/],
  ['rejects', () => { kit.room().signReport = () => Promise.reject(new Error('no key')); }, /no key/],
  ['answers with nothing', () => { kit.room().signReport = () => null; }, /object of headers/],
  ['answers with what is no header', () => { kit.room().signReport = () => ({ 'a b': '\n' }); }, /./],
  ['never answers', () => { kit.room().signReport = () => new Promise(() => {}); }, /10 s/],
]) {
  test(`where signReport ${what}, nothing goes unsigned, nothing is lost, and the page is told`, async (run) => {
    const { endpoint, page } = await visit(run);
    await page.evaluate(broken);
    await like(page);
    const { detail } = await page.evaluate(() => kit.until('live-error', { code: 'sign' }));
    assert.match(detail.message, message);
    assert.equal(endpoint.requests.length, 0);
    assert.ok((await status(page)).waiting >= 1);
    await page.evaluate(sign, KEY);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await endpoint.until(() => endpoint.reports('page.like').length === 1);
    await page.waitForFunction(() => kit.room().status.reports.waiting === 0);
    assert.ok(endpoint.requests.every(({ headers, text }) => headers['x-signature'] === signature(text)));
    assert.deepEqual(page.faults, []);
  });
}

test('a page that closes sends nothing unsigned, and the next page delivers it', async (run) => {
  const { endpoint, page, enter } = await visit(run);
  await page.evaluate(sign, KEY);
  await like(page, { n: 1 });
  await endpoint.until(() => endpoint.stored.size === 1);
  await page.evaluate(async () => {
    await kit.room().report('like', { n: 2 });
    /* It lies in storage: what a page has not written down when it is gone was never made. */
    const written = (file) => new Promise((done) => {
      const asked = file.transaction('records').objectStore('records').getAll();
      asked.onsuccess = () => done(asked.result.some(({ text }) => text.includes('"n":2')));
    });
    const opening = indexedDB.open('live-reports');
    await new Promise((opened) => (opening.onsuccess = opened));
    while (!(await written(opening.result)));
    location.assign('about:blank');
  }).catch(() => {});
  await page.waitForURL('about:blank');
  await enter();
  await page.evaluate(sign, KEY);
  await like(page, { n: 3 });
  await endpoint.until(() => endpoint.reports('page.like').length === 3);
  assert.ok(endpoint.requests.every(({ headers, text }) => headers['x-signature'] === signature(text)));
  assert.deepEqual({ conflicts: endpoint.conflicts }, { conflicts: 0 });
});
