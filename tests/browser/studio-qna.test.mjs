// Questions and answers at the streamer's desk: the queue, the answers, and what viewers see of them.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise, sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const LIST = { type: 'qna.open', activity: 'ask', title: 'Ask the cooks' };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const qna = (page) => page.locator('live-qna');
const shown = (page, text) => qna(page).getByText(text).first().waitFor();
const part = (desk, text) => desk.row.locator('.queue > .parts__part').filter({ has: desk.page.locator('article > .parts__head', { hasText: text }) });

async function ask(page, text) {
  await qna(page).getByRole('textbox', { name: 'Your question' }).fill(text);
  await qna(page).getByRole('button', { name: 'Ask', exact: true }).click();
}

/* A desk with an open list, and viewers of these names who have asked these questions. */
async function asked(run, questions, more = {}) {
  const desk = await sit(browser, run);
  await desk.server.command({ ...LIST, ...more });
  const pages = {};
  for (const [name, text] of Object.entries(questions)) {
    pages[name] = await view(browser, run, desk.server, name);
    await ask(pages[name], text);
    await part(desk, text).waitFor();
  }
  return { desk, ...pages };
}

test('a list is composed and opened; what is asked waits, is approved, answered live, pinned, or dismissed', async (run) => {
  const desk = await sit(browser, run);
  await desk.compose('Q&A', { Title: 'Ask the cooks' });
  await desk.says('Ask the cooks', desk.composer.locator('.preview'));
  await desk.press('Open now');
  await desk.row.getByRole('heading', { name: 'Ask the cooks' }).waitFor();
  const [ana, bo] = [await view(browser, run, desk.server, 'Ana'), await view(browser, run, desk.server, 'Bo')];
  await ask(ana, 'Which fish keeps best?');
  await ask(bo, 'Do you like rain?');
  await desk.counts('Waiting', 2);
  assert.equal(await qna(bo).getByText('Which fish keeps best?').count(), 0);
  await desk.press('Approve', part(desk, 'Which fish'));
  await shown(bo, 'Which fish keeps best?');
  await desk.press('Dismiss', part(desk, 'rain'));
  await desk.counts('Waiting', 0);
  await shown(bo, 'Not shown to others');
  await desk.press('Answering now', part(desk, 'Which fish'));
  await shown(bo, 'Being answered now');
  await desk.press('Pin', part(desk, 'Which fish'));
  await shown(bo, 'Pinned');
  await desk.press('Answered live', part(desk, 'Which fish'));
  await shown(bo, 'Answered live');
  await desk.counts('Answered', 1);
  await desk.press('Close');
  await desk.says('Close: confirmed');
  assert.deepEqual(desk.page.faults, []);
});

test('an answer in text is for all or for the asker alone', async (run) => {
  const { desk, Ana, Bo } = await asked(run, { Ana: 'Which fish keeps best?', Bo: 'Is my order on its way?' }, { approval: false });
  const answer = async (question, text, button) => {
    await part(desk, question).getByText('Answer, merge, tag, block').click();
    await part(desk, question).getByLabel('Answer in text').fill(text);
    await desk.press(button, part(desk, question));
  };
  await answer('Which fish', 'Mackerel does.', 'Answer all');
  await shown(Bo, 'Mackerel does.');
  await answer('my order', 'It left at noon.', 'Answer the asker');
  await shown(Bo, 'It left at noon.');
  await shown(Bo, 'only you see this');
  await desk.says('Answer, to the asker alone:');
  assert.equal(await qna(Ana).getByText('It left at noon.').count(), 0);
  await desk.counts('Answered', 2);
});

test('questions are merged with their votes, tagged, and their asker is silenced', async (run) => {
  const { desk, Ana, Bo } = await asked(run, { Ana: 'Which fish keeps best?', Bo: 'How long does mackerel last?' }, { approval: false, tags: ['fish', 'knives'], every_ms: 0 });
  await part(desk, 'How long').getByText('Answer, merge, tag, block').click();
  await part(desk, 'How long').getByRole('button', { name: '+ knives' }).click();
  await shown(Ana, 'knives');
  await part(desk, 'How long').getByRole('button', { name: '− knives' }).waitFor();
  await desk.press('Block the asker', part(desk, 'How long'));
  await desk.says('Block the asker: confirmed');
  await ask(Bo, 'May I ask again?');
  await shown(Bo, 'Not accepted');
  await desk.press('Let the asker ask again', part(desk, 'How long'));
  await desk.says('Let the asker ask again: confirmed');
  assert.equal(await desk.button('Merge', part(desk, 'How long')).getAttribute('title'), 'Choose the question first.');
  await part(desk, 'How long').getByLabel('Merge into').selectOption({ index: 1 });
  await desk.press('Merge', part(desk, 'How long'));
  await part(desk, 'How long').waitFor({ state: 'detached' });
  await shown(Bo, /Joined with/);
  await desk.counts('Shown', 1);
});

test('replies wait until they are shown, one by one', async (run) => {
  const { desk, Ana } = await asked(run, { Ana: 'Which fish keeps best?' }, { replies: true });
  await desk.press('Approve', part(desk, 'Which fish'));
  const cy = await view(browser, run, desk.server, 'Cy');
  await shown(cy, 'Which fish keeps best?');
  await qna(cy).getByText('Reply', { exact: true }).click();
  await qna(cy).getByRole('textbox', { name: 'Your reply' }).fill('Salted cod.');
  await qna(cy).getByRole('button', { name: 'Reply', exact: true }).last().click();
  await desk.counts('Hidden replies', 1);
  await desk.row.getByText('1 reply, not shown').click();
  await desk.press('Show reply');
  await desk.counts('Hidden replies', 0);
  await qna(Ana).getByText('1 reply').click();
  await shown(Ana, 'Salted cod.');
});

test('the queue passes the accessibility check and fits every page', async (run) => {
  const long = `${'Unbreakable'.repeat(12)} and so on?`;
  const { desk } = await asked(run, { Ana: long, Bo: 'Which fish keeps best?' }, { replies: true, tags: ['fish'], closes_in_ms: 900_000 });
  await desk.compose('Q&A', { Title: 'Another list' });
  await desk.press('Answering now', part(desk, 'Which fish'));
  await desk.row.locator('.parts__part--now').waitFor();
  for (const fold of await desk.row.getByText('Answer, merge, tag, block').all()) await fold.click();
  for (const colorScheme of ['light', 'dark']) {
    await desk.page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(desk.page), []);
  }
  for (const width of [320, 360, 768, 1280]) {
    await desk.page.setViewportSize({ width, height: 800 });
    assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth), width);
  }
});

test('a practice room moderates too, with a viewer in another tab', async (run) => {
  const desk = await practise(browser, run, 'practice-ask');
  await desk.compose('Q&A', { Title: 'Ask the cooks' });
  await desk.press('Open now');
  await desk.row.waitFor();
  const viewer = await desk.tab();
  await ask(viewer, 'Which fish keeps best?');
  await shown(viewer, 'Waits for approval');
  await desk.press('Approve', part(desk, 'Which fish'));
  await part(desk, 'Which fish').getByText('Answer, merge, tag, block').click();
  await part(desk, 'Which fish').getByLabel('Answer in text').fill('Mackerel does.');
  await desk.press('Answer all', part(desk, 'Which fish'));
  await shown(viewer, 'Mackerel does.');
});
