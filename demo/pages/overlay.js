/* The overlay: room, looks, size and place by its address, since that is all a browser source can be given. */

import { heal } from './heal.js';
import { machine } from './machine.js';
import { asked, room as name, server, setUp } from './page.js';

const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];
const PLACES = ['top', 'middle', 'bottom'].flatMap((block) => ['start', 'middle', 'end'].map((inline) => `${block}-${inline}`));
const root = document.documentElement;
const room = document.getElementById('room');
const cards = document.getElementById('cards');

/* One line for each slip in the address; the picture is what it would be without it. */
const slip = (name, text, wanted) => asked('quiet') || console.warn(`overlay: ${name}=${text} is not ${wanted}`);

function among(name, choices, otherwise) {
  const text = asked(name, otherwise);
  if (choices.includes(text)) return text;
  slip(name, text, `one of ${choices.join(', ')}`);
  return otherwise;
}

/* A value of CSS that ends no declaration and loads nothing. */
function style(name, property, pattern) {
  const text = asked(name);
  if (!text) return '';
  if (pattern.test(text) && CSS.supports(property, text)) return `--live-${name}:${text};`;
  slip(name, text, `a value of ${property}`);
  return '';
}

function number(name, least, most) {
  const text = asked(name);
  if (!text) return undefined;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  slip(name, text, `a number from ${least} to ${most}`);
  return undefined;
}

root.dataset.size = among('size', ['small', 'medium', 'large'], 'medium');
root.dataset.place = among('place', PLACES, 'bottom-start');
const COLOUR = /^(#[\da-f]{3,8}|[a-z]+|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\d\s,.%/deg-]+\))$/i;
const styles = ['accent', 'ground', 'ink', 'line', 'good', 'warn'].map((name) => style(name, 'color', COLOUR)).join('') + style('radius', 'border-radius', /^\d+(\.\d+)?(px|rem|em)$/);
const scale = number('scale', 0.25, 4);
const sheet = new CSSStyleSheet();
sheet.replaceSync(`:root{${styles}${scale ? `--scale:${scale};` : ''}}`);
document.adoptedStyleSheets = [sheet];

const KNOWN = ['room', 'server', 'place', 'size', 'scale', 'widgets', 'activity', 'theme', 'lang', 'accent', 'ground', 'ink', 'line', 'good', 'warn', 'radius', 'join', 'quiet'];
for (const [name, text] of new URL(location.href).searchParams) if (!KNOWN.includes(name)) slip(name, text, `a parameter; they are ${KNOWN.join(', ')}`);
const chosen = asked('widgets').split(',').filter(Boolean);
for (const widget of chosen) if (!WIDGETS.includes(widget)) slip('widgets', widget, `one of ${WIDGETS.join(', ')}`);
const wanted = chosen.filter((widget) => WIDGETS.includes(widget));
for (const element of [...cards.children]) {
  if (wanted.length && !wanted.includes(element.localName.slice('live-'.length))) element.remove();
  else if (asked('activity')) element.setAttribute('activity', asked('activity'));
}

// `join=1` is the short address of this server; anything else is the address itself.
const join = asked('join');
const address = join === '1' ? `${server}/r/${encodeURIComponent(name)}` : join;
if (join) root.dataset.join = '';
setUp(room, { mode: 'overlay', quiet: asked('quiet'), join: address });
machine(room, server, name);
heal(room);

/* What is open together has to fit: step by step it is written smaller, until nothing stands beside the picture. */
const fit = () => {
  delete root.dataset.fit;
  for (const step of ['1', '2', '3']) {
    if (cards.scrollWidth <= cards.clientWidth) return;
    root.dataset.fit = step;
  }
};
const sizes = new ResizeObserver(() => requestAnimationFrame(fit));
for (const element of [cards, ...cards.children]) sizes.observe(element);
