// Plain forms where there is no WebAssembly, on a page that drives its room: all four widgets are taken part in, labelled, reported, spoken.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, poll, POLICY, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const AT = Date.UTC(2026, 4, 1, 18, 15);
const DRAW = {
  widget: 'lottery',
  title: 'Friday\'s teapots',
  prizes: [{ name: 'Teapot', count: 3, value: { amount: '29.90', currency: 'EUR' } }, { name: 'Cup' }],
  conditions: [{ kind: 'keyword' }, { kind: 'watched', for_ms: 60_000 }],
  tickets: { each: 1 },
  rules: 'https://shop.example/rules',
  organiser: 'Example Teas',
  level: 'token',
  claim_within_ms: 7_200_000,
};
const DEAL = {
  widget: 'deal',
  title: 'Harbour teapot',
  sku: 'TP-1',
  price: { amount: '19.90', currency: 'EUR' },
  before: '29.90',
  lowest_30_days: '24.00',
  variants: [{ id: 'red', name: 'Red' }, { id: 'blue', name: 'Blue' }],
  limit: 2,
  reserve_ms: 120_000,
  seller: { name: 'Example Teas', returns: 'https://shop.example/returns', about: 'javascript:alert(1)' },
};
let browser;
let site;

before(async () => {
  browser = await browse();
  site = await serve();
});
after(async () => {
  await browser?.close();
  site?.stop();
});

const news = (activity, card, tally, mine) => ({
  type: 'news',
  news: [{ activity, run: 1, card, tally: { widget: card.widget, ...tally }, ...(mine && { mine: { widget: card.widget, ...mine } }) }],
});
const draw = ({ card, tally, mine } = {}) => news('draw', { ...DRAW, ...card }, { phase: 'open', entrants: 9, tickets: 12, closes_at: AT, ...tally }, mine);
const stock = (...lefts) => lefts.map((left) => ({ left, reserved: 5 - left, ordering: 0, sold: 0, total: 5 }));
const deal = ({ card, tally, mine } = {}) => news('deal', { ...DEAL, ...card }, { phase: 'open', stock: stock(4, 0), ...tally }, mine);

/* A page without WebAssembly that has been told this. */
async function stage(run, tag, first, { lang = 'en', ...options } = {}) {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const body = `<main><h1>A show</h1><live-room lang="${lang}"><live-${tag}></live-${tag}></live-room></main>`;
  const page = await open(browser, site.page(body, { policy }), { timezoneId: 'UTC', ...options });
  run.after(() => page.context().close());
  await tell(page, first);
  const element = page.locator(`live-${tag}`);
  await element.locator('.card').waitFor();
  return Object.assign(page, { element, press: (name) => element.getByRole('button', { name, exact: true }).click() });
}

const tell = (page, message) => page.evaluate((told) => kit.room().receive(told), message);
const shown = (page, text) => page.element.getByText(text).first().waitFor();
const takes = (page, mine) => page.evaluate((own) => addEventListener('live-act', (event) => event.respondWith({ ok: true, mine: own }), { once: true }), mine);
const acts = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-act').map(({ detail }) => detail.action));

test('a draw says prizes, rules and odds, and is entered with the word', async (run) => {
  const page = await stage(run, 'lottery', draw({ mine: { met: [false, false], watched_ms: 12_000 } }));
  for (const text of ['Friday\'s teapots', '3 × ⁨Teapot⁩ · worth €29.90 each', 'Type the word from the show', 'Watch for 1:00 · 0:12 so far', 'If you enter now: 1 ticket of 13 for 4 prizes', '9 entrants', 'Organised by ⁨Example Teas⁩']) {
    await shown(page, text);
  }
  assert.equal(await page.getByRole('link', { name: 'Full rules' }).getAttribute('href'), DRAW.rules);
  await page.getByText('The rules in short').click();
  await shown(page, 'A prize is to be claimed within 2 hours of the draw.');
  await shown(page, 'ends May 1, 06:15 PM');
  await page.press('Enter the draw');
  assert.deepEqual(await acts(page), [], 'without the word nothing is sent');
  await page.getByLabel('The word').fill(' Harbour ');
  await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'wrong-keyword' }), { once: true }));
  await page.press('Enter the draw');
  await shown(page, 'Not accepted. That is not the word.');
  assert.equal(await page.getByLabel('The word').inputValue(), ' Harbour ', 'what was typed stays');
  await takes(page);
  await page.press('Enter the draw');
  await shown(page, 'You are in the draw');
  await shown(page, 'You have 1 ticket of 12 for 4 prizes');
  assert.deepEqual((await acts(page)).at(-1), { type: 'lottery.enter', keyword: 'Harbour' });
  assert.deepEqual(await findings(page), []);
});

const WINNERS = [{ win: 0, prize: 0, name: 'A***' }, { win: 1, prize: 1, name: '#AA11', standing: 'forfeited', reason: 'under age' }];
const drawn = (claim, win = {}, card = {}) => draw({
  card: { claim, drawn_at: AT, winners: WINNERS, ...card },
  tally: { phase: 'closed' },
  mine: { entered: true, tickets: 1, wins: [{ win: 0, prize: 0, claim_by: AT + 7_200_000, ...win }] },
});

test('a winner fills in the claim form, and the winners are told', async (run) => {
  const fields = [{ label: 'Name' }, { label: 'Street' }, { label: 'Floor', optional: true }];
  const page = await stage(run, 'lottery', drawn({ kind: 'form', fields }));
  for (const text of ['You have won: ⁨Teapot⁩', 'claim it by May 1, 08:15 PM', '⁨A***⁩ · you · ⁨Teapot⁩', '⁨#AA11⁩ · ⁨Cup⁩ · forfeited: ⁨under age⁩', '1 of 4 prizes drawn', 'Only the shop can read this.']) await shown(page, text);
  await page.getByLabel('Name').fill('Ana');
  await page.press('Claim the prize');
  assert.deepEqual(await acts(page), [], 'the browser asks for what must be filled in');
  await page.getByLabel('Street').fill('Harbour 1');
  await takes(page);
  await page.press('Claim the prize');
  await shown(page, 'You have claimed it.');
  assert.deepEqual(await acts(page), [{ type: 'lottery.claim', win: 0, form: [{ label: 'Name', value: 'Ana' }, { label: 'Street', value: 'Harbour 1' }] }]);
  assert.equal(await page.getByLabel('Name').isVisible(), false);
  assert.deepEqual(await findings(page), []);
});

test('a prize is claimed by a code, which is shown, or on the page of the shop', async (run) => {
  const page = await stage(run, 'lottery', drawn({ kind: 'code' }));
  await takes(page, { widget: 'lottery', entered: true, wins: [{ win: 0, prize: 0, standing: 'claimed', code: 'K7F3-22' }] });
  await page.press('Claim, and show my code');
  await shown(page, 'K7F3-22');
  const other = await stage(run, 'lottery', drawn({ kind: 'link', address: 'https://shop.example/claim' }));
  const link = other.getByRole('link', { name: 'Claim on the shop\'s page' });
  assert.equal(await link.getAttribute('href'), 'https://shop.example/claim');
  await takes(other);
  await other.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
  await link.click();
  await other.evaluate(() => kit.until('live-outcome', { ok: true }));
  await shown(other, 'You have claimed it.');
  assert.equal(await link.isVisible(), true, 'for those who come back to it');
});

test('a draw that was cancelled or not won is said to be so', async (run) => {
  const page = await stage(run, 'lottery', draw({ card: { cancelled: 'The power failed' }, tally: { phase: 'closed' } }));
  await shown(page, 'Cancelled: ⁨The power failed⁩');
  await tell(page, drawn({ kind: 'press' }, {}, { winners: [{ win: 0, prize: 0 }] }));
  await shown(page, 'The winners are told in private.');
  const lost = drawn();
  lost.news[0].mine.wins = [];
  await tell(page, lost);
  await shown(page, 'You were not drawn this time.');
});

test('a poll and a list of questions that were called off say why', async (run) => {
  const page = await stage(run, 'poll', poll('p', { votes: [1, 0] }));
  const off = poll('p', { phase: 'closed', voters: 1, rev: 2, cancelled: 'Blue is sold out' });
  delete off.news[0].tally.votes;
  await tell(page, off);
  await shown(page, 'Cancelled: ⁨Blue is sold out⁩');
  const list = news('q', { widget: 'qna', title: 'Ask us', cancelled: 'Our guest is ill' }, { phase: 'closed' });
  await shown(await stage(run, 'qna', list), 'Cancelled: ⁨Our guest is ill⁩');
});

test('a deal says price and stock, and a claim of it until when it is reserved', async (run) => {
  const page = await stage(run, 'deal', deal());
  for (const text of ['Harbour teapot', 'Price: €19.90', 'Price before: €29.90', 'Lowest price of the last 30 days: €24.00', '4 left', 'none left, 5 more are reserved', 'up to 2 a viewer · held for 2:00', 'Sold by ⁨Example Teas⁩']) {
    await shown(page, text);
  }
  assert.equal(await page.element.getByText('counted by the room').count(), 0, 'only a room can say that it counts');
  assert.equal(await page.getByRole('link').count(), 1, 'what is no address is no link');
  await page.press('Reserve');
  await shown(page, 'Choose an option first.');
  assert.equal(await page.getByLabel('Blue').isDisabled(), true);
  await page.getByLabel('Red').check();
  await page.getByLabel('Quantity').fill('2');
  const reserved = { claim: 'c1', variant: 'red', quantity: 2, standing: 'reserved', until: AT, price: { amount: '19.90', currency: 'EUR' } };
  await takes(page, { widget: 'deal', claims: [reserved] });
  await page.press('Reserve');
  for (const text of ['Reserved for you · ends May 1, 06:15 PM', '⁨Red⁩ · 2 units · €39.80', 'Order it in the shop of this page before the time is over.', 'You have as many as one viewer may have']) await shown(page, text);
  assert.deepEqual(await acts(page), [{ type: 'deal.claim', variant: 'red', quantity: 2 }]);
  assert.deepEqual(await findings(page), []);
  await takes(page);
  await page.press('Give it back');
  await shown(page, 'No longer reserved');
});

test('a deal gives its code, or the link with the ticket', async (run) => {
  const claims = [{ claim: 'c1', variant: 'red', quantity: 1, standing: 'reserved', until: AT, code: 'SUMMER-7F3A', ticket: 'e30.e30.e30' }];
  const page = await stage(run, 'deal', deal({ card: { by: { kind: 'code' } }, mine: { claims } }));
  await shown(page, 'SUMMER-7F3A');
  const other = await stage(run, 'deal', deal({ card: { by: { kind: 'link', address: 'https://shop.example/buy' } }, mine: { claims } }));
  assert.equal(await other.getByRole('link', { name: 'Go to the shop' }).getAttribute('href'), 'https://shop.example/buy#ticket=e30.e30.e30');
});

test('a deal that is over, hidden, sold out or cancelled says so, and takes nothing', async (run) => {
  const page = await stage(run, 'deal', deal({ tally: { phase: 'closed' } }));
  const one = { variants: [{ id: '1' }] };
  for (const [card, tally, text] of [
    [{}, { phase: 'closed' }, 'Ended'],
    [{}, { phase: 'ready' }, 'Not open yet'],
    [{ price: undefined }, {}, 'Opens with the price'],
    [one, { stock: [{ left: 0, reserved: 0, ordering: 0, sold: 5, total: 5 }] }, 'Sold out'],
    [one, { stock: stock(0) }, 'None left right now'],
    [{ cancelled: 'The price was wrong' }, { phase: 'closed' }, 'Cancelled'],
  ]) {
    await tell(page, deal({ card, tally }));
    await page.element.getByRole('button', { name: text, exact: true }).click({ force: true });
  }
  await shown(page, 'Cancelled: ⁨The price was wrong⁩');
  assert.deepEqual(await acts(page), []);
});

const ALL = {
  poll: (about) => poll('poll', { about }),
  lottery: (about) => draw({ card: { about } }),
  qna: (about) => news('qna', { widget: 'qna', title: 'Ask the kitchen', about }, { phase: 'open', list: [] }),
  deal: (about) => deal({ card: { about } }),
};

for (const [widget, card] of Object.entries(ALL)) {
  test(`E8: a plain ${widget} carries its label, which no style of the page hides, and can be reported`, async (run) => {
    const page = await stage(run, widget, card({ ad: 'Anzeige: Example AG' }));
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.ad, ::part(ad), p { display: none !important } live-room { --live-ground: #ffe9b0; --live-ink: #ffe9b0 }');
      document.adoptedStyleSheets = [sheet];
    });
    await shown(page, 'Anzeige: Example AG');
    assert.deepEqual(await page.element.locator('.ad').evaluate((ad) => [getComputedStyle(ad).color, ad.checkVisibility()]), ['rgb(61, 43, 0)', true]);
    await page.getByText('Report this').click();
    await page.evaluate(() => addEventListener('live-act', (event) => event.preventDefault(), { once: true }));
    await page.press('Misleading or false');
    assert.equal(await page.element.getByText('Reported. Thank you.').count(), 0, 'what the page held back was not reported');
    await takes(page);
    await page.press('Misleading or false');
    await shown(page, 'Reported. Thank you.');
    assert.deepEqual((await acts(page)).at(-1), { type: 'flag', widget, why: 'misleading' });
  });
}

test('plain forms speak the languages of the kit, and change with the room', async (run) => {
  const page = await stage(run, 'lottery', draw(), { lang: 'ar' });
  assert.equal(await page.element.locator('.card').evaluate((card) => getComputedStyle(card).direction), 'rtl');
  const words = await (await fetch(`${site.address}/kit/lang/ar.json`)).json();
  await page.element.getByRole('button', { name: words['lottery.enter'] }).waitFor();
  await page.evaluate(() => kit.room().setAttribute('lang', 'es'));
  const spanish = await (await fetch(`${site.address}/kit/lang/es.json`)).json();
  await page.element.getByRole('button', { name: spanish['lottery.enter'] }).waitFor();
  await page.evaluate(() => (kit.room().strings = { 'lottery.enter': 'Mitmachen' }));
  await page.element.getByRole('button', { name: 'Mitmachen' }).waitFor();
  const dark = () => page.element.locator('.card').evaluate((card) => getComputedStyle(card).backgroundColor);
  const before = await dark();
  await page.evaluate(() => kit.room().setAttribute('theme', 'dark'));
  await page.waitForFunction((was) => getComputedStyle(document.querySelector('live-lottery').shadowRoot.querySelector('.card')).backgroundColor !== was, before);
});

test('a dock shows what is open also without WebAssembly, and what is put away goes', async (run) => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const page = await open(browser, site.page('<live-room dock="bottom-end"></live-room>', { policy }));
  run.after(() => page.context().close());
  for (const card of Object.values(ALL)) await tell(page, card());
  for (const widget of Object.keys(ALL)) await page.locator(`live-${widget} .card`).waitFor();
  await tell(page, { type: 'news', news: [{ activity: 'draw', gone: true }] });
  await page.locator('live-lottery').waitFor({ state: 'detached' });
  await page.locator('live-deal .card').waitFor();
});

/* A page with the module, in which texts that have `window.poison` in them trap. */
async function trapped(run, tag, poisoned) {
  const page = await open(browser, site.page(`<live-room><live-${tag}></live-${tag}></live-room>`));
  run.after(() => page.context().close());
  await page.evaluate(() => {
    const create = Document.prototype.createTextNode;
    Document.prototype.createTextNode = function (text) {
      if (window.poison && text.includes(window.poison)) throw new Error('made to fail');
      return create.call(this, text);
    };
    window.poison = 'Bad';
  });
  for (const [turn, message] of poisoned.entries()) {
    await tell(page, message);
    await page.waitForFunction((count) => kit.heard.filter(({ detail }) => detail?.code === 'trap').length === count, turn + 1);
    await page.waitForFunction(() => kit.room().status.wasm === 'ready');
  }
  await page.evaluate(() => (window.poison = undefined));
  const element = page.locator(`live-${tag}`);
  return Object.assign(page, { element, press: (name) => element.getByRole('button', { name, exact: true }).click() });
}

test('a draw that traps twice is a plain form, and the module still sends what is done in it', async (run) => {
  const rev = (message, number) => ({ ...message, news: message.news.map((item) => ({ ...item, rev: number })) });
  const bad = (number) => rev(draw({ card: { title: `Bad ${number}`, conditions: [] } }), number);
  const page = await trapped(run, 'lottery', [bad(1), bad(2)]);
  await tell(page, rev(draw({ card: { title: 'Good', conditions: [], about: { ad: 'Ad' } } }), 3));
  await page.element.locator('.card').waitFor();
  assert.equal(await page.element.locator('[part~=base]').count(), 0);
  await shown(page, 'Ad');
  await page.evaluate(() => addEventListener('live-act', (event) => event.preventDefault(), { once: true }));
  await page.press('Enter the draw');
  await page.element.getByRole('button', { name: 'Enter the draw', exact: true }).and(page.locator('[aria-disabled=false]')).waitFor();
  await takes(page);
  await page.press('Enter the draw');
  await shown(page, 'You are in the draw');
  await page.getByText('Report this').click();
  await takes(page);
  await page.press('Something else');
  await shown(page, 'Reported. Thank you.');
  assert.deepEqual((await acts(page)).map(({ type }) => type), ['lottery.enter', 'lottery.enter', 'flag']);
});
