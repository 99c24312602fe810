// What the page attests of a viewer: signed by its server, sent with the entry, checked by the room; by either road.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { sign } from '../../demo/shop/jwt.mjs';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const KEY = 'k'.repeat(32);
const DRAW = { type: 'lottery.open', title: 'Teapots', prizes: [{ name: 'Teapot' }], conditions: [{ kind: 'attested', what: 'followed' }] };
let browser;
let folder;
let server;
let site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attest-'));
  await writeFile(join(folder, 'key'), KEY);
  [browser, site, server] = [await browse(), await serve(), await start({ key: join(folder, 'key') })];
});
after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
  await rm(folder, { recursive: true });
});

const claim = (sub, more, key = KEY) => sign({ aud: 'demo', sub, exp: Math.floor(Date.now() / 1_000) + 300, ...more }, key);

/* A viewer whose page answers `live-act` with this. */
async function visit(run, viewer, answer, { isBlocked = false } = {}) {
  const { activity } = await server.command(DRAW);
  run.after(() => server.command({ type: 'put_away', activity }));
  const { address } = server;
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${address} ${address.replace('http', 'ws')}`);
  const page = await open(browser, 'about:blank', { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await page.addInitScript(([answer, isBlocked]) => {
    if (isBlocked) globalThis.WebSocket = undefined;
    addEventListener('live-act', (event) => answer && event.respondWith(Promise.resolve(answer)));
  }, [answer, isBlocked]);
  const token = claim(viewer, { role: 'viewer' });
  await page.goto(site.page(`<live-room room="demo" quiet server="${address}" token="${token}"><live-lottery activity="${activity}"></live-lottery></live-room>`, { policy }));
  return page;
}

const enter = (page) => page.getByRole('button', { name: 'Enter the draw' }).click();
const shown = (page, text) => page.locator('live-lottery').getByText(text).first().waitFor();
const refusal = (page) => page.evaluate(() => kit.until('live-outcome', { ok: false })).then(({ detail }) => detail.refusal);

for (const [road, isBlocked] of [['a socket', false], ['plain HTTP', true]]) {
  test(`a viewer of whom the page attests what the draw asks is in it, by ${road}`, async (run) => {
    const viewer = `ann-${isBlocked}`;
    const page = await visit(run, viewer, { ok: true, attest: claim(viewer, { attest: ['shared', 'followed'] }) }, { isBlocked });
    await shown(page, 'Follow this channel');
    await enter(page);
    await shown(page, 'You are in the draw');
    assert.equal(await page.evaluate(() => kit.room().status.connection), isBlocked ? 'slow' : 'live');
    assert.deepEqual(page.faults, []);
  });

  test(`a forged claim is refused, and said plainly, by ${road}`, async (run) => {
    const viewer = `eve-${isBlocked}`;
    const page = await visit(run, viewer, { ok: true, attest: claim(viewer, { attest: ['followed'] }, 'f'.repeat(32)) }, { isBlocked });
    await enter(page);
    assert.deepEqual(await refusal(page), { reason: 'bad-attest', message: 'no key of this server signed the token' });
    await shown(page, 'What this page confirms of you could not be checked.');
    assert.equal(await page.getByText('You are in the draw').count(), 0);
  });
}

for (const [name, answer, reason] of [
  ['nothing', { ok: true }, 'condition-not-met'],
  ['another word', { ok: true, attest: claim('bob', { attest: ['shared'] }) }, 'condition-not-met'],
  ['it of another viewer', { ok: true, attest: claim('ann', { attest: ['followed'] }) }, 'bad-attest'],
]) {
  test(`a page that attests ${name} is refused: ${reason}`, async (run) => {
    const page = await visit(run, 'bob', answer);
    await enter(page);
    assert.equal((await refusal(page)).reason, reason);
  });
}

test('what is no signed token is one live-error, and is not sent', async (run) => {
  const page = await visit(run, 'cat', { ok: true, attest: ['followed'] });
  await enter(page);
  assert.equal((await refusal(page)).reason, 'unanswered');
  const errors = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.message));
  assert.equal(errors.length, 1);
  assert.match(errors[0], /attest is a signed token, a text$/);
});

test('a practice room says that it cannot check', async (run) => {
  const page = await open(browser, site.page('<live-room room="den" quiet server="local:"><live-lottery></live-lottery></live-room>'));
  run.after(() => page.context().close());
  await page.evaluate(async (command) => {
    addEventListener('live-act', (event) => event.respondWith({ ok: true, attest: 'a.b.c' }));
    await kit.room().command(command);
  }, { ...DRAW, level: 'device' });
  await enter(page);
  const { reason, message } = await refusal(page);
  assert.deepEqual([reason, message], ['bad-attest', 'a practice room has no key to check what a page attests; a room server has']);
});

test('on the demo\'s page a viewer who follows the show is in a draw that asks for it, and one who does not is not', async (run) => {
  const { activity } = await server.command(DRAW);
  run.after(() => server.command({ type: 'put_away', activity }));
  const page = await open(browser, `${server.address}/viewer`, { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  assert.equal(await page.getByRole('button', { name: 'Follow this show' }).isVisible(), false);
  await page.getByLabel('Your name').fill('Ann');
  await page.keyboard.press('Enter');
  await page.getByText('Signed in as Ann.').waitFor();
  await enter(page);
  assert.equal((await refusal(page)).reason, 'condition-not-met');
  await page.getByRole('button', { name: 'Follow this show' }).click();
  await enter(page);
  await shown(page, 'You are in the draw');
});
