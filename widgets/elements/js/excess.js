/* What is more than may wait, the oldest of what never left; loaded where much waits. */

import { lockOf, nothing, settledOf, withLost } from './ledger.js';

const DAY_MS = 86_400_000;
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

/* The sessions whose pages live. What such a page has in its memory may leave with it at any moment, so that it alone drops it. */
async function living() {
  try {
    const { held, pending } = await navigator.locks.query();
    const names = new Set([...held, ...pending].map(({ name }) => name));
    return (session) => names.has(lockOf(session));
  } catch {
    /* Nobody can know. */
    return () => true;
  }
}

/* Of what is stored for an endpoint; `session` is the one that asks. */
export async function stored(about) {
  const lives = await living();
  return about.transact('readwrite', (store) => beyond(store, lives, about));
}

async function beyond(store, lives, { result, endpoint, session: own, limits }) {
  const all = IDBKeyRange.bound([endpoint], [endpoint, []]);
  const [keys, sessions, settled] = await Promise.all([result(store('records').getAllKeys(all)), ...['sessions', 'settled'].map((name) => result(store(name).getAll(all)))]);
  const tried = new Map(sessions.map(({ session, left = 0 }) => [session, Math.max(left, settled.find((other) => other.session === session)?.tried ?? 0)]));
  let number = 0;
  let bytes = 0;
  for (const made of sessions) {
    const done = settled.find(({ session }) => session === made.session) ?? { ...nothing(), bytes: 0 };
    const waiting = made.created - settledOf(withLost(done, made.lost));
    number += waiting;
    bytes += made.bytes - done.bytes;
    /* Page loads that are long settled are forgotten. */
    const isStale = !waiting && made.at < Date.now() - DAY_MS && made.session !== own;
    if (isStale) for (const name of ['sessions', 'settled']) store(name).delete([endpoint, made.session]);
  }
  if (number <= limits.count && bytes <= limits.bytes) return [];
  /* What may have arrived is not dropped to make room. */
  const isFree = ([, , session, sequence]) => !(sequence <= tried.get(session)) && (session === own || !lives(session));
  const free = keys.filter(isFree).slice(0, SOME);
  return take(await Promise.all(free.map((key) => result(store('records').get(key)))), number, bytes, limits);
}

/* Of what a page has in its memory alone. */
export const remembered = ({ rows, tried, limits }) => take(rows.filter(({ sequence }) => sequence > tried), rows.length, rows.reduce((sum, row) => sum + row.bytes, 0), limits);
