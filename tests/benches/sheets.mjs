// The style sheets of a widget, in the order in which the kit has them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../styles');

/** The rules that a widget's element has: tokens, what all share, its own. */
export function css(widget) {
  const list = readFileSync(join(folder, 'build.rs'), 'utf8');
  const files = (sheet) => {
    const [, names] = list.match(new RegExp(`"${sheet}\\.css",\\s*&\\[([^\\]]*)\\]`)) ?? [];
    if (!names) throw new Error(`styles/build.rs names no ${sheet}.css`);
    return [...names.matchAll(/"(.+?)"/g)].map(([, name]) => readFileSync(join(folder, name), 'utf8'));
  };
  return ['tokens', 'base', widget].flatMap(files).join('\n');
}
