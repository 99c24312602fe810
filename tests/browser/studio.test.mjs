// The streamer's desk, at a real server: what is pressed happens, is seen to happen, and nothing else happens.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { emptied } from './desk.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const POLL = { type: 'poll.open', question: 'Red or blue?', options: ['Red', 'Blue'] };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

/* A desk at a server of its own; `order` presses a button of the only activity. */
async function sit(run, options = {}) {
  const server = await start();
  run.after(() => server.stop());
  const page = await open(browser, `${server.address}/studio`, { viewport: { width: 1280, height: 900 }, ...options });
  run.after(() => page.context().close());
  await page.waitForSelector('.air--off:has-text("Off air")');
  const desk = page.locator('live-studio');
  const button = (name) => desk.getByRole('button', { name, exact: true });
  return { server, page, desk, button, row: desk.locator('.strip'), air: desk.locator('.air') };
}

async function compose({ desk }, question, ...options) {
  const composer = desk.locator('.compose');
  await composer.getByLabel('Question', { exact: true }).fill(question);
  await composer.getByLabel('Option 1', { exact: true }).fill(options[0]);
  for (const option of options.slice(1)) {
    await desk.page().keyboard.press('Enter');
    await desk.page().keyboard.type(option);
  }
}

test('passes the accessibility check in every state of the desk', async (run) => {
  // Without motion, so that no colour is looked at while it changes.
  const { server, page, desk, button, row } = await sit(run, { reducedMotion: 'reduce' });
  assert.deepEqual(await findings(page), []);
  await button('Open now').click();
  await desk.getByText('Write at least two options.').waitFor();
  await server.command({ type: 'show.start', title: 'Evening', on_air: ['Ana'] });
  await server.command({ ...POLL, closes_in_ms: 600_000 });
  await server.command({ ...POLL, type: 'poll.prepare', right: ['1'] });
  await row.nth(1).waitFor();
  await row.first().getByRole('button', { name: 'Reset…' }).click();
  await button('No, keep it').waitFor();
  await desk.getByRole('button', { name: /^Keys/ }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await findings(page), []);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(await findings(page), []);
  await server.kill();
  await desk.getByRole('alert').getByText('Not connected').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('a streamer starts a show, opens a poll, watches the votes and closes it', async (run) => {
  const sitting = await sit(run);
  const { server, page, desk, button, row, air } = sitting;
  await desk.getByLabel('Title').fill('Evening');
  await desk.getByLabel('On air').fill('Ana, Bo');
  await button('Start the show').click();
  await air.getByText('Evening with Ana, Bo.').waitFor();
  await compose(sitting, 'What next?', 'Mackerel', 'Mussels', 'Bass');
  assert.equal(await desk.locator('.preview .poll__question').textContent(), 'What next?');
  await button('Open now').click();
  await row.getByRole('heading', { name: 'What next?' }).waitFor();
  await air.getByText('What next?').waitFor();
  await emptied(desk.getByLabel('Question', { exact: true }));
  const activity = (await page.locator('.strip article').getAttribute('id')).replace('activity-', '');
  await server.vote('one', activity, '2');
  await server.vote('two', activity, '2');
  await row.getByRole('row', { name: 'Mussels 2 100%' }).waitFor();
  const viewer = await open(browser, `${server.address}/viewer`);
  run.after(() => viewer.context().close());
  await viewer.locator('live-poll').getByText('What next?').waitFor();
  await button('Close').click();
  await row.getByText('Close: confirmed').waitFor();
  await viewer.locator('live-poll').getByText('Closed', { exact: true }).first().waitFor();
  assert.deepEqual(page.faults, []);
});

test('a quiz is revealed when the streamer says so, and only the desk knows before', async (run) => {
  const sitting = await sit(run);
  const { server, desk, button, row } = sitting;
  await compose(sitting, 'Which is a herb?', 'Flint', 'Fennel');
  await desk.getByText('Quiz', { exact: true }).click();
  await button('Open now').click();
  await desk.getByText('Mark the right answer.').waitFor();
  await desk.getByLabel('right').nth(1).check();
  await button('Open now').click();
  await row.getByText('hidden from viewers until you reveal them').waitFor();
  const activity = (await row.locator('article').getAttribute('id')).replace('activity-', '');
  await server.vote('one', activity, '2');
  await row.getByRole('row', { name: 'right answer: Fennel 1' }).waitFor();
  const viewer = await open(browser, `${server.address}/viewer`);
  run.after(() => viewer.context().close());
  await viewer.locator('live-poll').getByText('Flint').waitFor();
  assert.equal(await viewer.locator('live-poll .poll__share').count(), 0);
  assert.equal(await button('Reveal').getAttribute('aria-disabled'), 'true');
  await button('Close').click();
  await row.getByText('Close: confirmed').waitFor();
  await button('Reveal').click();
  await viewer.locator('live-poll').getByText('Right answer').first().waitFor();
});

test('a poll is prepared, opened, paused, extended, reset and put away', async (run) => {
  const sitting = await sit(run);
  const { server, desk, button, row } = sitting;
  await compose(sitting, 'Ready?', 'Yes', 'No');
  await button('Prepare').click();
  await row.getByText('Prepared', { exact: true }).waitFor();
  await button('Open').click();
  await row.getByText('Open: confirmed').waitFor();
  await button('Pause').click();
  await row.getByText('Paused', { exact: true }).waitFor();
  await button('Resume').click();
  await row.getByText('Resume: confirmed').waitFor();
  await button('+1 min').click();
  await row.getByText('Extend by 1 min: confirmed').waitFor();
  await row.locator('.strip__clock', { hasText: /^1:\d\d$/ }).waitFor();
  const activity = (await row.locator('article').getAttribute('id')).replace('activity-', '');
  await server.vote('one', activity, '1');
  await row.getByText('1 vote ').waitFor();
  await button('Reset…').click();
  await desk.getByText('1 vote is thrown away.').waitFor();
  await desk.page().keyboard.press('Escape');
  await button('No, keep it').waitFor({ state: 'detached' });
  await button('Reset…').click();
  await button('Yes: Reset').click();
  await row.getByText('No votes yet').waitFor();
  await button('Put away…').click();
  await button('Yes: Put away').click();
  await row.waitFor({ state: 'detached' });
});

test('what the room refuses is told in its words, and stays in the composer', async (run) => {
  const sitting = await sit(run);
  const { server, desk, button } = sitting;
  await server.command({ ...POLL, activity: 'colour' });
  await compose(sitting, 'Again?', 'Yes', 'No');
  await desk.getByText('Who may vote, time, name').click();
  await desk.getByLabel('Name in the room').fill('colour');
  await button('Open now').click();
  await desk.getByText('refused. Another activity of this room has that name.').first().waitFor();
  assert.equal(await desk.getByLabel('Question', { exact: true }).inputValue(), 'Again?');
});

test('a key leads to a button and never presses it', async (run) => {
  const { server, page, desk, row } = await sit(run);
  await server.command(POLL);
  await row.getByText('Open until you close it').waitFor();
  const focused = () => page.evaluate(() => document.querySelector('live-studio').shadowRoot.activeElement?.textContent);
  await page.keyboard.press('c');
  await page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.activeElement?.textContent === 'Close');
  await row.getByText('Open until you close it').waitFor();
  await page.keyboard.press('n');
  await page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.activeElement?.id === 'compose-question');
  await page.keyboard.type('c pause x');
  assert.equal(await desk.getByLabel('Question', { exact: true }).inputValue(), 'c pause x');
  await page.keyboard.press('Tab');
  await page.keyboard.press('c');
  await page.keyboard.press('Enter');
  await row.getByText('Close: confirmed').waitFor();
  assert.equal(await focused(), 'Close');
});

test('without a line nothing is sent, and nothing is sent later', async (run) => {
  const { server, desk, button, row, air } = await sit(run);
  await server.command(POLL);
  await row.getByText('Open until you close it').waitFor();
  await server.kill();
  await air.getByText('Nothing you press is sent now').waitFor();
  assert.equal(await button('Close').getAttribute('aria-disabled'), 'true');
  await button('Close').click({ force: true });
  await server.restart();
  await air.getByText('Off air').waitFor();
  await button('Pause').click();
  await row.getByText('Pause: confirmed').waitFor();
  const orders = desk.locator('.log__order');
  await desk.getByText('What this desk ordered').click();
  assert.deepEqual(await orders.allTextContents().then((all) => all.length), 1);
});

test('an order on its way when the line breaks is sent again at once or never', async (run) => {
  const { server, page, desk, button, row, air } = await sit(run);
  await page.clock.install();
  await server.command(POLL);
  await row.getByText('Open until you close it').waitFor();
  await server.freeze();
  await button('Close').click();
  await row.getByText('Close: sent').waitFor();
  await server.kill();
  await row.getByText('Close: sent, not confirmed.').waitFor();
  await page.clock.fastForward(9_000);
  await server.restart();
  await air.getByText('Off air').waitFor();
  await button('End in 30 s').click();
  await row.getByText('End in 30 s: confirmed').waitFor();
  assert.equal(await row.getByText('Closed').count(), 0);
});

test('where sockets are blocked, orders go by plain HTTP', async (run) => {
  const { server } = await sit(run);
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  run.after(() => page.close());
  await page.addInitScript(() => {
    globalThis.WebSocket = class {
      constructor() { throw new DOMException('blocked', 'SecurityError'); }
    };
  });
  await page.goto(`${server.address}/studio`);
  const desk = page.locator('live-studio');
  await desk.getByText('The line is slow: orders go by plain HTTP.').waitFor();
  await compose({ desk }, 'Slowly?', 'Yes', 'No');
  await desk.getByRole('button', { name: 'Open now' }).click();
  await desk.getByText('Open a new poll: confirmed').first().waitFor();
  await desk.locator('.strip--open').waitFor();
});

test('what is typed outlives a reload, and the desk a trap', async (run) => {
  const sitting = await sit(run);
  const { page, desk, air } = sitting;
  await compose(sitting, 'Kept?', 'Yes', 'No');
  await page.reload();
  await air.getByText('Off air').waitFor();
  assert.equal(await desk.getByLabel('Question', { exact: true }).inputValue(), 'Kept?');
  // The next text that the module draws traps, as a fault of its own would.
  await page.evaluate(() => {
    const real = Document.prototype.createTextNode;
    Document.prototype.createTextNode = function trap() {
      Document.prototype.createTextNode = real;
      throw new WebAssembly.RuntimeError('unreachable');
    };
  });
  await desk.getByLabel('Option 2', { exact: true }).press('Enter');
  await page.waitForFunction(() => kit.heard.some(({ detail }) => detail?.code === 'trap'));
  await air.getByText('Off air').waitFor();
  assert.equal(await desk.getByLabel('Question', { exact: true }).inputValue(), 'Kept?');
});

test('a viewer has no seat at the desk, and is told so', async (run) => {
  const { server } = await sit(run);
  const page = await open(browser, `${server.address}/viewer`);
  run.after(() => page.context().close());
  const token = await server.token('viewer');
  await page.evaluate(async (token) => {
    await import('/kit/studio.js');
    const room = document.createElement('live-room');
    for (const [name, value] of Object.entries({ room: 'demo', server: location.origin, token })) room.setAttribute(name, value);
    room.append(document.createElement('live-studio'));
    document.body.append(room);
  }, token);
  await page.locator('live-studio').getByText('The desk needs a token with a role that may see it.').waitFor();
});

test('a desk finds a room that comes later, moves with it, and leaves nothing behind', async (run) => {
  const { server } = await sit(run);
  const page = await open(browser, `${server.address}/viewer`);
  run.after(() => page.context().close());
  await page.evaluate(async () => {
    await import('/kit/studio.js');
    const studio = document.createElement('live-studio');
    studio.setAttribute('for', 'later');
    document.body.append(studio);
  });
  await page.evaluate(() => kit.until('live-error', { code: 'no-room' }));
  await page.evaluate(() => {
    const room = document.createElement('live-room');
    for (const [name, value] of Object.entries({ id: 'later', room: 'later', server: 'local:' })) room.setAttribute(name, value);
    document.body.append(room);
  });
  const desk = page.locator('live-studio');
  await desk.getByText('Off air').waitFor();
  await desk.getByLabel('Question', { exact: true }).fill('Still here?');
  await page.evaluate(() => document.querySelector('main').append(document.querySelector('live-studio')));
  assert.equal(await desk.getByLabel('Question', { exact: true }).inputValue(), 'Still here?');
  // What was typed belongs to its room, also if the page names the room late.
  const question = (text) => page.waitForFunction((text) => document.querySelector('live-studio').shadowRoot.querySelector('#compose-question')?.value === text, text);
  await page.evaluate(() => later.setAttribute('room', 'elsewhere'));
  await question('');
  await page.evaluate(() => later.setAttribute('room', 'later'));
  await question('Still here?');
  await page.evaluate(() => {
    window.gone = document.querySelector('live-studio');
    gone.remove();
  });
  await page.waitForFunction(() => gone.shadowRoot.querySelector('.desk') === null);
});

test('a practice room has the same desk', async (run) => {
  const { server } = await sit(run);
  const page = await open(browser, `${server.address}/studio?server=local:`);
  run.after(() => page.context().close());
  const desk = page.locator('live-studio');
  await desk.getByText('Practice room: all of it is in this browser, and nobody else sees it.').waitFor();
  await compose({ desk }, 'Only here?', 'Yes', 'No');
  await desk.getByRole('button', { name: 'Open now' }).click();
  await desk.locator('.strip--open').waitFor();
});

test('a survey shows each of its questions, and what was written to the desk alone', async (run) => {
  const { server, desk, row } = await sit(run);
  const part = { question: 'How was the sound?', scale: { min: 1, max: 5 } };
  await server.command({ ...POLL, activity: 'end', question: 'How was it?', options: ['Good', 'Bad'], parts: [part], comment: 'Anything else?' });
  await row.getByText('Survey').waitFor();
  await server.act('one', 'end', { type: 'poll.answer', choices: ['1'], parts: [['4']], comment: 'More mackerel.' });
  await row.getByRole('row', { name: 'Good 1 100%' }).waitFor();
  await row.getByRole('table', { name: 'How was the sound? · 4.0 on average' }).waitFor();
  await desk.getByText('1 viewer wrote something').click();
  await row.getByText('More mackerel.').waitFor();
});

for (const width of [320, 360, 768, 1280]) {
  test(`the desk fits a page ${width} pixels wide`, async (run) => {
    const { server, page, row } = await sit(run, { viewport: { width, height: 800 } });
    await server.command({ type: 'show.start', title: 'A rather long title of a show that goes on and on', on_air: ['Ana'] });
    await server.command({ ...POLL, question: 'Unbreakable'.repeat(20), closes_in_ms: 900_000 });
    await row.waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  });
}

test('no field of the composer that the keyboard comes to is behind what stays in its place', async (run) => {
  const { page, desk } = await sit(run, { viewport: { width: 360, height: 800 } });
  await desk.getByText('Who may vote, time, name', { exact: true }).click();
  await desk.getByLabel('Question', { exact: true }).focus();
  const place = () => page.evaluate(() => {
    const { shadowRoot } = document.querySelector('live-studio');
    const { activeElement: field } = shadowRoot;
    const { left, top, width, height } = field.getBoundingClientRect();
    return { id: field.id, isSeen: [2, height - 2].every((down) => field.contains(shadowRoot.elementFromPoint(left + width / 2, top + down))) };
  });
  const seen = [];
  for (let at = await place(); at.id !== 'compose-name'; at = await place()) {
    if (at.id.startsWith('compose-')) seen.push(at);
    await page.keyboard.press('Tab');
  }
  assert.ok(seen.some(({ id }) => id === 'compose-points'), JSON.stringify(seen));
  assert.deepEqual(seen.filter(({ isSeen }) => !isSeen), []);
});
