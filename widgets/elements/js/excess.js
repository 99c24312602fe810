/* What is more than may wait, the oldest of what this page load made and never sent; loaded where much waits. */

import { nothing, settledOf, withLost } from './ledger.js';

/* Records that are read at once: more than one report has to make room for. */
const SOME = 300;

/* Takes from `rows`, oldest first, until what waits is within the limits. */
function take(rows, number, bytes, { count, bytes: heavy }) {
  const over = [];
  for (const row of rows) {
    if (number <= count && bytes <= heavy) break;
    over.push(row);
    number -= 1;
    bytes -= row.bytes;
  }
  return over;
}

/* Of what is stored for an endpoint by the session that asks. What another page load made may have left with its page, which nobody
   can know who was not there: it waits for an answer, or until it is too old. */
export const stored = ({ transact, result, endpoint, session: own, limits }) => transact('readwrite', async (store) => {
  const all = IDBKeyRange.bound([endpoint], [endpoint, []]);
  const [keys, sessions, settled] = await Promise.all([result(store('records').getAllKeys(all)), ...['sessions', 'settled'].map((name) => result(store(name).getAll(all)))]);
  const of = (rows) => rows.find(({ session }) => session === own);
  const tried = Math.max(of(sessions)?.left ?? 0, of(settled)?.tried ?? 0);
  let number = 0;
  let bytes = 0;
  for (const made of sessions) {
    const done = settled.find(({ session }) => session === made.session) ?? { ...nothing(), bytes: 0 };
    number += made.created - settledOf(withLost(done, made.lost));
    bytes += made.bytes - done.bytes;
  }
  if (number <= limits.count && bytes <= limits.bytes) return [];
  /* What may have arrived is not dropped to make room. */
  const free = keys.filter(([, , session, sequence]) => session === own && sequence > tried).slice(0, SOME);
  return take(await Promise.all(free.map((key) => result(store('records').get(key)))), number, bytes, limits);
});

/* Of what a page has in its memory alone. */
export const remembered = ({ rows, tried, limits }) => take(rows.filter(({ sequence }) => sequence > tried), rows.length, rows.reduce((sum, row) => sum + row.bytes, 0), limits);
