// The page's own answers to what a viewer types: by a handler, from a file, and what becomes of those that fail.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const FAQ = [
  { question: 'Is the jacket waterproof?', answer: 'Yes, to 10,000 mm.\nThe seams are taped.', link: '/care' },
  { question: 'Do you ship to Norway?', answer: 'Yes, in three days.' },
];
const files = new Map([
  ['/faq.json', JSON.stringify(FAQ)],
  ['/odd.json', JSON.stringify([{ question: 'Is the zip waterproof?' }, { question: 'x', answer: 'x', link: 'javascript:x' }, ...FAQ])],
  ['/many.json', JSON.stringify(Array(501).fill(FAQ[0]))],
  ['/large.json', JSON.stringify([{ question: 'Is it large?', answer: 'x'.repeat(262_144) }])],
  ['/text.json', 'Is it JSON?'],
]);
let asked = [];
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await serve((request, response) => {
    const text = files.get(request.url);
    if (text === undefined) return false;
    asked.push(request.url);
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    return true;
  });
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const question = (id, text) => ({ widget: 'qna', id, rev: 1, text, asked_at: 1_767_225_600_000, standing: 'shown' });
const NEWS = {
  type: 'news',
  news: [{
    activity: 'ask',
    card: { widget: 'qna', title: 'Ask us', most: 10 },
    tally: { widget: 'qna', phase: 'open', questions: 1, list: [[1, 5]] },
    entries: [question(1, 'Which sizes are left?')],
  }],
};

/* A page with a list of questions; `prepare` runs in the page before it is told of them. */
async function stage(run, prepare = () => {}, { faq = '', theme = 'light', ...options } = {}) {
  const file = faq && ` faq="${faq}"`;
  const page = await open(browser, server.page(`<main><h1>Show</h1><live-room theme="${theme}"><live-qna${file}></live-qna></live-room></main>`, { lang: options.lang }), { reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  asked = [];
  await page.evaluate(prepare);
  await page.evaluate((news) => kit.room().receive(news), NEWS);
  await page.locator('live-qna [part~=base]').waitFor();
  return page;
}

const field = (page) => page.getByRole('textbox', { name: 'Your question' });
const hint = (page) => page.locator('live-qna .qna__similar').filter({ hasText: 'automatic' });
const settle = (page) => page.getByRole('button', { name: 'That answers it' });
const until = (page, name, want = {}) => page.evaluate(([event, detail]) => kit.until(event, detail), [name, want]);
const seen = (page, name) => page.evaluate((type) => kit.heard.filter((event) => event.name === type).map(({ detail }) => detail), name);
/* Asks whatever it is asked; each question can be answered by the test. */
const waiting = () => {
  window.calls = [];
  kit.room().answerer = (text, about, signal) => new Promise((answer, refuse) => {
    window.calls.push({ text, about, signal, answer, refuse });
  });
};
const called = (page, count) => page.waitForFunction((wanted) => window.calls.length === wanted, count);
const answer = (page, place, given) => page.evaluate(([at, value]) => window.calls[at].answer(value), [place, given]);

test('passes the accessibility check while an answer is shown, in light and in dark', async (run) => {
  for (const theme of ['light', 'dark']) {
    const page = await stage(run, undefined, { faq: '/faq.json', theme });
    await field(page).fill('is this jacket waterproof');
    await hint(page).waitFor();
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(page.faults, []);
  }
});

test('the handler is asked once typing pauses, with what it needs to know, and its answer is marked automatic', async (run) => {
  const page = await stage(run, waiting, { lang: 'en-GB' });
  /* Letter by letter, in one breath: whoever pauses for long has asked. */
  await field(page).evaluate((field, text) => {
    for (const letter of text) {
      field.value += letter;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
  }, 'Is it warm enough for Norway?');
  await called(page, 1);
  assert.deepEqual(await page.evaluate(() => [window.calls[0].text, window.calls[0].about, window.calls[0].signal.aborted]), ['Is it warm enough for Norway?', { activity: 'ask', lang: 'en-GB' }, false]);
  await answer(page, 0, { answer: 'Down to -10 °C.', link: 'https://shop.example/warm' });
  await hint(page).getByText('Down to -10 °C.').waitFor();
  const link = hint(page).getByRole('link', { name: 'More about it' });
  assert.deepEqual([await link.getAttribute('href'), await link.getAttribute('rel')], ['https://shop.example/warm', 'noopener noreferrer']);
  await page.getByText('There is an automatic answer below the field.').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  const { detail } = await until(page, 'live-act');
  assert.equal(detail.action.text, 'Is it warm enough for Norway?', 'it can be asked all the same');
});

test('"That answers it" empties the field, by key with the focus in it, and nothing is asked', async (run) => {
  const page = await stage(run, () => (kit.room().answerer = (text) => `About ${text}`), { faq: '/faq.json' });
  await field(page).fill('Is the jacket warm?');
  await settle(page).waitFor();
  await field(page).press('Tab');
  await page.keyboard.press('Enter');
  await settle(page).waitFor({ state: 'detached' });
  assert.equal(await field(page).inputValue(), '');
  assert.equal(await field(page).evaluate((element) => element.getRootNode().activeElement === element), true);
  assert.deepEqual(await seen(page, 'live-act'), []);
  await field(page).fill('Is the zip warm?');
  await hint(page).getByText('About Is the zip warm?').waitFor();
});

test('what was sent before its answer came is not answered any more', async (run) => {
  const page = await stage(run, () => {
    window.calls = [];
    kit.room().answerer = (text) => new Promise((answer) => window.calls.push({ text, answer }));
    addEventListener('live-act', (event) => event.respondWith({ ok: true }));
  });
  await field(page).fill('Is it warm?');
  await called(page, 1);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.waitForFunction(() => !document.querySelector('live-qna').shadowRoot.querySelector('textarea').value);
  await answer(page, 0, 'Very warm.');
  await field(page).fill('Is it w');
  await page.locator('live-qna .qna__act:not(.qna__act--quiet)').waitFor();
  assert.equal(await hint(page).count(), 0);
  assert.equal(await page.getByText('There is an automatic answer').count(), 0);
});

test('of several texts the newest is answered, and the older call is told to stop', async (run) => {
  const page = await stage(run, waiting);
  await field(page).fill('Is it warm?');
  await called(page, 1);
  await field(page).fill('Is it waterproof?');
  await called(page, 2);
  assert.deepEqual(await page.evaluate(() => window.calls.map(({ signal }) => signal.aborted)), [true, false]);
  await answer(page, 1, 'It keeps rain out.');
  await hint(page).getByText('It keeps rain out.').waitFor();
  await answer(page, 0, 'Very warm.');
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await hint(page).getByText('Very warm.').count(), 0);
  await field(page).fill('Is it');
  await hint(page).waitFor({ state: 'detached' });
  assert.deepEqual(await seen(page, 'live-error'), []);
});

test('a short text asks nobody, four characters of Chinese or Japanese do', async (run) => {
  const page = await stage(run, waiting);
  await field(page).fill('Is it?');
  await field(page).fill('多少钱呢');
  await called(page, 1);
  assert.equal(await page.evaluate(() => window.calls[0].text), '多少钱呢');
});

test('what is given is shown as text alone, and at most a thousand characters of it', async (run) => {
  const page = await stage(run, waiting);
  await field(page).fill('Is it safe to wash?');
  await called(page, 1);
  const text = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>${'y'.repeat(2_000)}`;
  await answer(page, 0, text);
  const said = hint(page).locator('.row__says');
  await said.waitFor();
  assert.equal(await said.textContent(), `${text.slice(0, 999)}…`);
  assert.equal(await said.evaluate((element) => element.childElementCount), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
});

test('a handler that throws, rejects or talks nonsense is told of once a minute, and the file is looked into', async (run) => {
  const page = await stage(run, () => {
    window.calls = [];
    const answers = [() => { throw new Error('no model'); }, () => Promise.reject(new Error('no line')), () => 7, () => ({ answer: 'x', link: 'javascript:x' })];
    kit.room().answerer = (text) => answers[window.calls.push(text) - 1]();
  }, { faq: '/faq.json' });
  for (const [place, text] of ['where is my parcel', 'where is my other parcel', 'where is my third parcel'].entries()) {
    await field(page).fill(text);
    await called(page, place + 1);
  }
  await field(page).fill('do you ship to norway');
  await hint(page).getByText('Yes, in three days.').waitFor();
  const told = await seen(page, 'live-error');
  assert.deepEqual(told.map(({ code, widget }) => [code, widget]), [['answerer', 'qna']]);
  assert.match(told[0].message, /no model/);
});

test('a handler that hangs is told to stop after ten seconds, and nothing is shown', async (run) => {
  const page = await stage(run, waiting);
  await page.clock.install();
  await field(page).fill('Is it warm?');
  await page.clock.runFor(700);
  await called(page, 1);
  await page.clock.runFor(10_000);
  const { detail } = await until(page, 'live-error');
  assert.deepEqual([detail.code, detail.widget], ['answerer', 'qna']);
  assert.equal(await page.evaluate(() => window.calls[0].signal.reason.name), 'TimeoutError');
  await answer(page, 0, 'Too late.');
  assert.equal(await hint(page).count(), 0);
});

test('the handler comes before the file, and the file where it has no answer', async (run) => {
  const page = await stage(run, () => (kit.room().answerer = (text) => (text.includes('Norway') ? { answer: 'From the handler.' } : null)), { faq: '/faq.json' });
  await field(page).fill('Do you ship to Norway');
  await hint(page).getByText('From the handler.').waitFor();
  assert.deepEqual(asked, [], 'the file is not needed yet');
  await field(page).fill('is this jacket waterproof');
  await hint(page).getByText('The seams are taped.').waitFor();
  assert.equal(await hint(page).getByRole('link').getAttribute('href'), '/care');
  await field(page).fill('where do I find my parcel');
  await hint(page).waitFor({ state: 'detached' });
  assert.deepEqual(asked, ['/faq.json'], 'fetched once');
});

test('nothing is loaded before somebody types, and nothing at all where there is nobody to ask', async (run) => {
  const loads = (page) => page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => /answerer|faq/.test(name)).length);
  const page = await stage(run, undefined, { faq: '/faq.json' });
  assert.equal(await loads(page), 0);
  const without = await stage(run);
  await field(without).fill('is this jacket waterproof');
  await without.locator('live-qna .qna__act:not(.qna__act--quiet)').waitFor();
  assert.equal(await loads(without), 0);
});

test('a file that cannot be used is told of once, by what is wrong with it; an odd entry is left out', async (run) => {
  for (const [name, why] of [['none', /404/], ['many', /at most 500/], ['large', /256 KiB/], ['text', /JSON/], ['odd', /entry 1 is left out/]]) {
    const page = await stage(run, undefined, { faq: `/${name}.json` });
    await field(page).fill('do you ship to norway');
    const { detail } = await until(page, 'live-error', { code: 'faq' });
    assert.match(detail.message, why);
    if (name === 'odd') await hint(page).getByText('Yes, in three days.').waitFor();
    assert.equal((await seen(page, 'live-error')).length, 1);
  }
});
