// A hundred widgets of all four kinds, mounted into a page and taken out again, 20 times: what stays behind.
//
// The page's first two rounds fill what is kept on purpose (styles, words, pools of the engine) and are not counted. listeners, nodes and
// heap_kb are what Chromium counts (Performance.getMetrics) after its garbage is collected, once before and once after the 20 rounds;
// wasm_kb is the module's memory, which can only grow. round_ms is the middle round, from the first widget put in until all are gone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browse, open, serve } from '../browser/harness.mjs';

const EACH = 25;
const ROUNDS = 20;
const WARM = 2;
// A round that leaves a listener or a node for each widget leaves 2,000 of them; these are far below.
const SPARE = { listeners: 20, nodes: 50, heap_kb: 512, wasm_kb: 64 };

const wire = (name) => JSON.parse(readFileSync(join(import.meta.dirname, `../wire/from_room.${name}.json`), 'utf8')).news;
// Without the pictures, which are elsewhere and are loaded by the browser in its own time.
const news = JSON.parse(JSON.stringify(['news-page', 'news-lottery', 'news-qna', 'news-deal'].flatMap(wire), (key, value) => (key === 'image' ? undefined : value)));

/** Runs in the page before anything else: keeps hold of the memory of every module. */
function remember() {
  window.memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await real.apply(WebAssembly, given);
      const { memory } = (made.instance ?? made).exports;
      if (memory) window.memories.push(memory);
      return made;
    };
  }
}

/** Runs in the page: mounts all, waits until each shows its card, takes all out, and says how long it took. */
async function round(each) {
  const room = document.querySelector('live-room');
  const began = performance.now();
  for (let number = 0; number < each; number += 1) {
    for (const kind of ['poll', 'lottery', 'qna', 'deal']) room.append(document.createElement(`live-${kind}`));
  }
  const frame = () => new Promise(requestAnimationFrame);
  const all = [...room.children];
  const late = began + 10_000;
  while (!all.every((widget) => widget.shadowRoot?.querySelector('[part~=base]'))) {
    if (performance.now() > late) throw new Error(`not drawn: ${[...new Set(all.filter((widget) => !widget.shadowRoot?.querySelector('[part~=base]')).map(({ localName }) => localName))]}`);
    await frame();
  }
  room.replaceChildren();
  for (let turn = 0; turn < 3; turn += 1) await frame();
  kit.heard.length = 0;
  return performance.now() - began;
}

const server = await serve();
const browser = await browse();
const page = await open(browser, server.page('<p>Mounts</p>'));
await page.addInitScript(remember);
await page.reload();
await page.evaluate(async (told) => {
  await customElements.whenDefined('live-room');
  document.body.append(document.createElement('live-room'));
  kit.room().receive({ type: 'news', news: told });
}, news);

const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable');

/** What the page holds, its garbage collected. */
async function held() {
  for (let turn = 0; turn < 3; turn += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
  const wasm = await page.evaluate(() => window.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
  return { listeners: of('JSEventListeners'), nodes: of('Nodes'), heap_kb: Math.round(of('JSHeapUsedSize') / 1_024), wasm_kb: wasm / 1_024 };
}

for (let turn = 0; turn < WARM; turn += 1) await page.evaluate(round, EACH);
const before = await held();
const times = [];
for (let turn = 0; turn < ROUNDS; turn += 1) times.push(await page.evaluate(round, EACH));
const after = await held();

const say = (figure, value, unit) => console.log(JSON.stringify({ bench: 'mounts', who: 'liveroom', figure, value, unit }));
const units = { listeners: 'listeners', nodes: 'nodes', heap_kb: 'kB', wasm_kb: 'kB' };
let well = page.faults.length === 0;
for (const [figure, spare] of Object.entries(SPARE)) {
  say(`${figure}_before`, before[figure], units[figure]);
  say(`${figure}_after`, after[figure], units[figure]);
  if (after[figure] <= before[figure] + spare) continue;
  well = false;
  console.error(`${figure}: ${before[figure]} before, ${after[figure]} after ${ROUNDS} rounds`);
}
if (page.faults.length > 0) console.error(page.faults.join('\n'));
times.sort((one, other) => one - other);
say('round_ms', Math.round(times[ROUNDS / 2] * 10) / 10, 'ms');
say('back_to_the_start', Number(well), '1 if it is');
await browser.close();
server.stop();
process.exit(well ? 0 : 1);
