/* Constructed style sheets, one of each a document: a sheet may be used only in the document that it was made in. */

import { guard } from './kit.js';

const documents = new WeakMap();
const texts = new Map();

/* The style sheet of a widget or of the `room` as text; nothing before the module is there. */
export function cssOf(name) {
  if (!texts.has(name)) {
    const text = guard(({ sheet }) => sheet(name));
    if (text) texts.set(name, text);
  }
  return texts.get(name);
}

/* The sheet for a text in a document; nothing in a document that is shown nowhere. */
function made(document, css) {
  if (!documents.has(document)) documents.set(document, new Map());
  const sheets = documents.get(document);
  const view = document.defaultView;
  if (!sheets.has(css) && view) {
    const fresh = new view.CSSStyleSheet();
    fresh.replaceSync(css);
    sheets.set(css, fresh);
  }
  return sheets.get(css);
}

/* Gives a shadow root these style sheets and no others. */
export function dress(root, ...texts) {
  root.adoptedStyleSheets = texts.map((css) => css && made(root.ownerDocument, css)).filter(Boolean);
}
