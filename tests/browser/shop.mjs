// The demo's shop as a process of its own, beside a room server, for browser tests.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const script = join(import.meta.dirname, '../../demo/shop/shop.mjs');

/* Starts a shop for the room of a server. */
export async function openShop(server, flags = []) {
  const shop = new Shop(await mkdtemp(join(tmpdir(), 'liveroom-shop-')), ['--server', server.address, ...flags]);
  await shop.run();
  return shop;
}

class Shop {
  #data;
  #flags;
  #process;
  #lines;
  /* All lines that it has printed since it was started. */
  #said = [];
  /* `http://127.0.0.1:PORT`, the same after each restart. */
  address;
  /* What it said is wrong. */
  words = '';

  constructor(data, flags) {
    this.#data = data;
    this.#flags = flags;
  }

  async run() {
    const port = this.address ? new URL(this.address).port : 0;
    this.#process = spawn(process.execPath, [script, ...this.#flags, '--data', this.#data, '--port', port].map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stderr.on('data', (bytes) => (this.words += bytes));
    this.#lines = createInterface({ input: this.#process.stdout });
    this.#said = [];
    this.#lines.on('line', (line) => this.#said.push(line));
    [, this.address] = await this.says(/serves at (\S+)/);
  }

  /* Waits for a line that it prints, or has printed since it was started. */
  says(pattern) {
    const before = this.#said.findLast((line) => pattern.test(line));
    if (before) return Promise.resolve(before.match(pattern));
    return new Promise((resolve, reject) => {
      this.#lines.on('line', (line) => pattern.test(line) && resolve(line.match(pattern)));
      this.#lines.once('close', () => reject(new Error(`the shop ended before it said ${pattern}: ${this.words}`)));
    });
  }

  async kill() {
    if (this.#process.exitCode !== null || this.#process.signalCode) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async stop() {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /* The cookie of an account. */
  async account(name) {
    const response = await fetch(`${this.address}/sign-in`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ name }) });
    return response.headers.get('set-cookie').split(';')[0];
  }

  /* Orders as a script would; resolves to the status and what the shop says. */
  async order(cookie, wanted) {
    const headers = { 'content-type': 'application/json', cookie };
    const response = await fetch(`${this.address}/orders`, { method: 'POST', headers, body: JSON.stringify({ card: '4242', ...wanted }) });
    return { status: response.status, ...await response.json() };
  }
}
