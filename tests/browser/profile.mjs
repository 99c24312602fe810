// A browser of its own process on a profile, as a person has one: it keeps what it stored when it is killed and started again.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0'];

/* Starts it on a folder; `context` is where its pages are. */
export async function launch(folder) {
  const running = spawn(process.env.LIVEROOM_CHROMIUM ?? '/usr/bin/chromium', [...FLAGS, `--user-data-dir=${folder}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(running, 'exit');
  let socket;
  for await (const line of createInterface({ input: running.stderr })) {
    socket = line.match(/DevTools listening on (\S+)/)?.[1];
    if (socket) break;
  }
  running.stderr.resume();
  const connected = await chromium.connectOverCDP(socket);
  return {
    context: connected.contexts()[0],
    async kill() {
      running.kill('SIGKILL');
      await ended;
      await connected.close().catch(() => {});
    },
  };
}
