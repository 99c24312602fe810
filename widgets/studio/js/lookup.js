/* What the desk asks of the room's server by plain HTTP: claims and entrants that are looked up, and files to keep. */

import { give } from './files.js';

/* Longer than the server gives itself. */
const PATIENCE_MS = 35_000;

/** What the room's server answers at a path under the room, whatever it is, as this desk may have it. */
export async function call(room, path, { headers, ...more } = {}) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const token = (await until(signal, room.tokenProvider?.())) ?? room.getAttribute('token');
  const address = room.getAttribute('server').replace(/\/+$/, '');
  return fetch(`${address}/v1/rooms/${encodeURIComponent(room.getAttribute('room'))}${path}`, {
    ...more,
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
    signal,
  });
}

/* What the page promised, which may never come: nobody waits longer than for the room itself. */
function until(signal, promised) {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(promised).then(resolve, reject);
  });
}

/** What the server has at a path under the room, as this desk may know it; an error says what is wrong. */
export async function ask(room, path) {
  const response = await call(room, path);
  if (response.ok) return response;
  const { refusal } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(refusal?.message ?? refusal?.reason ?? `the room answered ${response.status}`), { status: response.status });
}

/* A practice room is in this browser: what it is asked is the question. */
async function practised(room, question) {
  // The room element has it loaded already.
  const rules = await import('./practice.js');
  const { activity, text, before } = JSON.parse(question);
  return rules.desk_found(room.getAttribute('room'), activity, text, before ?? undefined);
}

/** Looks something up, and tells it as text, or a sentence that says why not. */
export async function look(room, path, question, tell) {
  try {
    tell(room.getAttribute('server') === 'local:' ? await practised(room, question) : await (await ask(room, path)).text());
  } catch (error) {
    tell('', `Not looked up: ${error.message}.`);
  }
}

/** Saves what is there as a file; tells only what went wrong. */
export async function save(room, path, name, tell) {
  try {
    give(room.ownerDocument, name, await (await ask(room, path)).blob());
  } catch (error) {
    tell('', `Not saved: ${error.message}.`);
  }
}
