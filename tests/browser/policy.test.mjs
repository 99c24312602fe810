// The README's policy as it stands there, with page, kit, room server, endpoint and pictures each at an origin of its own.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { collect } from './endpoint.mjs';
import { browse, open, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const RED = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');
const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];
let browser;
let policy;
let all;

before(async () => {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  policy = readme.match(/```policy\n([^]*?)```/)[1].trim();
  const pictures = await serve((request, response) => request.url === '/red.png' && Boolean(response.writeHead(200, { 'content-type': 'image/png' }).end(RED)));
  all = { page: await serve(), kit: await serve(), pictures, room: await start(), report: await collect() };
  browser = await browse();
});
after(async () => {
  await browser?.close();
  for (const each of Object.values(all ?? {})) await each.stop();
});

/* The printed policy with these origins in their places, and Trusted Types required. On loopback it is `http:`, and a socket `ws:`. */
function filled() {
  const { kit, room, report, pictures } = all;
  const names = { 'wss://ROOM': room.address.replace('http', 'ws'), 'https://ROOM': room.address, KIT: kit.address, REPORT: report.address, PICTURES: pictures.address };
  const text = policy.replace(/(wss|https):\/\/ROOM|KIT|REPORT|PICTURES/g, (name) => names[name]);
  return `${text}; require-trusted-types-for 'script'; trusted-types 'none'`;
}

test('all four widgets are taken part in and reported under the printed policy, and it is never broken', async (run) => {
  const { page: site, kit, room, report } = all;
  assert.equal(new Set(Object.values(all).map(({ address }) => new URL(address).origin)).size, 5);
  for (const command of [
    { type: 'poll.open', question: 'Tea?', options: ['Green', 'Black'] },
    { type: 'lottery.open', title: 'Win tea', prizes: [{ name: 'Tea' }] },
    { type: 'qna.open', title: 'Ask about tea' },
    { type: 'deal.open', title: 'Tea', sku: 't', price: { amount: '1.00', currency: 'EUR' }, variants: [{ stock: 5 }] },
  ]) assert.equal((await room.command(command)).ok, true);
  const token = await room.token('viewer', { sub: 'ana' });
  const body = `<live-room room="demo" server="${room.address}" token="${token}" report="${report.address}/reports" consent="granted">${WIDGETS.map((widget) => `<live-${widget}></live-${widget}>`).join('')}</live-room>`;
  const page = await open(browser, site.page(body, { policy: filled(), kit: `${kit.address}/kit/liveroom.js` }));
  run.after(() => page.context().close());
  await page.evaluate(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => window.broken.push(`${violatedDirective} ${blockedURI}`));
  });
  const press = (widget, name) => page.locator(`live-${widget}`).getByRole('button', { name, exact: true }).click();
  await page.getByLabel('Green').check();
  await press('poll', 'Vote');
  await press('lottery', 'Enter the draw');
  await page.locator('live-qna').getByRole('textbox', { name: 'Your question' }).fill('Is it green?');
  await press('qna', 'Ask');
  await press('deal', 'Reserve');
  for (const [widget, text] of [['poll', 'Vote counted'], ['lottery', 'You are in the draw'], ['qna', 'Waits for approval'], ['deal', 'Reserved for you']]) {
    await page.locator(`live-${widget}`).getByText(text).first().waitFor();
  }
  for (const widget of WIDGETS) await report.until(() => report.reports(`live.${widget}.outcome`).length, `reports of ${widget}`);
  assert.equal(await page.evaluate(() => kit.room().status.connection), 'live', 'by the socket');
  assert.deepEqual(await page.evaluate(() => window.broken), []);
  assert.deepEqual(page.faults, []);
});

test('pictures of the named origin are shown under the printed policy, and those of another are not asked for', async (run) => {
  const { page: site, kit, pictures, report } = all;
  const page = await open(browser, site.page('<live-room><live-poll></live-poll></live-room>', { policy: filled(), kit: `${kit.address}/kit/liveroom.js` }));
  run.after(() => page.context().close());
  const option = (id, image) => ({ id, text: id, image });
  await page.evaluate((options) => kit.room().receive({
    type: 'news',
    news: [{ activity: 'tea', card: { widget: 'poll', question: 'Tea?', options }, tally: { widget: 'poll', phase: 'open', voters: 0 } }],
  }), [option('named', `${pictures.address}/red.png`), option('other', `${report.address}/red.png`)]);
  const shown = () => page.locator('live-poll img').evaluateAll((all_) => all_.map((picture) => picture.complete && picture.checkVisibility({ visibilityProperty: true })));
  await page.waitForFunction(() => document.querySelector('live-poll').shadowRoot?.querySelector('img')?.naturalWidth === 1);
  await page.waitForFunction(() => document.querySelector('live-poll').shadowRoot.querySelectorAll('.lost').length === 1);
  assert.deepEqual(await shown(), [true, false]);
});
