// The lines that a release prints for its scripts: a browser runs what they name, and nothing that was changed since.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const folder = process.env.LIVEROOM_RELEASE;
let server, browser, address, lines;
/* What is added to `liveroom.js` on its way. */
let added = '';

before(async () => {
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  lines = readme.match(/```integrity\n([^]*?)```/)[1].trim().split('\n');
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/') {
      const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
      response.end(`<!doctype html><title>Test</title>${lines[0]}<live-room room="demo" server="local:"><live-poll></live-poll></live-room>`);
      return;
    }
    try {
      const bytes = await readFile(join(folder, pathname.replace(/^\/kit\/[^/]+\//, '')));
      response.writeHead(200, { 'content-type': pathname.endsWith('.js') ? 'text/javascript' : 'application/octet-stream' });
      response.end(pathname.endsWith('/liveroom.js') ? Buffer.concat([bytes, Buffer.from(added)]) : bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch({
    executablePath: process.env.LIVEROOM_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('each_script_is_named_with_its_version_and_the_digest_of_its_bytes', async () => {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json')));
  const named = lines.map((line) => line.match(/^<script type="module" src="\/kit\/([^/]+)\/([^"]+)" integrity="([^"]+)" crossorigin="anonymous"><\/script>$/).slice(1));
  assert.deepEqual(named.map(([, name]) => name), ['liveroom.js', 'studio.js']);
  for (const [of, name, integrity] of named) {
    assert.equal(of, version);
    assert.equal(integrity, `sha384-${createHash('sha384').update(await readFile(join(folder, name))).digest('base64')}`, name);
  }
});

test('a_page_with_the_printed_line_runs_the_kit_and_not_one_that_was_changed', async () => {
  const page = await browser.newPage();
  await page.goto(address);
  await page.getByText('Practice room').first().waitFor();
  added = '\n';
  const blocked = page.waitForEvent('console', (message) => /integrity/i.test(message.text()));
  await page.goto(address);
  await blocked;
  assert.equal(await page.evaluate(() => Boolean(customElements.get('live-room'))), false);
  await page.close();
});
