// What every picture needs: a browser, a folder to write to, pages in a light, a viewer who is signed in, and a room with one of each.

import { join } from 'node:path';
import { browse, open } from '../harness.mjs';

/* A phone's screen is sharper than the README shows; this much is still read on it. */
export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 };
export const DESKTOP = { viewport: { width: 1280, height: 900 } };
/* So tall that a part of the desk is seen without scrolling, where what sticks to the top would lie over it. */
export const TALL = { viewport: { width: 1280, height: 4_000 } };
export const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];
const TEAPOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path fill="#f7b5a3" d="M0 0h96v96H0z"/><circle cx="67" cy="25" r="10" fill="#fbe9e4"/><path fill="#e9705c" d="M0 57c24-14 48 16 96-12v51H0z"/></svg>';
const QUESTIONS = ['Is the pan made of carbon steel?', 'Can the fish be frozen?', 'Which wine goes with it?'];
export const DEAL = {
  title: 'Enamel teapot, 1.2 l',
  sku: 'TP-1',
  image: '/teapot.svg',
  price: { amount: '19.90', currency: 'EUR' },
  before: '29.90',
  lowest_30_days: '24.90',
  variants: [{ id: 'red', name: 'Rust red', stock: 12 }, { id: 'blue', name: 'Blue', stock: 2 }],
  seller: { name: 'Harbour Kitchen', returns: '/returns' },
  about: { ad: 'Ad' },
};

export class Stage {
  browser;
  #folder;

  static async in(folder) {
    const stage = new Stage();
    stage.#folder = folder;
    stage.browser = await browse();
    return stage;
  }

  /* Takes a picture of a place or of a page, and puts it in the folder. */
  take(what, name, options) {
    return what.screenshot({ path: join(this.#folder, name), animations: 'disabled', ...options });
  }

  /* Takes a part of a page with some of the ground around it; `from` and `until` are the parts of it that it begins and ends with. */
  async takeAround(part, name, { margin = 16, from = part, until = part } = {}) {
    const [{ x, width }, first, last] = [await part.boundingBox(), await from.boundingBox(), await until.boundingBox()];
    const top = Math.max(0, first.y - margin);
    const clip = { x: Math.max(0, x - margin), y: top, width: width + 2 * margin, height: last.y + last.height + margin - top };
    await this.take(part.page(), name, { clip });
  }

  /* A page in this light whose pictures of goods are drawn here. */
  async visit(address, colorScheme, options) {
    const page = await open(this.browser, 'about:blank', { colorScheme, reducedMotion: 'reduce', locale: 'en-GB', ...options });
    await page.route('**/teapot.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: TEAPOT }));
    await page.goto(address);
    return page;
  }

  /* The viewer's page, signed in. */
  async viewer(server, name, colorScheme, options) {
    const page = await this.visit(`${server.address}/viewer`, colorScheme, options);
    await page.getByPlaceholder('Any name will do').fill(name);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`Signed in as ${name}.`).waitFor();
    await all(page);
    return page;
  }
}

/* Waits until all four cards are there, with their pictures. */
export async function all(page) {
  for (const widget of WIDGETS) await page.locator(`live-${widget} [part~=base]`).first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('live-deal')].every(({ shadowRoot }) => shadowRoot.querySelector('img')?.complete));
}

/* Gives a command, which has to be taken; resolves to the activity. */
export async function command(server, type, more) {
  const answer = await server.command({ type, ...more });
  if (!answer.ok) throw new Error(`${type}: ${JSON.stringify(answer)}`);
  return answer.activity;
}

/* Opens one of each, with what viewers did in them. */
export async function furnish(server) {
  const give = (type, more) => command(server, type, more);
  await give('show.start', { title: 'Friday in the harbour kitchen', on_air: ['mia'] });
  const poll = await give('poll.open', { question: 'Which colour shall we show next?', options: ['Harbour blue', 'Rust red', 'Moss green'], closes_in_ms: 240_000 });
  await Promise.all(Array.from({ length: 24 }, (_, number) => server.vote(`voter-${number}`, poll, String(number < 8 ? 1 : number < 20 ? 2 : 3))));
  const lottery = await give('lottery.open', {
    title: 'Friday\'s teapots',
    prizes: [{ name: 'Teapot', count: 3, value: { amount: '29.90', currency: 'EUR' } }],
    conditions: [{ kind: 'voted' }],
    organiser: 'Harbour Kitchen',
    closes_in_ms: 540_000,
  });
  for (let number = 0; number < 12; number += 1) await server.act(`voter-${number}`, lottery, { type: 'lottery.enter' });
  const qna = await give('qna.open', { title: 'Ask the kitchen', every_ms: 0, replies: true });
  for (const [place, text] of QUESTIONS.entries()) {
    await server.act(`voter-${place}`, qna, { type: 'qna.ask', text });
    await give('qna.change', { activity: qna, question: place + 1, change: { to: 'approve' } });
  }
  for (let number = 0; number < 9; number += 1) await server.act(`voter-${number}`, qna, { type: 'qna.vote', question: number < 5 ? 1 : 2 }, `vote-${number}`);
  await give('qna.change', { activity: qna, question: 2, change: { to: 'answer', text: 'Yes, for two months.' } });
  const deal = await give('deal.open', { ...DEAL, closes_in_ms: 600_000 });
  return { poll, lottery, qna, deal };
}
