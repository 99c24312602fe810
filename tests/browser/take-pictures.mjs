// Takes the pictures of the README: of the five lines, of each widget on a phone, of all four and the viewer's page on a desktop, of the desk and of the figures.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { browse, open, serve } from './harness.mjs';
import { start } from './server.mjs';

const [, , folder] = process.argv;
/* A phone's screen is sharper than the README shows; this much is still read on it. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];
const TEAPOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path fill="#f7b5a3" d="M0 0h96v96H0z"/><circle cx="67" cy="25" r="10" fill="#fbe9e4"/><path fill="#e9705c" d="M0 57c24-14 48 16 96-12v51H0z"/></svg>';
const QUESTIONS = ['Is the pan made of carbon steel?', 'Can the fish be frozen?', 'Which wine goes with it?'];

const browser = await browse();
const server = await start();
const site = await serve();
const command = async (type, more) => {
  const answer = await server.command({ type, ...more });
  if (!answer.ok) throw new Error(`${type}: ${JSON.stringify(answer)}`);
  return answer.activity;
};
const take = (locator, name, options) => locator.screenshot({ path: join(folder, name), animations: 'disabled', ...options });

/* A page in this light whose pictures of goods are drawn here. */
async function visit(address, colorScheme, options) {
  const page = await open(browser, 'about:blank', { colorScheme, reducedMotion: 'reduce', locale: 'en-GB', ...options });
  await page.route('**/teapot.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: TEAPOT }));
  await page.goto(address);
  return page;
}

/* The viewer's page, signed in. */
async function viewer(name, colorScheme, options) {
  const page = await visit(`${server.address}/viewer`, colorScheme, options);
  await page.getByPlaceholder('Any name will do').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(`Signed in as ${name}.`).waitFor();
  await all(page);
  return page;
}

/* Waits until all four cards are there, with their pictures. */
async function all(page) {
  for (const widget of WIDGETS) await page.locator(`live-${widget} [part~=base]`).first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('live-deal')].every(({ shadowRoot }) => shadowRoot.querySelector('img')?.complete));
}

/* Opens one of each, with what viewers did in them. */
async function furnish() {
  await command('show.start', { title: 'Friday in the harbour kitchen', on_air: ['mia'] });
  const poll = await command('poll.open', { question: 'Which colour shall we show next?', options: ['Harbour blue', 'Rust red', 'Moss green'], closes_in_ms: 240_000 });
  await Promise.all(Array.from({ length: 24 }, (_, number) => server.vote(`voter-${number}`, poll, String(number < 8 ? 1 : number < 20 ? 2 : 3))));
  const lottery = await command('lottery.open', {
    title: 'Friday\'s teapots',
    prizes: [{ name: 'Teapot', count: 3, value: { amount: '29.90', currency: 'EUR' } }],
    conditions: [{ kind: 'voted' }],
    organiser: 'Harbour Kitchen',
    closes_in_ms: 540_000,
  });
  for (let number = 0; number < 12; number += 1) await server.act(`voter-${number}`, lottery, { type: 'lottery.enter' });
  const qna = await command('qna.open', { title: 'Ask the kitchen', every_ms: 0, replies: true });
  for (const [place, text] of QUESTIONS.entries()) {
    await server.act(`voter-${place}`, qna, { type: 'qna.ask', text });
    await command('qna.change', { activity: qna, question: place + 1, change: { to: 'approve' } });
  }
  for (let number = 0; number < 9; number += 1) await server.act(`voter-${number}`, qna, { type: 'qna.vote', question: number < 5 ? 1 : 2 }, `vote-${number}`);
  await command('qna.change', { activity: qna, question: 2, change: { to: 'answer', text: 'Yes, for two months.' } });
  await command('deal.open', {
    title: 'Enamel teapot, 1.2 l',
    sku: 'TP-1',
    image: '/teapot.svg',
    price: { amount: '19.90', currency: 'EUR' },
    before: '29.90',
    lowest_30_days: '24.90',
    variants: [{ id: 'red', name: 'Rust red', stock: 12 }, { id: 'blue', name: 'Blue', stock: 2 }],
    seller: { name: 'Harbour Kitchen', returns: '/returns' },
    about: { ad: 'Ad' },
    closes_in_ms: 600_000,
  });
  return { lottery };
}

/* The five lines, as a page that has nothing else: the marked card, and the poll that it starts. */
async function fiveLines() {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  const lines = readme.match(/```html\n([^]*?)```/)[1];
  const page = await visit(site.page(lines, { kit: '' }), 'light', { viewport: { width: 436, height: 700 } });
  const room = page.locator('live-room');
  await page.getByText('Practice room').first().waitFor();
  await take(room, 'five-lines.png');
  await page.getByRole('button', { name: /poll/i }).first().click();
  await page.locator('live-poll').getByRole('radio').first().waitFor();
  await take(room, 'five-lines-poll.png');
  await page.context().close();
}

/* All four side by side, as a page that is wide enough lays them. */
async function fourOnADesktop(colorScheme) {
  const page = await visit(`${server.address}/viewer`, colorScheme, DESKTOP);
  await all(page);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.live__stage, .live__you, .chat { display: none } .live, .live__side, .live__room { display: block; max-inline-size: none; max-block-size: none; overflow: visible } live-room { display: block; columns: 3; column-gap: 16px } live-room > * { break-inside: avoid; margin-block-end: 16px }');
    document.adoptedStyleSheets = [sheet];
  });
  await take(page.locator('main'), `four-desktop-${colorScheme}.png`);
  await page.context().close();
}

async function desk() {
  const page = await visit(`${server.address}/studio`, 'light', DESKTOP);
  await page.locator('live-studio .strip').nth(3).waitFor();
  await page.locator('live-studio .air--on').waitFor();
  await take(page, 'studio-desktop-light.png');
  await page.context().close();
}

/* The page of figures, after what the other pictures did. */
async function figures() {
  const page = await visit(`${server.address}/insights`, 'light', DESKTOP);
  await page.locator('#rows tbody tr').nth(3).waitFor();
  await page.locator('#coverage', { hasText: '2 browsers reported' }).waitFor();
  await take(page, 'insights-desktop-light.png');
  await page.context().close();
}

/* Resolves when what the page reported is stored. */
async function told(page) {
  await page.evaluate(() => document.querySelector('live-room').flush());
  await page.waitForFunction(() => {
    const { created, waiting } = document.querySelector('live-room').status.reports;
    return created > 0 && waiting === 0;
  });
}

/* Lets the page report what it sees, for the figures. */
const allow = (page) => page.getByRole('button', { name: 'Allow', exact: true }).click();

/* Each card on a phone as it is found, and in the dark as it is left. */
async function phones({ lottery }) {
  const card = (page, widget) => page.locator(`live-${widget} [part~=base]`);
  const found = await viewer('Ana', 'light', PHONE);
  await allow(found);
  for (const widget of WIDGETS) await take(card(found, widget), `${widget}-phone-light.png`);
  await told(found);
  await found.context().close();
  const left = await viewer('Bo', 'dark', PHONE);
  await allow(left);
  const press = (widget, name) => left.locator(`live-${widget}`).getByRole('button', { name, exact: true }).click();
  const shown = (widget, text) => left.locator(`live-${widget}`).getByText(text).first().waitFor();
  await left.getByLabel('Rust red').first().check();
  await press('poll', 'Vote');
  await shown('poll', 'Vote counted');
  await press('lottery', 'Enter the draw');
  await shown('lottery', 'You are in the draw');
  await left.locator('live-deal').getByLabel('Rust red').check();
  await press('deal', 'Reserve');
  await shown('deal', 'Reserved for you');
  await command('close', { activity: lottery });
  await command('lottery.draw', { activity: lottery });
  await left.locator('live-lottery').getByText('Winners', { exact: true }).waitFor();
  for (const widget of WIDGETS) await take(card(left, widget), `${widget}-phone-dark.png`);
  await told(left);
  await left.context().close();
}

try {
  await fiveLines();
  const open_ = await furnish();
  for (const colorScheme of ['light', 'dark']) {
    const page = await viewer('Ana', colorScheme, DESKTOP);
    await take(page, `viewer-desktop-${colorScheme}.png`);
    await page.context().close();
    await fourOnADesktop(colorScheme);
  }
  await desk();
  await phones(open_);
  await figures();
} finally {
  await browser.close();
  site.stop();
  await server.stop();
}
