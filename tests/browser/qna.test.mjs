// Questions and answers on a page that drives its room: asked, voted, ordered, answered, by pointer and by key.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const BODY = '<main><h1>Show</h1><live-room><live-qna></live-qna></live-room></main>';
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

const question = (id, text, more = {}) => ({ widget: 'qna', id, rev: 1, text, asked_at: 1_767_225_600_000 + id * 1_000, standing: 'shown', ...more });
const THREE = [question(1, 'Which sizes are left?'), question(2, 'Is the zip waterproof?'), question(3, 'Do you ship to Norway?')];
const news = ({ card = {}, tally = {}, list = [], entries = [], mine, ...item } = {}) => ({
  type: 'news',
  news: [{
    activity: 'ask',
    card: { widget: 'qna', title: 'Ask us', approval: true, most: 10, ...card },
    tally: { widget: 'qna', phase: 'open', questions: entries.length, answered: 0, list, ...tally },
    entries,
    ...(mine && { mine: { widget: 'qna', ...mine } }),
    ...item,
  }],
});
const counted = (list, tally = {}) => ({ type: 'news', news: [{ activity: 'ask', tally: { widget: 'qna', phase: 'open', questions: list.length, list, ...tally } }] });

/* A page with a list of questions; `listen` runs in the page before. */
async function stage(run, told = news({ entries: THREE, list: [[1, 5], [2, 3], [3, 1]] }), listen = () => {}, options = {}) {
  const page = await open(browser, server.page(options.body ?? BODY), { reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  await page.evaluate(listen);
  await tell(page, told);
  await page.locator('live-qna [part~=base]').waitFor();
  return page;
}

const accept = () => addEventListener('live-act', (event) => event.respondWith({ ok: true }));
const tell = (page, told) => page.evaluate((message) => kit.room().receive(message), told);
const until = (page, name, want = {}) => page.evaluate(([event, detail]) => kit.until(event, detail), [name, want]);
const shown = (page, text) => page.locator('live-qna').getByText(text).first().waitFor();
const rows = (page) => page.locator('live-qna .qna__table li .row__text').allTextContents();
const ordered = (page, wanted) => page.waitForFunction((texts) => {
  const found = [...document.querySelector('live-qna').shadowRoot.querySelectorAll('.qna__table li .row__text')].map(({ textContent }) => textContent);
  return String(found) === String(texts);
}, wanted);
const field = (page) => page.getByRole('textbox', { name: 'Your question' });
const vote = (page, place) => page.locator('live-qna .qna__table .row__vote').nth(place);

test('passes the accessibility check, empty, full, while asking, and with replies open', async (run) => {
  const page = await stage(run, news());
  assert.deepEqual(await findings(page), []);
  const replies = [{ text: 'Mine is.', by: 'Ana' }];
  await tell(page, news({
    card: { replies: true, anonymous: true, tags: ['Size', 'Delivery'] },
    list: [[1, 5], [2, 3]],
    entries: [question(1, 'Which sizes are left?', { replies }), question(2, 'Is the zip waterproof?', { standing: 'answered', answer: { text: 'Yes.', automatic: true } })],
    mine: { voted: [1], asked: [question(9, 'Where is it made?', { standing: 'waiting' })] },
  }));
  await shown(page, 'automatic');
  assert.deepEqual(await findings(page), []);
  await field(page).fill('is the zip waterproof');
  await shown(page, 'Is it one of these?');
  await page.getByText('1 reply').click();
  await shown(page, 'Mine is.');
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(page.faults, []);
});

test('a question is asked by key alone, waits for approval, and is then in the list', async (run) => {
  const page = await stage(run, news({ entries: THREE }), () => addEventListener('live-act', (event) => event.respondWith(new Promise((resolve) => (window.answer = resolve)))));
  await field(page).focus();
  await page.keyboard.type('  Where is it made? ');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const { detail } = await until(page, 'live-act');
  assert.deepEqual([detail.widget, detail.act, detail.action], ['qna', 'ask', { type: 'qna.ask', text: 'Where is it made?', tags: [] }]);
  await shown(page, 'Sending');
  assert.equal(await field(page).inputValue(), '  Where is it made? ');
  const own = { id: 4, text: 'Where is it made?', standing: 'waiting' };
  await page.evaluate((asked) => window.answer({ ok: true, mine: { asked: [asked] } }), own);
  await shown(page, 'Waits for approval');
  await page.waitForFunction(() => !document.querySelector('live-qna').shadowRoot.querySelector('textarea').value);
  await page.getByText('Your question was sent and waits for approval.').waitFor({ state: 'attached' });
  await tell(page, { type: 'news', news: [{ activity: 'ask', entries: [question(4, 'Where is it made?')], mine: { widget: 'qna', asked: [{ ...own, standing: 'shown' }] } }] });
  await ordered(page, [...THREE.map(({ text }) => text), 'Where is it made?']);
  await shown(page, 'Yours');
  assert.equal(await page.locator('live-qna').getByText('Waits for approval').count(), 0);
});

test('what is refused stays in the field, with what to do beside it', async (run) => {
  const page = await stage(run, undefined, () => addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'duplicate' })));
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await shown(page, 'Write your question first.');
  await field(page).fill('Which sizes are left?');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await shown(page, 'The same question was asked already.');
  assert.equal(await field(page).inputValue(), 'Which sizes are left?');
  await field(page).fill('a'.repeat(500));
  await shown(page, '12 characters left');
  await field(page).fill('a'.repeat(515));
  await shown(page, '3 characters too many');
  assert.equal(await page.getByRole('button', { name: 'Ask', exact: true }).getAttribute('aria-disabled'), 'true');
});

test('one may ask without a name and under tags where the card allows it', async (run) => {
  const page = await stage(run, news({ card: { anonymous: true, tags: ['Size', 'Delivery'] } }));
  await field(page).fill('Do you deliver on Sundays?');
  await page.getByRole('switch', { name: 'Without my name' }).check();
  await page.getByRole('button', { name: 'Delivery' }).click();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  const { detail } = await until(page, 'live-act');
  assert.deepEqual(detail.action, { type: 'qna.ask', text: 'Do you deliver on Sundays?', anonymous: true, tags: ['Delivery'] });
});

test('votes are given and taken back, several at once, and each waits for its own answer', async (run) => {
  const page = await stage(run, undefined, () => {
    window.answers = [];
    addEventListener('live-act', (event) => event.respondWith(new Promise((resolve) => window.answers.push(resolve))));
  });
  await vote(page, 0).click();
  await vote(page, 2).click();
  await page.waitForFunction(() => window.answers.length === 2);
  assert.equal(await vote(page, 0).getAttribute('aria-pressed'), 'false', 'nothing is predicted');
  await page.evaluate(() => window.answers.forEach((answer) => answer({ ok: true })));
  await page.locator('live-qna .row__vote[aria-pressed=true]').nth(1).waitFor();
  await vote(page, 0).focus();
  await page.keyboard.press('Space');
  const { detail } = await until(page, 'live-act', { act: 'withdraw' });
  assert.deepEqual(detail.action, { type: 'qna.withdraw', question: 1 });
});

test('a refused vote says why beside its question', async (run) => {
  const page = await stage(run, undefined, () => addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'needs-sign-in' })));
  await vote(page, 1).click();
  await page.locator('live-qna .row').nth(1).getByText('Sign in on this page first, then try again.').waitFor();
});

test('the list is ordered by votes, by time, and by what has no answer', async (run) => {
  const answered = question(4, 'Is it warm?', { standing: 'answered', answer: { text: 'Very.' } });
  const pinned = question(5, 'When is the next show?', { pinned: true });
  const page = await stage(run, news({ entries: [...THREE, answered, pinned], list: [[1, 1], [2, 3], [3, 2], [4, 9], [5, 0]], tally: { answered: 1 } }));
  const [one, two, three, four, five] = [...THREE, answered, pinned].map(({ text }) => text);
  assert.deepEqual(await rows(page), [five, four, two, three, one]);
  await page.getByRole('button', { name: 'Newest' }).click();
  await ordered(page, [five, four, three, two, one]);
  await page.getByRole('button', { name: 'Unanswered' }).click();
  await ordered(page, [five, two, three, one]);
  await page.getByRole('button', { name: 'Top' }).click();
  await ordered(page, [five, four, two, three, one]);
});

test('no row jumps while the list is used, and the newer order is offered', async (run) => {
  const page = await stage(run);
  const before = THREE.map(({ text }) => text);
  await page.mouse.move(0, 0);
  await vote(page, 2).focus();
  await tell(page, counted([[1, 5], [2, 3], [3, 50]]));
  await page.getByRole('button', { name: 'Put in order' }).waitFor();
  assert.deepEqual(await rows(page), before);
  await shown(page, '50 votes');
  assert.equal(await vote(page, 2).evaluate((button) => button.getRootNode().activeElement === button), true);
  await page.getByRole('button', { name: 'Put in order' }).click();
  await ordered(page, [before[2], before[0], before[1]]);
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  await tell(page, counted([[1, 90], [2, 3], [3, 50]]));
  await ordered(page, [before[0], before[2], before[1]]);
});

test('what is dismissed under a finger keeps its place until the list is left', async (run) => {
  const page = await stage(run);
  await vote(page, 1).hover();
  await tell(page, { type: 'news', news: [{ activity: 'ask', entries: [question(1, 'x', { rev: 2, standing: 'dismissed' })] }] });
  await ordered(page, ['No longer shown', THREE[1].text, THREE[2].text]);
  await page.mouse.move(0, 0);
  await ordered(page, [THREE[1].text, THREE[2].text]);
});

test('answers are told with what they are, and private ones to their asker alone', async (run) => {
  const page = await stage(run, news({
    entries: [question(1, 'Now?', { standing: 'answering' }), question(2, 'On air?', { standing: 'answered' }), question(3, 'By whom?', { standing: 'answered', answer: { text: 'A machine said so.', automatic: true } })],
    mine: { asked: [question(7, 'My parcel?', { standing: 'answered', answer: { text: 'Tomorrow.', private: true } }), question(8, 'Who?', { merged_into: 3 })] },
  }));
  for (const text of ['Being answered now', 'Answered live', 'automatic', 'only you see this', 'Tomorrow.', 'Joined with:']) await shown(page, text);
});

test('while typing, what is known already is offered with its answer and its vote', async (run) => {
  const page = await stage(run, news({ entries: [...THREE, question(4, 'Is the hood detachable?', { standing: 'answered', answer: { text: 'Yes, by a zip.' } })] }));
  await field(page).fill('is the hood detachable');
  const offered = page.locator('live-qna .qna__similar');
  await offered.getByText('Yes, by a zip.').waitFor();
  assert.equal(await offered.getByRole('listitem').count(), 1);
  await offered.getByRole('button', { name: /Vote for it/ }).click();
  const { detail } = await until(page, 'live-act');
  assert.deepEqual(detail.action, { type: 'qna.vote', question: 4 });
});

test('a question is replied to and reported from behind it', async (run) => {
  const page = await stage(run, news({ card: { replies: true }, entries: THREE }), accept);
  const row = page.locator('live-qna .row').first();
  await row.getByText('Reply', { exact: true }).click();
  await row.getByRole('textbox', { name: 'Your reply' }).fill('Only M.');
  await row.getByRole('button', { name: 'Reply' }).click();
  const reply = await until(page, 'live-act', { act: 'reply' });
  assert.deepEqual(reply.detail.action, { type: 'qna.reply', question: 1, text: 'Only M.' });
  await page.waitForFunction(() => !document.querySelector('live-qna').shadowRoot.querySelector('.row textarea').value);
  await row.getByRole('button', { name: 'Offensive or dangerous' }).click();
  const flag = await until(page, 'live-act', { act: 'flag' });
  assert.deepEqual(flag.detail.action, { type: 'flag', widget: 'qna', why: 'offensive', question: 1 });
  await row.getByText('Reported. Thank you.').waitFor();
});

test('five thousand questions are a page of rows, and more on request', async (run) => {
  const many = Array.from({ length: 5_000 }, (_, place) => question(place + 1, `Question ${place + 1}?`));
  const page = await stage(run, news({ entries: many, list: [[4_000, 7]] }));
  const count = () => page.locator('live-qna .row').count();
  assert.equal(await count(), 10);
  assert.equal((await rows(page))[0], 'Question 4000?');
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.locator('live-qna .row').nth(59).waitFor();
  assert.equal(await count(), 60);
});

test('a row is drawn again only when something of its own changes', async (run) => {
  const page = await stage(run);
  await page.evaluate(() => {
    window.changed = new Set();
    const observer = new MutationObserver((records) => records.forEach(({ target }) => {
      const row = (target.nodeType === 1 ? target : target.parentElement)?.closest('.row');
      if (row) window.changed.add(row.querySelector('.row__text').textContent);
    }));
    observer.observe(document.querySelector('live-qna').shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await tell(page, counted([[1, 6], [2, 3], [3, 1]]));
  await shown(page, '6 votes');
  assert.deepEqual(await page.evaluate(() => [...window.changed]), ['Which sizes are left?']);
});

test('an announced list counts down to its opening, and says when it opened and closed', async (run) => {
  const at = 1_767_225_600_000;
  const told = news({ tally: { phase: 'ready', opens_at: at + 60_000 } });
  const page = await stage(run, { ...told, at });
  await shown(page, /opens/);
  await shown(page, /1:00|0:5\d/);
  assert.equal(await field(page).count(), 0);
  await tell(page, { ...counted([]), at });
  await page.getByText('New questions and answers').waitFor({ state: 'attached' });
  await tell(page, { ...counted([], { phase: 'closed' }), at });
  await shown(page, 'Nobody asked');
});

test('a chip, a paused list, one that was put away', async (run) => {
  const page = await stage(run);
  const toggle = page.locator('live-qna').getByRole('button').first();
  await toggle.focus();
  await page.keyboard.press('Enter');
  await field(page).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await field(page).waitFor();
  await tell(page, counted([], { phase: 'paused', left_ms: 45_000 }));
  await shown(page, 'Paused');
  await tell(page, { type: 'news', news: [{ activity: 'ask', gone: true }] });
  await page.locator('live-qna [part~=base]').waitFor({ state: 'detached' });
  assert.equal(await page.locator('live-qna').evaluate((element) => element.offsetHeight), 0);
});

test('the label cannot be hidden by the page, and the card can be reported', async (run) => {
  const page = await stage(run, news({ card: { about: { ad: 'Anzeige' } } }), accept);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('live-qna { --live-ink: #fff; --live-ground: #fff; } live-qna::part(base) { color: #fff; } live-qna::part(ad) { display: none; }');
    document.adoptedStyleSheets = [sheet];
  });
  const label = page.locator('live-qna').getByText('Anzeige');
  assert.equal(await label.isVisible(), true);
  const { color, backgroundColor } = await label.evaluate((element) => ({ ...getComputedStyle(element) }));
  assert.notEqual(color, backgroundColor);
  await page.getByText('Report this').last().click();
  await page.getByRole('button', { name: 'Misleading or false' }).click();
  const { detail } = await until(page, 'live-act');
  assert.deepEqual(detail.action, { type: 'flag', widget: 'qna', why: 'misleading' });
});

test('at 320 pixels with twice the text nothing is cut off, and what can be pressed is large enough', async (run) => {
  const long = question(1, 'Unbreakable'.repeat(20), { replies: [{ text: 'x'.repeat(90) }], tags: ['y'.repeat(60)] });
  const page = await stage(run, news({ card: { replies: true, tags: ['Size'] }, entries: [long, ...THREE.slice(1)], list: [[1, 1_204_000]] }), undefined, { viewport: { width: 320, height: 640 } });
  await field(page).fill('Is it?');
  const small = await page.locator('live-qna').evaluate(({ shadowRoot }) => [...shadowRoot.querySelectorAll('button, summary, textarea, label')]
    .map((element) => [element.className, element.getBoundingClientRect()])
    .filter(([, { height, width }]) => height < 44 || width < 44).map(([name]) => name));
  assert.deepEqual(small, []);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
});
