// A hasty hand at the desk, two desks at once, and a role that may do less: nothing happens that nobody meant.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { seat, sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const POLL = { type: 'poll.open', activity: 'p', question: 'Red or blue?', options: ['Red', 'Blue'] };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

async function plan(desk, ...questions) {
  for (const question of questions) {
    await desk.compose('Poll', { Question: question, 'Option 1': 'Yes', 'Option 2': 'No' });
    await desk.press('Add to the run');
    await desk.desk.locator('.run').getByText(question, { exact: true }).waitFor();
  }
}

test('a double click, or a key that is held down, opens one cue, and not what comes next', async (run) => {
  const desk = await sit(browser, run);
  await plan(desk, 'One?', 'Two?', 'Three?');
  const next = desk.desk.locator('#run-next');
  const reads = (text) => desk.page.waitForFunction((text) => document.querySelector('live-studio').shadowRoot.querySelector('#run-next').textContent === text, text);
  /* The second click of a double click meets what has come up since the first. */
  await next.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await next.boundingBox();
  await desk.page.mouse.click(x + width / 2, y + height / 2);
  await reads('Open “Two?”');
  await desk.page.mouse.down({ clickCount: 2 });
  await desk.page.mouse.up({ clickCount: 2 });
  await next.focus();
  await desk.page.keyboard.down('Enter');
  await reads('Open “Three?”');
  for (let held = 0; held < 3; held += 1) await desk.page.keyboard.down('Enter');
  await desk.page.keyboard.up('Enter');
  await desk.says('Open “Two?”: confirmed', desk.desk);
  /* An order that came after those would have been answered after them. */
  await desk.press('Clear the screen');
  await desk.desk.locator('.air--cleared').waitFor();
  assert.equal(await desk.desk.locator('.strip--open').count(), 2);
});

test('what was opened and put away under its name before a desk came is marked as done once it is refused', async (run) => {
  const first = await sit(browser, run);
  await plan(first, 'One?', 'Two?');
  const token = await first.server.token('owner');
  const kept = async () => (await fetch(`${first.server.address}/v1/rooms/demo/run`, { headers: { authorization: `Bearer ${token}` } })).json();
  let cues = [];
  while (cues.length < 2) cues = (await kept()).run?.cues ?? [];
  const { activity } = cues[0].draft;
  for (const command of [{ ...POLL, activity }, { type: 'close', activity }, { type: 'put_away', activity }]) await first.server.command(command);
  const desk = await seat(browser, run, first.server, 'owner');
  await desk.press('Open “One?”');
  await desk.desk.locator('.run').getByText(/Open “One\?”: refused/).first().waitFor();
  await desk.desk.getByText(/“One\?” was opened in this room already, so it is marked as done/).waitFor();
  await desk.page.locator('.cue--done').getByText('One?').waitFor();
  await desk.button('Open “Two?”').waitFor();
});

test('a length is added once, whoever presses again because no answer came, and once more when it did', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ ...POLL, closes_in_ms: 600_000 });
  await desk.row.waitFor();
  const extended = async () => {
    const token = await desk.server.token('owner');
    const lines = await (await fetch(`${desk.server.address}/v1/rooms/demo/audit`, { headers: { authorization: `Bearer ${token}` } })).json();
    return lines.filter(({ what }) => what === 'extend').length;
  };
  await desk.page.clock.install();
  await desk.server.freeze();
  await desk.press('+30 s', desk.row);
  await desk.page.clock.runFor(9_000);
  await desk.says('sent, not confirmed.');
  await desk.press('+30 s', desk.row);
  desk.server.thaw();
  await desk.says(/: confirmed/);
  assert.equal(await extended(), 1);
  await desk.press('+30 s', desk.row);
  await desk.press('Clear the screen');
  await desk.desk.locator('.air--cleared').waitFor();
  assert.equal(await extended(), 2);
});

test('a hand-over begins with who is on air by now, and says who came meanwhile', async (run) => {
  const desk = await sit(browser, run);
  await desk.desk.locator('#show-on-air').fill('Ana');
  await desk.press('Start the show');
  const field = desk.desk.locator('#show');
  const reads = (text) => desk.page.waitForFunction((text) => document.querySelector('live-studio').shadowRoot.querySelector('#show').value === text, text);
  await reads('Ana');
  await desk.desk.locator('.show__summary').click();
  await desk.server.command({ type: 'show.on_air', on_air: ['Ana', 'Ben'] });
  await reads('Ana, Ben');
  await field.fill('Ana, Ben, Cy');
  await desk.server.command({ type: 'show.on_air', on_air: ['Ben', 'Dee'] });
  await desk.desk.getByText('On air by now: Ben, Dee. “Hand over” puts your list in its place.').waitFor();
  assert.equal(await field.inputValue(), 'Ana, Ben, Cy');
  await desk.press('Hand over');
  await desk.desk.getByText('On air by now: Ben, Dee.').waitFor({ state: 'detached' });
  await desk.server.command({ type: 'show.on_air', on_air: ['Eve'] });
  await reads('Eve');
});

test('an order whose answer did not come makes nothing twice when it is given again', async (run) => {
  const desk = await sit(browser, run);
  await desk.page.clock.install();
  await desk.page.reload();
  await desk.says('Off air', desk.desk);
  /* All that joining asks is asked by then: what is not answered after it kills no line. */
  await desk.page.clock.runFor(3_000);
  await desk.compose('Poll', { Question: 'Once?', 'Option 1': 'Yes', 'Option 2': 'No' });
  await desk.server.freeze();
  await desk.press('Open now');
  await desk.says('Open a new poll: sent', desk.composer);
  await desk.page.clock.runFor(9_000);
  await desk.says('Open a new poll: sent, not confirmed.', desk.composer);
  await desk.press('Open now');
  desk.server.thaw();
  await desk.says('Open a new poll: confirmed', desk.composer);
  await desk.desk.locator('.strip--open').waitFor();
  await desk.press('Clear the screen');
  await desk.desk.locator('.air--cleared').waitFor();
  assert.equal(await desk.desk.locator('.strip').count(), 1);
  /* Once it is answered, the same words make another one. */
  await desk.compose('Poll', { Question: 'Once?', 'Option 1': 'Yes', 'Option 2': 'No' });
  await desk.press('Open now');
  await desk.desk.locator('.strip').nth(1).waitFor();
});

test('a show is started with its tags', async (run) => {
  const desk = await sit(browser, run);
  await desk.desk.locator('#show').fill('Evening');
  await desk.desk.getByLabel('Tags', { exact: true }).fill('launch, , winter');
  await desk.press('Start the show');
  await desk.says('Evening', desk.desk.locator('.air'));
  const token = await desk.server.token('owner');
  const news = await (await fetch(`${desk.server.address}/v1/rooms/demo`, { headers: { authorization: `Bearer ${token}` } })).json();
  assert.deepEqual(news.find(({ type }) => type === 'room').show.tags, ['launch', 'winter']);
});

test('what is ordered right after the machine slept is news, and has not waited long', async (run) => {
  const desk = await sit(browser, run);
  const { page } = desk;
  await desk.server.command(POLL);
  await page.clock.install();
  await page.reload();
  await desk.row.waitFor();
  /* Nothing is drawn from here on, and no timer goes; then two minutes are gone at once. */
  await page.clock.pauseAt(Date.now() + 5_000);
  await page.clock.setSystemTime(Date.now() + 121_000);
  await desk.press('Close', desk.row);
  await page.clock.runFor(1_000);
  await desk.says('Close: confirmed');
});

test('two desks correct and merge at once, and neither undoes the other', async (run) => {
  const desk = await sit(browser, run);
  const other = await seat(browser, run, desk.server, 'operator');
  await desk.server.command({ ...POLL, options: ['Red', 'Blue'] });
  for (const { row, unfold } of [desk, other]) {
    await row.waitFor();
    await unfold('Correct the words', row);
  }
  await desk.row.getByLabel('Option 2', { exact: true }).fill('Green');
  await other.row.getByLabel('Title', { exact: true }).fill('Red or what?');
  await other.press('Correct', other.row);
  await desk.row.getByRole('heading', { name: 'Red or what?' }).waitFor();
  await desk.press('Correct', desk.row);
  await other.row.getByText('Green').first().waitFor();
  await desk.says('Correct: confirmed');
  assert.equal(await desk.row.getByLabel('Title', { exact: true }).inputValue(), 'Red or what?');
  assert.equal(await other.row.getByLabel('Option 2', { exact: true }).inputValue(), 'Green');
  await other.row.getByRole('heading', { name: 'Red or what?' }).waitFor();
});

test('two desks set blocked words and answer at once, and neither loses what the other did', async (run) => {
  const desk = await sit(browser, run);
  const other = await seat(browser, run, desk.server, 'owner');
  const words = ({ desk }) => desk.getByLabel('One a line; no question, reply or comment may hold one');
  for (const one of [desk, other]) await one.unfold('Blocked words');
  await words(desk).fill('rubbish');
  await words(other).fill('nonsense');
  await other.press('Set the blocked words');
  await other.says('Set the blocked words: confirmed', other.desk.locator('.house'));
  await desk.press('Set the blocked words');
  await desk.says('Set the blocked words: confirmed', desk.desk.locator('.house'));
  for (const { page } of [desk, other]) await page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.querySelector('#blocked').value === 'nonsense\nrubbish');

  await desk.server.command({ type: 'qna.open', activity: 'q', title: 'Ask', approval: false });
  await desk.server.act('ana', 'q', { type: 'qna.ask', text: 'Which one?' });
  const answers = [];
  for (const { row } of [desk, other]) {
    await row.getByText('Which one?', { exact: true }).waitFor();
    await row.getByText('Answer, merge, tag, block: question 1').click();
    answers.push(row.getByLabel('Answer in text', { exact: true }));
  }
  await answers[0].pressSequentially('The red one');
  await answers[1].fill('The blue one');
  await other.press('Answer all', other.row);
  await desk.row.getByText('Answered meanwhile: “The blue one”. Yours would take its place.').waitFor();
  assert.deepEqual(desk.page.faults, []);
});

test('a moderator’s desk says what a moderator may not do, and lets them do the rest', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(POLL);
  const moderator = await seat(browser, run, desk.server, 'moderator');
  await moderator.row.waitFor();
  await moderator.desk.getByTitle('Your role may not do this.').first().waitFor();
  const titles = async (...names) => Promise.all(names.map((name) => moderator.button(name).getAttribute('title')));
  const no = 'Your role may not do this.';
  assert.deepEqual(await titles('Start the show', 'Open now', 'Prepare', 'End in 30 s', 'Reset…'), [no, no, no, no, no]);
  assert.deepEqual(await titles('Clear the screen', 'Pause', 'Close'), [null, null, null]);
  await moderator.press('Close', moderator.row);
  await moderator.says('Close: confirmed');
  const analyst = await seat(browser, run, desk.server, 'analyst');
  await analyst.row.waitFor();
  await analyst.desk.getByTitle(no).first().waitFor();
  assert.equal(await analyst.button('Clear the screen').getAttribute('title'), no);
});

test('of two answers on their way at once the second is refused, and of two tags neither', async (run) => {
  const desk = await sit(browser, run);
  const other = await seat(browser, run, desk.server, 'owner');
  const viewer = await view(browser, run, desk.server, 'ana');
  await desk.server.command({ type: 'qna.open', activity: 'q', title: 'Ask', approval: false, tags: ['size', 'care'] });
  await desk.server.act('ana', 'q', { type: 'qna.ask', text: 'Which one?' });
  const both = [[desk, 'The red one', '+ size'], [other, 'The blue one', '+ care']];
  for (const [{ row }, text] of both) {
    await row.getByText('Answer, merge, tag, block: question 1').click();
    await row.getByLabel('Answer in text', { exact: true }).fill(text);
  }
  /* Neither hears of the other before it has ordered. */
  const meanwhile = async (press) => {
    await desk.server.freeze();
    for (const one of both) await press(...one);
    desk.server.thaw();
  };
  run.after(() => desk.server.thaw());
  await meanwhile((one) => one.press('Answer all', one.row));
  const refused = (one) => one.row.getByText(/not the one you read/).count();
  const answered = both.map(([, text]) => viewer.locator('live-qna').getByText(text, { exact: true }));
  await answered[0].or(answered[1]).waitFor();
  const first = await answered[0].count() ? 0 : 1;
  const [[, stands], [second, text]] = [both[first], both[1 - first]];
  await second.row.getByText(/not the one you read/).first().waitFor();
  assert.equal(await refused(both[first][0]), 0);
  // The second sees what stands, still has its own words, and may put them in its place.
  await second.row.locator('.parts__answer').getByText(stands).waitFor();
  assert.equal(await second.row.getByLabel('Answer in text', { exact: true }).inputValue(), text);
  assert.equal(await second.button('Answer all', second.row).getAttribute('title'), 'Another answer came meanwhile: read it first.');
  await second.press('Let mine take its place', second.row);
  assert.equal(await second.page.evaluate(() => document.querySelector('live-studio').shadowRoot.activeElement?.localName), 'textarea', 'the focus is not lost with the button');
  await second.press('Answer all', second.row);
  await answered[1 - first].waitFor();
  assert.equal(await second.button('Let mine take its place', second.row).count(), 0, 'one’s own answer is read');
  await meanwhile((one, _, tag) => one.press(tag, one.row));
  for (const [{ row }] of both) await row.locator('.parts__note').getByText(/size · care|care · size/).waitFor();
});
