// Checks a draw among 1,000,000 entrants in a page: `node draw.mjs FOLDER` with what `bench_draw` wrote there.
//
// check_s is from the call, the module loaded and the proof there, until the answer; the list of entrants comes meanwhile as a stream,
// from a server on this machine. longest_task_ms is the longest task of the page's main thread in that time, from a second pass that is
// traced, and longest_task_cpu_ms the processor time of such a task, which a machine busy with other things does not lengthen;
// longest_frame_ms the longest time between two animation frames of a page that paints all the while. was_in_ms is "was I in it".
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browse, open, serve } from '../browser/harness.mjs';

const ROUNDS = 3;
const folder = process.argv[2];
const server = await serve((request, response) => {
  if (request.url === '/favicon.ico') {
    response.writeHead(204).end();
    return true;
  }
  if (!request.url.startsWith('/draw/')) return false;
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  createReadStream(join(folder, request.url.slice(6))).pipe(response);
  return true;
});

/** A page with the module loaded, at rest. */
async function page(browser) {
  const tab = await open(browser, server.page('<p>0', { kit: '' }));
  tab.setDefaultTimeout(60_000);
  await tab.evaluate(async () => {
    window.practice = await import('/kit/practice.js');
    await window.practice.default({ module_or_path: fetch('/kit/practice.wasm') });
  });
  return tab;
}

/** Runs in the page: checks the draw while a text changes in every frame. */
async function check() {
  const proof = await (await fetch('/draw/proof.json')).text();
  const roll = (await fetch('/draw/roll')).body;
  let before = performance.now();
  let longest = 0;
  let frames = 0;
  let going = true;
  const frame = (now) => {
    longest = Math.max(longest, now - before);
    before = now;
    frames += 1;
    document.querySelector('p').textContent = String(frames);
    if (going) requestAnimationFrame(frame);
  };
  await new Promise((first) => requestAnimationFrame((now) => {
    before = now;
    first();
  }));
  requestAnimationFrame(frame);
  const began = performance.now();
  let taken = 0;
  const answer = JSON.parse(await window.practice.check_draw(proof, roll, (bytes) => {
    taken = bytes;
  }));
  const seconds = (performance.now() - began) / 1_000;
  going = false;
  return { answer, seconds, longest, frames, taken };
}

/** The longest tasks of the main thread while it checks, by the clock and by the processor, in milliseconds. */
async function longestTask(browser) {
  const tab = await page(browser);
  await browser.startTracing(tab, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  await tab.evaluate(check);
  const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString());
  await tab.context().close();
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`);
  const tasks = events.filter(({ name, pid, tid }) => /RunTask$/.test(name) && mains.includes(`${pid}/${tid}`));
  const longest = (time) => Math.max(0, ...tasks.map((task) => task[time] ?? 0)) / 1_000;
  return [longest('dur'), longest('tdur')];
}

const say = (figure, value, unit) => console.log(JSON.stringify({ bench: 'draw', who: 'liveroom', figure, value: Math.round(value * 1_000) / 1_000, unit }));
const browser = await browse();
let exact = true;
const told = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const tab = await page(browser);
  const { answer, ...rest } = await tab.evaluate(check);
  told.push(rest);
  exact &&= answer.holds && answer.said.stage === 'drawn' && answer.said.awarded === 100 && tab.faults.length === 0;
  if (!exact) console.error(JSON.stringify(answer), tab.faults);
  await tab.context().close();
}
told.sort((one, other) => one.seconds - other.seconds);
const middle = told[Math.floor(ROUNDS / 2)];
say('check_s', middle.seconds, 's');
say('longest_frame_ms', middle.longest, 'ms');
say('frames', middle.frames, 'frames');
const [task, cpu] = await longestTask(browser);
say('longest_task_ms', task, 'ms');
say('longest_task_cpu_ms', cpu, 'ms');

const inclusion = readFileSync(join(folder, 'inclusion.json'), 'utf8');
const { closed: { root } } = JSON.parse(readFileSync(join(folder, 'proof.json'), 'utf8'));
const tab = await page(browser);
const was = await tab.evaluate(([text, top]) => {
  const entrant = JSON.parse(text).entry.slice(0, 32);
  const began = performance.now();
  const tickets = window.practice.was_in_draw(text, entrant, top);
  const ms = performance.now() - began;
  return { tickets, ms, other: window.practice.was_in_draw(text, '0'.repeat(32), top), bent: window.practice.was_in_draw(text, entrant, '0'.repeat(64)) };
}, [inclusion, root]);
exact &&= was.tickets > 0 && was.other === undefined && was.bent === undefined;
say('was_in_ms', was.ms, 'ms');
say('exact', Number(exact), '1 if it is');
await browser.close();
server.stop();
process.exit(exact ? 0 : 1);
