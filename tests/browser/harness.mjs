// What the browser tests stand on: a static server with the README's policy, a browser, and a page driven by hand.

import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const TYPES = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm', html: 'text/html' };
/* The policy that the README prints, with Trusted Types required. */
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws:; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/* Until all cards of an overlay stand in its picture: it makes them fit in the frame after they were drawn. */
export const fits = (overlay) => overlay.waitForFunction(() => {
  const cards = [...document.querySelectorAll('live-poll, live-lottery, live-qna, live-deal')].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('[part~=base]') ?? [])]);
  return cards.length > 0 && cards.every((card) => {
    const { left, top, right, bottom } = card.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
});

/* The folder of the built kit: the newest version in LIVEROOM_KIT. */
export async function kitFolder() {
  const top = process.env.LIVEROOM_KIT ?? join(import.meta.dirname, '../../target/kit');
  const found = await readdir(top, { withFileTypes: true });
  const versions = found.filter((entry) => entry.isDirectory() && /^\d/.test(entry.name)).map(({ name }) => name);
  return versions.length ? join(top, versions.sort().at(-1)) : top;
}

/* Serves the kit and pages. `answer(request, response)` may take a request first, and says whether it did. */
export async function serve(answer = () => false) {
  const kit = await kitFolder();
  const pages = new Map();
  const server = createServer(async (request, response) => {
    if (await answer(request, response)) return;
    const { pathname } = new URL(request.url, 'http://localhost');
    // The first page of a browser is asked for its icon; none is no fault.
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const page = pages.get(pathname);
    if (page) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': page.policy });
      response.end(page.html);
      return;
    }
    try {
      const bytes = await readFile(join(kit, normalize(pathname.replace(/^\/kit\//, '/'))));
      response.writeHead(200, { 'content-type': TYPES[pathname.split('.').at(-1)] ?? 'application/octet-stream', 'access-control-allow-origin': '*' });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    address,
    /* The address of a page with this body, that loads the kit. */
    page(body, { policy = POLICY, head = '', kit: script = '/kit/liveroom.js', lang = 'en' } = {}) {
      const path = `/page/${pages.size}`;
      const load = script && `<script type="module" src="${script}"></script>`;
      pages.set(path, { policy, html: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Test</title>${head}${load}<body>${body}` });
      return address + path;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/* A browser, to be closed by who opened it. */
export const browse = () => chromium.launch({
  executablePath: process.env.LIVEROOM_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc'],
});

/* Opens an address in a page of its own; what the page throws and prints as errors is kept in `faults`. */
export async function open(browser, address, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.setDefaultTimeout(30_000);
  await page.addInitScript(record);
  await page.goto(address);
  return Object.assign(page, { faults });
}

/* In the page: keeps every event of the kit, and waits for one. */
function record() {
  const names = ['live-ready', 'live-act', 'live-outcome', 'live-update', 'live-engagement', 'live-error'];
  const heard = [];
  const waiting = new Set();
  for (const name of names) {
    addEventListener(name, (event) => {
      heard.push({ name, from: event.target.localName, detail: event.detail === null ? null : structuredClone(event.detail) });
      for (const look of waiting) look();
    }, true);
  }
  const fits = (have, want) => Object.entries(want).every(([key, value]) => (Object(value) === value ? fits(Object(have[key]), value) : have[key] === value));
  window.kit = {
    heard,
    /* Resolves to the first event of that name, from number `from` on, whose detail has what is wanted. */
    until: (name, want = {}, from = 0) => new Promise((resolve) => {
      const look = () => {
        const found = heard.slice(from).find((event) => event.name === name && fits(Object(event.detail), want));
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    }),
    room: () => document.querySelector('live-room'),
  };
}

/* News of a poll as a page that drives its room writes it. */
export function poll(activity, { phase = 'open', votes = [0, 0], voters, run, rev, question = 'Which colour next?', ...card } = {}) {
  const options = card.options ?? [{ id: 'red', text: 'Red' }, { id: 'blue', text: 'Blue' }];
  return {
    type: 'news',
    news: [{
      activity,
      ...(run !== undefined && { run }),
      ...(rev !== undefined && { rev }),
      card: { widget: 'poll', question, options, ...card },
      tally: { widget: 'poll', phase, voters: voters ?? votes.reduce((sum, count) => sum + count, 0), votes },
    }],
  };
}
