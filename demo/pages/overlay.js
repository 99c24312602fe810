/* The overlay: room, theme, size and place by its address, since that is all a browser source can be given. */

import { asked, setUp } from './page.js';

const { dataset } = document.documentElement;
dataset.size = asked('size', 'medium');
dataset.place = asked('place', 'bottom-start');
const room = document.getElementById('room');
setUp(room, { mode: 'overlay', quiet: asked('quiet') });

// A key of a machine may stand behind #, where no server's log sees it.
const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token) room.setAttribute('token', token);

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
