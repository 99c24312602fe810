// The demo's pages: what a newcomer finds, on a real server, under the strict policy.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test as plain } from 'node:test';
import { promisify } from 'node:util';
import { findings } from './axe.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 300_000 }, work);
/* The gallery draws hundreds of cards at once, which takes a busy machine its time. */
const LONG = { timeout: 120_000 };
const POLL = { type: 'poll.open', question: 'Red or blue?', options: ['Red', 'Blue'] };
/* Each page, and what is there once it is drawn. */
const PAGES = {
  '/': '#curl:not(:empty)',
  '/viewer': 'live-poll [type=radio]',
  '/overlay': 'live-poll [part~=base]',
  '/gallery': '[data-ready]',
  '/doctor': '[data-ready]',
};
/* The same poll in many states has the same name in each. */
const except = ['landmark-unique'];
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(run, path, options = {}) {
  const page = await open(browser, new URL(path, server.address).href, { reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  return page;
}

/* An open poll, until the test is over. */
async function pollOpen(run, more = {}) {
  const { activity } = await server.command({ ...POLL, ...more });
  run.after(() => server.command({ type: 'put_away', activity }));
  return activity;
}

for (const [path, ready] of Object.entries(PAGES)) {
  test(`${path} passes the accessibility check, by day and by night`, async (run) => {
    await pollOpen(run, { closes_in_ms: 600_000 });
    for (const colorScheme of ['light', 'dark']) {
      const page = await visit(run, path, { colorScheme });
      await page.waitForSelector(ready, LONG);
      assert.deepEqual(await findings(page, { except: path === '/gallery' ? except : [] }), []);
      assert.deepEqual(page.faults, []);
    }
  });

  test(`${path} fits 320 pixels`, async (run) => {
    await pollOpen(run, { question: 'Unbreakable'.repeat(20) });
    const page = await visit(run, path, { viewport: { width: 320, height: 640 } });
    await page.waitForSelector(ready, LONG);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  });
}

for (const lang of ['zh-CN', 'zh-TW', 'ja', 'es', 'ar']) {
  test(`the gallery passes the accessibility check in ${lang}`, async (run) => {
    const page = await visit(run, `/gallery?lang=${lang}&theme=both`);
    await page.waitForSelector('[data-ready]', LONG);
    assert.deepEqual(await findings(page, { except }), []);
    const text = page.locator('.state').first().locator('[part~=base]');
    assert.equal(await text.evaluate((base) => getComputedStyle(base).direction), lang === 'ar' ? 'rtl' : 'ltr');
  });
}

test('the gallery draws every state, by the component and by the elements', async (run) => {
  for (const via of ['component', 'element']) {
    const page = await visit(run, `/gallery?via=${via}`);
    await page.waitForSelector('[data-ready]', LONG);
    const states = await page.locator('.state').count();
    assert.ok(states > 20);
    await page.waitForFunction((states) => {
      const bases = [...document.querySelectorAll('.state__ground')].map((ground) => (
        (ground.querySelector('live-room > *') ?? ground.firstElementChild).shadowRoot?.querySelector('[part~=base]')
      ));
      return bases.filter(Boolean).length === states;
    }, states, LONG);
    assert.deepEqual(page.faults, []);
  }
});

test('what the first page says to copy opens a poll', async (run) => {
  const page = await visit(run, '/');
  const script = await page.textContent('#curl');
  const { stdout } = await promisify(execFile)('bash', ['-euc', script]);
  const { ok, activity } = JSON.parse(stdout);
  run.after(() => server.command({ type: 'put_away', activity }));
  assert.equal(ok, true);
  const viewer = await visit(run, '/viewer');
  await viewer.locator('live-poll').getByText('Red or blue?').waitFor();
});

test('every link of the first page leads to its page about the same room', async (run) => {
  const page = await visit(run, '/?room=demo&theme=dark');
  const links = await page.locator('a[data-page]').evaluateAll((all) => all.map(({ href }) => href));
  assert.equal(links.length, 6);
  for (const link of links) {
    assert.match(link, /\?room=demo&theme=dark$/);
    assert.equal((await fetch(link)).status, 200);
  }
});

test('a viewer chooses whether to be counted, and the choice is kept', async (run) => {
  const page = await visit(run, '/viewer');
  const consent = () => page.evaluate(() => document.querySelector('live-room').getAttribute('consent'));
  assert.equal(await consent(), 'pending');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.reload();
  assert.equal(await consent(), 'granted');
  await page.getByRole('button', { name: 'Do not allow' }).click();
  assert.equal(await consent(), 'denied');
  assert.equal(await page.getByRole('button', { name: 'Do not allow' }).getAttribute('aria-pressed'), 'true');
});

test('the chat of the viewer page stays on the page, and shows text as text', async (run) => {
  const page = await visit(run, '/viewer');
  await page.waitForLoadState('networkidle');
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByLabel('Your message').fill('<b>hello</b>');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.chat__line').last().textContent(), 'You<b>hello</b>');
  assert.deepEqual(asked, []);
});

test('the overlay is nothing while nothing is open, and comes back by itself', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  const page = await open(browser, `${own.address}/overlay`, { viewport: { width: 800, height: 600 } });
  run.after(() => page.context().close());
  const base = page.locator('live-poll [part~=base]');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await ground(), 'rgba(0, 0, 0, 0)');
  assert.equal(await base.count(), 0);
  const { activity } = await own.command({ ...POLL, activity: 'one' });
  await base.getByText('Red or blue?').waitFor();
  assert.equal(await base.getByRole('button').count(), 0);
  await own.kill();
  await own.restart();
  await own.command({ type: 'put_away', activity });
  await base.waitFor({ state: 'detached' });
});

test('the owner link opens the desk once, stays out of the address, and outlives a reload', async (run) => {
  const own = await start({ dev: false });
  run.after(() => own.stop());
  const page = await open(browser, own.ownerLink);
  run.after(() => page.context().close());
  const desk = page.locator('live-studio');
  await page.getByRole('button', { name: 'Make the room' }).click();
  await desk.getByText('Off air').waitFor();
  assert.equal(new URL(page.url()).hash, '');
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('404')), []);
  await page.reload();
  await desk.getByText('Off air').waitFor();
  const other = await open(browser, own.ownerLink);
  run.after(() => other.context().close());
  await other.getByText('Open the owner link that the server printed').waitFor();
});

test('the doctor finds a healthy server well', async (run) => {
  const page = await visit(run, '/doctor');
  await page.waitForSelector('[data-ready]', LONG);
  const lines = await page.locator('.check').evaluateAll((all) => all.map((line) => [line.dataset.verdict, line.textContent]));
  assert.deepEqual(lines.filter(([verdict]) => verdict === 'broken'), []);
  assert.equal(lines.length, 15);
  assert.equal(JSON.parse(await page.textContent('#status')).connection, 'live');
});

test('the doctor says what to do about a wrong room, token, endpoint or server', async (run) => {
  const token = await server.token('viewer');
  const cases = [
    ['?room=nowhere', 'Room', 'no such room'],
    [`?room=demo#token=${token.slice(0, -8)}AAAAAAAA`, 'Socket', 'the token'],
    ['#token=nonsense', 'Token', 'The token is no JWT'],
    [`?report=${encodeURIComponent('/nowhere')}`, 'Report endpoint', 'answers 404'],
    ['?server=http://127.0.0.1:1', 'Server', 'Is the server running'],
  ];
  for (const [query, name, says] of cases) {
    const page = await visit(run, `/doctor${query}`);
    await page.waitForSelector('[data-ready]', { timeout: 60_000 });
    const line = page.locator('.check', { has: page.getByText(name, { exact: true }) });
    assert.equal(await line.getAttribute('data-verdict'), 'broken', `${query}: ${await line.textContent()}`);
    assert.match(await line.textContent(), new RegExp(says, 'i'));
  }
});
