// The quick start as a newcomer finds it: a folder on a file server that knows nothing, and a browser.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const folder = process.env.LIVEROOM_RELEASE;
// Not `application/wasm`: many file servers do not know it.
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };

let server, browser, address;

before(async () => {
  server = createServer(async (request, response) => {
    const name = normalize(new URL(request.url, 'http://localhost').pathname);
    try {
      const bytes = await readFile(join(folder, name));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/quickstart.html`;
  browser = await chromium.launch({
    executablePath: process.env.LIVEROOM_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('the_quick_start_shows_a_practice_room_under_its_own_policy', async () => {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  // The browser asks for an icon by itself; the quick start has none.
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await page.goto(address);
  await page.evaluate(() => document.querySelector('live-room').ready);
  await page.getByText('Practice room').first().waitFor();
  assert.deepEqual(errors, []);
  await page.close();
});

test('two_tabs_of_the_quick_start_are_one_room', async () => {
  const context = await browser.newContext();
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    await page.goto(address);
    await page.evaluate(() => document.querySelector('live-room').ready);
  }
  await first.getByText('Practice room').first().waitFor();
  await first.getByRole('button', { name: /poll/i }).first().click();
  for (const page of [first, second]) await page.getByRole('radio').first().waitFor();
  await context.close();
});
