// E8: the label of an advertisement on every card and in the overlay, and what viewers report at the desk.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { sit, view } from './desk.mjs';
import { browse, open } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 90_000 }, work);
const AD = { ad: 'Anzeige: Example AG' };
const CARDS = {
  poll: { type: 'poll.open', question: 'Tea?', options: ['Green', 'Black'] },
  lottery: { type: 'lottery.open', title: 'Win tea', prizes: [{ name: 'Tea' }] },
  qna: { type: 'qna.open', title: 'Ask about tea' },
  deal: { type: 'deal.open', title: 'Tea', sku: 't', price: { amount: '1.00', currency: 'EUR' }, variants: [{ stock: 5 }] },
};
let browser;

before(async () => {
  browser = await browse();
});
after(() => browser?.close());

/* What a viewer can see of a label: its colours, and that nothing hides it. */
const look = (label) => label.evaluate((ad) => {
  const { color, backgroundColor, opacity } = getComputedStyle(ad);
  return { text: ad.textContent, color, backgroundColor, opacity, isVisible: ad.checkVisibility({ visibilityProperty: true, opacityProperty: true }) };
});
const PLAIN = { text: AD.ad, color: 'rgb(61, 43, 0)', backgroundColor: 'rgb(255, 233, 176)', opacity: '1', isVisible: true };

/* In the page: what a page might try to hide or blend a label with, in the page and through what the kit lets it style. */
function blend() {
  const sheet = new CSSStyleSheet();
  const tokens = ['accent', 'ground', 'ink', 'line', 'good', 'warn'].map((name) => `--live-${name}: #ffe9b0;`).join('');
  sheet.replaceSync(`live-room, live-room > *, :root { ${tokens} } ::part(base) { color: #ffe9b0 } ::part(ad), .ad { display: none !important; opacity: 0 !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

for (const [widget, command] of Object.entries(CARDS)) {
  test(`E8: a ${widget} is reported by viewers, and the desk says by how many; its label is shown on pages and in the overlay`, async (run) => {
    const desk = await sit(browser, run);
    const { server } = desk;
    const { ok, activity } = await server.command({ ...command, about: AD });
    assert.equal(ok, true);
    await desk.row.waitFor();
    assert.equal(await desk.row.getByText(/Reported by/).count(), 0);
    for (const [name, said] of [['Ana', 'Reported by 1 viewer'], ['Bo', 'Reported by 2 viewers']]) {
      const page = await view(browser, run, server, name);
      const card = page.locator(`live-${widget}`);
      await card.locator('.ad').waitFor();
      await page.evaluate(blend);
      assert.deepEqual(await look(card.locator('.ad')), PLAIN);
      await card.getByText('Report this').click();
      await card.getByRole('button', { name: 'Misleading or false' }).click();
      await card.getByText('Reported. Thank you.').waitFor();
      await desk.says(said);
    }
    const overlay = await open(browser, `${server.address}/overlay`, { viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
    run.after(() => overlay.context().close());
    const label = overlay.locator(`live-${widget} .ad`);
    await label.waitFor();
    await overlay.evaluate(blend);
    assert.deepEqual(await look(label), PLAIN);
    assert.equal(await overlay.getByText('Report this').count(), 0, 'nobody can press anything in a picture');
    assert.equal((await server.command({ type: 'put_away', activity })).ok, true);
  });
}
