// The test page's own script: enters practice rooms, keeps what they say and waits for what is expected.

const practice = await import('/kit/practice.js');
const wasm = await practice.default({ module_or_path: '/kit/practice.wasm' });

/* Whether a message has all that is wanted; lists are alike in length. */
const has = (news, want) => {
  if (want === null || typeof want !== 'object') return Object.is(news, want);
  if (news === null || typeof news !== 'object') return false;
  if (Array.isArray(want) && want.length !== news.length) return false;
  return Object.entries(want).every(([name, value]) => has(news[name], value));
};

const rooms = new Map();

/* Enters a room under a name of the test's and says hello. */
async function enter(name, room, identity, hello) {
  const heard = [];
  const waiting = new Set();
  const line = await practice.open(room, identity, (text) => {
    heard.push(JSON.parse(text));
    for (const look of waiting) look();
  });
  const until = (want, from = 0) => new Promise((resolve) => {
    const look = () => {
      const found = heard.slice(from).find((news) => has(news, want));
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
  const say = (message) => line.send(typeof message === 'string' ? message : JSON.stringify(message));
  const ask = (message) => {
    const from = heard.length;
    say(message);
    return until({ type: 'answer', id: message.id }, from);
  };
  rooms.set(name, {
    until, say, ask, line,
    heard: () => heard,
    close: () => line.close(),
    durable: () => line.durable,
  });
  say({ type: 'hello', version: 1, kinds: ['poll'], ...hello });
  return until({ type: 'welcome' });
}

/* All rows of a store of this browser; `change` is merged into the last one. */
const stored = (store, change) => new Promise((resolve, reject) => {
  const request = indexedDB.open('liveroom-practice');
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const transaction = request.result.transaction(store, 'readwrite');
    const rows = transaction.objectStore(store).getAll();
    rows.onsuccess = () => change && transaction.objectStore(store).put({ ...rows.result.at(-1), ...change });
    transaction.oncomplete = () => {
      request.result.close();
      resolve(rows.result);
    };
  };
});

/* What the test calls: by the name of a line and of what it is to do. */
globalThis.test = {
  enter, stored,
  call: (name, what, ...given) => rooms.get(name)[what](...given),
  conformance: practice.conformance,
  found: (...given) => JSON.parse(practice.desk_found(...given)),
  memory: () => wasm.memory.buffer.byteLength,
  open: practice.open,
};
