/* How a shop's server checks a claim's ticket before it charges. */

import { verify } from './jwt.mjs';

/* How long after its reservation has ended an order may still come in: the payment had begun before. */
const GRACE_S = 120;

/** What the ticket says, or an error that says what is wrong with it. `key` is what `GET …/ticket-key` gave. */
export function read(ticket, { key, room, now = Date.now() }) {
  const told = verify(ticket, key);
  if (told.iss !== 'liveroom-ticket') throw new Error('it is no ticket');
  if (told.aud !== room) throw new Error('it is of another room');
  if (!(told.exp + GRACE_S >= now / 1000)) throw new Error('its time is over');
  if (!told.price) throw new Error('it has no price');
  return told;
}
