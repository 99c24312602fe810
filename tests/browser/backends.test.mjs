// The servers around a room, as the documents show them: a receiver of webhooks that checks signatures with Node's own crypto, and a chat's relay.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test as plain } from 'node:test';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
let document;
let folder;
let server;

before(async () => {
  document = await readFile(join(import.meta.dirname, '../../widgets/protocol/EVENTS.md'), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'liveroom-'));
  server = await start({ more: ['--hooks-local'] });
});
after(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/* Runs the document's block of a language as it stands there; its lines come one by one. */
async function run(language, env) {
  const [, text] = document.match(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``));
  const file = join(folder, `${language}.mjs`);
  await writeFile(file, text);
  const program = spawn(process.execPath, [file], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  return { program, line: async () => (await lines.next()).value };
}

function ask(method, path, token, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${server.address}/v1/rooms/demo/${path}`, { method, headers, body: body && JSON.stringify(body) });
}

test('the receiver of the document takes what is signed, once, and nothing else', async (run_) => {
  const owner = await server.token('owner');
  // The secret is told when the hook is made, so that the receiver is made after it: the first tries find nobody, or no signature.
  const { program: probe, line: port } = await run('receiver', { SECRET: 'whsec_AAAA', PORT: '0' });
  const [, number] = (await port()).split(' ');
  const url = `http://127.0.0.1:${number}/`;
  const made = await (await ask('PUT', 'hooks/shop', owner, { url })).json();
  const refused = await (await ask('POST', 'hooks/shop/test', owner)).json();
  assert.deepEqual([refused.ok, refused.delivery.status], [false, 401], 'another secret');
  const ended = once(probe, 'exit');
  probe.kill();
  await ended;

  const { program, line } = await run('receiver', { SECRET: made.secret, PORT: number });
  run_.after(() => program.kill());
  await line();
  const trial = await (await ask('POST', 'hooks/shop/test', owner)).json();
  assert.equal(trial.ok, true, JSON.stringify(trial));
  assert.match(await line(), /^test-[0-9a-f]+ live\.room\.test/);
  await server.command({ type: 'show.start' });
  await server.command({ type: 'show.end' });
  const kinds = [await line(), await line()].map((text) => text.split(' ')[1]);
  assert.deepEqual(kinds, ['live.room.show_started', 'live.room.show_ended']);

  const bytes = Buffer.from(made.secret.replace('whsec_', ''), 'base64');
  const body = '[{"id":"x","type":"live.deal.ordered","data":{"claim":"c1"}}]';
  const post = async (at, mac) => {
    const headers = { 'webhook-id': 'x', 'webhook-timestamp': `${at}`, 'webhook-signature': `v1,${mac}` };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  const sign = (at) => createHmac('sha256', bytes).update(`x.${at}.${body}`).digest('base64');
  const now = Math.floor(Date.now() / 1000);
  assert.equal(await post(now, sign(now).replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))), 401, 'another signature');
  assert.equal(await post(now - 3600, sign(now - 3600)), 401, 'an old one');
  assert.equal(await post(now, sign(now)), 204);
  assert.equal(await post(now, sign(now)), 204);
  assert.equal(await line(), 'x live.deal.ordered c1');
  await server.command({ type: 'show.start' });
  assert.match(await line(), /live\.room\.show_started/, 'what came twice was taken once');
});

test('the relay of the document makes votes of a chat', async (run_) => {
  const opened = await server.command({ type: 'poll.open', activity: 'chat', question: 'Tea?', options: ['Green', 'Black'] });
  assert.equal(opened.ok, true, JSON.stringify(opened));
  const env = { SERVER: server.address, ROOM: 'demo', TOKEN: await server.token('relay'), ACTIVITY: 'chat' };
  const { program, line } = await run('relay', env);
  run_.after(() => program.kill());
  const said = [
    ['ann', 'm1', '1'],
    ['bob', 'm2', 'hello'],
    ['bob', 'm3', ' 2 '],
    ['ann', 'm1', '1'],
    ['cat', 'm4', '7'],
  ];
  program.stdin.end(said.map(([user, id, text]) => `${JSON.stringify({ user, id, text })}\n`).join(''));
  const heard = [];
  for (let text = await line(); text; text = await line()) heard.push(text);
  assert.deepEqual(heard, ['ann voted', 'bob voted', 'ann voted', 'cat unknown-option']);
  // News is told a few times a second: it is asked for until it has both.
  let voters;
  for (let asked = 0; voters !== 2 && asked < 1_000; asked += 1) {
    const frames = await (await fetch(`${server.address}/v1/rooms/demo`)).json();
    const items = frames.flatMap(({ news }) => (Array.isArray(news) ? news : []));
    voters = items.findLast(({ activity, tally }) => activity === 'chat' && tally)?.tally.voters;
  }
  assert.equal(voters, 2);
});
