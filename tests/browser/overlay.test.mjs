// S4, B10: the overlay in a picture: looks and place by its address, nothing stale, healed by itself, and a code that a camera reads.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import { findings } from './axe.mjs';
import { browse, fits, open } from './harness.mjs';
import { pixels } from './pixels.mjs';
import { start } from './server.mjs';

const POLL = { type: 'poll.open', activity: 'colour', question: 'Red or blue?', options: ['Red', 'Blue'] };
const DEAL = {
  type: 'deal.open', activity: 'jacket', title: 'Sea jacket', sku: 'J-100', price: { amount: '69.00', currency: 'EUR' },
  variants: [{ name: 'M', stock: 5 }], closes_in_ms: 90_000,
};
const LOTTERY = { type: 'lottery.open', activity: 'draw', title: 'Draw of the evening', prizes: [{ name: 'Teapot', count: 3 }], conditions: [{ kind: 'voted' }], closes_in_ms: 540_000 };
const QNA = { type: 'qna.open', activity: 'ask', title: 'Ask the kitchen', level: 'device', every_ms: 0, approval: false };
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await start();
});
after(async () => {
  await server.stop();
  await browser.close();
});

/* The overlay in a browser source of this size; `obs` stands in for what OBS gives a page, by its documentation. */
async function source(run, query = '', { own = server, width = 1280, height = 720 } = {}) {
  const page = await open(browser, 'about:blank', { viewport: { width, height } });
  await page.addInitScript(() => {
    window.obsstudio = { pluginVersion: '2.24.3', getStatus() {}, getControlLevel() {} };
  });
  run.after(() => page.context().close());
  const lines = [];
  page.on('console', (message) => message.type() === 'warning' && lines.push(message.text()));
  await page.goto(`${own.address}/overlay${query}`);
  return Object.assign(page, { lines, card: (widget) => page.locator(`live-${widget} [part~=base]`) });
}

/* Opens what a test needs, and puts it away after it. */
async function opened(run, command) {
  const { ok, activity, refusal } = await server.command({ ...command, activity: `${command.activity}-${run.name.length}-${process.hrtime.bigint() % 100_000n}` });
  assert.ok(ok, JSON.stringify(refusal));
  run.after(() => server.command({ type: 'put_away', activity }));
  return activity;
}

test('the ground is transparent, and the card lies where the address says', async (run) => {
  await opened(run, POLL);
  const at = {};
  for (const place of ['top-start', 'bottom-end']) {
    const page = await source(run, `?place=${place}&widgets=poll`);
    await page.card('poll').getByText('Red or blue?').waitFor();
    at[place] = await page.card('poll').boundingBox();
    const { data, width, height } = await pixels(page, { omitBackground: true });
    const corner = place === 'top-start' ? width * height - 1 : 0;
    assert.equal(data[corner * 4 + 3], 0, 'where no card is, the video is seen');
  }
  assert.ok(at['top-start'].x < 100 && at['top-start'].y < 100);
  assert.ok(at['bottom-end'].x + at['bottom-end'].width > 1180 && at['bottom-end'].y + at['bottom-end'].height > 620);
});

test('which widgets, which activity, colours and scale are the address\'s', async (run) => {
  const activity = await opened(run, POLL);
  await opened(run, DEAL);
  const page = await source(run, `?widgets=poll&activity=${activity}&ground=%23102030&scale=2`);
  await page.card('poll').getByText('Red or blue?').waitFor();
  assert.equal(await page.locator('live-deal').count(), 0);
  assert.match(await page.card('poll').evaluate((card) => getComputedStyle(card).backgroundColor), /0\.0627\d* 0\.125\d* 0\.188\d* \/ 0\.88/);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '48px');
  assert.deepEqual(page.lines, []);
});

test('all four and the code pass the accessibility check, by day and by night', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  for (const command of [POLL, LOTTERY, QNA, DEAL]) await own.command(command);
  await own.vote('ana', 'colour', '1');
  await own.act('ana', 'ask', { type: 'qna.ask', text: 'Is the pan made of carbon steel?' });
  for (const theme of ['light', 'dark']) {
    const page = await source(run, `?join=1&theme=${theme}`, { own });
    for (const text of ['1 vote', 'Draw of the evening', 'Is the pan made of carbon steel?', 'Sea jacket']) await page.getByText(text).first().waitFor();
    await page.locator('live-room [part=join] svg').waitFor();
    // Only what stands in the picture is looked at: what hangs out of it would be passed over.
    await fits(page);
    assert.deepEqual(await findings(page), [], theme);
    assert.deepEqual(page.faults, []);
  }
});

test('a slip in the address is one line each, and harms nothing', async (run) => {
  await opened(run, POLL);
  const page = await source(run, '?place=left&size=9&widgets=poll,chat&scale=NaN&accent=red;}*{display:none&ground=url(https://evil.example)');
  await page.card('poll').getByText('Red or blue?').waitFor();
  const named = page.lines.map((line) => line.match(/^overlay: (\w+)=/)?.[1]).sort();
  assert.deepEqual(named, ['accent', 'ground', 'place', 'scale', 'size', 'widgets']);
});

test('what is burnt into a delayed picture is true when it is seen', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  await own.command({ type: 'room.set', delay_ms: 30_000 });
  await own.command({ ...DEAL, activity: 'jacket' });
  const page = await source(run, '?widgets=deal', { own });
  const viewer = await open(browser, `${own.address}/viewer`);
  run.after(() => viewer.context().close());
  /* When a page says that it ends, in seconds: read at one moment, so that nothing passes between the two. */
  const end = (from) => from.evaluate(() => {
    const [minutes, seconds] = document.querySelector('live-deal').shadowRoot.querySelector('.clock__left').textContent.split(':').map(Number);
    return Date.now() / 1_000 + minutes * 60 + seconds;
  });
  await page.card('deal').locator('.clock__left').waitFor();
  await viewer.locator('live-deal .clock__left').waitFor();
  /* Each may be up to a second late with what it paints. */
  const ahead = (await end(viewer)) - (await end(page));
  assert.ok(ahead >= 28 && ahead <= 32, `the overlay is ${ahead} s ahead of a page that has no delay`);
  assert.equal(await page.card('deal').getByText(/\bleft\b/).count(), 0, 'no stock');
});

test('without a line the picture shows nothing rather than something old, and heals by itself', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  await own.command({ ...POLL });
  const page = await source(run, '', { own });
  await page.card('poll').getByText('Red or blue?').waitFor();
  await own.kill();
  await page.card('poll').waitFor({ state: 'detached' });
  assert.equal(await page.getByText(/connect/i).count(), 0, 'the audience is not told of the line');
  await own.restart();
  await page.card('poll').getByText('Red or blue?').waitFor({ timeout: 60_000 });
});

/* In the page: what OBS tells a source. */
const says = (page, name, detail) => page.evaluate(([name, detail]) => dispatchEvent(new CustomEvent(name, { detail })), [name, detail]);

test('each word of OBS that the source is shown makes it ask whether the line stands', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  await own.command({ ...POLL });
  const page = await source(run, '', { own });
  const pings = [];
  let look = () => {};
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
    if (`${payload}`.includes('"ping"')) look(pings.push(payload));
  }));
  const asked = (number) => new Promise((done) => {
    look = () => pings.length >= number && done();
    look();
  });
  await page.reload();
  await page.card('poll').getByText('Red or blue?').waitFor();
  /* Those of the beginning; the next one by itself is a minute off. */
  await asked(3);
  await says(page, 'obsSourceVisibleChanged', { visible: false });
  await says(page, 'obsSourceActiveChanged', { active: false });
  await says(page, 'obsSourceVisibleChanged', { visible: true });
  await asked(4);
  await says(page, 'obsSourceActiveChanged', { active: true });
  await asked(5);
  await says(page, 'obsSceneChanged', { name: 'Kitchen', width: 1280, height: 720 });
  await asked(6);
  assert.equal(pings.length, 6, 'one for each, and none as it is hidden');
});

test('a server that hears nothing is noticed as soon as OBS shows the source, and so is that it hears again', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  await own.command({ ...POLL });
  const page = await source(run, '', { own });
  const line = (is) => page.waitForFunction((is) => document.getElementById('room').status.connection === is, is, { timeout: 60_000 });
  await page.card('poll').getByText('Red or blue?').waitFor();
  await own.freeze();
  run.after(() => own.thaw());
  await says(page, 'obsSourceVisibleChanged', { visible: true });
  await line('lost');
  await page.card('poll').waitFor({ state: 'detached' });
  own.thaw();
  await line('live');
  await page.card('poll').getByText('Red or blue?').waitFor();
});

test('a page that came without its script waits for a server that answers, and then begins again', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  await own.command({ ...POLL });
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  await page.clock.install();
  await page.route('**/kit/liveroom.js', (route) => route.abort());
  await page.goto(`${own.address}/overlay`);
  await own.kill();
  const tried = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/healthz'));
  await page.clock.runFor(11_000);
  await tried;
  assert.equal(await page.evaluate(() => document.querySelector('live-room').localName), 'live-room', 'it is still itself');
  await page.unroute('**/kit/liveroom.js');
  await own.restart();
  await page.clock.runFor(11_000);
  await page.locator('live-poll [part~=base]').getByText('Red or blue?').waitFor({ timeout: 30_000 });
});

test('cards come and go fifty times, and nothing of them stays', async (run) => {
  const page = await source(run, '?widgets=poll');
  const nodes = async () => {
    await page.requestGC();
    return page.evaluate(() => document.querySelector('live-poll').shadowRoot.querySelectorAll('*').length);
  };
  const before = await nodes();
  const activity = `often-${process.pid}`;
  await server.command({ ...POLL, activity });
  for (let round = 0; round < 50; round += 1) {
    await page.card('poll').waitFor();
    await server.command({ type: 'put_away', activity: round ? `${activity}-${round}` : activity });
    await page.card('poll').waitFor({ state: 'detached' });
    if (round < 49) await server.command({ ...POLL, activity: `${activity}-${round + 1}` });
  }
  assert.equal(await nodes(), before);
  assert.deepEqual(page.faults, []);
});

test('B10: a camera reads the code, which leads to the page that the owner set', async (run) => {
  const own = await start();
  run.after(() => own.stop());
  const page = await source(run, '?join=1', { own });
  const code = page.locator('live-room [part=join]');
  assert.equal(await code.isVisible(), false, 'nothing is open: no code');
  await own.command({ ...POLL });
  await code.locator('svg').waitFor();
  const address = `${own.address}/r/demo`;
  await code.getByText(address.replace('http://', ''), { exact: true }).waitFor();
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    const { data, width, height } = await pixels(page);
    assert.equal(jsQR(data, width, height)?.data, address, theme);
  }
  const leads = () => fetch(address, { redirect: 'manual' });
  assert.equal((await leads()).headers.get('location'), '/viewer?room=demo');
  await own.command({ type: 'room.set', page: 'https://shop.example/live' });
  assert.equal((await leads()).headers.get('location'), 'https://shop.example/live');
  assert.equal((await fetch(`${own.address}/r/nowhere`, { redirect: 'manual' })).status, 404);
});

test('B10: an address that is none is one error, and no code', async (run) => {
  await opened(run, POLL);
  const page = await source(run, `?join=${encodeURIComponent('javascript:alert(1)')}`);
  await page.evaluate(() => window.kit.until('live-error', { code: 'attribute' }));
  assert.equal(await page.locator('live-room [part=join] svg').count(), 0);
  assert.equal(await page.evaluate(() => window.kit.heard.filter(({ name }) => name === 'live-error').length), 1);
});
