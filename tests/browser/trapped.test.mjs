// Traps as the machine makes them, wherever the browser calls the module, and whatever type its server says that it has.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, poll } from './harness.mjs';
import { TRAPS, serveRigged } from './rigged.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const SERVERS = { 'its own type': 'application/wasm', 'no type of its own': 'application/octet-stream' };
const ROOM = '<live-room><live-poll></live-poll></live-room>';
const sites = {};
let browser;

before(async () => {
  browser = await browse();
  for (const [name, type] of Object.entries(SERVERS)) sites[name] = await serveRigged(type);
});
after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) site.stop();
});

/* A page that counts what reaches its window as errors, before the kit takes it, and what reaches the page itself. */
async function visit(run, site, body = ROOM, options) {
  const page = await open(browser, 'about:blank');
  run.after(() => page.context().close());
  page.exceptions = [];
  page.on('pageerror', (error) => page.exceptions.push(String(error)));
  await page.addInitScript(() => {
    window.unguarded = 0;
    for (const name of ['error', 'unhandledrejection']) addEventListener(name, () => (window.unguarded += 1), true);
    /* The exports of the instance that there is now. */
    window.exportsOf = async (glue) => (await import(glue)).default();
  });
  await page.goto(sites[site].page(body, options));
  return page;
}

const tell = (page, news) => page.evaluate((message) => kit.room().receive(message), news);
const shown = (page, text) => page.locator('live-poll').getByText(text, { exact: true }).first().waitFor();
const errors = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));
const isReady = (page) => page.waitForFunction(() => kit.room().status.wasm === 'ready');
const until = (page, name, want) => page.evaluate(([event, detail]) => kit.until(event, detail), [name, want]);

/* What the module traps in: each is given what arms it. */
const PLACES = {
  'an event': async (page, kind) => {
    await page.evaluate(async (kind) => {
      const { armed } = await exportsOf('/kit/elements.js');
      addEventListener('click', () => (armed.value = kind), { capture: true, once: true });
    }, kind);
    await page.getByRole('button', { name: 'Vote', exact: true }).click();
  },
  'a microtask': (page, kind) => page.evaluate(async (kind) => {
    const { armed } = await exportsOf('/kit/elements.js');
    document.querySelector('live-poll').shadowRoot.querySelector('input').click();
    /* What was clicked is drawn after this. */
    armed.value = kind;
  }, kind),
  'a call of the page': (page, kind) => page.evaluate(async (kind) => {
    const { armed } = await exportsOf('/kit/elements.js');
    armed.value = kind;
    kit.room().receive({ type: 'tomorrow' });
  }, kind),
};

for (const site of Object.keys(SERVERS)) {
  for (const [place, trap] of Object.entries(PLACES)) {
    for (const [name, kind] of Object.entries(TRAPS)) {
      test(`${name} in ${place} is one live-error, and all is shown again: a module served with ${site}`, async (run) => {
        const page = await visit(run, site);
        await tell(page, poll('colour', { votes: [3, 5], rev: 4 }));
        await shown(page, '8 voters');
        await page.getByLabel('Blue').check();
        await trap(page, kind);
        await until(page, 'live-error', { code: 'trap' });
        assert.equal(await page.evaluate(() => unguarded > 0), place !== 'a call of the page', 'it was where it was to be');
        await isReady(page);
        await tell(page, poll('colour', { question: 'And now?', votes: [4, 5], rev: 5 }));
        await shown(page, 'And now?');
        await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: true })));
        await page.getByLabel('Red').check();
        await page.getByRole('button', { name: 'Vote', exact: true }).click();
        await shown(page, 'Vote counted');
        assert.deepEqual([await errors(page), page.exceptions], [['trap'], []]);
      });
    }
  }

  test(`a module that traps at every turn is plain forms in the end: served with ${site}`, async (run) => {
    const page = await visit(run, site);
    await tell(page, poll('colour', { rev: 1 }));
    await shown(page, 'Which colour next?');
    await page.evaluate(() => {
      const arm = async () => {
        if (kit.room().status.wasm === 'failed') return;
        const { armed } = await exportsOf('/kit/elements.js');
        armed.value = 1;
        setTimeout(arm, 20);
      };
      return arm();
    });
    let rev = 1;
    while ((await errors(page)).length < 5) {
      rev += 1;
      await tell(page, poll('colour', { votes: [rev, 0], rev }));
    }
    await page.waitForFunction(() => kit.room().status.wasm === 'failed');
    await tell(page, poll('colour', { question: 'Plainly?', rev: rev + 1 }));
    await shown(page, 'Plainly?');
    await page.evaluate(() => addEventListener('live-act', (event) => event.respondWith({ ok: true })));
    await page.getByLabel('Red').check();
    await page.getByRole('button', { name: 'Vote' }).click();
    await until(page, 'live-outcome', { ok: true });
    assert.deepEqual([new Set(await errors(page)), page.exceptions], [new Set(['trap']), []]);
  });

  test(`a trap of another module is the page's own: the kit's is served with ${site}`, async (run) => {
    const page = await visit(run, site);
    await tell(page, poll('colour', { rev: 1 }));
    await shown(page, 'Which colour next?');
    const exception = page.waitForEvent('pageerror');
    await page.evaluate(async () => {
      /* One function, `a`, that is unreachable. */
      const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 5, 1, 3, 0, 0, 11);
      const { instance } = await WebAssembly.instantiate(bytes);
      setTimeout(() => instance.exports.a());
    });
    assert.match(String(await exception), /unreachable/);
    await tell(page, poll('colour', { votes: [1, 1], rev: 2 }));
    await shown(page, '2 voters');
    assert.deepEqual(await errors(page), []);
  });

  test(`a desk that traps in an event begins again from what was kept: served with ${site}`, async (run) => {
    const body = '<live-room room="den" server="local:"><live-studio></live-studio></live-room>';
    const head = '<script type="module" src="/kit/studio.js"></script>';
    const page = await visit(run, site, body, { head });
    const desk = page.locator('live-studio');
    await desk.getByText('Off air').waitFor();
    await desk.getByLabel('Question', { exact: true }).fill('Kept?');
    let times = 0;
    for (const kind of Object.values(TRAPS)) {
      await page.evaluate(async (kind) => {
        const { armed } = await exportsOf('/kit/studio-glue.js');
        addEventListener('keydown', () => (armed.value = kind), { capture: true, once: true });
      }, kind);
      await desk.getByLabel('Option 1', { exact: true }).press('Enter');
      times += 1;
      await page.waitForFunction((times) => kit.heard.filter(({ detail }) => detail?.code === 'trap').length === times, times);
      await desk.getByText('Off air').waitFor();
      assert.equal(await desk.getByLabel('Question', { exact: true }).inputValue(), 'Kept?');
    }
    assert.deepEqual([await errors(page), page.exceptions], [Array(times).fill('trap'), []]);
  });
}
