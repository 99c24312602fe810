/* The overlay: room, theme, size and place by its address, since that is all a browser source can be given. */

import { asked, room as name, server, setUp } from './page.js';

const { dataset } = document.documentElement;
dataset.size = asked('size', 'medium');
dataset.place = asked('place', 'bottom-start');
const room = document.getElementById('room');
setUp(room, { mode: 'overlay', quiet: asked('quiet') });

// A key of a machine may stand behind #, where no server's log sees it.
const hash = new URLSearchParams(location.hash.slice(1));
const token = hash.get('token');
const key = hash.get('key');
if (token) room.setAttribute('token', token);
else if (key) room.tokenProvider = () => exchange(key);

/** The token for a key of scope overlay: asked for again before it ends, for as long as the key is good. */
async function exchange(secret) {
  const response = await fetch(`${server}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ room: name, key: secret }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.refusal?.message ?? `the server answered ${response.status}`);
  return answer.token;
}

const cards = document.getElementById('cards');

/* What is open together has to fit: step by step it is written smaller, until nothing stands beside the picture. */
const fit = () => {
  delete dataset.fit;
  for (const step of ['1', '2', '3']) {
    if (cards.scrollWidth <= cards.clientWidth) return;
    dataset.fit = step;
  }
};
const sizes = new ResizeObserver(() => requestAnimationFrame(fit));
for (const element of [cards, ...cards.children]) sizes.observe(element);

// A browser source is never reloaded by hand: without the kit's script the page tries itself again.
const again = setTimeout(() => location.reload(), 10_000);
customElements.whenDefined('live-room').then(() => clearTimeout(again));
