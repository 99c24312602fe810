// What the README says to copy, copied: the five lines, the command, the curl, the policy.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { promisify } from 'node:util';
import { browse, open, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
let browser;
let readme;
let server;

before(async () => {
  browser = await browse();
  readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  server = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/* The first block of a language. */
function block(language) {
  const found = readme.match(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``));
  assert.ok(found, `the README has a block of ${language}`);
  return found[1];
}

test('the five lines show a practice room, and the command opens a poll in it, under the policy', async (run) => {
  const lines = block('html');
  assert.ok(lines.trim().split('\n').length <= 5);
  const site = await serve();
  run.after(() => site.stop());
  const policy = `${block('policy').trim().replace('KIT https://ROOM wss://ROOM REPORT', "'self'").replace('KIT', "'self'").replace('PICTURES', "'self'")}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const page = await open(browser, site.page(lines, { kit: '', policy }));
  run.after(() => page.context().close());
  await page.getByText('Practice room').first().waitFor();
  // The policy lets no text run in the page: the command is taken from the README here, and given there.
  const given = [];
  new Function('document', block('js').replace(/^await /, ''))({ querySelector: () => ({ command: (command) => given.push(command) }) });
  const answer = await page.evaluate((command) => document.querySelector('live-room').command(command), given[0]);
  assert.equal(answer.ok, true, JSON.stringify(answer));
  await page.locator('live-poll').getByText('Which colour shall we show next?').waitFor();
});

test('the curl opens a poll that a viewer sees', async (run) => {
  const { stdout } = await promisify(execFile)('bash', ['-euc', block('curl')], { env: { ...process.env, SERVER: server.address } });
  assert.equal(JSON.parse(stdout).ok, true, stdout);
  const page = await open(browser, `${server.address}/viewer?room=demo`);
  run.after(() => page.context().close());
  await page.locator('live-poll').getByText('Which colour shall we show next?').waitFor();
  assert.deepEqual(page.faults, []);
});

test('a page of another origin joins under the policy, once the room names it', async (run) => {
  const own = await start({ dev: false });
  run.after(() => own.stop());
  const site = await serve();
  run.after(() => site.stop());
  const host = new URL(own.address).host;
  const policy = block('policy').trim()
    .replaceAll('REPORT', own.address).replaceAll('KIT', "'self'").replace('https://ROOM', `http://${host}`).replace('wss://ROOM', `ws://${host}`).replace('PICTURES', "'self'");
  const make = block('bash').replace('https://shop.example', new URL(site.address).origin);
  const exchange = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: own.ownerLink.split('#owner=')[1] }) };
  const { token } = await (await fetch(`${own.address}/v1/tokens`, exchange)).json();
  await promisify(execFile)('bash', ['-euc', make], { env: { ...process.env, SERVER: own.address, OWNER: token } });
  const page = await open(browser, site.page(`<live-room room="demo" server="${own.address}"><live-poll></live-poll></live-room>`, { policy }));
  run.after(() => page.context().close());
  await page.waitForFunction(() => document.querySelector('live-room').status.connection === 'live');
  assert.deepEqual(page.faults, []);
});

test('each command that the README prints is taken by a room', async () => {
  const commands = [...readme.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => JSON.parse(text));
  assert.deepEqual(commands.map(({ type }) => type), ['lottery.open', 'qna.open', 'deal.open', 'poll.open']);
  for (const command of commands) {
    const answer = await server.command(command);
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }
});

test('the function that forgets a viewer gets the receipt', async () => {
  const ask = async (path, body, headers = {}) => {
    const said = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
    return (await fetch(`${server.address}${path}`, said)).json();
  };
  const token = async (role, sub) => (await ask('/v1/tokens', { room: 'demo', role, sub })).token;
  const opened = await server.command({ type: 'qna.open', activity: 'forgetting', title: 'Ask', approval: false });
  assert.equal(opened.ok, true, JSON.stringify(opened));
  const act = { type: 'act', id: 'a1', activity: 'forgetting', action: { type: 'qna.ask', text: 'Who am I?' } };
  await ask('/v1/rooms/demo/messages', [{ type: 'hello', version: 1, token: await token('viewer', 'ann') }, act]);
  const forget = new Function('SERVER', 'ownerToken', `${block('mjs')}; return forget;`)(server.address, await token('owner', 'boss'));
  const receipt = await forget('ann', 'forget-1');
  assert.equal(receipt.erased.questions, 1, JSON.stringify(receipt));
  assert.deepEqual(receipt.pending, []);
  assert.deepEqual(await forget('ann', 'forget-1'), receipt);
});

test('every file that the README names is there', async () => {
  const names = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, name]) => name);
  assert.ok(names.length > 4);
  for (const name of names) await readFile(join(import.meta.dirname, '../..', name)).catch((error) => error.code === 'EISDIR' || assert.fail(`${name} is not there`));
});
