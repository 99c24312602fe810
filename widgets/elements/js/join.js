/* How viewers elsewhere take part: a QR code and the address in words, to be read off a picture by a telephone's camera.

   A file of its own: it is loaded where a room has the attribute `join`, and imports nothing of the kit. */

import { encode } from 'uqr';

/* The quiet zone that the standard asks for, in modules (ISO/IEC 18004, 9.1). */
const QUIET = 4;
/* The longest address: more of it makes modules that no camera reads off a video. */
const LONGEST = 120;
const SVG = 'http://www.w3.org/2000/svg';

/* Dark on light whatever the theme is: not every camera reads the other way round. */
const CSS = `
:host { display: block; }
:host([hidden]) { display: none; }
a { display: inline-grid; justify-items: center; gap: 0.25em; padding: 0.6em; border-radius: var(--_radius); background: #fff; color: #000;
  font: 600 max(1rem, 16px) / 1.2 var(--_font); text-decoration: none; }
svg { display: block; inline-size: var(--live-join-size, 8.5em); block-size: auto; }
span { max-inline-size: var(--live-join-size, 8.5em); overflow-wrap: anywhere; text-align: center; }
`;

/** The address as it is encoded, or nothing where it is none: http or https, at most 120 characters. */
export function addressOf(text) {
  try {
    const { protocol, href } = new URL(text);
    return /^https?:$/.test(protocol) && href.length <= LONGEST ? href : undefined;
  } catch {
    return undefined;
  }
}

/* As someone types it. */
const short = (address) => address.replace(/^https?:\/\//, '').replace(/\/$/, '');

/* One path: a run of dark modules in a row is one rectangle. */
function drawing(rows) {
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x]) x += 1;
      path += `M${from + QUIET} ${y + QUIET}h${x - from}v1h${from - x}z`;
    }
  });
  return path;
}

export class Join {
  #place;
  #document;
  #address;

  /* `dress` gives a root the room's sheets and one more. */
  constructor(document, dress) {
    this.#document = document;
    this.#place = document.createElement('div');
    this.#place.attachShadow({ mode: 'open' });
    this.#place.hidden = true;
    this.#place.setAttribute('part', 'join');
    this.dress = () => dress(this.#place.shadowRoot, CSS);
  }

  get place() {
    return this.#place;
  }

  show(isShown, address) {
    if (address !== this.#address) {
      this.#address = address;
      this.#place.shadowRoot.replaceChildren(...(address ? [this.#card(address)] : []));
    }
    this.#place.hidden = !isShown || !address;
  }

  #card(address) {
    const { data } = encode(address, { ecc: 'M', border: 0 });
    const make = (name, attributes) => {
      const element = this.#document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const side = data.length + 2 * QUIET;
    const code = make('svg', { viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges', 'aria-hidden': 'true' });
    code.append(make('path', { d: drawing(data), fill: '#000' }));
    const words = this.#document.createElement('span');
    words.textContent = short(address);
    words.dir = 'ltr';
    const link = this.#document.createElement('a');
    link.href = address;
    link.append(code, words);
    return link;
  }
}
