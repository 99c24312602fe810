// The page of figures after an evening: two shows with viewers at real lines, who act as viewers do, for some real minutes.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { start } from '../server.mjs';
import { DEAL, DESKTOP, PHONE, TALL, command } from './stage.mjs';

const VIEWERS = 60;
const SECOND = 1_000;
const KINDS = ['poll', 'lottery', 'qna', 'deal'];
const ASKED = ['Is the pan made of carbon steel?', 'Can the fish be frozen?', 'Which wine goes with it?', 'How long does the stock cook?', 'Is the teapot fit for induction?'];
const pass = (ms) => new Promise((later) => setTimeout(later, ms));

/* A viewer at a line of their own. */
class Viewer {
  #line;
  #name;
  #asked = 0;
  #waiting = new Map();

  static async come(server, name) {
    const viewer = new Viewer();
    viewer.#name = name;
    viewer.#line = new WebSocket(`${server.address.replace('http', 'ws')}/v1/rooms/demo/socket`, { origin: server.address });
    viewer.#line.on('message', (bytes) => {
      const message = JSON.parse(bytes);
      if (message.type === 'answer') viewer.#waiting.get(message.id)?.(message);
    });
    await once(viewer.#line, 'open');
    viewer.#line.send(JSON.stringify({ type: 'hello', version: 1, kinds: KINDS, token: await server.token('viewer', { sub: name }) }));
    return viewer;
  }

  act(activity, action) {
    this.#asked += 1;
    const id = `${this.#name}-${activity}-${this.#asked}`;
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#line.send(JSON.stringify({ type: 'act', id, activity, action }));
    return answered;
  }

  leave() {
    this.#line.terminate();
  }
}

export class Evening {
  #server;
  #stage;
  #viewers = [];
  #gone = 0;
  #over;

  /* Begins it; it goes on by itself while other pictures are taken. */
  static async begin(stage) {
    const evening = new Evening();
    evening.#stage = stage;
    evening.#server = await start();
    evening.#over = evening.#goOn();
    // Whoever waits for the end is told.
    evening.#over.catch(() => {});
    return evening;
  }

  /* Takes the pictures, once all is over that is to be seen in them. */
  async show() {
    await this.#over;
    const page = await this.#visit('light', TALL);
    const part = (id) => page.locator('section', { has: page.locator(`#${id}`) });
    await this.#stage.takeAround(page.locator('main'), 'insights-desktop-light.png', { margin: 0, until: part('funnel') });
    await page.locator('#compare [name=by]').selectOption('show');
    await page.locator('#compared').getByText('Thursday on the quay').waitFor();
    await this.#stage.takeAround(page.locator('main'), 'timeline-desktop-light.png', { from: part('compared'), until: page.locator('#timeline') });
    await page.context().close();
    const phone = await this.#visit('dark', PHONE);
    // The two charts.
    await phone.locator('#audience-title').evaluate((title) => scrollBy(0, title.getBoundingClientRect().top - 16));
    await this.#stage.take(phone, 'insights-phone-dark.png');
    await phone.context().close();
  }

  async #visit(colorScheme, options) {
    const page = await this.#stage.visit(`${this.#server.address}/insights`, colorScheme, options);
    await page.locator('#rows tbody tr').nth(3).waitFor();
    await page.getByText('Live, every 3 s').waitFor();
    return page;
  }

  async end() {
    for (const viewer of this.#viewers) viewer.leave();
    await this.#server.stop();
  }

  #command(type, more) {
    return command(this.#server, type, more);
  }

  async #goOn() {
    await this.#thursday();
    await this.#friday();
  }

  async #come(many) {
    const from = this.#viewers.length + this.#gone;
    for (let number = from; number < from + many; number += 1) this.#viewers.push(await Viewer.come(this.#server, `viewer-${number}`));
  }

  #leave(many) {
    this.#gone += many;
    for (const viewer of this.#viewers.splice(0, many)) viewer.leave();
  }

  /* What each of some viewers does, one after the other in so many seconds. */
  async #each([from, to], seconds, act) {
    const all = this.#viewers.slice(from, to);
    for (const [place, viewer] of all.entries()) {
      await act(viewer, from + place);
      await pass(seconds * SECOND / all.length);
    }
  }

  async #thursday() {
    await this.#command('show.start', { title: 'Thursday on the quay', on_air: ['jon'] });
    const poll = await this.#command('poll.open', { question: 'Herring or mackerel?', options: ['Herring', 'Mackerel'] });
    await this.#come(24);
    await this.#each([0, 20], 30, (viewer, number) => viewer.act(poll, { type: 'poll.vote', choices: [String(1 + number % 2)] }));
    await this.#command('close', { activity: poll });
    await pass(15 * SECOND);
    await this.#command('put_away', { activity: poll });
    await this.#command('show.end');
  }

  async #friday() {
    // Its last minute is one in which much was done when the picture is taken.
    await pass((70 * SECOND - Date.now() % (60 * SECOND)) % (60 * SECOND));
    await this.#command('show.start', { title: 'Friday in the harbour kitchen', on_air: ['mia'] });
    await this.#come(16);
    const poll = await this.#command('poll.open', { question: 'Which colour next?', options: ['Harbour blue', 'Rust red', 'Moss green'], about: { brand: 'Harbour', ad: 'Ad' } });
    await this.#each([0, 36], 40, (viewer, number) => viewer.act(poll, { type: 'poll.vote', choices: [String(1 + (number * number) % 3)] }));
    const seen = this.#browsers(6);
    const qna = await this.#command('qna.open', { title: 'Ask the kitchen', every_ms: 0, approval: false });
    await this.#come(VIEWERS - 40);
    await this.#each([0, ASKED.length], 15, (viewer, number) => viewer.act(qna, { type: 'qna.ask', text: ASKED[number] }));
    await this.#each([5, 40], 30, (viewer, number) => viewer.act(qna, { type: 'qna.vote', question: 1 + number % ASKED.length }));
    await this.#command('close', { activity: poll });
    const lottery = await this.#command('lottery.open', { title: 'Friday\'s teapots', prizes: [{ name: 'Teapot', count: 3 }] });
    await this.#each([0, 45], 35, (viewer) => viewer.act(lottery, { type: 'lottery.enter' }));
    await this.#command('show.on_air', { on_air: ['mia', 'jon'] });
    const deal = await this.#command('deal.open', { ...DEAL, variants: [{ id: 'red', name: 'Rust red', stock: 24 }] });
    this.#leave(8);
    await this.#each([0, 22], 40, (viewer, number) => this.#buy(viewer, deal, number));
    await this.#command('close', { activity: lottery });
    await this.#command('lottery.draw', { activity: lottery });
    this.#leave(6);
    const last = await this.#command('poll.open', { question: 'What should come back?', options: ['Cooking', 'Guests', 'Deals'] });
    await this.#each([0, 34], 40, (viewer, number) => viewer.act(last, { type: 'poll.vote', choices: [String(1 + number % 3)] }));
    for (const page of await seen) {
      await page.evaluate(() => kit.room().flush());
      await page.context().close();
    }
  }

  /* Reserves a unit; of three, two are paid. */
  async #buy(viewer, deal, number) {
    const { ok, mine } = await viewer.act(deal, { type: 'deal.claim', variant: 'red', quantity: 1 });
    if (!ok || number % 3 === 2) return;
    const { claim } = mine.mine.claims[0];
    await this.#command('deal.settle', { activity: deal, claim, settle: { outcome: 'sold', order: `A-${100 + number}`, value: DEAL.price } });
  }

  /* Viewers with a real page, who let it report what they see; one shares a link, and the last comes by it. They stay. */
  async #browsers(many) {
    const pages = [];
    let link = `${this.#server.address}/viewer?consent=granted`;
    for (let number = 0; number < many; number += 1) {
      const page = await this.#stage.visit(link, 'light', { ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] });
      pages.push(page);
      const poll = page.locator('live-poll');
      await poll.getByRole('radio').first().waitFor();
      await page.evaluate(() => kit.until('live-engagement', { type: 'live.poll.seen' }));
      if (number % 3 !== 2) {
        await poll.getByRole('radio').nth(number % 3).check();
        await poll.getByRole('button', { name: 'Vote', exact: true }).click();
        await page.evaluate(() => kit.until('live-outcome', { ok: true }));
      }
      if (number === many - 2) {
        await page.getByRole('button', { name: 'Share' }).click();
        await page.getByText('The link is copied.').waitFor();
        link = await page.evaluate(() => navigator.clipboard.readText());
      }
    }
    return pages;
  }
}
