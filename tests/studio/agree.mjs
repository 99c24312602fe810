// At the end of the show: what the audit log, the screens and the exports say, put side by side.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WIDGETS } from './stage.mjs';

/** Reads from the server as the owner; `kind` is `json` or `text`. */
export async function read({ server }, path, kind = 'json') {
  server.owner ??= await server.token('owner');
  const response = await fetch(`${server.address}/v1/rooms/demo${path}`, { headers: { authorization: `Bearer ${server.owner}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response[kind]();
}

/** What a page has last been told of each activity, as `{activity: {card, tally, mine}}`, and what it shows of each widget, as text. */
export const screen = (page) => page.evaluate((widgets) => Object.fromEntries(widgets.map((name) => {
  const root = document.querySelector(`live-${name}`).shadowRoot;
  // What is for a screen reader alone is not on the screen, and what is this viewer's alone is no other's.
  const seen = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('style, [hidden], .sr, [aria-live]')) return '';
    return [...node.childNodes].map(seen).join(' ');
  };
  return [name, [...root.childNodes].map(seen).join(' ').replace(/\s+/g, ' ').trim()];
})), WIDGETS);

/** The value of a figure of an activity, or of the whole room, in the long table of the export. */
export function figure(lines, name, activity = '') {
  const table = activity ? 'row' : 'total';
  const found = lines.find((line) => line.table === table && line.figure === name && line.population === 'room' && (!activity || (line.key === activity && line.by === 'activity')));
  return found ? Number(found.value) : undefined;
}

/** Has the proof of a draw checked by the server's own program, which shares nothing with the running one but the file. */
export async function verify(proof, folder) {
  const file = join(folder, 'proof.json');
  await writeFile(file, JSON.stringify(proof));
  const { stdout } = await promisify(execFile)(process.env.LIVEROOM_CHECKER, ['verify-draw', file]);
  return stdout;
}

/** Fails with a sentence unless two things are the same. */
export function same(what, one, other) {
  const [left, right] = [one, other].map((value) => JSON.stringify(value));
  if (left !== right) throw new Error(`${what}: ${left} is not ${right}`);
}

/** The same for what must be so. */
export function must(what, is) {
  if (!is) throw new Error(what);
}
