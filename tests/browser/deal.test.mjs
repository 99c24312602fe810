// A deal on a page that drives its room: claimed, ordered by the page's cart, failed, given back; whatever the cart does.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open, POLICY, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
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

const NOW = Date.now();
const PRICE = { amount: '69.00', currency: 'EUR' };

/* News of a deal as a page that drives its room writes it. */
const deal = ({ phase = 'open', left = 5, reserved = 0, sold = 0, claims, rev = 1, at = NOW, opens_at, closes_at, ...card } = {}) => ({
  type: 'news',
  at,
  news: [{
    activity: 'jacket',
    run: 1,
    rev,
    card: { widget: 'deal', title: 'Rain jacket', sku: 'jacket-1', price: PRICE, variants: [{ id: 'm' }], limit: 1, reserve_ms: 120_000, seller: {}, ...card },
    tally: { widget: 'deal', phase, opens_at, closes_at, stock: [{ left, reserved, ordering: 0, sold, total: left + reserved + sold }] },
    ...(claims && { mine: { widget: 'deal', claims } }),
  }],
});
const claim = (more = {}) => ({ claim: 'c1', variant: 'm', quantity: 1, standing: 'reserved', until: NOW + 120_000, price: PRICE, ticket: 'e30.e30.e30', ...more });

/* A page with a deal, whose room takes every act: a claim becomes the one of the test. */
async function stage(run, news = deal(), { listen = () => {}, given = [claim()], options } = {}) {
  const page = await open(browser, server.page('<main><h1>A show</h1><live-room><live-deal></live-deal></live-room></main>', options));
  run.after(() => page.context().close());
  await page.evaluate((claims) => {
    window.acts = [];
    addEventListener('live-act', (event) => {
      const { action } = event.detail;
      window.acts.push(action.order?.step ?? action.type);
      window.last = action;
      event.respondWith(action.type === 'deal.claim' ? { ok: true, mine: { claims } } : { ok: true });
    });
  }, given);
  await page.evaluate(listen);
  await page.evaluate((message) => kit.room().receive(message), news);
  await page.locator('live-deal').getByText('Rain jacket').first().waitFor();
  return page;
}

const tell = (page, news) => page.evaluate((message) => kit.room().receive(message), news);
const shown = (page, text) => page.locator('live-deal').getByText(text).first().waitFor();
const press = (page, name) => page.locator('live-deal').getByRole('button', { name, exact: true }).click();
const acts = (page) => page.evaluate(() => window.acts);
const codes = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));

test('D1, E2: prices are written by the browser, and nothing stumbles', async (run) => {
  const page = await stage(run, deal({ before: '99.00', lowest_30_days: '79.00', seller: { name: 'Example', returns: 'https://shop.example/r' } }));
  await shown(page, '€69.00');
  await shown(page, 'Lowest price of the last 30 days: €79.00');
  assert.equal(await page.locator('live-deal s').textContent(), '€99.00');
  assert.deepEqual(await findings(page), []);
  await tell(page, deal({ rev: 2, price: { amount: '1.2345', currency: 'XTS' } }));
  await shown(page, '1.2345');
  assert.deepEqual(page.faults, []);
});

test('D2: an announced deal counts down to its opening, and an open one to its end', async (run) => {
  const page = await stage(run, deal({ phase: 'ready', opens_at: NOW + 95_000 }));
  await shown(page, /^1:3\d$/);
  await tell(page, deal({ rev: 2, closes_at: NOW + 60_000, opened_at: NOW }));
  await shown(page, /^(1:00|0:5\d)$/);
  await tell(page, deal({ rev: 3, phase: 'closed' }));
  await shown(page, 'Ended');
});

test('D3: what is left is said as it is, and sold out is a state', async (run) => {
  const page = await stage(run, deal({ left: 2 }));
  await shown(page, '2 left');
  assert.equal(await page.getByText('counted by the room').count(), 0, 'a page counts for itself');
  await tell(page, deal({ rev: 2, left: 0, reserved: 3 }));
  await shown(page, 'none left, 3 more are reserved');
  await tell(page, deal({ rev: 3, left: 0, sold: 5 }));
  await shown(page, 'Sold out');
});

test('D4: a claim is reserved for its time, and can be given back', async (run) => {
  const page = await stage(run);
  await press(page, 'Reserve');
  await shown(page, 'Reserved for you');
  assert.deepEqual(await findings(page), []);
  await press(page, 'Give it back');
  await shown(page, 'No longer reserved');
  assert.deepEqual(await acts(page), ['deal.claim', 'deal.release']);
});

test('D5: one press claims and orders, and the cart is given what it needs', async (run) => {
  const page = await stage(run, deal(), { listen: () => {
    kit.room().order = (given, signal) => {
      window.given = [given, signal instanceof AbortSignal];
      return new Promise((resolve) => (window.answer = resolve));
    };
  } });
  await press(page, 'Buy now');
  await shown(page, 'The shop is confirming');
  await page.waitForFunction(() => window.answer);
  const until = NOW + 120_000;
  assert.deepEqual(await page.evaluate(() => window.given), [{ claim: 'c1', ticket: 'e30.e30.e30', sku: 'jacket-1', variant: 'm', quantity: 1, price: '69.00', currency: 'EUR', until }, true]);
  await page.evaluate(() => window.answer({ ok: true, order: 'A-118', value: 69 }));
  await shown(page, 'A-118');
  assert.deepEqual(await acts(page), ['deal.claim', 'begun', 'taken']);
  assert.deepEqual(await page.evaluate(() => window.last.order), { step: 'taken', order: 'A-118', value: { amount: '69', currency: 'EUR' } });
  assert.deepEqual(await findings(page), []);
});

for (const [reason, words] of Object.entries({ 'out-of-stock': 'the shop has none left', 'needs-sign-in': 'sign in on this page', 'payment-failed': 'the payment failed', other: 'something went wrong' })) {
  test(`D5: an order that failed (${reason}) says what to do, and is ordered again only by a press`, async (run) => {
    const page = await stage(run, deal(), { listen: () => {
      window.calls = 0;
      kit.room().order = () => {
        window.calls += 1;
        return { ok: false, reason: window.reason };
      };
    } });
    await page.evaluate((why) => (window.reason = why), reason);
    await press(page, 'Buy now');
    await shown(page, words);
    assert.equal(await page.evaluate(() => window.calls), 1);
    await press(page, 'Order again');
    await page.waitForFunction(() => window.calls === 2);
  });
}

test('D5: a cart that throws or answers nonsense breaks nothing', async (run) => {
  const page = await stage(run, deal(), { listen: () => {
    const answers = [() => { throw new Error('no cart'); }, () => undefined, () => ({ ok: 'yes' }), () => ({ ok: false, reason: 'bored' })];
    kit.room().order = () => answers[(window.turn = (window.turn ?? -1) + 1)]();
  } });
  await press(page, 'Buy now');
  for (const turn of [1, 2, 3]) {
    await shown(page, 'something went wrong');
    await press(page, 'Order again');
    await page.waitForFunction((wanted) => window.acts.filter((act) => act === 'failed').length === wanted, turn + 1);
  }
  assert.deepEqual(await codes(page), ['order', 'order', 'order', 'order']);
});

test('D5: a cart that hangs is told to stop when the claim ends, and given up five seconds later', async (run) => {
  const page = await open(browser, server.page('<live-room><live-deal></live-deal></live-room>'));
  run.after(() => page.context().close());
  await page.clock.install({ time: NOW });
  await page.evaluate(() => {
    window.acts = [];
    addEventListener('live-act', (event) => {
      window.acts.push(event.detail.action.order?.step);
      event.respondWith({ ok: true });
    });
    kit.room().order = (_, signal) => {
      window.signal = signal;
      return new Promise(() => {});
    };
  });
  /* Only what is said passes, however slow this machine is. */
  await page.clock.pauseAt(NOW + 60_000);
  await tell(page, deal({ claims: [claim({ until: NOW + 30_000 })] }));
  await page.clock.runFor(1_000);
  await press(page, 'Order now');
  await page.clock.runFor(1_000);
  assert.equal(await page.evaluate(() => window.signal.aborted), false);
  await page.clock.runFor(29_000);
  assert.equal(await page.evaluate(() => window.signal.aborted), true);
  assert.deepEqual(await acts(page), ['begun']);
  await page.clock.runFor(5_000);
  assert.deepEqual(await acts(page), ['begun', 'failed']);
});

test('D5: a page loaded in the middle of an order asks nobody to pay again', async (run) => {
  const page = await stage(run, deal({ claims: [claim({ standing: 'ordering' })] }), { listen: () => {
    kit.room().order = () => (window.called = true);
  } });
  await shown(page, 'The shop is confirming');
  await tell(page, deal({ rev: 2, claims: [claim({ standing: 'sold', order: 'A-1' })] }));
  await shown(page, 'Ordered');
  assert.equal(await page.evaluate(() => window.called), undefined);
  assert.deepEqual(await acts(page), []);
});

test('D5: an answer that comes while the module is trapped is told by the next one', async (run) => {
  const page = await stage(run, deal(), { listen: () => {
    window.calls = 0;
    kit.room().order = () => {
      window.calls += 1;
      return new Promise((resolve) => (window.answer = resolve));
    };
    const create = Document.prototype.createTextNode;
    Document.prototype.createTextNode = function (text) {
      if (window.poison && text.includes(window.poison)) throw new Error('made to fail');
      return create.call(this, text);
    };
  } });
  await press(page, 'Buy now');
  await page.waitForFunction(() => window.answer);
  await page.evaluate(() => (window.poison = 'Bad'));
  await tell(page, deal({ rev: 2, cancelled: 'Bad price' }));
  await page.waitForFunction(() => kit.heard.some(({ detail }) => detail?.code === 'trap'));
  await page.evaluate(() => {
    window.poison = undefined;
    window.answer({ ok: true, order: 'A-7' });
  });
  await page.waitForFunction(() => window.acts.includes('taken'));
  assert.equal(await page.evaluate(() => window.calls), 1);
});

test('D5: without a cart there is a code to copy, or a link that carries the ticket', async (run) => {
  const page = await stage(run, deal({ by: { kind: 'code' }, claims: [claim({ code: 'SUMMER-1' })] }));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await shown(page, 'SUMMER-1');
  await press(page, 'Copy the code');
  await shown(page, 'Code copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'SUMMER-1');
  await tell(page, deal({ rev: 2, by: { kind: 'link', address: 'https://shop.example/b' }, claims: [claim()] }));
  const link = page.getByRole('link', { name: 'Go to the shop' });
  assert.equal(await link.getAttribute('href'), 'https://shop.example/b#ticket=e30.e30.e30');
});

test('D6: a hidden price is not shown, and a member sees the price of the own tier', async (run) => {
  const page = await stage(run, deal({ price: undefined }));
  await shown(page, 'The price is not shown yet.');
  const token = `e30.${Buffer.from(JSON.stringify({ tier: 'Gold', exp: 4e9 })).toString('base64url')}.e30`;
  await page.evaluate((text) => kit.room().setAttribute('token', text), token);
  await tell(page, deal({ rev: 2, member_prices: [{ tier: 'Gold', price: '59.00' }] }));
  await shown(page, 'your price');
  assert.equal(await page.locator('live-deal strong').textContent(), '€59.00');
});

test('D8: variants are chosen by key, and the shop fills what the card lacks', async (run) => {
  const page = await stage(run, deal({ image: '/a.png', variants: [{ id: 's' }, { id: 'm', name: 'Medium' }], limit: 3 }), { listen: () => {
    kit.room().product = (sku) => ({ title: 'Not this', variants: [{ id: 's', name: `Small ${sku}` }] });
  } });
  await page.getByRole('radio', { name: /Small jacket-1/ }).focus();
  await page.keyboard.press('Space');
  await press(page, 'One more; now 1');
  await press(page, 'Reserve');
  await page.waitForFunction(() => window.last);
  assert.deepEqual(await page.evaluate(() => window.last), { type: 'deal.claim', variant: 's', quantity: 2 });
  assert.equal(await page.getByText('Not this').count(), 0);
});

test('R2: an order is reported once, with its value', async (run) => {
  const page = await stage(run, deal(), { listen: () => {
    kit.room().setAttribute('consent', 'granted');
    kit.room().order = () => ({ ok: true });
  } });
  await press(page, 'Buy now');
  const { detail } = await page.evaluate(() => kit.until('live-engagement', { type: 'live.deal.order' }));
  assert.deepEqual([detail.data.value, detail.data.currency], ['69.00', 'EUR']);
});

test('E8: no token of a page hides the label, and the card can be reported', async (run) => {
  const head = '<style>live-deal{--live-ink:#fff;--live-ground:#fff;--live-font:nothing}live-deal::part(base){color:#fff}</style>';
  const page = await stage(run, deal({ about: { ad: 'Ad' } }), { options: { head, policy: POLICY.replace("img-src", "style-src 'unsafe-inline'; img-src") } });
  const { color, background } = await page.locator('live-deal .ad').evaluate((label) => ({ color: getComputedStyle(label).color, background: getComputedStyle(label).backgroundColor }));
  assert.deepEqual([color, background], ['rgb(61, 43, 0)', 'rgb(255, 233, 176)']);
  await page.getByText('Report this').click();
  await press(page, 'Misleading or false');
  await shown(page, 'Reported. Thank you.');
  assert.deepEqual(await acts(page), ['flag']);
});
