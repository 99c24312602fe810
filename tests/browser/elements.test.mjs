// The elements as a page's own: defined, found, moved, cloned, adopted, removed, docked, and never in the way.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test as plain } from 'node:test';
import { promisify } from 'node:util';
import { browse, kitFolder, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await serve();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

async function visit(run, body, options) {
  const page = await open(browser, server.page(body, options));
  run.after(() => page.context().close());
  return page;
}

const tell = (page, news, id = 'live-room') => page.evaluate(([news, id]) => document.querySelector(id).receive(news), [news, id]);
const question = (page, text, id = 'live-poll') => page.locator(id).getByText(text, { exact: true }).waitFor();
const errors = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail));
const ROOM = '<live-room><live-poll></live-poll></live-room>';

test('importing it where there is no page does nothing and does not fail', async () => {
  const script = `const kit = await import('file://${await kitFolder()}/liveroom.js'); console.log(kit.version)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  assert.match(stdout, /^\d+\.\d+\.\d+/);
});

test('a page that has only the script loads nothing else, nor does an element far from the view until it nears it', async (run) => {
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  /* All that the browser does of itself is done when a round trip after the first look at what is in view has ended. */
  const settled = async () => {
    await page.evaluate(async () => {
      await customElements.whenDefined('live-poll');
      await new Promise((seen) => new IntersectionObserver(seen).observe(document.body));
      await fetch('/kit/hashes.json');
    });
    return asked.splice(0).filter((path) => !path.startsWith('/page/') && path !== '/favicon.ico');
  };
  await page.goto(server.page('<p>Words</p><live-room room="den" server="local:" report="/reports"></live-room>'));
  assert.deepEqual(await settled(), ['/kit/liveroom.js', '/kit/hashes.json']);
  const far = `<p>Words</p><div style="block-size: 9000px"></div>${ROOM}`;
  await page.goto(server.page(far, { policy: '' }));
  assert.deepEqual(await settled(), ['/kit/liveroom.js', '/kit/hashes.json']);
  assert.equal(await page.locator('live-poll').evaluate((element) => element.getBoundingClientRect().height), 0);
  assert.equal(await page.evaluate(() => kit.room().status.wasm), 'idle');
  /* A third of a screen below the view is near. */
  const module = page.waitForResponse(/elements\.wasm$/);
  await page.evaluate(() => {
    const { top } = document.querySelector('live-poll').getBoundingClientRect();
    scrollTo(0, top - innerHeight * 1.3);
  });
  assert.equal((await module).ok(), true);
  await page.evaluate(() => kit.until('live-ready'));
  assert.deepEqual(asked.sort(), ['/kit/elements.js', '/kit/elements.wasm']);
});

test('a widget shows the poll that its room is told of, and takes no space before', async (run) => {
  const page = await visit(run, ROOM);
  assert.equal(await page.locator('live-poll').evaluate((element) => element.getBoundingClientRect().height), 0);
  await tell(page, poll('colour', { votes: [3, 5] }));
  await question(page, 'Which colour next?');
  await page.locator('live-poll').getByText('62%').waitFor();
  await tell(page, { type: 'news', news: [{ activity: 'colour', gone: true }] });
  await page.waitForFunction(() => document.querySelector('live-poll').getBoundingClientRect().height === 0);
  assert.deepEqual([page.faults, await errors(page)], [[], []]);
});

test('moving a widget or its room keeps what it shows, and an unsent choice', async (run) => {
  const page = await visit(run, `${ROOM}<main></main>`);
  await tell(page, poll('colour'));
  await page.getByLabel('Blue').check();
  await page.evaluate(() => document.querySelector('main').append(document.querySelector('live-room')));
  await page.evaluate(() => document.querySelector('live-room').append(document.querySelector('live-poll')));
  assert.equal(await page.getByLabel('Blue').isChecked(), true);
  await tell(page, poll('colour', { votes: [1, 0] }));
  await page.locator('live-poll').getByText('1 voter').waitFor();
  assert.deepEqual(page.faults, []);
});

test('a room that is taken out and put back within two seconds is the same room', async (run) => {
  const page = await visit(run, ROOM);
  await tell(page, poll('colour'));
  await question(page, 'Which colour next?');
  await page.evaluate(async () => {
    const room = kit.room();
    room.remove();
    await new Promise((resolve) => setTimeout(resolve, 500));
    document.body.append(room);
  });
  await question(page, 'Which colour next?');
});

test('a clone is another element of the same room, and a twin shows the same', async (run) => {
  const page = await visit(run, ROOM);
  await tell(page, poll('colour'));
  await question(page, 'Which colour next?');
  await page.evaluate(() => {
    const clone = document.querySelector('live-poll').cloneNode(true);
    clone.id = 'twin';
    kit.room().append(clone);
  });
  await question(page, 'Which colour next?', '#twin');
  assert.deepEqual(page.faults, []);
});

test('an element adopted into another document is dressed and works there', async (run) => {
  const page = await visit(run, `${ROOM}<iframe id="other" src="about:blank"></iframe>`, { policy: '' });
  await tell(page, poll('colour'));
  await question(page, 'Which colour next?');
  await page.evaluate(() => {
    const { contentDocument } = document.getElementById('other');
    contentDocument.body.append(contentDocument.adoptNode(kit.room()));
  });
  const inner = page.frameLocator('#other');
  await inner.getByText('Which colour next?', { exact: true }).waitFor();
  const dressed = await page.evaluate(() => {
    const { contentDocument, contentWindow } = document.getElementById('other');
    const card = contentDocument.querySelector('live-poll').shadowRoot.querySelector('[part~=base]');
    return contentWindow.getComputedStyle(card).borderTopWidth;
  });
  assert.equal(dressed, '1px');
  await page.evaluate((news) => document.getElementById('other').contentDocument.querySelector('live-room').receive(news), poll('colour', { votes: [7, 0] }));
  await inner.getByText('7 voters').waitFor();
  await inner.getByLabel('Red').check();
  assert.equal(await inner.getByLabel('Red').isChecked(), true);
});

test('two rooms of a page know nothing of each other, and for= names one', async (run) => {
  const page = await visit(run, `<live-room id="one"><live-poll id="a"></live-poll></live-room><live-room id="two"></live-room><live-poll id="b" for="two"></live-poll>`);
  await tell(page, poll('x', { question: 'In one?' }), '#one');
  await tell(page, poll('y', { question: 'In two?' }), '#two');
  await question(page, 'In one?', '#a');
  await question(page, 'In two?', '#b');
  await page.evaluate(() => document.getElementById('b').setAttribute('for', 'one'));
  await question(page, 'In one?', '#b');
});

test('a room that comes later is found, through shadow roots too', async (run) => {
  const page = await visit(run, '<live-poll for="late"></live-poll><div id="host"></div>');
  await page.evaluate(() => {
    const room = document.createElement('live-room');
    room.id = 'late';
    document.body.append(room);
    const root = document.getElementById('host').attachShadow({ mode: 'open' });
    const inner = document.createElement('div');
    inner.attachShadow({ mode: 'open' }).append(document.createElement('live-poll'));
    root.append(inner);
    room.append(document.getElementById('host'));
  });
  await tell(page, poll('colour'));
  await question(page, 'Which colour next?', 'live-poll[for]');
  await page.waitForFunction(() => document.getElementById('host').shadowRoot.firstElementChild.shadowRoot.firstElementChild.shadowRoot.querySelector('[part~=base]'));
});

test('a widget without a room says so once, and nothing is thrown', async (run) => {
  const page = await visit(run, '<live-poll></live-poll>');
  const { detail } = await page.evaluate(() => kit.until('live-error'));
  assert.equal(detail.code, 'no-room');
  assert.match(detail.message, /<live-room>/);
  assert.equal((await errors(page)).length, 1);
});

test('each bad attribute is one live-error that names it, and one line', async (run) => {
  const page = await visit(run, '<live-room room="a b" theme="blue" mode="tv" consent="yes" report="javascript:x"><live-poll activity="no way"></live-poll></live-room>');
  await page.evaluate(() => kit.room().ready);
  await page.waitForFunction(() => kit.heard.filter(({ name }) => name === 'live-error').length === 6);
  const told = await errors(page);
  assert.deepEqual(new Set(told.map(({ code }) => code)), new Set(['attribute']));
  for (const name of ['room=', 'theme=', 'mode=', 'consent=', 'report=', 'activity=']) {
    assert.equal(told.filter(({ message }) => message.startsWith(name)).length, 1, name);
  }
  assert.equal(page.faults.length, 6);
  await page.evaluate(() => kit.room().setAttribute('quiet', ''));
  await page.evaluate(() => kit.room().setAttribute('theme', 'red'));
  await page.waitForFunction(() => kit.heard.some(({ detail }) => detail?.message?.startsWith('theme="red"')));
  assert.equal(page.faults.length, 6, 'quiet');
});

test('properties set before the script is there, and report as a property, count', async (run) => {
  const page = await visit(run, ROOM, { kit: '' });
  await page.evaluate(async () => {
    const room = kit.room();
    room.strings = { 'poll.vote': 'Send it' };
    room.theme = 'dark';
    await import('/kit/liveroom.js');
    room.report = '/reports';
  });
  await tell(page, poll('colour'));
  await page.getByRole('button', { name: 'Send it' }).waitFor();
  const seen = await page.evaluate(() => ({ report: kit.room().getAttribute('report'), method: typeof kit.room().report, theme: kit.room().getAttribute('theme'), scheme: getComputedStyle(document.querySelector('live-poll')).colorScheme }));
  assert.deepEqual(seen, { report: '/reports', method: 'function', theme: 'dark', scheme: 'dark' });
});

test('a second copy of the script leaves the first alone and says so', async (run) => {
  const page = await visit(run, ROOM);
  await page.evaluate(() => customElements.whenDefined('live-room'));
  const told = await page.evaluate(async () => {
    const error = new Promise((resolve) => document.addEventListener('live-error', ({ detail }) => resolve(detail.code)));
    await import('/kit/liveroom.js?again');
    return error;
  });
  assert.equal(told, 'twice');
});

test('it speaks the page\'s language, and right to left where that is', async (run) => {
  const page = await visit(run, '<live-room lang="ar"><live-poll></live-poll></live-room>');
  await tell(page, poll('colour', { votes: [1, 2] }));
  await page.locator('live-poll [dir=rtl]').waitFor();
  await page.evaluate(() => kit.room().setAttribute('lang', 'zh-Hant'));
  await page.locator('live-poll [lang=zh-TW][dir=ltr]').waitFor();
  await page.evaluate(() => kit.room().setAttribute('lang', 'en-GB'));
  await page.getByRole('button', { name: 'Vote', exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('in a dock the newest is the card and the others are chips, which the viewer exchanges', async (run) => {
  const page = await visit(run, '<live-room dock="bottom-end"></live-room>');
  await tell(page, poll('one', { question: 'One?', opened_at: 1 }));
  await page.getByText('One?').first().waitFor();
  await tell(page, poll('two', { question: 'Two?', opened_at: 2 }));
  const state = (name) => page.locator(`live-poll[activity=${name}]`).getByRole('button', { name: /^Poll/ }).getAttribute('aria-expanded');
  await page.locator('live-poll[activity=two]').locator('fieldset').waitFor();
  assert.deepEqual([await state('one'), await state('two')], ['false', 'true']);
  await page.locator('live-poll[activity=one]').getByRole('button', { name: /^Poll/ }).press('Enter');
  await page.locator('live-poll[activity=one]').locator('fieldset').waitFor();
  assert.deepEqual([await state('one'), await state('two')], ['true', 'false']);
  const box = await page.locator('live-poll[activity=one]').boundingBox();
  const { width, height } = page.viewportSize();
  assert.ok(box.x + box.width <= width && box.y + box.height <= height && box.x > width / 2, JSON.stringify(box));
});

test('a hundred widgets mounted and removed leave nothing behind', async (run) => {
  const page = await visit(run, '<live-room></live-room>');
  await tell(page, poll('colour', { votes: [3, 5] }));
  const cycle = () => page.evaluate(async () => {
    const room = kit.room();
    for (let number = 0; number < 100; number += 1) room.append(document.createElement('live-poll'));
    const drawn = () => [...room.children].every((child) => child.shadowRoot.querySelector('[part~=base]'));
    while (!drawn()) await new Promise(requestAnimationFrame);
    room.replaceChildren();
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    kit.heard.length = 0;
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const count = async () => {
    for (let turn = 0; turn < 3; turn += 1) await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.filter(({ name }) => ['JSEventListeners', 'Nodes', 'JSHeapUsedSize'].includes(name)).map(({ name, value }) => [name, value]));
  };
  await cycle();
  await cycle();
  const before = await count();
  for (let turn = 0; turn < 10; turn += 1) await cycle();
  const after = await count();
  assert.ok(after.Nodes <= before.Nodes + 50, `${before.Nodes} nodes, then ${after.Nodes}`);
  assert.ok(after.JSEventListeners <= before.JSEventListeners + 20, `${before.JSEventListeners} listeners, then ${after.JSEventListeners}`);
  assert.ok(after.JSHeapUsedSize <= before.JSHeapUsedSize * 1.2 + 500_000, `${before.JSHeapUsedSize} bytes, then ${after.JSHeapUsedSize}`);
  assert.deepEqual(page.faults, []);
});
