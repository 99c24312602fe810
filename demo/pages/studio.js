/* The desk's page: finds its key, gives it to the room, and shows beside the desk what viewers see. */

import { desk } from './key.js';
import { link, page, room, server, setUp } from './page.js';

const at = (id) => document.getElementById(id);
const address = `${server}/v1/rooms/${encodeURIComponent(room)}`;

link();
at('name').textContent = room;
document.title = `Studio · ${room}`;
at('address').value = page('/viewer');
// A practice room is this browser's own: everybody may do everything.
if (server === 'local:') sit();
else greet(desk(server, room));

/** In place of a cart: takes every order, and shows the name of its claim, by which the shop settles it. */
at('viewer').order = async ({ claim, variant, quantity }) => {
  const line = document.createElement('li');
  line.textContent = `Claim ${claim}: ${quantity} × ${variant}`;
  at('orders').append(line);
  at('cart').hidden = false;
  return { ok: true };
};

/** Whoever comes by an invitation says a name first: it stands in the audit log. */
function greet(key) {
  if (!key.invited) return void enter(key);
  at('invited').hidden = false;
  at('invited-name').focus();
  at('invited-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const role = await key.come(at('invited-name').value.trim());
      // A partner sits at no desk, and is here for the figures.
      if (role === 'partner') return void location.assign(page('/insights'));
      at('invited').hidden = true;
      enter(key);
    } catch (error) {
      at('invited-says').textContent = `You did not come in: ${error.message}.`;
    }
  });
}

/** Finds out whether there is a key, and a room, before anything connects. */
async function enter(key) {
  let token;
  try {
    token = await key.token();
  } catch (error) {
    at('locked-says').textContent = error.message;
    at('locked').hidden = false;
    return;
  }
  at('room').tokenProvider = () => key.token();
  if (await isThere()) sit(token);
  else offer(token);
}

/** Only a plain no is a no: with any other trouble the desk itself says what is wrong. */
async function isThere() {
  try {
    return (await fetch(address)).status !== 404;
  } catch {
    return true;
  }
}

/** Makes the room when its owner says so; a slip in the address makes none. */
function offer(token) {
  at('absent').hidden = false;
  at('make').addEventListener('click', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    try {
      const response = await fetch(address, { method: 'PUT', headers, body: '{}' });
      if (!response.ok) throw new Error((await response.json()).refusal.message);
      at('absent').hidden = true;
      sit(token);
    } catch (error) {
      at('absent-says').textContent = `The room was not made: ${error.message}`;
    }
  });
}

function sit(token) {
  at('room').hidden = false;
  setUp(at('room'), { token });
  setUp(at('viewer'));
}
