// What a screen reader, or someone who sees little, would stumble over on a page: axe's findings in words.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/* Resolves to the findings on a page, shadow roots included, one line each; none is the aim. `except` names rules that do not fit it. */
export async function findings(page, { within = 'html', except = [] } = {}) {
  // Through the debugger, since the page's own policy lets no foreign script in.
  await page.evaluate(source);
  const { violations } = await page.evaluate(([within, except]) => axe.run(within, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: Object.fromEntries(except.map((rule) => [rule, { enabled: false }])),
  }), [within, except]);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => (
    `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary.replace(/\s+/g, ' ')}`
  )));
}
