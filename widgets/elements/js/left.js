/* What a page had in hand as it went. The database may not take it any more, as a browser ends what a page asked of it with the page:
   it is put down at once where the next page load finds it, and that one asks the database what it took. */

import { result } from './database.js';

const NAME = 'live-left ';

/* Puts down a page load's `session` and its `rows`, as the database would have them. */
export function putDown(session, rows) {
  try {
    localStorage.setItem(NAME + session.session, JSON.stringify({ session, rows }));
  } catch {
    /* Refused or full. */
  }
}

/* What was put down for an endpoint: the name there, and what it is. What cannot be read is nobody's. */
function all(endpoint) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(NAME)).map((name) => {
      try {
        const { session, rows } = JSON.parse(localStorage.getItem(name));
        if (session.endpoint !== endpoint) return undefined;
        return { name, session, rows: [...rows] };
      } catch {
        return localStorage.removeItem(name);
      }
    }).filter(Boolean);
  } catch {
    /* Refused: then nothing lies there. */
    return [];
  }
}

/* Writes down for an endpoint what the database did not take. */
export async function pickUp(endpoint, transact) {
  for (const { name, session, rows } of all(endpoint)) {
    await transact('readwrite', async (store) => {
      const { created = 0, left = 0 } = (await result(store('sessions').get([endpoint, session.session]))) ?? {};
      if (created >= session.created) return;
      for (const row of rows) if (row.sequence > created) store('records').put(row);
      store('sessions').put({ ...session, left: Math.max(left, session.left) });
    }).catch((error) => {
      if (error?.name !== 'DataError') throw error;
    });
    localStorage.removeItem(name);
  }
}

/* Consent was withdrawn. */
export function forget(endpoint) {
  for (const { name } of all(endpoint)) localStorage.removeItem(name);
}
