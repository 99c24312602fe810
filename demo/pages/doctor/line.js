/* The way to the room: the server, the room itself, the token, the socket, the slow way, the clock. */

import { claims, given as tokenOf } from './token.js';
import { broken, note, reach, well } from './verdict.js';

const PRACTICE = 'A practice room needs no server; nothing to check.';
const hello = (token) => JSON.stringify({ type: 'hello', version: 1, kinds: ['poll'], ...(token && { token }) });
const path = (given, end) => `${given.server}/v1/rooms/${encodeURIComponent(given.room)}${end}`;

/** The server answers. */
export async function server(given) {
  if (given.server === 'local:') return note(PRACTICE);
  try {
    const response = await reach(`${given.server}/healthz`, given.server === location.origin ? {} : { mode: 'no-cors' });
    if (response.type === 'opaque' || response.ok) return well(`${given.server} answers.`);
    return broken(`${given.server}/healthz answers ${response.status}: look at the server's own lines.`);
  } catch (error) {
    return broken(`${error.message}. Is the server running, and is connect-src of your policy right?`);
  }
}

/** The room exists, and this origin may ask for it. */
export async function room(given) {
  if (given.server === 'local:') return note(PRACTICE);
  const url = path(given, '');
  let response;
  try {
    response = await reach(url);
  } catch {
    return broken(`${url} cannot be read from ${location.origin}: put that origin on the room's list (PUT ${url} with "origins").`);
  }
  if (response.ok) return well(`The room ${given.room} is there.`);
  return broken(`The room says ${response.status}: ${await reason(response)}`);
}

/** The token, if there is one, as far as it can be read without its key. */
export function token(given) {
  const token = tokenOf();
  if (!token) return note('None given: a viewer needs none. To check one, add #token=… to the address of this page.');
  const said = claims(token);
  if (!said) return broken('The token is no JWT: three parts with dots between them.');
  if (said.aud !== given.room) return broken(`The token is for the room ${said.aud}: sign one with "aud": "${given.room}".`);
  const left = Math.round(said.exp - Date.now() / 1000);
  if (!(left > 0)) return broken('The token has ended: give <live-room> a tokenProvider that makes a new one.');
  if (left > 3_600) return broken('The token is good for more than an hour: the server refuses it. Set "exp" to at most an hour from now.');
  return well(`For ${said.sub} as ${said.role ?? 'viewer'}, good for ${Math.round(left / 60)} minutes more.`);
}

/** A socket opens, and the room greets. The clock is asked on the same line. */
export function socket(given, known) {
  if (given.server === 'local:') return note(PRACTICE);
  const url = path(given, '/socket').replace(/^http/, 'ws');
  return new Promise((done) => {
    const line = new WebSocket(url);
    const end = (answer) => {
      clearTimeout(limit);
      line.close();
      done(answer);
    };
    const limit = setTimeout(() => end(broken(`${url} gives no greeting within 5 s. Does the proxy in front pass WebSocket on?`)), 5_000);
    line.onopen = () => line.send(hello(tokenOf()));
    line.onerror = () => end(broken(`${url} cannot be opened. Does the proxy in front pass WebSocket on, and does the policy allow ${new URL(url).origin} in connect-src?`));
    line.onclose = (event) => end(broken(`The room closed the line (${event.code}${event.reason && `: ${event.reason}`}).`));
    const pings = [];
    line.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'refused') end(broken(`The room refuses: ${words(message.refusal)}`));
      if (message.type === 'welcome') {
        known.welcome = message;
        line.send(JSON.stringify({ type: 'ping', sent: performance.now() }));
      }
      if (message.type === 'pong' && message.sent !== undefined) {
        const trip = performance.now() - message.sent;
        pings.push({ trip, offset: message.at + trip / 2 - Date.now() });
        if (pings.length < 3) return line.send(JSON.stringify({ type: 'ping', sent: performance.now() }));
        known.clock = pings.reduce((best, ping) => (ping.trip < best.trip ? ping : best));
        const { role, level, activities } = known.welcome;
        end(well(`Greeted as ${role}${level ? `, identity ${level}` : ''}; activities shown: ${activities.length}; there and back in ${Math.round(known.clock.trip)} ms.`));
      }
    };
  });
}

/** The same messages without a socket. */
export async function messages(given) {
  if (given.server === 'local:') return note(PRACTICE);
  const body = `[${hello(tokenOf())}]`;
  const response = await reach(path(given, '/messages'), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!response.ok) return broken(`Answered ${response.status}: ${await reason(response)}`);
  const answers = await response.json();
  return answers.some((answer) => answer.type === 'welcome')
    ? well('Where a network blocks WebSocket, the kit goes this way, slower.')
    : broken(`The room did not greet: ${JSON.stringify(answers).slice(0, 200)}`);
}

/** How far this device's clock is from the room's. */
export function clock(given, known) {
  if (given.server === 'local:') return note(PRACTICE);
  if (!known.clock) return broken('Not known, since no socket opened.');
  const seconds = known.clock.offset / 1000;
  const says = `This device is ${Math.abs(seconds).toFixed(2)} s ${seconds > 0 ? 'behind' : 'ahead of'} the room. Widgets go by the room's clock.`;
  return Math.abs(seconds) > 60 ? note(`${says} Set the device's clock all the same: tokens are signed by clocks.`) : well(says);
}

async function reason(response) {
  const answer = await response.json().catch(() => ({}));
  return words(answer.refusal);
}

const words = (refusal) => refusal?.message ?? refusal?.reason ?? 'no reason given';
