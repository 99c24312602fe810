// A real room server for browser tests: the built binary on a free port, in a folder of its own, killed and started again at will.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const top = join(import.meta.dirname, '../..');
const binary = process.env.LIVEROOM_SERVER ?? join(top, 'target/debug/liveroom-server');
const kit = process.env.LIVEROOM_KIT ?? join(top, 'target/kit');

/* Starts a server; with `dev: false` as in production, where only the owner link opens the desk; with `key` it trusts that file's key; `more` are further flags. */
export async function start({ dev = true, key, more = [] } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'liveroom-'));
  const server = new Server(data, [...(dev ? ['--dev'] : []), ...(key ? ['--key', key] : []), ...more]);
  await server.run(0);
  return server;
}

class Server {
  #data;
  #more;
  #process;
  /* `http://127.0.0.1:PORT`, the same after each restart. */
  address;
  /* The address of the desk with its one-time key. */
  ownerLink;

  constructor(data, more) {
    this.#data = data;
    this.#more = more;
  }

  get pid() {
    return this.#process.pid;
  }

  /* The folder of all that it keeps. */
  get folder() {
    return this.#data;
  }

  async run(port) {
    const flags = ['--port', port, '--data', this.#data, '--kit', kit, ...this.#more];
    this.#process = spawn(binary, flags.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: this.#process.stdout })) {
      this.address ??= line.match(/serves at (\S+)/)?.[1];
      this.ownerLink = line.match(/\S+#owner=\S+/)?.[0] ?? this.ownerLink;
      if (line.includes('for its owner') || (port && line.includes('doctor'))) break;
    }
  }

  /* Ends it as a power cut would. */
  async kill() {
    if (this.#process.exitCode !== null || this.#process.signalCode) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  /* It hears nothing and says nothing any more, once this is done: on a busy machine it may still answer after the signal was given. */
  async freeze() {
    this.#process.kill('SIGSTOP');
    const state = async () => (await readFile(`/proc/${this.pid}/stat`, 'utf8')).split(') ').at(-1)[0];
    while (await state() !== 'T');
  }

  /* It goes on as if nothing had been. */
  thaw() {
    this.#process.kill('SIGCONT');
  }

  restart() {
    return this.run(Number(new URL(this.address).port));
  }

  /* All that it knew is gone: it begins anew at the same address. */
  async forget() {
    await this.kill();
    await rm(this.#data, { recursive: true });
    this.#data = await mkdtemp(join(tmpdir(), 'liveroom-'));
    this.owner = undefined;
    return this.restart();
  }

  async stop() {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /* A token, as a server in development gives to anyone. */
  async token(role, more = {}) {
    const { token } = await this.#post('/v1/tokens', { room: 'demo', role, ...more });
    return token;
  }

  /* Gives a command as automation would; resolves to the room's answer. */
  async command(command) {
    this.owner ??= await this.token('owner');
    return this.#post('/v1/rooms/demo/commands', command, this.owner);
  }

  /* Casts a vote of a viewer that the page vouches for; resolves to the room's answer. */
  async vote(viewer, activity, ...choices) {
    return this.act(viewer, activity, { type: 'poll.vote', choices }, choices.join('-'));
  }

  /* Acts as a viewer that the page vouches for; resolves to the room's answer. */
  async act(viewer, activity, action, id = action.type) {
    const act = { type: 'act', id: [viewer, activity, id].join('-'), activity, action };
    const hello = { type: 'hello', version: 1, kinds: ['poll'], token: await this.token('viewer', { sub: viewer }) };
    const frames = await this.#post('/v1/rooms/demo/messages', [hello, act]);
    return frames.find(({ type }) => type === 'answer');
  }

  /* Puts something there as the owner; resolves to the answer's status. */
  async put(path, body, headers) {
    this.owner ??= await this.token('owner');
    const all = { 'content-type': 'application/json', authorization: `Bearer ${this.owner}`, ...headers };
    return (await fetch(this.address + path, { method: 'PUT', headers: all, body: JSON.stringify(body) })).status;
  }

  async #post(path, body, token) {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(this.address + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }
}
