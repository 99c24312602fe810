// The team at the desk: a link invites, whoever opens it says a name and is one of the staff until that is revoked; and the audit log.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { seat, sit } from './desk.mjs';
import { browse, open } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const SAT = '.air--off:has-text("Off air")';
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

/* Makes a link at the desk, and gives it. */
async function invite(desk, fields, role) {
  for (const [label, value] of Object.entries(fields)) await desk.desk.getByLabel(label, { exact: true }).fill(value);
  await desk.desk.getByLabel('As', { exact: true }).selectOption(role);
  if (role === 'partner') await desk.desk.locator('#team-brand').fill('Harbour');
  await desk.press('Make a link');
  const field = desk.desk.getByLabel('The link', { exact: true });
  await field.waitFor();
  return field.inputValue();
}

async function visit(run, link) {
  const page = await open(browser, link, { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  return page;
}

async function comeIn(page, name) {
  await page.getByLabel('Your name, as the team will see it').fill(name);
  await page.getByRole('button', { name: 'Come in' }).click();
}

test('a link makes whoever opens it one of the staff, also after a reload, until it is revoked', async (run) => {
  const desk = await sit(browser, run);
  await desk.unfold('Team');
  await desk.desk.getByText('Nobody was invited yet.').waitFor();
  const link = await invite(desk, { 'For whom': 'Friday’s crew' }, 'operator');
  assert.match(link, /\/studio\?*[^#]*#key=lk_[0-9a-f]{64}$/);

  const guest = await visit(run, link);
  await guest.getByRole('heading', { name: 'You are invited to this desk' }).waitFor();
  await comeIn(guest, 'Mia');
  await guest.waitForSelector(SAT);
  assert.equal(new URL(guest.url()).hash, '', 'the secret stays not in the address');
  assert.equal(await guest.getByText('Team', { exact: true }).count(), 0, 'only the owner invites');
  assert.equal(await guest.getByText('Forget a viewer', { exact: true }).count(), 0, 'only the owner forgets anybody');

  await guest.reload();
  await guest.waitForSelector(SAT);
  const second = await visit(run, link);
  await comeIn(second, 'Eve');
  await second.getByText(/You did not come in: as many came by this invitation as may/).waitFor();

  await desk.unfold('Team');
  await desk.unfold('Team');
  const people = desk.desk.getByRole('list', { name: 'Keys and people' });
  await people.getByText('invitation: operator, 1 of 1 came').waitFor();
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('Revoke Mia…');
  await people.getByText('Revoke Mia? Nothing opens with it any more, at once.').waitFor();
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('Yes: Revoke Mia');
  await people.getByText('Mia', { exact: true }).waitFor({ state: 'detached' });
  await guest.locator('.air--lost').waitFor();
  await guest.reload();
  await guest.getByText(/Ask whoever invited you for another link/).waitFor();

  await desk.unfold('Audit log');
  const lines = desk.desk.getByRole('list', { name: 'The newest commands' });
  await lines.getByText('key.use Friday’s crew', { exact: true }).waitFor();
  await lines.getByText('Mia (operator)', { exact: true }).waitFor();
  assert.match(await lines.locator('time').first().textContent(), /^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press('Save all of it')]);
  assert.equal(download.suggestedFilename(), 'audit.csv');
  assert.match(await readFile(await download.path(), 'utf8'), /key\.revoke/);
});

test('a link that is made at a desk in a page of one’s own leads to the server’s desk', async (run) => {
  const { server } = await sit(browser, run);
  const own = await seat(browser, run, server, 'owner');
  await own.unfold('Team');
  const link = await invite(own, { 'For whom': 'Crew' }, 'moderator');
  assert.equal(link.split('#')[0], `${server.address}/studio?room=demo`);
  const guest = await visit(run, link);
  await comeIn(guest, 'Mia');
  await guest.waitForSelector(SAT);
});

test('a streamer reads no figures, and sets from when on the desk is told', async (run) => {
  const desk = await sit(browser, run);
  await desk.unfold('Team');
  const guest = await visit(run, await invite(desk, { 'For whom': 'Crew' }, 'streamer'));
  await comeIn(guest, 'Ana');
  await guest.waitForSelector(SAT);
  await guest.goto(`${desk.server.address}/insights`);
  await guest.getByText('They are for the owner and analysts.').waitFor();
  await guest.getByText('When to be told').click();
  assert.equal(await guest.locator('.tiles').isVisible(), false);
  assert.deepEqual(await findings(guest), []);
  await guest.getByLabel('Units left in an open deal').fill('7');
  await guest.getByLabel('Units left in an open deal').blur();
  await guest.getByText('Set, for the desk too.').waitFor();
  const token = await desk.server.token('owner');
  const told = await fetch(`${desk.server.address}/v1/rooms/demo/alerts`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await told.json()).thresholds.stock_low, 7);
});

test('R8: a partner comes to the figures of its brand, is told nothing of the room as a whole, and sits at no desk', async (run) => {
  const desk = await sit(browser, run);
  for (const [activity, brand] of [['tea', 'Harbour'], ['ice', 'Glacier']]) {
    await desk.server.command({ type: 'poll.open', activity, question: `${brand}?`, options: ['Yes', 'No'], about: { brand } });
    for (const viewer of brand === 'Harbour' ? ['ada'] : ['ada', 'ben']) await desk.server.vote(viewer, activity, '1');
  }
  await desk.unfold('Team');
  const link = await invite(desk, { 'For whom': 'Harbour' }, 'partner');
  const guest = await visit(run, link);
  await comeIn(guest, 'Pat');
  await guest.waitForURL(/\/insights/);
  const tiles = guest.locator('.tile');
  await tiles.filter({ hasText: 'Votes' }).locator('dd').getByText('1', { exact: true }).waitFor();
  await guest.getByText(/, of Harbour alone\./).waitFor();
  for (const name of ['Viewers now', 'Participation', 'Time watched', 'Times shared', 'Came by a share link']) {
    assert.equal(await tiles.filter({ hasText: name }).count(), 0, name);
  }
  for (const part of ['#audience', '#links', '#thresholds']) assert.equal(await guest.locator(part).isVisible(), false, part);
  assert.doesNotMatch(await guest.locator('#coverage').textContent(), /connected/);
  assert.doesNotMatch(await guest.locator('main').textContent(), /Glacier/);
  await guest.getByText('Live, every 3 s').waitFor();
  assert.deepEqual(await findings(guest), []);
});

test('a key for a button names its commands, and gives those alone', async (run) => {
  const desk = await sit(browser, run);
  await desk.unfold('Team');
  await desk.desk.getByLabel('For whom', { exact: true }).fill('Red button');
  await desk.desk.getByLabel('As', { exact: true }).selectOption('automation');
  await desk.desk.getByText('Name the commands that it may give').waitFor();
  await desk.desk.getByLabel('Commands it may give', { exact: true }).fill('poll.open, close');
  assert.deepEqual(await findings(desk.page), []);
  await desk.press('Make a key');
  const key = desk.desk.getByLabel('The key', { exact: true });
  await key.waitFor();
  await desk.desk.getByText('automation: poll.open, close').waitFor();
  const post = async (path, body, token) => (await fetch(`${desk.server.address}/v1/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) })).json();
  const { token } = await post('tokens', { room: 'demo', key: await key.inputValue() });
  const open = await post('rooms/demo/commands', { type: 'poll.open', activity: 'tea', question: 'Which tea?', options: ['Green', 'Black'] }, token);
  const pause = await post('rooms/demo/commands', { type: 'pause', activity: 'tea' }, token);
  assert.deepEqual([open.ok, pause.ok ?? false], [true, false], JSON.stringify([open, pause]));
});

test('an overlay shows what viewers see by a key behind #, and nothing once that is revoked', async (run) => {
  const desk = await sit(browser, run);
  await desk.unfold('Team');
  await desk.desk.getByLabel('For whom', { exact: true }).fill('Screen');
  await desk.desk.getByLabel('As', { exact: true }).selectOption('overlay');
  await desk.press('Make a key');
  const key = desk.desk.getByLabel('The key', { exact: true });
  await key.waitFor();
  const secret = await key.inputValue();
  assert.match(secret, /^lk_[0-9a-f]{64}$/);
  await desk.server.command({ type: 'poll.open', activity: 'tea', question: 'Which tea?', options: ['Green', 'Black'] });
  const screen = await visit(run, `${desk.server.address}/overlay?room=demo#key=${secret}`);
  await screen.getByText('Which tea?').first().waitFor();
  const role = await screen.evaluate(() => document.getElementById('room').status.connection);
  assert.equal(role, 'live');
  await desk.press('Revoke Screen…');
  await desk.press('Yes: Revoke Screen');
  await screen.waitForFunction(() => document.getElementById('room').status.connection !== 'live');
});
