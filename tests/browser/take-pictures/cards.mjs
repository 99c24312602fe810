// The cards: the five lines, each widget on a phone, and all four on a desktop.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '../harness.mjs';
import { DESKTOP, PHONE, WIDGETS, all, command } from './stage.mjs';

/* The five lines, as a page that has nothing else: the marked card, and the poll that it starts. */
export async function fiveLines(stage) {
  const site = await serve();
  const readme = await readFile(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const lines = readme.match(/```html\n([^]*?)```/)[1];
  const page = await stage.visit(site.page(lines, { kit: '' }), 'light', { viewport: { width: 436, height: 700 } });
  const room = page.locator('live-room');
  await page.getByText('Practice room').first().waitFor();
  await stage.take(room, 'five-lines.png');
  await page.getByRole('button', { name: /poll/i }).first().click();
  await page.locator('live-poll').getByRole('radio').first().waitFor();
  await stage.take(room, 'five-lines-poll.png');
  await page.context().close();
  site.stop();
}

/* The viewer's page, and all four side by side, as a page that is wide enough lays them. */
export async function desktops(stage, server) {
  for (const colorScheme of ['light', 'dark']) {
    const viewer = await stage.viewer(server, 'Ana', colorScheme, DESKTOP);
    await stage.take(viewer, `viewer-desktop-${colorScheme}.png`);
    await viewer.context().close();
    const page = await stage.visit(`${server.address}/viewer`, colorScheme, DESKTOP);
    await all(page);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.live__stage, .live__you, .chat { display: none } .live, .live__side, .live__room { display: block; max-inline-size: none; max-block-size: none; overflow: visible } live-room { display: block; columns: 3; column-gap: 16px } live-room > * { break-inside: avoid; margin-block-end: 16px }');
      document.adoptedStyleSheets = [sheet];
    });
    await stage.take(page.locator('main'), `four-desktop-${colorScheme}.png`);
    await page.context().close();
  }
}

/* Each card on a phone as it is found, and in the dark as it is left. */
export async function phones(stage, server, { lottery }) {
  const card = (page, widget) => page.locator(`live-${widget} [part~=base]`);
  const found = await stage.viewer(server, 'Ana', 'light', PHONE);
  for (const widget of WIDGETS) await stage.take(card(found, widget), `${widget}-phone-light.png`);
  await found.context().close();
  const left = await stage.viewer(server, 'Bo', 'dark', PHONE);
  const press = (widget, name) => left.locator(`live-${widget}`).getByRole('button', { name, exact: true }).click();
  const shown = (widget, text) => left.locator(`live-${widget}`).getByText(text).first().waitFor();
  await left.getByLabel('Rust red').first().check();
  await press('poll', 'Vote');
  await shown('poll', 'Vote counted');
  await press('lottery', 'Enter the draw');
  await shown('lottery', 'You are in the draw');
  await left.locator('live-deal').getByLabel('Rust red').check();
  await press('deal', 'Reserve');
  await shown('deal', 'Reserved for you');
  await command(server, 'close', { activity: lottery });
  await command(server, 'lottery.draw', { activity: lottery });
  await left.locator('live-lottery').getByText('Winners', { exact: true }).waitFor();
  for (const widget of WIDGETS) await stage.take(card(left, widget), `${widget}-phone-dark.png`);
  await left.context().close();
}
