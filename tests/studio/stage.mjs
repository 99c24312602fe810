// What the show stands on: a server whose clock is put forward, two desks, an overlay, ten viewers; and how each of them is spoken to.

import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Desk, view } from '../browser/desk.mjs';
import { browse, open } from '../browser/harness.mjs';
import { start } from '../browser/server.mjs';

export const VIEWERS = 10;
const SAT = '.air--off:has-text("Off air")';
const WIDE = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' };

/* The room's clock: the machine's, and so many milliseconds ahead. */
class RoomClock {
  #file;
  ahead = 0;
  /* Those that have to know what time it is. */
  pages = [];

  constructor(file) {
    this.#file = file;
    process.env.LIVEROOM_CLOCK = file;
  }

  now = () => Date.now() + this.ahead;

  /* Puts it forward to an instant of the room's, or leaves it where it is later. */
  async reach(at) {
    this.ahead += Math.max(0, Math.ceil(at - this.now()));
    await writeFile(`${this.#file}.new`, String(this.ahead));
    // A reader sees the old file or the new one, and never half of it.
    await rename(`${this.#file}.new`, this.#file);
    await Promise.all(this.pages.map((page) => page.evaluate(askTheTime, this.ahead)));
  }
}

/* In the page: has it ask the room for the time, as a page does when the network is back, and waits until it has heard. */
async function askTheTime(ahead) {
  const knows = () => Math.abs((document.querySelector('live-room').status.clock_offset ?? Infinity) - ahead) < 1_500;
  for (let frame = 0; !knows(); frame += 1) {
    if (frame % 60 === 0) dispatchEvent(new Event('online'));
    await new Promise(requestAnimationFrame);
  }
}

/** Opens all of it; `close()` leaves nothing behind. */
export async function stage() {
  const folder = await mkdtemp(join(tmpdir(), 'liveroom-'));
  const clock = new RoomClock(join(folder, 'clock'));
  await clock.reach(0);
  const cleaners = [() => rm(folder, { recursive: true, force: true })];
  // In the place of a test of node's, of which only this is asked.
  const run = { after: (work) => cleaners.push(work) };
  const close = async () => {
    for (const clean of cleaners.reverse()) await clean();
  };
  try {
    const server = await start();
    run.after(() => server.stop());
    const browser = await browse();
    run.after(() => browser.close());
    const streamer = new Desk(await open(browser, `${server.address}/studio`, WIDE), server);
    await streamer.page.waitForSelector(SAT);
    const operator = await invited(browser, server, streamer);
    const overlay = await open(browser, `${server.address}/overlay`, { reducedMotion: 'reduce' });
    const viewers = [];
    for (let number = 0; number < VIEWERS; number += 1) viewers.push(await view(browser, run, server, `viewer-${number}`));
    await Promise.all(viewers.map((page) => page.waitForFunction(() => document.querySelector('live-room').status.connection === 'live')));
    clock.pages.push(streamer.page, operator.page, overlay, ...viewers);
    return { browser, server, clock, streamer, operator, overlay, viewers, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/* Somebody else, at a desk of their own by the streamer's invitation. */
async function invited(browser, server, streamer) {
  await streamer.unfold('Team');
  await streamer.desk.getByLabel('For whom', { exact: true }).fill('The second desk');
  await streamer.desk.getByLabel('As', { exact: true }).selectOption('operator');
  await streamer.press('Make a link');
  const link = streamer.desk.getByLabel('The link', { exact: true });
  await link.waitFor();
  const page = await open(browser, await link.inputValue(), WIDE);
  await page.getByLabel('Your name, as the team will see it').fill('Mia');
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.waitForSelector(SAT);
  await streamer.unfold('Team');
  return new Desk(page, server);
}

/** The row of an activity at a desk. */
export const strip = ({ row, page }, title) => row.filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** A widget on a viewer's page, and what waits until it says something. */
export const widget = (page, name) => page.locator(`live-${name}`);
export const shows = (page, name, text) => widget(page, name).getByText(text).first().waitFor();
export const press = (page, name, button) => widget(page, name).getByRole('button', { name: button, exact: true }).click();

/** Waits until something that is asked again and again is so; each answer is a round trip, so that nothing is slept. */
export async function until(what, ask) {
  const late = AbortSignal.timeout(60_000);
  for (;;) {
    const said = await ask();
    if (said) return said;
    if (late.aborted) throw new Error(`not within a minute: ${what}`);
  }
}
