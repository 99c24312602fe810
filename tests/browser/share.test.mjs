// B12: a viewer shares the page by a link with a code, those who come by it are counted, and nobody is counted for nothing.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { POLICY, browse, open, serve } from './harness.mjs';
import { start } from './server.mjs';

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

/* A real room with an endpoint; `visit` opens its page as a viewer, `sheet` says what becomes of the system's sheet. */
async function room(run, { body = '' } = {}) {
  const [server, endpoint] = [await start(), await collect()];
  run.after(() => Promise.all([server.stop(), endpoint.stop()]));
  const policy = POLICY.replace('ws:', `ws: ${server.address} ${endpoint.address}`);
  const html = (token, consent) => `<live-room room="demo" server="${server.address}" report="${endpoint.address}/r" token="${token}" consent="${consent}"><live-poll></live-poll></live-room>`;
  return {
    server,
    endpoint,
    async visit(viewer, { consent = 'granted', address, sheet, context } = {}) {
      const token = viewer ? await server.token('viewer', { sub: viewer }) : '';
      const own = site.page(html(token, consent), { policy, head: body });
      /* The link leads to the page as its viewer has it, which is another in this test. */
      const to = address ? own + new URL(address).search : own;
      const page = await open(browser, 'about:blank', { permissions: ['clipboard-read', 'clipboard-write'], ...context });
      run.after(() => page.context().close());
      await page.addInitScript((sheet) => {
        window.shared = [];
        navigator.share = sheet === 'none' ? undefined : async (what) => {
          if (sheet) throw Object.assign(new Error(sheet), { name: sheet });
          window.shared.push(what);
        };
      }, sheet);
      await page.goto(to);
      await page.evaluate(async () => {
        await kit.room().ready;
        while (kit.room().status.connection !== 'live') await new Promise(requestAnimationFrame);
      });
      return page;
    },
  };
}

const share = (page, options) => page.evaluate((options) => kit.room().share(options), options);
const codeOf = (url) => new URL(url).searchParams.get('live-ref');
/* All that a page had to tell is told once this is. */
const settled = async (page, endpoint, word) => {
  await page.evaluate((word) => kit.room().report(word, {}), word);
  await endpoint.until(() => endpoint.reports(`page.${word}`).length);
};

test('a link has the viewer\'s code, the same each time, and who comes by it is told with it', async (run) => {
  const { endpoint, visit } = await room(run);
  const ann = await visit('ann');
  const first = await share(ann);
  assert.equal(first.how, 'shared');
  assert.match(codeOf(first.url), /^[\w-]{16}$/);
  assert.deepEqual(await ann.evaluate(() => window.shared.map(({ url, title }) => [url, title])), [[first.url, 'Test']]);
  assert.equal((await share(ann)).url, first.url);
  await endpoint.until(() => endpoint.reports('live.room.acted').length === 2);
  const [{ data: acted }] = endpoint.reports('live.room.acted');
  assert.deepEqual([acted.act, acted.referral], ['share', codeOf(first.url)]);
  assert.notEqual(acted.referral, acted.me, 'the code is not the pseudonym');

  const bob = await visit('bob', { address: first.url });
  await endpoint.until(() => endpoint.reports('live.room.arrived').length);
  const [{ data: arrived }] = endpoint.reports('live.room.arrived');
  assert.equal(arrived.referral, codeOf(first.url));
  assert.notEqual(arrived.me, acted.me);
  /* He shares on: his own code takes the place of hers. */
  const on = await share(bob);
  assert.notEqual(codeOf(on.url), codeOf(first.url));
  assert.equal(new URL(on.url).searchParams.getAll('live-ref').length, 1);
  /* Loaded again, and gone back to, is no new arrival. */
  await bob.reload();
  await bob.evaluate(() => kit.room().ready);
  await settled(bob, endpoint, 'again');
  assert.equal(endpoint.reports('live.room.arrived').length, 1);
});

test('one\'s own link counts for nothing, in another browser too', async (run) => {
  const { endpoint, visit } = await room(run);
  const { url } = await share(await visit('ann'));
  const own = await visit('ann', { address: url });
  await settled(own, endpoint, 'own');
  assert.deepEqual(endpoint.reports('live.room.arrived'), []);
});

test('without consent the link has no code, and nothing is told; what was held is told with consent', async (run) => {
  const { endpoint, visit } = await room(run);
  const denied = await visit('ann', { consent: 'denied' });
  assert.equal(codeOf((await share(denied)).url), null);
  const link = `${site.address}/?live-ref=0123456789abcdef`;
  const pending = await visit('bob', { consent: 'pending', address: link });
  assert.equal(codeOf((await share(pending)).url), null);
  await pending.waitForFunction(() => kit.room().status.reports.held >= 2);
  assert.deepEqual(endpoint.requests, []);
  await pending.evaluate(() => kit.room().setAttribute('consent', 'granted'));
  await endpoint.until(() => endpoint.reports('live.room.arrived').length);
  assert.equal(endpoint.reports('live.room.acted')[0].data.referral, undefined);
});

test('where there is no sheet the link is copied, and who thinks better of it has shared nothing', async (run) => {
  const { endpoint, visit } = await room(run);
  const copying = await visit('ann', { sheet: 'none' });
  const copied = await share(copying);
  assert.equal(copied.how, 'copied');
  assert.equal(await copying.evaluate(() => navigator.clipboard.readText()), copied.url);
  const failing = await visit('bob', { sheet: 'NotAllowedError' });
  assert.equal((await share(failing)).how, 'copied');
  await endpoint.until(() => endpoint.reports('live.room.acted').length === 2);
  const thinking = await visit('eve', { sheet: 'AbortError' });
  assert.equal((await share(thinking)).how, 'none');
  await settled(thinking, endpoint, 'none');
  assert.equal(endpoint.reports('live.room.acted').length, 2);
});

test('what stands behind # is never shared, a canonical address goes before, and a bad one is one live-error', async (run) => {
  const { visit } = await room(run, { body: '<link rel="canonical" href="https://shop.example/live?id=7">' });
  const page = await visit('ann');
  const { url } = await share(page);
  assert.match(url, /^https:\/\/shop\.example\/live\?id=7&live-ref=[\w-]{16}$/);
  await page.evaluate(() => {
    document.querySelector('link[rel=canonical]').remove();
    location.hash = 'owner=secret';
  });
  assert.doesNotMatch((await share(page)).url, /secret|#/);
  const chosen = await share(page, { url: '/other?live-ref=old#part', title: 'Look', text: 'A show' });
  assert.match(chosen.url, /\/other\?live-ref=[\w-]{16}#part$/);
  assert.deepEqual(await page.evaluate(() => ({ ...window.shared.at(-1), url: undefined })), { title: 'Look', text: 'A show', url: undefined });
  for (const bad of ['javascript:alert(1)', 'https://', 'data:text/html,x']) assert.equal((await share(page, { url: bad })).how, 'none');
  const errors = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));
  assert.deepEqual(errors, ['share', 'share', 'share']);
});

test('a code that is none is no arrival', async (run) => {
  const { endpoint, visit } = await room(run);
  for (const [place, code] of ['', 'x', 'a'.repeat(17), '%3Cb%3E0123456789', '0123456789abcde"'].entries()) {
    const page = await visit(`v${place}`, { address: `${site.address}/?live-ref=${code}` });
    await settled(page, endpoint, `done${place}`);
  }
  assert.deepEqual(endpoint.reports('live.room.arrived'), []);
});

test('a viewer whom the room does not know shares by a passing code', async (run) => {
  const { endpoint, visit } = await room(run);
  const page = await visit('');
  const { url } = await share(page);
  assert.match(codeOf(url), /^[\w-]{16}$/);
  assert.equal((await share(page)).url, url, 'good for this page load');
  await endpoint.until(() => endpoint.reports('live.room.acted').length === 2);
});
