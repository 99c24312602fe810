// Long lists of questions at the streamer's desk: looked up, found by their words, merged, brought back, drafted, saved.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const LIST = { type: 'qna.open', activity: 'ask', title: 'Ask the cooks' };
const FOLD = 'Answer, merge, tag, block';
const rows = (desk) => desk.row.locator('[aria-label="Questions that were looked up"] > .parts__part');
const found = (desk, text) => rows(desk).filter({ has: desk.page.locator('article > .parts__head', { hasText: text }) });
const part = (desk, text) => desk.row.locator('.queue > .parts__part').filter({ has: desk.page.locator('article > .parts__head', { hasText: text }) });
const shown = (page, text) => page.locator('live-qna').getByText(text).first().waitFor();

/* A desk with an open list in which each of these was asked by another viewer. */
async function listed(run, questions, more = {}) {
  const desk = await sit(browser, run);
  await desk.server.command({ ...LIST, ...more });
  for (const [place, text] of questions.entries()) {
    const answer = await desk.server.act(`viewer-${place}`, 'ask', { type: 'qna.ask', text });
    assert.equal(answer?.ok, true, JSON.stringify(answer));
  }
  await desk.row.waitFor();
  return desk;
}

async function lookUp(desk, { find = '', order }) {
  const within = desk.row.locator('details', { has: desk.page.getByText('Look up questions', { exact: true }) });
  if (!(await within.getAttribute('open').then((open) => open !== null))) await desk.unfold('Look up questions');
  await within.getByLabel('With these words, or of this number').fill(find);
  if (order) await within.getByLabel('Or all of them').selectOption({ label: order });
  await desk.press('Look up');
}

test('every question of a long list can be reached, answered, and merged into', async (run) => {
  const desk = await listed(run, Array.from({ length: 70 }, (_, place) => `What about item ${place + 1}, please?`), { approval: false });
  await desk.counts('Shown', 70);
  assert.equal(await part(desk, 'item 33,').count(), 0);
  await lookUp(desk, { order: 'Most votes first' });
  await desk.says('50 of 70');
  await desk.press('More');
  await desk.says('70 of 70');
  assert.equal(await rows(desk).count(), 70);
  await lookUp(desk, { find: 'ITEM 33' });
  await desk.says('1 of 1');
  await found(desk, 'item 33,').getByText(FOLD).click();
  await found(desk, 'item 33,').getByLabel('Answer in text').fill('It is in stock.');
  await desk.press('Answer all', found(desk, 'item 33,'));
  await found(desk, 'item 33,').getByText('It is in stock.').waitFor();
  await desk.counts('Answered', 1);
  await lookUp(desk, { find: '#34' });
  await found(desk, 'item 34,').waitFor();
  await part(desk, 'item 70,').getByText(FOLD).click();
  await part(desk, 'item 70,').getByLabel('Merge into').selectOption({ label: '34 What about item 34, please?' });
  await desk.press('Merge', part(desk, 'item 70,'));
  await part(desk, 'item 70,').waitFor({ state: 'detached' });
  await found(desk, 'item 34,').getByText('1 vote').waitFor();
  await desk.counts('Shown', 69);
  assert.deepEqual(await findings(desk.page), []);
  assert.deepEqual(desk.page.faults, []);
});

test('what was dismissed is seen and brought back', async (run) => {
  const desk = await listed(run, ['Which fish keeps best?', 'Do you like rain?']);
  await desk.press('Dismiss', part(desk, 'rain'));
  await part(desk, 'rain').waitFor({ state: 'detached' });
  await lookUp(desk, { order: 'Dismissed' });
  await found(desk, 'rain').getByText('dismissed').waitFor();
  await desk.press('Approve', found(desk, 'rain'));
  await part(desk, 'rain').waitFor();
  await desk.says('No question is found.');
  await desk.counts('Shown', 1);
});

test('what waits says what it is like, and is merged with one click', async (run) => {
  const desk = await listed(run, ['Is the jacket waterproof?', 'is this jacket waterproof']);
  await desk.press('Approve', part(desk, 'Is the jacket waterproof?'));
  await part(desk, 'is this jacket').getByText('Similar to 1 Is the jacket waterproof?').waitFor();
  await desk.press('Merge into 1', part(desk, 'is this jacket'));
  await part(desk, 'is this jacket').waitFor({ state: 'detached' });
  await part(desk, 'Is the jacket waterproof?').getByText('1 vote').waitFor();
  assert.deepEqual(desk.page.faults, []);
});

test('Q7: an answerer drafts answers: sent as they are they are automatic, edited they are the moderator\'s', async (run) => {
  const desk = await listed(run, ['Which fish keeps best?', 'Is it dear?', 'Do you like rain?'], { approval: false });
  await desk.page.evaluate(() => {
    window.asked = [];
    document.querySelector('live-room').answerer = async (question, about) => {
      window.asked.push({ question, ...about });
      if (question.includes('rain')) throw new Error('no weather');
      return question.includes('fish') ? { answer: 'Mackerel does.' } : 'It is not.';
    };
  });
  const viewer = await view(browser, run, desk.server, 'Ana');
  const answer = (text) => part(desk, text).getByLabel('Answer in text');
  await part(desk, 'Which fish').getByText(FOLD).click();
  await part(desk, 'Which fish').getByText('An automatic draft of this page').waitFor();
  assert.equal(await answer('Which fish').inputValue(), 'Mackerel does.');
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('Answer all', part(desk, 'Which fish'));
  await part(desk, 'Which fish').getByText('Automatic answer:').waitFor();
  await shown(viewer, 'Mackerel does.');
  await shown(viewer, /automatic/i);
  await part(desk, 'Is it dear').getByText(FOLD).click();
  await part(desk, 'Is it dear').getByText('An automatic draft of this page').waitFor();
  await answer('Is it dear').fill('It is not, we think.');
  await part(desk, 'Is it dear').getByText('An automatic draft of this page').waitFor({ state: 'detached' });
  await desk.press('Answer all', part(desk, 'Is it dear'));
  await part(desk, 'Is it dear').getByText('Answer:', { exact: true }).waitFor();
  const [first, second] = await desk.page.evaluate(() => window.asked);
  assert.equal(first.question, 'Which fish keeps best?');
  assert.equal(first.activity, 'ask');
  assert.equal(second.question, 'Is it dear?');
  // One that fails is told to the page, and the field stays the moderator's.
  const failed = desk.page.evaluate(() => new Promise((done) => document.addEventListener('live-error', ({ detail }) => done(detail), { once: true })));
  await part(desk, 'rain').getByText(FOLD).click();
  const { code, message } = await failed;
  assert.equal(code, 'answerer');
  assert.match(message, /no weather/);
  assert.equal(await answer('rain').inputValue(), '');
});

test('questions and comments are saved as files with the desk\'s own token', async (run) => {
  const desk = await listed(run, ['Which fish keeps best?']);
  await desk.unfold('Look up questions');
  const saved = async (button) => {
    const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press(button)]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const table = await saved('Save the questions as CSV');
  assert.equal(table.name, 'ask-questions.csv');
  assert.match(table.text, /Which fish keeps best\?/);
  const { text } = await saved('Save the questions as JSON');
  assert.equal(JSON.parse(text)[0].text, 'Which fish keeps best?');
  await desk.server.command({ type: 'put_away', activity: 'ask' });
  await desk.server.command({ type: 'poll.open', activity: 'how', question: 'How was it?', options: ['Good', 'Bad'], comment: 'What else?' });
  await desk.server.act('ana', 'how', { type: 'poll.answer', choices: ['1'], comment: 'More harbour' });
  await desk.row.getByText('1 viewer wrote something').click();
  const comments = await saved('Save the comments as JSON');
  assert.equal(comments.name, 'how-comments.json');
  assert.equal(JSON.parse(comments.text)[0].text, 'More harbour');
  assert.deepEqual(desk.page.faults, []);
});

test('the owner sets the blocked words, and the desk shows them when it comes back', async (run) => {
  const desk = await listed(run, []);
  const { page } = desk;
  await desk.unfold('Blocked words');
  const words = page.locator('live-studio').getByLabel('One a line; no question, reply or comment may hold one');
  await words.fill('rubbish\n垃圾');
  await desk.press('Set the blocked words');
  await desk.says('Set the blocked words: confirmed', desk.desk.locator('.house'));
  const refused = await desk.server.act('ana', 'ask', { type: 'qna.ask', text: 'Is it RUBBISH?' });
  assert.equal(refused.refusal.reason, 'blocked');
  await page.reload();
  await desk.unfold('Blocked words');
  assert.equal(await words.inputValue(), 'rubbish\n垃圾');
  assert.deepEqual(await findings(page), []);
});
