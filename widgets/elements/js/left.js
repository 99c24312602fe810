/* What a page had in hand as it went. The database may not take it any more, as a browser ends what a page asked of it with the page:
   it is put down at once where the next page load finds it, and that one asks the database what it took. */

import { result } from './database.js';

const NAME = 'live-left ';
/* Of so many page loads at once, and so long as reports are kept at all. */
const MOST = 20;
const OLD_MS = 259_200_000;

/* What lies there; refused, nothing does. */
function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(NAME));
  } catch {
    return [];
  }
}

export const isLeft = (session) => names().includes(NAME + session);

/* Puts down a page load's `session` and its `rows`, as the database would have them; whether they lie there. */
export function putDown(session, rows) {
  try {
    if (names().length >= MOST && !isLeft(session.session)) return false;
    localStorage.setItem(NAME + session.session, JSON.stringify({ session, rows }));
    return true;
  } catch {
    /* Refused or full. */
    return false;
  }
}

/* What was put down for an endpoint: the name there, and what it is. What cannot be read is nobody's. */
const all = (endpoint) => names().map((name) => {
  try {
    const text = localStorage.getItem(name);
    const { session, rows } = JSON.parse(text);
    if (session.at > Date.now() - OLD_MS) return session.endpoint === endpoint && { name, text, session, rows: [...rows] };
  } catch {
    /* It goes, as what is too old. */
  }
  return localStorage.removeItem(name);
}).filter(Boolean);

/* Writes down for an endpoint what the database did not take; what it does not take now stays where it is. */
export async function pickUp(endpoint, transact) {
  for (const { name, text, session, rows } of all(endpoint)) {
    /* Its page may have come back and gone again with more, or consent may have been withdrawn. */
    const isThere = () => localStorage.getItem(name) === text;
    const end = () => isThere() && localStorage.removeItem(name);
    await transact('readwrite', async (store) => {
      const { created = 0, left = 0 } = (await result(store('sessions').get([endpoint, session.session]))) ?? {};
      if (created >= session.created || !isThere()) return;
      for (const row of rows) if (row.sequence > created) store('records').put(row);
      store('sessions').put({ ...session, left: Math.max(left, session.left) });
    }).then(end, (error) => error?.name === 'DataError' && end());
  }
}

/* The endpoints to which something was put down from a source. */
export const leftFor = (source) => names().flatMap((name) => {
  try {
    const { session } = JSON.parse(localStorage.getItem(name));
    return session.source === source ? [session.endpoint] : [];
  } catch {
    return [];
  }
});

/* Consent was withdrawn. */
export function forget(endpoint) {
  for (const { name } of all(endpoint)) localStorage.removeItem(name);
}
