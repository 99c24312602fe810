// A thousand reports of a page, by the kit, by PostHog's library and by Segment's, each to a local endpoint, in one run.
//
// Each library runs in a page of its own, is given the same thousand small events, ten every tenth of a second, and is measured until its
// endpoint has them all. busy_ms is what Chromium counts as the duration of the main thread's tasks (TaskDuration of
// Performance.getMetrics) in that time, script_ms the scripts' part of it (ScriptDuration), cpu_ms the processor time of that thread; a
// page that reports nothing is measured as "none". Three rounds, and the middle one counts. The kit writes each report to IndexedDB before
// it is sent and counts it in a ledger; the others keep theirs in memory. added_brotli_bytes is what reporting adds to a page: a library as
// a bundler makes it, and of the kit sender.js, what of liveroom.js reports, and the module's functions that report (as compiled, before
// they are optimised).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { POLICY, browse, kitFolder, open, serve } from '../browser/harness.mjs';
import { codeOf } from './widgets.mjs';

const COUNT = 1_000;
const EACH = 10;
const ROUNDS = 3;
const PEERS = ['liveroom', 'posthog', 'segment', 'none'];

const here = (...parts) => join(import.meta.dirname, ...parts);
const { build } = createRequire(here('../../demo/package.json'))('esbuild');
const say = (who, figure, value, unit) => console.log(JSON.stringify({ bench: 'reports', who, figure, value, unit }));

/** The page's script with one of the peers in it, or the peer's library alone. */
async function bundle(contents) {
  const { outputFiles: [file] } = await build({
    stdin: { contents, resolveDir: here('reports') },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['/kit/*'],
    write: false,
    logLevel: 'error',
  });
  return file.contents;
}

const scripts = new Map();
for (const peer of PEERS) {
  const text = readFileSync(here('reports/page.js'), 'utf8').replace("'peer'", `'./${peer}.js'`);
  scripts.set(`/bench/${peer}.js`, await bundle(text));
}

const got = { run: 0, ids: new Map(), twice: 0, requests: 0, bytes: 0, done: () => {} };

/** Counts what a body holds of the present round; what comes again under its own id is the same. */
function count(bytes) {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
  // What the libraries tell of themselves has no such data.
  for (const event of [JSON.parse(text)].flat().flatMap((each) => each.batch ?? [each])) {
    const { run, n } = event.data?.page ?? event.properties ?? {};
    if (run !== got.run) continue;
    const id = event.id ?? event.uuid ?? event.messageId;
    if (got.ids.has(n) && got.ids.get(n) !== id) got.twice += 1;
    got.ids.set(n, id);
  }
  got.requests += 1;
  got.bytes += bytes.length;
}

const server = await serve(async (request, response) => {
  const script = scripts.get(request.url);
  if (script) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    return true;
  }
  if (!request.url.startsWith('/to/')) return false;
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (request.method === 'POST' && bytes.length > 0) count(bytes);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":1}');
  if (got.ids.size >= COUNT) got.done();
  return true;
});
const browser = await browse();
// The others ask for inline styles and workers, which this page does not refuse.
const policy = POLICY.replace(/; require-trusted-types.*/, '');

async function measure(peer) {
  const body = `<script type="module" src="/bench/${peer}.js"></script>`;
  const page = await open(browser, server.page(body, { policy, kit: peer === 'liveroom' ? '/kit/liveroom.js' : '' }));
  await page.waitForFunction(() => window.settled);
  await page.evaluate(() => window.settled());
  Object.assign(got, { run: got.run + 1, ids: new Map(), twice: 0, requests: 0, bytes: 0 });
  const all = peer === 'none' ? undefined : new Promise((done) => (got.done = done));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value * 1_000]));
  const before = await metrics();
  await page.evaluate(([run, count, each]) => window.report(run, count, each), [got.run, COUNT, EACH]);
  await all;
  const after = await metrics();
  await page.context().close();
  const spent = (name) => Math.round((after[name] - before[name]) * 10) / 10;
  return { busy: spent('TaskDuration'), script: spent('ScriptDuration'), cpu: spent('ThreadTime'), isExact: got.ids.size === COUNT && got.twice === 0, requests: got.requests, bytes: got.bytes };
}

let exact = true;
for (const peer of PEERS) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(peer));
  const middle = (figure) => rounds.map((round) => round[figure]).sort((one, other) => one - other)[ROUNDS >> 1];
  say(peer, 'busy_ms', middle('busy'), 'ms');
  say(peer, 'script_ms', middle('script'), 'ms');
  say(peer, 'cpu_ms', middle('cpu'), 'ms');
  if (peer === 'none') continue;
  say(peer, 'requests', middle('requests'), 'requests');
  say(peer, 'sent_bytes', middle('bytes'), 'bytes');
  const once = rounds.every(({ isExact }) => isExact);
  say(peer, 'each_arrived_once', Number(once), '1 if it did');
  exact &&= once;
}
const kit = await kitFolder();
const root = new URL('../../', import.meta.url);
const parts = [
  readFileSync(join(kit, 'sender.js')),
  await bundle(['reports', 'observe'].map((name) => `export * from '../../../widgets/elements/js/${name}.js';`).join('')),
  await codeOf(root, 'report'),
];
say('liveroom', 'added_brotli_bytes', parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0), 'bytes');
say('posthog', 'added_brotli_bytes', brotliCompressSync(await bundle("import posthog from 'posthog-js'; window.posthog = posthog;")).length, 'bytes');
say('segment', 'added_brotli_bytes', brotliCompressSync(await bundle("import { AnalyticsBrowser } from '@segment/analytics-next'; window.analytics = AnalyticsBrowser;")).length, 'bytes');
await browser.close();
server.stop();
process.exit(exact ? 0 : 1);
