/* The run of show: kept by the room's server, or in this browser for a practice room. */

import { call } from './lookup.js';

/** Asks (`GET`), tells (`PUT`) or rehearses (`POST`) a run of show; tells the status and the text of the answer, 0 without one. */
export async function run(room, method, version, body, tell) {
  try {
    if (room.getAttribute('server') === 'local:') return tell(...here(room, method, Number(version), body));
    const headers = method === 'GET' ? { 'if-none-match': `"${version}"` } : { 'content-type': 'application/json', 'if-match': `"${version}"` };
    const response = await call(room, '/run', { method, headers, ...(body && { body }) });
    return tell(response.status, await response.text());
  } catch (error) {
    return tell(0, JSON.stringify({ refusal: { reason: 'unavailable', message: `the room was not reached (${error.message})` } }));
  }
}

/* Two tabs of a practice room are two desks: the later one must not overwrite what it has not seen. */
function here(room, method, version, body) {
  const name = `live-run:${room.getAttribute('room') ?? ''}`;
  const kept = JSON.parse(localStorage.getItem(name) ?? '{"version":0}');
  if (method === 'GET') return kept.version === version && version > 0 ? [304, ''] : [200, JSON.stringify(kept)];
  if (method !== 'PUT') return [501, ''];
  if (kept.version !== version) return [412, JSON.stringify({ version: kept.version })];
  localStorage.setItem(name, JSON.stringify({ version: version + 1, run: JSON.parse(body) }));
  return [200, JSON.stringify({ version: version + 1 })];
}
