// The run of show at the desk: planned, ordered by hand and by key, saved with the room, opened once, and never over another desk's.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise, sit } from './desk.mjs';
import { browse, open } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const titles = (page) => page.locator('.cue__title').allTextContents();
const run = (page) => page.locator('live-studio .run');

/* Waits until the list reads so. */
const reads = (page, wanted) => page.waitForFunction((text) => {
  const all = document.querySelector('live-studio')?.shadowRoot?.querySelectorAll('.cue__title') ?? [];
  return [...all].map((title) => title.textContent).join() === text;
}, wanted.join());

/* Waits until the room has a version of it. */
async function saved(desk, version) {
  const token = await desk.server.token('owner');
  for (;;) {
    const answer = await fetch(`${desk.server.address}/v1/rooms/demo/run`, { headers: { authorization: `Bearer ${token}` } });
    const kept = await answer.json();
    if (kept.version >= version) return kept;
    // Each answer is news of the room.
    await desk.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

async function plan(desk, ...questions) {
  for (const question of questions) {
    await desk.compose('Poll', { Question: question, 'Option 1': 'Yes', 'Option 2': 'No' });
    await desk.press('Add to the run');
    await run(desk.page).getByText(question, { exact: true }).waitFor();
  }
}

test('what is planned is moved by key and by pointer, kept by the room, and there after a reload', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'One?', 'Two?', 'Three?');
  const up = desk.desk.getByRole('button', { name: 'Move up: Three?' });
  await up.focus();
  await desk.page.keyboard.press('Enter');
  await reads(desk.page, ['One?', 'Three?', 'Two?']);
  await desk.page.keyboard.press('Enter');
  await reads(desk.page, ['Three?', 'One?', 'Two?']);
  const grip = desk.page.locator('.cue__grip').first();
  const last = await desk.page.locator('.cue').last().boundingBox();
  await grip.hover();
  await desk.page.mouse.down();
  await desk.page.mouse.move(last.x + 20, last.y + last.height - 4, { steps: 4 });
  await desk.page.mouse.up();
  await reads(desk.page, ['One?', 'Two?', 'Three?']);
  await saved(desk, 1);
  assert.deepEqual(await findings(desk.page), []);
  await desk.page.reload();
  await reads(desk.page, ['One?', 'Two?', 'Three?']);
});

test('where two people open, what comes next is prepared, approved by the other, and then opened', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'One?');
  const { run: kept } = await saved(desk, 1);
  const { activity } = kept.cues[0].draft;
  await desk.server.command({ type: 'room.set', approval: true });
  await desk.press('Prepare “One?”');
  const open = desk.button('Open “One?”');
  await open.waitFor();
  assert.deepEqual([await open.getAttribute('aria-disabled'), await open.getAttribute('title')], ['true', 'Another person approves it first.']);
  const other = await desk.server.token('operator', { sub: 'opal' });
  const approved = await fetch(`${desk.server.address}/v1/rooms/demo/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'approve', activity }),
  });
  assert.equal(approved.status, 200);
  await desk.page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.querySelector('#run-next').ariaDisabled === null);
  await open.click();
  await desk.page.locator('.cue--open').getByText('One?').waitFor();
});

test('what comes next is opened once, whichever desk presses, and a reload does not open it again', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'One?', 'Two?');
  await saved(desk, 1);
  await desk.desk.getByRole('button', { name: 'Open “One?”' }).click();
  await desk.row.getByRole('heading', { name: 'One?' }).waitFor();
  await desk.desk.getByRole('button', { name: 'Open “Two?”' }).waitFor();
  const other = await open(browser, `${desk.server.address}/studio`, { viewport: { width: 1280, height: 900 } });
  context.after(() => other.context().close());
  await reads(other, ['One?', 'Two?']);
  await other.locator('.cue--open').getByText('One?').waitFor();
  // What the other desk opened comes next at neither; whoever goes back to it cannot open it again.
  await other.getByRole('button', { name: 'Open “Two?”' }).waitFor();
  await other.getByRole('button', { name: 'Previous' }).click();
  assert.equal(await other.getByRole('button', { name: 'Open “One?”' }).getAttribute('aria-disabled'), 'true');
  assert.equal(await other.locator('.strip').count(), 1);
});

test('a reload finds what comes next, also where what came before was put away or skipped', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'One?', 'Two?', 'Three?', 'Four?');
  let kept;
  do kept = (await saved(desk, 1)).run; while (kept.cues.length < 4);
  await desk.press('Open “One?”');
  await desk.button('Open “Two?”').waitFor();
  await desk.press('Next');
  await desk.press('Open “Three?”');
  await desk.button('Open “Four?”').waitFor();
  for (const place of [0, 2]) {
    const { activity } = kept.cues[place].draft;
    await desk.server.command({ type: 'close', activity });
    await desk.server.command({ type: 'put_away', activity });
  }
  await desk.row.first().waitFor({ state: 'detached' });
  await desk.page.locator('.cue--done').nth(1).waitFor();
  await desk.page.reload();
  await desk.button('Open “Four?”').waitFor();
  assert.deepEqual(await desk.page.locator('.cue--done .cue__title').allTextContents(), ['One?', 'Three?']);
  await desk.press('Previous');
  assert.equal(await desk.button('Open “Three?”').getAttribute('title'), 'It was opened already.');
});

test('what was opened from the run and taken back is opened from it again', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'One?');
  await saved(desk, 1);
  await desk.press('Open “One?”');
  await desk.desk.getByRole('button', { name: /^Take back, \d s$/ }).waitFor();
  await desk.page.keyboard.press('u');
  await desk.says('Prepared');
  await desk.press('Previous');
  await desk.press('Open “One?”');
  await desk.page.locator('.cue--open').getByText('One?').waitFor();
  assert.equal(await desk.page.locator('.strip').count(), 1);
});

test('a desk that was too late is told, and chooses', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'Mine?');
  const { version, run: kept } = await saved(desk, 1);
  const theirs = { ...kept, cues: [] };
  /* The desk does not look meanwhile by itself. */
  await desk.page.route('**/run', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  assert.equal(await desk.server.put('/v1/rooms/demo/run', theirs, { 'if-match': `"${version}"` }), 200);
  await plan(desk, 'Also mine?');
  await desk.page.unroute('**/run');
  await desk.desk.getByText('Another desk has changed the run of show since.').waitFor();
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('Save mine over it');
  const after = await saved(desk, version + 2);
  assert.equal(after.run.cues.length, 2);
});

test('what the room could not be told of survives a reload, and is told then', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'First?');
  await saved(desk, 1);
  /* The line fails for what would change the run, and for nothing else. */
  await desk.page.route('**/run', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
  await plan(desk, 'Second?');
  await desk.desk.getByText(/^Not saved: /).waitFor();
  await desk.page.reload();
  await reads(desk.page, ['First?', 'Second?']);
  assert.equal((await saved(desk, 1)).run.cues.length, 1);
  await desk.page.unroute('**/run');
  assert.equal((await saved(desk, 2)).run.cues.length, 2);
  /* Once the desk knows that it is there, the room's is what counts. */
  await desk.page.waitForFunction(() => Object.values(sessionStorage).every((text) => !text.includes('"unsaved"')));
  assert.equal(await desk.server.put('/v1/rooms/demo/run', { schema: 1, cues: [] }, { 'if-match': '"2"' }), 200);
  await desk.page.reload();
  await desk.desk.getByText('nothing is planned', { exact: true }).waitFor();
});

test('a dry run names what the room would refuse, on one page', async (context) => {
  const desk = await sit(browser, context);
  await plan(desk, 'One?');
  const { run: kept } = await saved(desk, 1);
  await desk.server.command({ ...kept.cues[0].draft, type: 'poll.open' });
  await desk.press('Dry run');
  await desk.desk.getByText('The room would refuse one: see below its title.').waitFor();
  await desk.page.locator('.cue').getByText('It was opened in this room already').waitFor();
  await desk.unfold('Examples, templates and files');
  await desk.press('Use it again…');
  await desk.press('Yes: use it again');
  await desk.press('Dry run');
  await desk.desk.getByText('The room would take all of it.').waitFor();
});

test('deals come from a table, the run goes out as a file and comes back', async (context) => {
  const desk = await sit(browser, context);
  await desk.unfold('Examples, templates and files');
  const table = desk.desk.getByLabel('CSV or product feed');
  await table.fill('title,sku,price,stock\nPot,P,cheap,5');
  await desk.press('Add these deals');
  await desk.desk.getByText('Line 2:').waitFor();
  await table.fill('title;sku;price;currency;stock\nPot;P;19,90;EUR;5\nCup;C;9,90;EUR;7\n');
  await desk.press('Add these deals');
  await reads(desk.page, ['Pot', 'Cup']);
  const feed = '<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>J</g:id><g:title>Jug &amp; lid</g:title><g:price>9 EUR</g:price></item></channel></rss>';
  const file = (kind, text) => desk.desk.locator(`input[data-file=${kind}]`).setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await file('deals', feed);
  await desk.desk.getByText('1 of 1 products do not say how many units there are').waitFor();
  await file('deals', ' '.repeat(1024 * 1024 + 1));
  await desk.desk.getByText('The file is too large: a table or a feed may have 1 MiB.').waitFor();
  await desk.desk.getByLabel('Units, where the table has no number').fill('40');
  await file('deals', feed);
  await reads(desk.page, ['Pot', 'Cup', 'Jug & lid']);
  const [saved] = await Promise.all([desk.page.waitForEvent('download'), desk.press('Export')]);
  const text = await readFile(await saved.path(), 'utf8');
  const { cues } = JSON.parse(text);
  assert.deepEqual([cues[0].draft.price.amount, cues[2].draft.variants[0].stock], ['19.90', 40]);
  await desk.press('Ask me anything');
  /* What would take the place of something asks first, and the harmless answer has the focus. */
  await desk.page.locator('.cue').nth(3).waitFor();
  const planned = await titles(desk.page);
  await file('run', text);
  await desk.desk.getByText(/^Put what is in the file \(3 planned\) in the place of what is planned here/).waitFor();
  await desk.page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.activeElement?.id === 'run-keep');
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('No, keep it');
  assert.deepEqual(await titles(desk.page), planned);
  await file('run', text);
  await desk.press('Yes: Replace it');
  await reads(desk.page, ['Pot', 'Cup', 'Jug & lid']);
  await file('run', '{"schema":7}');
  await desk.desk.getByText('form 7').waitFor();
  await reads(desk.page, ['Pot', 'Cup', 'Jug & lid']);
});

test('a practice room keeps its run of show in this browser, and tries it without a server', async (context) => {
  const desk = await practise(browser, context, 'planned');
  await desk.unfold('Examples, templates and files');
  await desk.press('Weekly sale');
  await desk.page.locator('.cue').nth(4).waitFor();
  const before = await titles(desk.page);
  await desk.page.waitForFunction(() => localStorage.getItem('live-run:planned'));
  await desk.page.reload();
  await reads(desk.page, before);
  await desk.press('Dry run');
  await desk.desk.getByText('The room would take all of it.').waitFor();
  await desk.press(`Open “${before[0]}”`);
  await desk.row.waitFor();
  await desk.press('Dry run');
  await desk.desk.getByText('The room would refuse one: see below its title.').waitFor();
});

test('a practice room’s dry run asks for what its profile does, and warns as a server would', async (context) => {
  const desk = await practise(browser, context, 'strict');
  const viewer = await desk.tab();
  await viewer.evaluate(() => document.querySelector('live-room').command({ type: 'room.set', profile: 'cn', approval: true }));
  await plan(desk, 'Which tea?', 'Which is 最佳?');
  await desk.press('Dry run');
  await desk.desk.getByText('The room would take all of it. One would open, but the room warns of it: see below its title.').waitFor();
  await desk.page.locator('.cue').nth(1).getByText('Warning: 最佳').waitFor();
  await desk.compose('Deal', { 'What is sold': 'Jacket', 'The shop’s number of it': 'J-1', Price: '69', Currency: 'CNY', Units: '5' });
  await desk.press('Add to the run');
  await desk.page.locator('.cue').nth(2).waitFor();
  await desk.press('Dry run');
  await desk.desk.getByText(/^The room would refuse one: see below its title. One would open/).waitFor();
  await desk.page.locator('.cue').nth(2).getByText('Say who sells.').waitFor();
  assert.deepEqual(await findings(desk.page), []);
});
