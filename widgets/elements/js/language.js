/* Which language an element speaks, and that language's messages. */

import { fetchKit } from './kit.js';

const known = Object.keys(KIT_INTEGRITY).flatMap((name) => name.match(/^lang\/(.*)\.json$/)?.[1] ?? []);
const texts = new Map();

/* The nearest `lang`, through shadow roots, else the browser's own. */
export function tagOf(element) {
  for (let node = element; node; node = node.parentNode ?? node.host) {
    const tag = node.getAttribute?.('lang');
    if (tag) return tag;
  }
  return navigator.language || 'en';
}

/* The kit's language for a tag: itself, its script's, or its family's. */
export function match(tag) {
  const lower = tag.toLowerCase();
  const exact = known.find((name) => name.toLowerCase() === lower);
  if (exact) return exact;
  const [family] = lower.split('-');
  if (family === 'zh') return /hant|tw|hk|mo/.test(lower) ? 'zh-TW' : 'zh-CN';
  return known.find((name) => name.toLowerCase().split('-')[0] === family) ?? 'en';
}

/* A language's messages as JSON text; nothing for English, which is built in, and where the file cannot be had. */
export async function messages(name) {
  if (name === 'en' || !known.includes(name)) return '';
  if (!texts.has(name)) {
    const response = await fetchKit(`lang/${name}.json`);
    if (!response.ok) throw new Error(`lang/${name}.json: ${response.status}`);
    texts.set(name, await response.text());
  }
  return texts.get(name);
}
