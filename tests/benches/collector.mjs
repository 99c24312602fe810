// What the collector takes on this machine: reports a second, each of them stored before it is answered, its memory, and how long until a
// report shows in `insights`.
//
// Four rooms are sent batches of a hundred reports of 350 bytes for ten seconds, 16 at a time, from many addresses of this machine, since
// one address may send but so much. stored_per_second counts what the collector answered with 202. memory_kb is the server's resident
// memory after that, at most (VmHWM), and before (VmRSS). shown_ms is from the sending of a report until `insights` counts it, asked again and
// again: 30 times at rest, and while batches go on. Sender and server share the processors.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { start } from '../browser/server.mjs';

const SECONDS = 10;
const AT_ONCE = 16;
const EACH = 100;
const TRIES = 30;
const ROOMS = ['bench-1', 'bench-2', 'bench-3', 'bench-4'];
const TYPE = 'application/cloudevents-batch+json';

const say = (figure, value, unit) => console.log(JSON.stringify({ bench: 'collector', who: 'liveroom', figure, value, unit }));
const server = await start();
const { hostname, port } = new URL(server.address);

/** Asks the server from one of this machine's addresses; resolves to status and JSON. */
function ask(method, path, { from = 1, body, type = 'application/json', token } = {}) {
  agents[from] ??= new Agent({ keepAlive: true, localAddress: `127.0.0.${from}` });
  const headers = { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-length': Buffer.byteLength(body) }) };
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, agent: agents[from] }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      const text = Buffer.concat(parts).toString();
      resolve({ status: response.statusCode, json: text && JSON.parse(text) });
    });
    // A line that was kept open may have been closed by the server meanwhile.
    asked.on('error', (error) => (asked.reusedSocket ? resolve(ask(method, path, { from, body, type, token })) : reject(error)));
    asked.end(body);
  });
}
const agents = [];

const owners = {};
for (const room of ROOMS) {
  owners[room] = await server.token('owner', { room });
  const { status } = await ask('PUT', `/v1/rooms/${room}`, { token: owners[room], body: '{"delay_ms":1}' });
  if (status >= 300) throw new Error(`${room}: ${status}`);
}

let made = 0;
/** A report as the kit sends it, of one of a hundred page loads. */
function report(room, kind = 'live.poll.seen') {
  made += 1;
  const now = new Date().toISOString();
  return {
    specversion: '1.0', id: `report-${made}`, source: `${server.address}/v1/rooms/${room}`, type: kind, subject: 'colour', time: now, datacontenttype: 'application/json',
    data: { room, at: Date.now(), channel: 'page', me: 'c0ffee', show: 'evening', on_air: ['ana'], activity: 'colour', widget: 'poll', run: 1 },
    session: `page-${room}-${made % 100}`, sequence: String(made).padStart(10, '0'), senttime: now,
  };
}

const post = (reports, from) => ask('POST', '/v1/engagement', { from, body: JSON.stringify(reports), type: TYPE });

/** Sends batches until `isOver`; resolves to how many reports were stored. */
async function flood(lane, isOver) {
  let stored = 0;
  for (let n = 0; !isOver(); n += 1) {
    const batch = Array.from({ length: EACH }, () => report(ROOMS[(lane + n) % ROOMS.length]));
    const { status, json } = await post(batch, 2 + ((lane + n * AT_ONCE) % 200));
    if (status === 202) stored += json.stored;
    else if (status !== 429 && status !== 503) throw new Error(`${status} ${JSON.stringify(json)}`);
  }
  return stored;
}
const lanes = (isOver) => Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => flood(lane, isOver)));

const memory = (what) => Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+)`))[1]);

/** How many of the page's own reports a room's figures count. */
async function shown(room) {
  const { status, json } = await ask('GET', `/v1/rooms/${room}/insights?show=all`, { token: owners[room] });
  if (status !== 200) throw new Error(`insights: ${status}`);
  return json.figures.find(({ figure }) => figure === 'page').value;
}

async function delays() {
  const [room] = ROOMS;
  const times = [];
  for (let n = 0; n < TRIES; n += 1) {
    const before = await shown(room);
    const began = performance.now();
    await post([report(room, 'page.like')], 250);
    while ((await shown(room)) === before) if (performance.now() - began > 10_000) throw new Error('it is never shown');
    times.push(performance.now() - began);
  }
  return times.sort((one, other) => one - other);
}
const told = (name, times) => {
  say(`${name}_ms at p50`, Math.round(times[times.length >> 1] * 10) / 10, 'ms');
  say(`${name}_ms at p99`, Math.round(times.at(-1) * 10) / 10, 'ms');
};

say('memory_before_kb', memory('VmRSS'), 'kB');
told('shown', await delays());
const end = performance.now() + SECONDS * 1_000;
const stored = (await lanes(() => performance.now() > end)).reduce((sum, number) => sum + number, 0);
const took = (performance.now() - end) / 1_000 + SECONDS;
say('stored_per_second', Math.round(stored / took), 'reports/s');
say('stored', stored, 'reports');
say('memory_kb', memory('VmHWM'), 'kB');
let isOver = false;
const going = lanes(() => isOver);
told('shown_under_load', await delays());
isOver = true;
await going;
for (const agent of agents) agent?.destroy();
await server.stop();
