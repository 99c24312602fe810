// Prize draws at the streamer's desk: composed, opened, closed, drawn, taken back, called off, and seen by viewers.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { emptied, practise, sit, view } from './desk.mjs';
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
  await emptied(desk.field('Title'));
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

test('a few are drawn at a time, and a win taken back says why and is drawn again', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(DRAW);
  const [viewer] = await entrants(run, desk, 'Ana', 'Bo', 'Cy');
  await desk.counts('Entrants', 3);
  await desk.press('Close');
  await desk.unfold('Draw a few of them…', desk.row);
  await desk.press('Draw the next…');
  await desk.says('Draw the winner of the next prize? A draw stays as it falls.');
  await desk.press('No, keep it', desk.row);
  await desk.press('Draw the next…');
  await desk.press('Yes: Draw the next');
  await desk.says('Drawn in part');
  await desk.counts('Winners', 1);
  await desk.row.getByText(/^Take the win of .+ back…$/).click();
  const back = desk.button('Take it back');
  assert.equal(await back.getAttribute('aria-disabled'), 'true');
  await desk.row.getByLabel('Why? Everybody reads it.').fill('cannot be reached');
  await back.click();
  await desk.says('taken back: cannot be reached');
  await desk.counts('Winners', 1);
  await shown(viewer, /forfeited: .*cannot be reached/);
  await desk.press('Draw the next…');
  await desk.press('Yes: Draw the next');
  await desk.says('Drawn', desk.row.locator('.strip__phase'));
  await desk.counts('Winners', 2);
  assert.equal(await desk.button('Draw…').getAttribute('aria-disabled'), 'true');
});

test('an entrant is excluded for a reason of the card, and the draw is called off for another', async (run) => {
  const desk = await sit(browser, run);
  await desk.compose('Prize draw', { Title: 'Win beans', 'Prize 1': 'Bag of beans' });
  await desk.unfold('Organiser, rules, exclusions, time to claim', desk.composer);
  await desk.field('Reasons to exclude somebody').fill('works here\nis a bot');
  await desk.press('Open now');
  const [viewer] = await entrants(run, desk, 'Ana');
  const [other] = await entrants(run, desk, 'Bo');
  await desk.unfold('The newest entrants', desk.row);
  const row = desk.row.getByRole('list', { name: 'The newest entrants' }).getByRole('listitem').filter({ hasText: 'Ana' });
  await row.getByLabel('Why', { exact: true }).selectOption('is a bot');
  await desk.press('Exclude…', row);
  await row.getByText('Ana cannot win any more: is a bot. This cannot be undone.').waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.activeElement?.textContent === 'Exclude…');
  await desk.press('Exclude…', row);
  await desk.press('Yes: Exclude', row);
  await desk.says('Exclude: confirmed');
  await row.getByText('excluded: is a bot').waitFor();
  assert.equal(await desk.row.getByRole('button', { name: 'Exclude…' }).count(), 1, 'the other entrant can still be excluded');
  /* Who is not among the newest is looked up, by a part of the name. */
  await desk.unfold('Look an entrant up…', desk.row);
  await desk.row.getByLabel(/^A part of the name/).fill('bO');
  await desk.page.keyboard.press('Enter');
  await desk.says('1 found.');
  const found = desk.row.getByRole('list', { name: 'Entrants that were found' }).getByRole('listitem');
  await desk.press('Exclude…', found);
  await desk.press('Yes: Exclude', found);
  await found.getByText('excluded: works here').waitFor();
  await shown(other, 'Win beans');
  await desk.unfold('Call it off…', desk.row);
  await desk.row.getByLabel('Why? Everybody reads it.').fill('the grinder broke');
  await desk.press('Call it off');
  await desk.says('Called off: the grinder broke');
  await shown(viewer, /Cancelled: .*the grinder broke/);
  assert.equal(await desk.button('Reopen').getAttribute('aria-disabled'), 'true');
});

test('what is missing is said at its field, and what the room refuses stays in the composer', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command({ ...DRAW, activity: 'beans' });
  await desk.compose('Prize draw', {});
  await desk.press('Open now');
  await desk.page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.activeElement?.id === 'compose-title');
  assert.equal(await desk.field('Title').getAttribute('aria-invalid'), 'true');
  await desk.compose('Prize draw', { Title: 'Win beans', 'Prize 1': 'Bag', 'How many': 'many' });
  await desk.press('Open now');
  await desk.page.waitForFunction(() => document.querySelector('live-studio').shadowRoot.activeElement?.id.startsWith('compose-'));
  await desk.field('How many').fill('1');
  await desk.unfold('Who may take part, label, name', desk.composer);
  await desk.field('Name in the room').fill('beans');
  await desk.press('Open now');
  await desk.says('refused. Another activity of this room has that name.', desk.composer);
  await desk.page.reload();
  await desk.row.waitFor();
  assert.equal(await desk.field('Title').inputValue(), 'Win beans');
});

test('a key leads to the draw, which asks first with the focus on the harmless answer', async (run) => {
  const desk = await sit(browser, run);
  await desk.server.command(DRAW);
  await entrants(run, desk, 'Ana');
  await desk.press('Close');
  await desk.says('Close: confirmed');
  const focused = (text) => desk.page.waitForFunction((text) => document.querySelector('live-studio').shadowRoot.activeElement?.textContent === text, text);
  await desk.page.keyboard.press('r');
  await focused('Draw…');
  await desk.page.keyboard.press('Enter');
  await focused('No, keep it');
  await desk.page.keyboard.press('Escape');
  await focused('Draw…');
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Tab');
  await desk.page.keyboard.press('Enter');
  await desk.counts('Winners', 1);
});

test('a draw passes the accessibility check open and drawn, and fits every page', async (run) => {
  const desk = await sit(browser, run, { viewport: { width: 320, height: 800 } });
  await desk.server.command({ ...DRAW, title: 'Unbreakable'.repeat(7), exclusions: ['works here'], closes_in_ms: 900_000 });
  await entrants(run, desk, 'Ana', 'Unbreakable'.repeat(5));
  await desk.compose('Prize draw', { Title: `Un${'breakable'.repeat(7)}` });
  const clean = async () => {
    for (const colorScheme of ['light', 'dark']) {
      await desk.page.emulateMedia({ colorScheme });
      assert.deepEqual(await findings(desk.page), []);
    }
    for (const width of [320, 360, 768, 1280]) {
      await desk.page.setViewportSize({ width, height: 800 });
      assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  };
  await desk.unfold('The newest entrants', desk.row);
  await desk.unfold('Look an entrant up…', desk.row);
  await desk.press('Look up');
  await desk.says('2 found, the newest first.');
  await clean();
  await desk.press('Close');
  await desk.press('Draw…');
  await clean();
  await desk.press('Yes: Draw');
  await desk.counts('Winners', 2);
  await desk.row.getByText(/^Take the win of .+ back…$/).first().click();
  await clean();
});

test('a practice room draws too, with a viewer in another tab', async (run) => {
  const desk = await practise(browser, run, 'practice-draw');
  await desk.compose('Prize draw', { Title: 'Win beans', 'Prize 1': 'Bag of beans' });
  await desk.unfold('Who may take part, label, name', desk.composer);
  await desk.field('Who may take part').selectOption('any browser');
  await desk.press('Open now');
  const viewer = await desk.tab();
  await lottery(viewer).getByRole('button', { name: 'Enter the draw' }).click();
  await desk.counts('Entrants', 1);
  await desk.press('Close');
  await desk.press('Draw…');
  await desk.press('Yes: Draw');
  await shown(viewer, 'You have won');
  await lottery(viewer).getByRole('button', { name: 'Claim the prize' }).click();
  await desk.press('Handed over, as the shop');
  await shown(viewer, 'handed over');
});
