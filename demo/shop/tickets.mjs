/* How a shop's server checks a claim's ticket, with nothing but the standard library: a JWT signed with HS256. */

import { createHmac, timingSafeEqual } from 'node:crypto';

/* How long after its reservation has ended an order may still come in: the payment had begun before. */
const GRACE_S = 120;

/** What the ticket says, or an error that says what is wrong with it. `key` is what `GET …/ticket-key` gave. */
export function read(ticket, { key, room, now = Date.now() }) {
  const [header, claims, signature, ...rest] = String(ticket).split('.');
  if (!signature || rest.length) throw new Error('a ticket has three parts');
  const said = JSON.parse(Buffer.from(header, 'base64url'));
  /* The algorithm is ours to choose, never the ticket's. */
  if (said.alg !== 'HS256') throw new Error('a ticket is signed with HS256');
  const due = createHmac('sha256', key).update(`${header}.${claims}`).digest();
  const is = Buffer.from(signature, 'base64url');
  if (is.length !== due.length || !timingSafeEqual(is, due)) throw new Error('the signature is not the room\'s');
  const told = JSON.parse(Buffer.from(claims, 'base64url'));
  if (told.iss !== 'liveroom-ticket') throw new Error('it is no ticket');
  if (told.aud !== room) throw new Error('it is of another room');
  if (told.exp + GRACE_S < now / 1000) throw new Error('its time is over');
  return told;
}
