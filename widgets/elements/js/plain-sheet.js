/* The sheet of plain forms: the tokens of the kit's theming, and little else. */

const CSS = `
:host { display: block; --_accent: var(--live-accent, light-dark(#3d4eb8, #aab6ff)); --_ground: var(--live-ground, light-dark(#fff, #191b21));
  --_ink: var(--live-ink, light-dark(#1a1c22, #f0f1f5)); --_gap: calc(var(--live-space, 16px) / 2); }
@supports not (color: light-dark(#000, #fff)) {
  :host { --_accent: var(--live-accent, #3d4eb8); --_ground: var(--live-ground, #fff); --_ink: var(--live-ink, #1a1c22); } }
:host([hidden]), [hidden]:not(.ad) { display: none !important; }
.card { box-sizing: border-box; max-inline-size: 420px; padding: calc(var(--_gap) * 2); border: 1px solid; border-radius: var(--live-radius, 14px);
  background: var(--_ground); color: var(--_ink); font: 400 max(1rem, 16px) / 1.4 var(--live-font, system-ui, sans-serif); overflow-wrap: anywhere; }
fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
legend, .title { padding: 0; font-size: 1.25em; font-weight: 700; }
legend.small { font-size: 1em; }
label { display: flex; gap: var(--_gap); align-items: center; min-block-size: 44px; }
label span:last-child:not(:first-child) { flex: none; max-inline-size: 50%; margin-inline-start: auto; font-variant-numeric: tabular-nums; }
label.tall { display: block; }
button, summary { min-block-size: 44px; font: inherit; }
button, a.act { box-sizing: border-box; padding: 8px 16px; border: 1px solid var(--_accent); border-radius: 8px; background: var(--_accent); color: var(--_ground); }
button.quiet, button[aria-disabled='true'] { border-color: currentcolor; background: none; color: inherit; }
button[aria-disabled='true'] { padding-inline: 0; border-color: transparent; text-align: start; font-weight: 700; }
a { display: inline-block; min-block-size: 28px; color: var(--_accent); }
a.act { min-block-size: 44px; text-decoration: none; }
summary { display: list-item; align-content: center; inline-size: fit-content; }
textarea, input[type='text'], input[type='number'] { box-sizing: border-box; inline-size: 100%; min-block-size: 44px; padding: 4px 8px;
  border: 1px solid; border-radius: 8px; background: none; color: inherit; font: inherit; }
input[type='number'] { inline-size: 6em; }
ul, ol { margin: 0; padding: 0; list-style: none; }
li { padding-block: calc(var(--_gap) / 2); border-block-start: 1px solid color-mix(in srgb, currentcolor 20%, transparent); }
form, li > * { margin-block: var(--_gap); }
p, blockquote { margin: 4px 0; }
p:empty { margin: 0; }
blockquote { padding-inline-start: 8px; border-inline-start: 3px solid; }
small { display: block; font-size: 0.9375em; }
code { font: inherit; font-weight: 700; user-select: all; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
[aria-pressed='true'] { font-weight: 700; outline: 2px solid; }
.ad:empty { display: none; }
.ad:not(:empty) { display: block !important; inline-size: fit-content; padding: 1px 8px; border: 1px solid #8a6100; border-radius: 4px; background: #ffe9b0 !important;
  color: #3d2b00 !important; font: 600 max(0.875rem, 14px) / 1.4 system-ui, sans-serif !important; opacity: 1 !important; visibility: visible !important; }
`;

/* document → the sheet of each scheme: a sheet may be used only in the document that it was made in. */
const documents = new WeakMap();

/* Gives the root around a plain form its sheet, and what the room says of light and dark. */
export function dress(place, scheme = '') {
  const { ownerDocument: document } = place;
  const sheets = documents.get(document) ?? documents.set(document, {}).get(document);
  if (!sheets[scheme]) {
    sheets[scheme] = new document.defaultView.CSSStyleSheet();
    sheets[scheme].replaceSync(CSS + scheme);
  }
  place.getRootNode().adoptedStyleSheets = [sheets[scheme]];
}
