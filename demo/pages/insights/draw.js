/* Drawing by the document's own methods: elements, tables, and SVG that is read as one picture with a title. */

const SVG = 'http://www.w3.org/2000/svg';

/* An element with a class, texts and elements in it. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/* An SVG element with attributes. */
export function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* A picture as wide as its place: what it is, in words, comes first. */
export function picture(place, height, title) {
  const width = Math.max(280, Math.round(place.clientWidth || 720));
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': title });
  place.replaceChildren(svg);
  return { svg, width, height };
}

/* Fills a table: headings, then rows whose first cell names them. A cell is a text, or an element. Numbers are set at the end. */
export function fill(table, caption, headings, rows) {
  const head = element('tr', '', ...headings.map((text) => Object.assign(element('th', '', text), { scope: 'col' })));
  const body = rows.map((cells) => element('tr', '', ...cells.map((cell, place) => (
    place === 0 ? Object.assign(element('th', '', cell), { scope: 'row' }) : element('td', '', cell)
  ))));
  const empty = element('tr', '', Object.assign(element('td', 'none', 'Nothing yet'), { colSpan: headings.length }));
  table.replaceChildren(
    element('caption', 'hidden', caption),
    element('thead', '', head),
    element('tbody', '', ...(body.length ? body : [empty])),
  );
}

/* A number that an axis ends with: 1, 2 or 5 times a power of ten, never below `most`. */
export function round(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [1, 2, 5, 10].map((times) => times * power).find((end) => end >= most);
}
