/* A real room element on this page: what it says of itself. */

import { given as tokenOf } from './token.js';
import { broken, well } from './verdict.js';

/** Makes a room with a poll, waits until it can be used, and prints its status. */
export async function status(given) {
  const base = given.server === 'local:' ? location.origin : given.server;
  await import(new URL('/kit/liveroom.js', base));
  const room = document.createElement('live-room');
  const errors = [];
  room.addEventListener('live-error', (event) => errors.push(event.detail));
  for (const name of ['room', 'server']) room.setAttribute(name, given[name]);
  const token = tokenOf();
  if (token) room.setAttribute('token', token);
  room.append(document.createElement('live-poll'));
  document.querySelector('main').append(room);
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error('no connection within 8 s')), 8_000));
  try {
    await Promise.race([room.ready.then(() => settled(room)), late]);
  } catch (error) {
    errors.push({ code: 'ready', message: error.message });
  }
  document.getElementById('status').textContent = JSON.stringify(room.status, null, 2);
  if (errors.length) return broken(errors.map(({ code, message }) => `${code}: ${message}`).join(' · '));
  const { version } = room.status;
  return well(`Version ${version}: <live-room> is ready; its status is below, its poll shows if one is open.`);
}

/** Resolves once the room knows how it stands with its line. */
async function settled(room) {
  while (['off', 'joining'].includes(room.status.connection)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (room.status.connection === 'lost') throw new Error('the connection was lost at once: see the lines on socket and room');
}
