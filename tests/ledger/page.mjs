// What the tests do inside of a page: functions that are handed to it whole.

/* Makes reports `n`, `n + 1` … of a page load; with `wait`, until the kit says that they are delivered or lie waiting. Resolves to what the kit then counts. */
export async function burst({ tab, count, size, wait }) {
  const room = document.querySelector('live-room');
  window.made ??= 0;
  const asked = [];
  for (let n = 0; n < count; n += 1) asked.push(room.report('thing', { tab, n: ++window.made, x: 'x'.repeat(size) }));
  await Promise.all(asked);
  if (wait) await room.flush();
  return { tab, made: window.made, ...room.status.reports };
}

/* Reports, and leaves in the same breath. */
export function leave({ tab, count, to }) {
  const room = document.querySelector('live-room');
  window.made ??= 0;
  for (let n = 0; n < count; n += 1) room.report('thing', { tab, n: ++window.made });
  location.assign(to);
  return window.made;
}

/* Waits for the part that sends, and for its first attempt. */
export async function begin() {
  const room = document.querySelector('live-room');
  /* A page that puts too much into some of its reports. */
  room.addEventListener('live-engagement', (event) => {
    if (event.detail.data.page?.n % 197 === 0) event.detail.data = { x: 'x'.repeat(9_000) };
  });
  await room.ready;
  room.report('begun', {});
  await import('/kit/sender.js');
  await room.flush();
}

/* Spoils the oldest record that never left, whose page is gone, as a failing disk would; whether there was one. `arrived`: what came as far as
   the proxy, by session and sequence, which a page that went may not have been able to write down. */
export function damage(arrived) {
  return new Promise((resolve) => {
    const request = indexedDB.open('live-reports', 1);
    request.onsuccess = () => {
      const transaction = request.result.transaction(['records', 'settled', 'sessions'], 'readwrite');
      const [records, settled, sessions] = ['records', 'settled', 'sessions'].map((name) => transaction.objectStore(name).getAll());
      let isDone = false;
      sessions.onsuccess = () => {
        const of = (rows, session) => rows.result.find((other) => other.session === session);
        const left = ({ session, sequence }) => sequence <= of(settled, session)?.tried || sequence <= of(sessions, session)?.left;
        const record = records.result.find((row) => !left(row) && !arrived.includes(`${row.session} ${row.sequence}`));
        if (!record) return;
        isDone = true;
        transaction.objectStore('records').put({ ...record, text: '{"id":' });
      };
      transaction.oncomplete = () => {
        request.result.close();
        resolve(isDone);
      };
    };
  });
}

/* Delivers until nothing waits in this browser, whoever made it; resolves to what became of each page load, as storage has it. */
export async function settle() {
  const room = document.querySelector('live-room');
  const stores = ['records', 'sessions', 'settled'];
  const read = () => new Promise((resolve, reject) => {
    const request = indexedDB.open('live-reports', 1);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction(stores);
      const asked = stores.map((name) => transaction.objectStore(name).getAll());
      transaction.oncomplete = () => {
        request.result.close();
        resolve(asked.map(({ result }) => result));
      };
    };
  });
  /* For who asks why it takes so long. */
  window.left = async () => (await read())[0].map(({ session, sequence, at, text }) => [session, sequence, Date.now() - at, text.slice(0, 80)]);
  for (;;) {
    const [records, sessions, settled] = await read();
    /* What a page load dropped before it was written down, it says itself. */
    const said = (session) => {
      const done = settled.find((other) => other.session === session.session && other.endpoint === session.endpoint);
      const dropped = { ...done?.dropped };
      for (const [reason, number] of Object.entries(session.lost ?? {})) dropped[reason] = (dropped[reason] ?? 0) + number;
      return { ...session, ...done, created: session.created, dropped, waiting: 0 };
    };
    const isLeft = Object.keys(localStorage).some((name) => name.startsWith('live-left '));
    if (records.length === 0 && !isLeft) return sessions.map(said);
    await room.flush();
    await new Promise((frame) => setTimeout(frame));
  }
}

/* Delivers until nothing of this page waits; resolves to what it counts. For pages that have nothing but their memory. */
export async function empty() {
  const room = document.querySelector('live-room');
  dispatchEvent(new Event('online'));
  for (;;) {
    const { reports } = room.status;
    if (reports.waiting === 0) return { ...reports, made: window.made };
    await room.flush();
    await new Promise((frame) => setTimeout(frame));
  }
}
