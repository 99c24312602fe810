// The ledger under fire: 24 real pages report more than 20,000 times to the real collector through a network that fails, from browsers
// that are killed and storage that is full or forbidden; and then every report is accounted for.
//
// Chance is seeded: LEDGER_SEED=N gives the same draws again, though not the same order of what happens at once.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POLICY, browse, serve } from '../browser/harness.mjs';
import { start } from '../browser/server.mjs';
import { reckon, stored } from './balance.mjs';
import { damage, empty, settle } from './page.mjs';
import { AWAY, Proxy } from './proxy.mjs';
import { Profile, Slot } from './slots.mjs';

const REPORTS = 20_000;
/* Reports of each tab whose pages come and go, and of each page that has to deliver from its memory alone, and so has to wait for each answer.
   It is more than enough, since what a killed browser had not written down never was. */
const SHARE = { comes: 1_000, lasts: 420 };
/* How long the collector is away. */
const AWAY_MS = 60_000;
/* Most of it is waiting: a page sends no more in a minute than it may. */
const MOST_MS = 1_500_000;

const seed = Number(process.env.LEDGER_SEED ?? Date.now() % 1_000_000_000);
console.error(`LEDGER_SEED=${seed}`);
const began = Date.now();

/* Mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c. */
const dice = (state) => () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const late = setTimeout(async () => {
  console.error('It takes too long; these have not done their share:', slots.filter(({ asked, isLasting }) => asked < (isLasting ? SHARE.lasts : SHARE.comes)).map(({ tab, asked }) => `${tab} ${asked}`).join(', '), proxy.faults);
  if (settling) {
    const state = settling.evaluate(async () => ({ ...document.querySelector('live-room').status, waits: await window.left?.() }));
    console.error(`${kept.length} page loads are settled; the page that settles the rest: ${JSON.stringify(await Promise.race([state, new Promise((done) => setTimeout(done, 5_000, 'does not answer'))]).catch(String))}`);
  }
  await Promise.allSettled([killed.end(), cached.end(), shared.close(), server.stop()]);
  process.exit(1);
}, MOST_MS);

const server = await start();
const proxy = new Proxy(server.address, dice(seed));
await proxy.open();
const survived = { 'tabs closed': 0, 'pages left': 0, 'pages brought back from the cache': 0, 'browsers killed': 0, 'collector killed': 0, 'records damaged': 0 };

/* Two origins, and on each an ordinary page and one without an origin of its own, whose storage is forbidden. */
const sites = await Promise.all([serve(), serve()]);
const body = `<live-room room="demo" report="${proxy.address}/v1/engagement" consent="granted" quiet></live-room>`;
const connect = POLICY.replace("connect-src 'self'", `connect-src 'self' ${proxy.address}`);
const pages = sites.map((site) => site.page(body, { policy: connect }));
const forbidden = sites[0].page(body, { policy: `${connect.replaceAll("'self'", sites[0].address).replace('connect-src', `connect-src ${proxy.address}`)}; sandbox allow-scripts` });
const elsewhere = sites[0].page('elsewhere', { kit: '' });

/* What became of the page loads whose browser was opened once more, and the page that sees to it. */
const kept = [];
let settling;
let made = 0;
const waiting = [];
/* Resolves when so many reports were made. */
const after = (share) => new Promise((done) => waiting.push({ at: share * REPORTS, done }));
const moved = (count) => {
  made += count;
  for (const { at, done } of waiting) if (made >= at) done();
};
const world = { chance: dice(seed + 1), survived, told: new Map(), proxy, elsewhere, moved };

const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'liveroom-'))));
const [killed, cached] = folders.map((folder) => new Profile(folder));
const shared = await browse();
const many = (count, name, how) => Array.from({ length: count }, (_, n) => new Slot(world, `${name}${n}`, how));

/* A page whose origin may store so many bytes more. */
const limited = (bytes) => async () => {
  const page = await (await shared.newContext()).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: sites[1].address, quotaSize: bytes });
  return page;
};
const slots = [
  ...many(8, 'killed', { address: pages[0], profile: killed }),
  ...many(2, 'killed-other', { address: pages[1], profile: killed }),
  ...many(6, 'cached', { address: pages[0], profile: cached }),
  ...many(2, 'cached-other', { address: pages[1], profile: cached }),
  ...many(2, 'full', { address: pages[1], make: limited(1) }),
  ...many(1, 'filled', { address: pages[1], make: limited(100_000) }),
  ...many(3, 'forbidden', { address: forbidden, make: async () => (await shared.newContext()).newPage() }),
];
const lasting = slots.filter(({ isLasting }) => isLasting);

async function kill() {
  await killed.kill();
  survived['browsers killed'] += 1;
}

/* What befalls all of them, while they report. */
async function befall() {
  await after(0.25);
  await kill();
  await after(0.45);
  const back = proxy.shut(AWAY_MS, AWAY);
  await server.kill();
  survived['collector killed'] += 1;
  await kill();
  const page = await killed.page();
  await page.goto(pages[0]);
  if (await page.evaluate(damage, [...proxy.arrived])) survived['records damaged'] += 1;
  await page.close();
  await server.restart();
  await back;
  await after(0.7);
  await kill();
}

await Promise.all([befall(), ...slots.map((slot) => slot.work(slot.isLasting ? SHARE.lasts : SHARE.comes))]);

/* All is well again: each browser is opened once more on its profile. */
proxy.isCalm = true;
const last = new Map();
for (const { tab, page } of lasting) last.set(tab, await page.evaluate(empty));
for (const profile of [killed, cached]) {
  await profile.kill();
  for (const address of pages) {
    const page = (settling = await profile.page());
    await page.goto(address);
    await page.evaluate(() => document.querySelector('live-room').ready);
    kept.push(...(await page.evaluate(settle)));
  }
}
await Promise.all([killed.end(), cached.end(), shared.close()]);
await server.kill();
const { totals, faults } = reckon(stored(process.env.LIVEROOM_STORED, join(server.folder, 'engagement.db')), kept, world.told, last);
clearTimeout(late);
await proxy.close();
for (const site of sites) site.stop();
await server.stop();
await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 })));

if (totals.created < REPORTS) faults.push(`only ${totals.created} reports were made`);
for (const [what, number] of Object.entries({ ...proxy.faults, ...survived })) if (number === 0) faults.push(`it was never tried: ${what}`);
if (last.size !== lasting.length || [...last.values()].some(({ durable }) => durable)) faults.push('storage was not refused where it should be');
for (const fault of faults) console.log(`not balanced: ${fault}`);
const dropped = Object.entries(totals.dropped).map(([reason, number]) => `${number} ${reason}`).join(', ') || 'none';
const told = Object.entries({ ...proxy.faults, ...survived }).map(([what, number]) => `${what} ${number}`).join(', ');
console.log(`created ${totals.created} = stored ${totals.stored} + dropped ${totals.created - totals.stored - totals.waiting} (${dropped}) + waiting ${totals.waiting}; ${totals.sessions} page loads of ${slots.length} tabs, stored twice ${totals.conflicts}, sent again and known ${totals.again}; survived in ${Math.round((Date.now() - began) / 1_000)} s, ${proxy.requests} requests, seed ${seed}: ${told}`);
process.exit(faults.length ? 1 : 0);
