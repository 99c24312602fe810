// Prize draws at the streamer's desk: composed, opened, closed, drawn, taken back, called off, and seen by viewers.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { practise, sit, view } from './desk.mjs';
import { browse } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const DRAW = { type: 'lottery.open', title: 'Win beans', prizes: [{ name: 'Bag of beans', count: 2 }] };
let browser;

before(async () => { browser = await browse(); });
after(() => browser?.close());

const lottery = (page) => page.locator('live-lottery');
const shown = (page, text) => lottery(page).getByText(text).first().waitFor();

/* Viewers of these names, each of whom has entered. */
async function entrants(run, { server }, ...names) {
  return Promise.all(names.map(async (name) => {
    const page = await view(browser, run, server, name);
    await lottery(page).getByRole('button', { name: 'Enter the draw' }).click();
    await shown(page, 'You are in the draw');
    return page;
  }));
}

test('a draw is composed, entered, closed, drawn, claimed and handed over', async (run) => {
  const desk = await sit(browser, run);
  await desk.compose('Prize draw', { Title: 'Win beans', 'Prize 1': 'Bag of beans', 'How many': '2' });
  await desk.says('Win beans', desk.composer.locator('.preview'));
  await desk.says('2 ×', desk.composer.locator('.preview'));
  await desk.press('Open now');
  await desk.row.getByRole('heading', { name: 'Win beans' }).waitFor();
  assert.equal(await desk.field('Title').inputValue(), '');
  const viewers = await entrants(run, desk, 'Ana', 'Bo');
  await desk.counts('Entrants', 2);
  assert.equal(await desk.button('Draw…').getAttribute('aria-disabled'), 'true');
  await desk.press('Close');
  await desk.says('Close: confirmed');
  await desk.press('Draw…');
  await desk.says('Draw all 2 prizes among 2 entrants? A draw stays as it falls.', desk.desk);
  await desk.press('Yes: Draw');
  await desk.counts('Winners', 2);
  for (const viewer of viewers) {
    await shown(viewer, 'You have won');
    await lottery(viewer).getByRole('button', { name: 'Claim the prize' }).click();
    await shown(viewer, 'You have claimed it.');
  }
  await desk.counts('Claimed', 2);
  await desk.button('Handed over, as the shop').first().click();
  await desk.says(/handed over$/);
  assert.deepEqual(desk.page.faults, []);
});
