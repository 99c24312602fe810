// Serves the practice module and its test page from 127.0.0.1, and starts a browser for them.

import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const types = { js: 'text/javascript', wasm: 'application/wasm' };
const page = '<!doctype html><html lang="en"><title>Practice</title><script type="module" src="/page.js"></script>';
const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'";

/* Makes the practice module with its test, and resolves to the folder. */
export async function makeKit() {
  const folder = join(here, '../../../target/tests/practice');
  await promisify(execFile)(join(here, 'kit'), [folder]);
  return folder;
}

/* Resolves to a server of `kit`; to the page `/alone` the browser refuses all storage. */
export async function serve(kit) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/' || pathname === '/alone') {
      const policy = pathname === '/' ? strict : 'sandbox allow-scripts';
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
      return response.end(page);
    }
    const path = pathname === '/page.js' ? join(here, 'page.js') : join(kit, normalize(pathname.replace(/^\/kit\//, '/')));
    try {
      const bytes = await readFile(path);
      const type = types[path.split('.').at(-1)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

const options = {
  executablePath: process.env.LIVEROOM_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
};

export const browse = () => chromium.launch(options);

/* A browser that keeps what it stores in a folder. */
export const browseWith = (folder) => chromium.launchPersistentContext(folder, options);

/* One connection of a page to a practice room. */
export class Line {
  static #count = 0;
  #page;
  #name = `line-${Line.#count++}`;

  constructor(page) {
    this.#page = page;
  }

  /* Enters a room as a viewer of that identity; `welcome` is what it was told. */
  static async enter(page, room, identity, hello = {}) {
    const line = new Line(page);
    line.welcome = await page.evaluate((given) => test.enter(...given), [line.#name, room, identity, hello]);
    return line;
  }

  #call(...given) {
    return this.#page.evaluate((given) => test.call(...given), [this.#name, ...given]);
  }

  command = (id, command) => this.#call('ask', { type: 'command', id, command });
  vote = (id, activity, ...choices) => this.#call('ask', { type: 'act', id, activity, action: { type: 'poll.vote', choices } });
  say = (message) => this.#call('say', message);
  heard = () => this.#call('heard');
  close = () => this.#call('close');
  durable = () => this.#call('durable');
  /* Waits for a message that has all that is wanted, from the given one on. */
  until = (want, from = 0) => this.#call('until', want, from);
  tally = (activity, tally) => this.until({ type: 'news', news: [{ activity, tally }] });
}
