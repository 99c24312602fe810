// A storm of votes into a list of 5,000 questions on a page: the kit's, and the same list in Lit, in one run.
//
// busy_ms is what Chromium counts as the duration of the main thread's tasks (TaskDuration of Performance.getMetrics) from before the
// first update until the last is shown; the worker that makes the updates has a thread of its own. cpu_ms is the processor time of the
// same thread in the same time (ThreadTime): a machine that is busy with other things does not lengthen it. frames counts animation
// frames. longest_task_ms comes from a second pass that is traced. Lit puts its rows in order with every vote; the kit every two seconds at most.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { POLICY, browse, open, serve } from '../browser/harness.mjs';
import { css } from './sheets.mjs';

const RATE = 200;
const SECONDS = 10;
const PEERS = ['liveroom', 'lit'];

const here = (...parts) => join(import.meta.dirname, ...parts);
const { build } = createRequire(here('../../demo/package.json'))('esbuild');

/** The page's script with one of the lists in it, as a developer would ship it. */
async function script(peer) {
  const { outputFiles: [file] } = await build({
    entryPoints: [here('questions/page.js')],
    alias: { list: here(`questions/${peer}.js`) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    define: { CSS: JSON.stringify(css('qna')) },
    logLevel: 'warning',
  });
  return file.text;
}

const files = new Map([['/bench/worker.js', readFileSync(here('questions/worker.js'), 'utf8')]]);
for (const peer of PEERS) files.set(`/bench/${peer}.js`, await script(peer));

const server = await serve((request, response) => {
  const text = files.get(request.url);
  if (text === undefined) return false;
  response.writeHead(200, { 'content-type': 'text/javascript' }).end(text);
  return true;
});
// Lit asks for a Trusted Types policy of its own and writes style elements where sheets cannot be adopted.
const policy = POLICY.replace(/; require-trusted-types.*/, '');

/** A page with one of the lists, at rest. */
async function page(browser, peer) {
  const kit = peer === 'liveroom' ? '/kit/liveroom.js' : '';
  const body = `<script type="module" src="/bench/${peer}.js"></script>`;
  const opened = await open(browser, server.page(body, { policy, kit }), { viewport: { width: 400, height: 800 } });
  await opened.waitForFunction(() => window.settled);
  await opened.evaluate(() => window.settled());
  // What the page's start left to do is done.
  await opened.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  return opened;
}

async function busy(browser, peer) {
  const tab = await page(browser, peer);
  const session = await tab.context().newCDPSession(tab);
  await session.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value * 1_000]));
  const before = await metrics();
  const told = await tab.evaluate(([rate, seconds]) => window.storm(rate, seconds), [RATE, SECONDS]);
  const after = await metrics();
  await tab.context().close();
  const spent = (name) => Math.round((after[name] - before[name]) * 10) / 10;
  console.error(`${peer}: script ${spent('ScriptDuration')} ms, style ${spent('RecalcStyleDuration')} ms, layout ${spent('LayoutDuration')} ms`);
  return { ...told, busy: spent('TaskDuration'), cpu: spent('ThreadTime') };
}

/** The longest task of the main thread, in milliseconds. */
async function longest(browser, peer) {
  const tab = await page(browser, peer);
  await browser.startTracing(tab, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  await tab.evaluate(([rate, seconds]) => window.storm(rate, seconds), [RATE, SECONDS]);
  const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString());
  await tab.context().close();
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`);
  const tasks = events.filter(({ name, pid, tid }) => /RunTask$/.test(name) && mains.includes(`${pid}/${tid}`));
  return Math.round(Math.max(0, ...tasks.map(({ dur = 0 }) => dur)) / 100) / 10;
}

let exact = true;
const say = (who, figure, value, unit) => console.log(JSON.stringify({ bench: 'questions', who, figure, value, unit }));
const browser = await browse();
for (const peer of PEERS) {
  const told = await busy(browser, peer);
  const same = told.wrong === 0;
  exact &&= same;
  say(peer, 'busy_ms', told.busy, 'ms');
  say(peer, 'cpu_ms', told.cpu, 'ms');
  say(peer, 'frames', told.frames, 'frames');
  say(peer, 'longest_task_ms', await longest(browser, peer), 'ms');
  say(peer, 'last_votes_exact', Number(same), '1 if it is');
  if (!same) console.error(`${peer} shows ${told.wrong} rows with other votes at the end than were told`);
}
await browser.close();
server.stop();
process.exit(exact ? 0 : 1);
