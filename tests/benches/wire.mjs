// What one viewer receives in a busy hour of four activities: a real server, real requests, bytes read on the viewer's socket.
//
// The hour is compressed by playing one minute of it at its true pace and counting that sixty times: a room sends a tally at most four
// times a second, so a faster clock would merge what an hour sends apart and flatter the figure. Before the viewer comes, a list of 300
// questions stands, as late in the hour; what is sent on joining, and three further pages of the list that the viewer asks for, counts
// once. In the minute the four activities are open, 300 votes come into a poll (most of them in its first 20 s) that is closed and
// followed by another, 60 viewers enter a draw that is drawn at the end, 5 questions are asked (300 an hour), 120 votes go to questions,
// 2 are answered, and 60 units of a deal are claimed and some given back.
//
// joined_bytes is what came once; TYPE.PART_bytes and _frames what the minute brought, by kind of frame and, of news, by widget and part
// (a frame of several items is shared among them by the length of each); minute_bytes is what the socket itself counted, heads of frames
// included; hour_mb is joined + 60 minutes, in MB of 1,000,000 bytes. The lines are not compressed, as the server's are not.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { start } from '../browser/server.mjs';

const MINUTE = 60_000;
const CROWD = 300;
const AIM_MB = 5;
const KINDS = ['poll', 'lottery', 'qna', 'deal'];

const server = await start();
const socket = `${server.address.replace('http', 'ws')}/v1/rooms/demo/socket`;

/** A viewer: an address and an identity of its own. */
class Viewer {
  #line;
  #asked = 0;
  #waiting = new Map();
  /* Called with each message and its length in bytes. */
  heard = () => {};

  static async join(number) {
    const viewer = new Viewer();
    const token = await server.token('viewer', { sub: `viewer-${number}` });
    const localAddress = `127.2.${1 + (number >> 7)}.${1 + (number & 127)}`;
    viewer.#line = new WebSocket(socket, { origin: server.address, localAddress, perMessageDeflate: false });
    // Both are told in the same turn.
    const ready = Promise.all([once(viewer.#line, 'upgrade'), once(viewer.#line, 'open')]);
    viewer.#line.on('message', (bytes) => viewer.#hear(JSON.parse(bytes), bytes.length));
    [[{ socket: viewer.wire }]] = await ready;
    viewer.send({ type: 'hello', version: 1, kinds: KINDS, token });
    return viewer;
  }

  send(message) {
    this.#line.send(JSON.stringify(message));
  }

  /** Acts, and resolves to the room's answer. */
  act(activity, action) {
    this.#asked += 1;
    const id = `a${this.#asked}`;
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.send({ type: 'act', id, activity, action });
    return answered;
  }

  leave() {
    this.#line.terminate();
  }

  #hear(message, bytes) {
    this.heard(message, bytes);
    if (message.type === 'answer') this.#waiting.get(message.id)?.(message);
  }
}

const refused = new Map();
/** Counts what the room refused: a schedule that is refused measures nothing. */
function note(answer) {
  if (!answer.ok) refused.set(answer.refusal.reason, (refused.get(answer.refusal.reason) ?? 0) + 1);
  return answer;
}
let commanded = 0;
async function command(wanted) {
  commanded += 1;
  const answer = await server.command({ id: `c${commanded}`, ...wanted });
  if (!answer.ok) throw new Error(`${wanted.type}: ${JSON.stringify(answer)}`);
}

// The texts of a real hour differ in length; these are 20 to 130 characters.
const ABOUT = ['the zip', 'the larger size', 'the green one', 'delivery to Norway', 'the warranty', 'washing it at sixty degrees'];
const ASKED = ['Is there anything to know about $ (item #)?', 'Number #: could you show us $ once more, from the side and a little closer to the camera, please?', 'What about $, #?', 'I bought # of these last year and wonder: is $ the same as it was?'];
const question = (number) => ASKED[number % ASKED.length].replace('$', ABOUT[number % ABOUT.length]).replace('#', number);

const poll = (number) => ({ type: 'poll.open', activity: `poll-${number}`, question: 'Which colour shall we look at next?', options: ['Red', 'Blue', 'Green', 'Black'] });
await command({ type: 'qna.open', activity: 'ask', title: 'Ask us anything', approval: false, every_ms: 0, most: 100, replies: true });
await command({ type: 'lottery.open', activity: 'draw', title: 'Draw of the evening', prizes: [{ name: 'A mug', count: 3 }] });
await command({ type: 'deal.open', activity: 'mug', title: 'Harbour mug', sku: 'mug-1', price: { amount: '9.90', currency: 'EUR' }, variants: [{ stock: 100 }], limit: 1, reserve_ms: 120_000 });
await command(poll(1));
const crowd = [];
for (let number = 1; number <= CROWD; number += 1) crowd.push(await Viewer.join(number));
console.error(`${CROWD} viewers are there, and each has asked.`);
await Promise.all(crowd.map(async (viewer, number) => note(await viewer.act('ask', { type: 'qna.ask', text: question(number) }))));
await Promise.all(crowd.map(async (viewer, number) => note(await viewer.act('ask', { type: 'qna.vote', question: 1 + (number * number) % 100 }))));

const kinds = new Map();
function count(kind, bytes, frames = 1) {
  const known = kinds.get(kind) ?? { bytes: 0, frames: 0 };
  kinds.set(kind, { bytes: known.bytes + bytes, frames: known.frames + frames });
}
/** Shares a frame of news among its items and their parts, by how long each is written. */
function share(message, bytes) {
  if (message.type !== 'news') return count(message.type, bytes);
  const parts = message.news.flatMap((item) => ['card', 'tally', 'mine', 'entries'].filter((part) => item[part]).map((part) => {
    const widget = (part === 'entries' ? item.entries[0] : item[part])?.widget ?? 'empty';
    return { kind: `${widget}.${part}`, length: JSON.stringify(item[part]).length };
  }));
  const sum = parts.reduce((all, { length }) => all + length, 0);
  if (sum === 0) return count('gone', bytes);
  for (const { kind, length } of parts) count(kind, bytes * length / sum, length / sum);
}

const one = await Viewer.join(CROWD + 1);
let quiet = Date.now();
one.heard = (message, bytes) => {
  quiet = Date.now();
  share(message, bytes);
};
/** Resolves once the line has been silent for a second: what was to be told was told. */
async function silent() {
  quiet = Date.now();
  while (Date.now() - quiet < 1_000) await new Promise((later) => setTimeout(later, 100));
}
await silent();
for (const after of [50, 100, 150]) one.send({ type: 'more', activity: 'ask', order: 'top', after });
await silent();
const joined = one.wire.bytesRead;
kinds.clear();

// The schedule: what happens at which millisecond of the minute.
const plan = [];
const at = (ms, what) => plan.push({ ms, what });
const spread = (times, from, to, what) => {
  for (let turn = 0; turn < times; turn += 1) at(from + (to - from) * turn / times, () => what(turn));
};
const act = (number, activity, action) => crowd[number].act(activity, action).then(note);
const voted = (number) => act(number, 'poll-1', { type: 'poll.vote', choices: [String(1 + number % 4)] });
spread(240, 0, 20_000, (turn) => voted(turn));
spread(60, 20_000, 45_000, (turn) => voted(240 + turn));
at(45_000, () => command({ type: 'close', activity: 'poll-1' }));
at(50_000, () => command({ type: 'put_away', activity: 'poll-1' }));
at(50_100, () => command(poll(2)));
spread(60, 0, 55_000, (turn) => act(turn, 'draw', { type: 'lottery.enter' }));
at(56_000, () => command({ type: 'close', activity: 'draw' }));
at(57_000, () => command({ type: 'lottery.draw', activity: 'draw' }));
spread(5, 1_000, MINUTE, (turn) => act(100 + turn, 'ask', { type: 'qna.ask', text: question(CROWD + turn) }));
spread(120, 500, MINUTE, (turn) => act(turn, 'ask', { type: 'qna.vote', question: 101 + (turn * 7) % 150 }));
spread(2, 15_000, 45_000, (turn) => command({ type: 'qna.change', activity: 'ask', question: 1 + turn, change: { to: 'answer', text: 'It does, and it is lined; the shop has both.' } }));
spread(60, 2_000, 50_000, async (turn) => {
  const { mine } = await act(turn + 150, 'mug', { type: 'deal.claim', variant: '1', quantity: 1 });
  if (turn % 6 === 0) await act(turn + 150, 'mug', { type: 'deal.release', claim: mine.mine.claims[0].claim });
});

plan.sort((before, after) => before.ms - after.ms);
const began = Date.now();
const doing = [];
for (const { ms, what } of plan) {
  const left = began + ms - Date.now();
  if (left > 0) await new Promise((later) => setTimeout(later, left));
  doing.push(what());
}
await Promise.all(doing);
await silent();
const minute = one.wire.bytesRead - joined;

const say = (figure, value, unit) => console.log(JSON.stringify({ bench: 'wire', who: 'liveroom', figure, value: Math.round(value * 100) / 100, unit }));
say('joined_bytes', joined, 'bytes');
for (const [kind, { bytes, frames }] of [...kinds].sort(([, a], [, b]) => b.bytes - a.bytes)) {
  say(`${kind}_bytes`, bytes, 'bytes');
  say(`${kind}_frames`, frames, 'frames');
}
say('minute_bytes', minute, 'bytes');
const hour = (joined + 60 * minute) / 1_000_000;
say('hour_mb', hour, 'MB');
if (hour > AIM_MB) console.error(`A busy hour is ${hour.toFixed(2)} MB, and the aim is ${AIM_MB}.`);
if (refused.size > 0) console.error('refused:', Object.fromEntries(refused));
for (const viewer of [...crowd, one]) viewer.leave();
await server.stop();
process.exit(refused.size > 0 ? 1 : 0);
