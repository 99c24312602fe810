// Pictures on cards: shown where they load, and an empty place of the same size where they do not.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
/* One red pixel. */
const RED = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');
let browser;
let site;

before(async () => {
  browser = await browse();
  site = await serve((request, response) => {
    if (request.url === '/red.png') response.writeHead(200, { 'content-type': 'image/png' }).end(RED);
    else if (request.url === '/text.png') response.writeHead(200, { 'content-type': 'image/png' }).end('no picture');
    else return false;
    return true;
  });
});
after(async () => {
  await browser?.close();
  site?.stop();
});

const news = (card, tally) => ({ type: 'news', news: [{ activity: 'a', run: 1, card, tally: { widget: card.widget, phase: 'open', ...tally } }] });
/* widget → news of a card with this picture, and the name that stands beside it. */
const CARDS = {
  poll: (image) => poll('a', { run: 1, options: [{ id: 'red', text: 'Red', image }, { id: 'blue', text: 'Blue' }] }),
  lottery: (image) => news({ widget: 'lottery', title: 'Draw', prizes: [{ name: 'Red', image }] }, { entrants: 0, tickets: 0 }),
  deal: (image) => news({ widget: 'deal', title: 'Red', image, sku: 's', price: { amount: '1.00', currency: 'EUR' }, variants: [{ id: '1' }] }, { stock: [] }),
};

/* What is seen of the only picture: its size, whether it is visible and whether it has loaded; and how tall its card is. */
const seen = (page, widget) => page.locator(`live-${widget} img`).evaluate((picture) => {
  const { width, height } = picture.getBoundingClientRect();
  const card = picture.getRootNode().querySelector('[part~=base]').getBoundingClientRect();
  return { width, height, isVisible: picture.checkVisibility({ visibilityProperty: true }), hasLoaded: picture.naturalWidth > 0, card: card.height };
});

for (const [widget, card] of Object.entries(CARDS)) {
  test(`a ${widget} shows its picture, and keeps its place empty where it does not load`, async (run) => {
    const page = await open(browser, site.page(`<live-room><live-${widget}></live-${widget}></live-room>`));
    run.after(() => page.context().close());
    const show = async (address) => {
      await page.evaluate((message) => kit.room().receive(message), card(address));
      await page.locator(`live-${widget} img[src="${address}"]`).waitFor({ state: 'attached' });
    };
    const settled = (isVisible) => page.waitForFunction(([tag, wanted]) => {
      const picture = document.querySelector(tag).shadowRoot.querySelector('img');
      return picture.complete && picture.checkVisibility({ visibilityProperty: true }) === wanted;
    }, [`live-${widget}`, isVisible]);
    await show('/red.png');
    await settled(true);
    const whole = await seen(page, widget);
    assert.equal(whole.hasLoaded, true);
    assert.ok(whole.width >= 48 && whole.height === whole.width, JSON.stringify(whole));
    for (const lost of ['/nowhere.png', '/text.png']) {
      await show(lost);
      await settled(false);
      assert.deepEqual(await seen(page, widget), { ...whole, isVisible: false, hasLoaded: false }, 'nothing moves');
      await page.locator(`live-${widget}`).getByText('Red', { exact: true }).first().waitFor();
    }
    await show('/red.png');
    await settled(true);
    assert.deepEqual(await seen(page, widget), whole, 'the next one that loads is seen');
  });
}

test('P2: an option with a picture is chosen by its picture', async (run) => {
  const page = await open(browser, site.page('<live-room><live-poll></live-poll></live-room>'));
  run.after(() => page.context().close());
  await page.evaluate((message) => kit.room().receive(message), CARDS.poll('/red.png'));
  const picture = page.locator('live-poll img');
  await picture.waitFor();
  await page.waitForFunction(() => document.querySelector('live-poll').shadowRoot.querySelector('img').naturalWidth === 1);
  assert.equal(await picture.getAttribute('alt'), '', 'the name stands beside it');
  await picture.click();
  assert.equal(await page.getByLabel('Red').isChecked(), true);
});
