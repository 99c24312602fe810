// The table of what is reported, read from its document: which types there are, and which fields each may have and always has.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];
const HOLDS = {
  text: (value) => typeof value === 'string',
  number: Number.isSafeInteger,
  'list of texts': (value) => Array.isArray(value) && value.every(HOLDS.text),
  'texts by name': (value) => Object.values(value).every(HOLDS.text),
  'numbers by name': (value) => Object.values(value).every(HOLDS.number),
  'any JSON': () => true,
};

const cells = (line) => line.split(' | ').map((cell) => cell.replace(/^\| |\s*\|$/g, ''));
const rows = (part) => part.split('\n').filter((line) => line.startsWith('| `')).map(cells);
const field = ([name, holds, always]) => ({ name: name.replaceAll('`', ''), holds, always: always === 'yes' });
/* `name` (holds, not always): what it means. */
const own = (text) => [...text.matchAll(/(?:^|<br>)`(\w+)` \(([^,)]+)(, not always)?\): /g)].map(([, name, holds, not]) => ({ name, holds, always: !not }));

export async function table() {
  const text = await readFile(join(import.meta.dirname, '../../widgets/protocol/REPORTS.md'), 'utf8');
  const [, every, activity, types] = text.split(/^### .*$/m);
  const shared = { 'nothing else': [], room: rows(every).map(field) };
  shared['room, activity'] = [...shared.room, ...rows(activity).map(field)];
  const kinds = rows(types).map(([name, , has, fields]) => ({ name: name.replaceAll('`', ''), own: own(fields), fields: [...shared[has], ...own(fields)] }));
  const fits = (name, type) => new RegExp(`^${name.replaceAll('.', '\\.').replace('<widget>', `(${WIDGETS.join('|')})`).replace('<what>', '.+')}$`).test(type);
  return {
    kinds,
    of: (type) => kinds.find(({ name }) => fits(name, type)),
    /* What of a report is not as the table has it, in words. */
    faults({ type, data }) {
      const kind = kinds.find(({ name }) => fits(name, type));
      if (!kind) return [`${type} is not in the table`];
      const known = new Map(kind.fields.map((one) => [one.name, one]));
      return [
        ...Object.entries(data).filter(([name, value]) => !HOLDS[known.get(name)?.holds]?.(value)).map(([name]) => `${type}: ${name} is not in the table, or holds something else`),
        ...kind.fields.filter(({ name, always }) => always && !(name in data)).map(({ name }) => `${type}: ${name} is missing`),
      ];
    },
  };
}
