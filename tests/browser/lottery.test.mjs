// Prize draws on a page that drives its room: seen, entered, drawn, won, claimed; by pointer and by key.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const ENTRANT = 'aa112233445566778899aabbccddeeff';
const CARD = {
  widget: 'lottery',
  title: 'Win what we brew with',
  prizes: [{ name: 'Hand grinder', value: { amount: '89.00', currency: 'EUR' } }, { name: 'Bag of beans', count: 4 }],
  organiser: 'Example Roasters',
  rules: 'https://shop.example/rules',
  commitment: '5b0c'.repeat(16),
};
const WINNERS = [{ win: 0, prize: 0, name: 'A***', entrant: '00'.repeat(16) }, { win: 1, prize: 1, name: '#AA11', entrant: ENTRANT }];
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

/* News of the draw `autumn`; `parts` are laid over what it is in this phase. */
function news({ card = {}, tally = {}, mine, at = Date.now(), rev } = {}) {
  const phase = tally.phase ?? 'open';
  return {
    type: 'news',
    at,
    news: [{
      activity: 'autumn',
      ...(rev && { rev }),
      card: { ...CARD, ...card },
      tally: { widget: 'lottery', phase, entrants: 1203, tickets: 1204, ...tally },
      ...(mine && { mine: { widget: 'lottery', ...mine } }),
    }],
  };
}

const drawn = (at, card = {}, mine = { entered: true, tickets: 1 }) => (
  news({ at, card: { root: '0f'.repeat(32), drawn_at: at, winners: WINNERS, ...card }, tally: { phase: 'closed' }, mine })
);
const long = (at) => ({ ...drawn(at), at: at + 60_000 });

async function stage(run, first = news(), { listen = () => {}, body = '<live-room><live-lottery></live-lottery></live-room>', ...options } = {}) {
  const page = await open(browser, server.page(`<main>${body}</main>`), { reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  await page.evaluate(listen);
  await tell(page, first);
  await page.locator('live-lottery [part~=base]').waitFor();
  return page;
}

const tell = (page, message) => page.evaluate((message) => kit.room().receive(message), message);
const shown = (page, text) => page.locator('live-lottery').getByText(text).first().waitFor();
const button = (page, name) => page.getByRole('button', { name });
const until = (page, name, want = {}) => page.evaluate(([event, detail]) => kit.until(event, detail), [name, want]);
const said = (page, line) => page.waitForFunction((line) => kit.room().shadowRoot.querySelector('[role=status]').textContent.includes(line), line);
const accept = () => addEventListener('live-act', (event) => event.respondWith({ ok: true }));

test('passes the accessibility check before entering, after it, and once it is won', async (run) => {
  const conditions = [{ kind: 'keyword' }, { kind: 'watched', for_ms: 600_000 }, { kind: 'voted' }];
  const page = await stage(run, news({ card: { conditions, about: { ad: 'Ad' } }, mine: { met: [false, false, true], watched_ms: 1000 } }));
  assert.deepEqual(await findings(page, { within: 'main' }), []);
  await tell(page, news({ mine: { entered: true, tickets: 1, entrant: ENTRANT } }));
  await shown(page, 'You are in the draw');
  assert.deepEqual(await findings(page, { within: 'main' }), []);
  const at = Date.now();
  const claim = { kind: 'form', fields: [{ label: 'Name' }] };
  await tell(page, { ...drawn(at, { claim }, { entered: true, wins: [{ win: 1, prize: 1, claim_by: at + 86_400_000 }] }), at: at + 60_000 });
  await shown(page, 'You have won');
  assert.deepEqual(await findings(page, { within: 'main' }), []);
  assert.deepEqual(page.faults, []);
});

test('prizes, values, conditions, end, entrants, odds, organiser and rules are there before entering', async (run) => {
  const page = await stage(run, news({ card: { conditions: [{ kind: 'voted' }] }, tally: { closes_at: Date.now() + 60_000 }, mine: { met: [true] } }));
  for (const text of ['Hand grinder', 'worth €89.00', '4 ×', 'Vote in a poll here', '1,203 entrants', 'If you enter now: 1 ticket of 1,205 for 5 prizes', /Example Roasters/, /ends/]) {
    await shown(page, text);
  }
  assert.equal(await page.getByRole('link', { name: 'Full rules' }).getAttribute('href'), CARD.rules);
  await page.getByText('How this draw can be checked').click();
  await shown(page, CARD.commitment);
});

test('the word is typed and sent, the answer is shown, and the focus stays', async (run) => {
  const page = await stage(run, news({ card: { conditions: [{ kind: 'keyword' }] } }), { listen: accept });
  await page.getByLabel('The word').fill('春 Spring');
  await page.keyboard.press('Enter');
  const { detail } = await until(page, 'live-act');
  assert.equal(detail.act, 'enter');
  assert.deepEqual(detail.action, { type: 'lottery.enter', keyword: '春 Spring' });
  const { detail: outcome } = await until(page, 'live-outcome', { ok: true });
  assert.equal(outcome.mine.entered, true);
  await shown(page, 'You are in the draw');
});

test('without the word nothing is sent, and the browser says which field is due', async (run) => {
  const page = await stage(run, news({ card: { conditions: [{ kind: 'keyword' }] } }), { listen: accept });
  await button(page, 'Enter the draw').click();
  assert.equal(await page.getByLabel('The word').evaluate((field) => field.matches(':invalid')), true);
  assert.equal(await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-act').length), 0);
});

test('a wrong word is refused with why, and what was typed stays', async (run) => {
  const listen = () => addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'wrong-keyword' }));
  const page = await stage(run, news({ card: { conditions: [{ kind: 'keyword' }] } }), { listen });
  await page.getByLabel('The word').fill('autumn');
  await button(page, 'Enter the draw').click();
  await shown(page, /That is not the word/);
  assert.equal(await page.getByLabel('The word').inputValue(), 'autumn');
});

test('it is entered by key alone, and the button keeps the focus', async (run) => {
  const page = await stage(run, news(), { listen: accept });
  await button(page, 'Enter the draw').focus();
  await page.keyboard.press('Enter');
  await shown(page, 'You are in the draw');
  assert.equal(await page.evaluate(() => document.querySelector('live-lottery').shadowRoot.activeElement?.className), 'act');
});

test('watch time counts up by the clock of the room, and is met without news', async (run) => {
  const card = { conditions: [{ kind: 'watched', for_ms: 10_000 }] };
  const page = await stage(run, news({ card, mine: { met: [false], watched_ms: 2_000 } }));
  await shown(page, /0:0[3-9] so far/);
  await shown(page, /^met$/);
});

test('what was announced opens, and what closes waits for the draw; each is said once', async (run) => {
  const page = await stage(run, news({ tally: { phase: 'ready', opens_at: Date.now() + 3_000, entrants: 0, tickets: 0 } }));
  await shown(page, /opens/);
  await tell(page, news());
  await said(page, 'New prize draw');
  await tell(page, news({ tally: { phase: 'closed' }, mine: { entered: true } }));
  await shown(page, 'You are in. The draw follows.');
});

test('names settle, and are told at the same moment by the clock of the room', async (run) => {
  const page = await stage(run, news({ mine: { entered: true } }));
  const at = await page.evaluate(() => Date.now());
  await tell(page, { ...drawn(at + 3_000), at });
  await shown(page, /^Drawing$/);
  assert.equal(await page.locator('live-lottery .winner').count(), 0);
  await shown(page, 'A***');
  assert.ok((await page.evaluate(() => Date.now())) - at >= 5_300);
  await said(page, 'The draw is done. You were not drawn this time.');
});

test('one who comes later finds the winners at once, forfeited ones with their reason, and no mark of a check', async (run) => {
  const at = Date.now() - 100_000;
  const winners = [{ ...WINNERS[0], standing: 'forfeited', reason: 'not reached' }, WINNERS[1], { win: 2, prize: 0, name: 'C***' }];
  const page = await stage(run, { ...drawn(at, { winners }), at: at + 60_000 });
  await shown(page, 'C***');
  await shown(page, /forfeited: .*not reached/);
  assert.equal(await page.getByText('Check this draw').count(), 0);
  assert.equal(await page.getByText(/^Checked/).count(), 0);
});

test('a prize is claimed by a press, a form, a code or a page', async (run) => {
  const at = Date.now() - 100_000;
  const mine = { entered: true, wins: [{ win: 1, prize: 1, claim_by: at + 86_400_000 }] };
  const fields = [{ label: 'Name' }, { label: 'Size', optional: true }];
  const page = await stage(run, { ...drawn(at, {}, mine), at: at + 60_000 }, { listen: accept });
  await button(page, 'Claim the prize').click();
  await shown(page, 'You have claimed it.');
  assert.deepEqual((await until(page, 'live-act', { act: 'claim' })).detail.action, { type: 'lottery.claim', win: 1, form: [] });

  await tell(page, { ...drawn(at, { claim: { kind: 'form', fields } }, mine), at: at + 61_000 });
  await page.getByLabel('Name').fill('Ana');
  await button(page, 'Claim the prize').click();
  const form = [{ label: 'Name', value: 'Ana' }];
  await page.waitForFunction(() => kit.heard.filter(({ name }) => name === 'live-act').length === 2);
  assert.deepEqual(await page.evaluate(() => kit.heard.findLast(({ name }) => name === 'live-act').detail.action.form), form);
  await shown(page, 'You have claimed it.');

  await tell(page, { ...drawn(at, { claim: { kind: 'code' } }, { ...mine, wins: [{ ...mine.wins[0], standing: 'claimed', code: '8F2K-Q7TD' }] }), at: at + 62_000 });
  await shown(page, '8F2K-Q7TD');
  await tell(page, { ...drawn(at, { claim: { kind: 'link', address: 'https://shop.example/prize' } }, mine), at: at + 63_000 });
  assert.equal(await page.getByRole('link', { name: /Claim/ }).getAttribute('href'), 'https://shop.example/prize');
});

test('a winner who was away is told of the prize on coming back', async (run) => {
  const at = Date.now() - 100_000;
  const mine = { entered: true, wins: [{ win: 1, prize: 1, claim_by: at + 86_400_000 }] };
  const page = await stage(run, { ...drawn(at, {}, mine), at: at + 60_000 });
  await said(page, 'You have won');
  await shown(page, /claim it by/);
});

test('cancelled, it says why', async (run) => {
  const page = await stage(run, news({ mine: { entered: true } }));
  await tell(page, news({ card: { cancelled: 'the grinder broke' }, tally: { phase: 'closed' }, mine: { entered: true } }));
  await shown(page, /Cancelled: .*the grinder broke/);
  await button(page, 'Enter the draw').waitFor({ state: 'hidden' });
});

test('the label cannot be hidden by parts or properties, and the card can be reported', async (run) => {
  const body = '<style>live-lottery::part(base) { --live-ink: transparent; color: transparent } live-lottery::part(ad) { display: none }</style><live-room><live-lottery></live-lottery></live-room>';
  const page = await stage(run, news({ card: { about: { ad: 'Anzeige' } } }), { listen: accept, body });
  const color = await page.locator('live-lottery .ad').evaluate((ad) => getComputedStyle(ad).color);
  assert.notEqual(color, 'rgba(0, 0, 0, 0)');
  await page.getByText('Report this').click();
  await button(page, 'Misleading or false').click();
  assert.deepEqual((await until(page, 'live-act', { act: 'flag' })).detail.action, { type: 'flag', widget: 'lottery', why: 'misleading' });
});

test('it shrinks to a chip and comes back by key', async (run) => {
  const page = await stage(run);
  await button(page, /Prize draw/).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Hand grinder').waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await shown(page, 'Hand grinder');
});

test('in the picture there is nothing to press', async (run) => {
  const page = await stage(run, long(Date.now() - 100_000), { body: '<live-room mode="overlay"><live-lottery></live-lottery></live-room>' });
  await shown(page, 'A***');
  assert.equal(await page.locator('live-lottery').getByRole('button').count(), 0);
  assert.equal(await page.locator('live-lottery').getByRole('link').count(), 0);
});

test('at 320 pixels with twice the text nothing is cut off, from right to left too', async (run) => {
  const prizes = [{ name: 'Unbreakable'.repeat(7), count: 1000 }, { name: 'مطحنة قهوة يدوية' }];
  for (const lang of ['en', 'ar']) {
    const body = `<live-room lang="${lang}"><live-lottery></live-lottery></live-room>`;
    const page = await stage(run, news({ card: { prizes, conditions: [{ kind: 'keyword' }] } }), { body, viewport: { width: 320, height: 640 } });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  }
});
