// A storm of updates into a widget on a page: the kit's, and the same widget by its peers, in one run.
//
// busy_ms is what Chromium counts as the duration of the main thread's tasks (TaskDuration of Performance.getMetrics) from before the
// first update until the last is shown; the worker that makes the updates has a thread of its own. cpu_ms is the processor time of the
// same thread in the same time (ThreadTime): a machine that is busy with other things does not lengthen it. frames counts animation
// frames. longest_task_ms comes from a second pass that is traced.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { POLICY, browse, open, serve } from '../browser/harness.mjs';
import { css } from './sheets.mjs';
import { longest } from './storm/trace.mjs';

const SECONDS = 10;

const here = (...parts) => join(import.meta.dirname, ...parts);
const { build } = createRequire(here('../../demo/package.json'))('esbuild');

/** Runs the benchmark of this name, whose page, worker and peers lie in its folder; ends the process, with 1 unless all was exact.

    `rate`: updates a second. `figure`: what is said to be exact. `wrong(told)`: what is wrong at the end of a peer's page, in words; '' for nothing. */
export async function storm({ bench, widget, rate, peers, figure, wrong }) {
  const files = new Map([['/bench/worker.js', readFileSync(here(bench, 'worker.js'), 'utf8')]]);
  for (const peer of peers) files.set(`/bench/${peer}.js`, await script(bench, widget, peer));
  const server = await serve((request, response) => {
    const text = files.get(request.url);
    if (text === undefined) return false;
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(text);
    return true;
  });
  const say = (who, name, value, unit) => console.log(JSON.stringify({ bench, who, figure: name, value, unit }));
  const browser = await browse();
  let exact = true;
  for (const peer of peers) {
    const told = await busy(browser, server, peer, rate);
    const fault = wrong(told);
    exact &&= !fault;
    say(peer, 'busy_ms', told.busy, 'ms');
    say(peer, 'cpu_ms', told.cpu, 'ms');
    say(peer, 'frames', told.frames, 'frames');
    say(peer, 'longest_task_ms', await longestTask(browser, server, peer, rate), 'ms');
    say(peer, figure, Number(!fault), '1 if it is');
    if (fault) console.error(`${peer} shows ${fault}`);
  }
  await browser.close();
  server.stop();
  process.exit(exact ? 0 : 1);
}

/** The page's script with one of the peers in it, as a developer would ship it. */
async function script(bench, widget, peer) {
  const { outputFiles: [file] } = await build({
    entryPoints: [here(bench, 'page.js')],
    alias: { peer: here(bench, `${peer}.js`) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    define: { CSS: JSON.stringify(css(widget)) },
    logLevel: 'warning',
  });
  return file.text;
}

// Lit asks for a Trusted Types policy of its own and writes style elements where sheets cannot be adopted.
const policy = POLICY.replace(/; require-trusted-types.*/, '');

/** A page with one of the peers, at rest. */
async function page(browser, server, peer) {
  const kit = peer === 'liveroom' ? '/kit/liveroom.js' : '';
  const body = `<script type="module" src="/bench/${peer}.js"></script>`;
  const opened = await open(browser, server.page(body, { policy, kit }), { viewport: { width: 400, height: 800 } });
  await opened.waitForFunction(() => window.settled);
  await opened.evaluate(() => window.settled());
  // What the page's start left to do is done.
  await opened.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  return opened;
}

async function busy(browser, server, peer, rate) {
  const tab = await page(browser, server, peer);
  const session = await tab.context().newCDPSession(tab);
  await session.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value * 1_000]));
  const before = await metrics();
  const told = await tab.evaluate(([each, seconds]) => window.storm(each, seconds), [rate, SECONDS]);
  const after = await metrics();
  await tab.context().close();
  const spent = (name) => Math.round((after[name] - before[name]) * 10) / 10;
  console.error(`${peer}: script ${spent('ScriptDuration')} ms, style ${spent('RecalcStyleDuration')} ms, layout ${spent('LayoutDuration')} ms`);
  return { ...told, busy: spent('TaskDuration'), cpu: spent('ThreadTime') };
}

/** The longest task of the main thread, in milliseconds. */
async function longestTask(browser, server, peer, rate) {
  const tab = await page(browser, server, peer);
  const found = await longest(browser, tab, () => tab.evaluate(([each, seconds]) => window.storm(each, seconds), [rate, SECONDS]));
  await tab.context().close();
  return found;
}
