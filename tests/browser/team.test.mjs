// The team at the desk: a link invites, whoever opens it says a name and is one of the staff until that is revoked; and the audit log.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { sit } from './desk.mjs';
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
  await desk.press('Revoke Mia');
  await people.getByText('Mia', { exact: true }).waitFor({ state: 'detached' });
  await guest.locator('.air--lost').waitFor();
  await guest.reload();
  await guest.getByText(/Ask whoever invited you for another link/).waitFor();

  await desk.unfold('Audit log');
  const lines = desk.desk.getByRole('list', { name: 'The newest commands' });
  await lines.getByText('key.use Friday’s crew', { exact: true }).waitFor();
  await lines.getByText('Mia (operator)', { exact: true }).waitFor();
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press('Save all of it')]);
  assert.equal(download.suggestedFilename(), 'audit.csv');
  assert.match(await readFile(await download.path(), 'utf8'), /key\.revoke/);
});

test('a partner comes to the figures, and sits at no desk', async (run) => {
  const desk = await sit(browser, run);
  await desk.unfold('Team');
  const link = await invite(desk, { 'For whom': 'Harbour' }, 'partner');
  const guest = await visit(run, link);
  await comeIn(guest, 'Pat');
  await guest.waitForURL(/\/insights/);
});

test('an overlay shows what viewers see by a key behind #, and nothing once that is revoked', async (run) => {
  const desk = await sit(browser, run);
  const { secret } = await desk.server.command({ type: 'key.make', key: 'screen', label: 'Screen', scope: { kind: 'overlay' } });
  await desk.server.command({ type: 'poll.open', activity: 'tea', question: 'Which tea?', options: ['Green', 'Black'] });
  const screen = await visit(run, `${desk.server.address}/overlay?room=demo#key=${secret}`);
  await screen.getByText('Which tea?').first().waitFor();
  const role = await screen.evaluate(() => document.getElementById('room').status.connection);
  assert.equal(role, 'live');
  await desk.server.command({ type: 'key.revoke', key: 'screen' });
  await screen.waitForFunction(() => document.getElementById('room').status.connection !== 'live');
});
