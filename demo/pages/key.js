/* The desk's key: a one-time key or an invitation in the address becomes a token, which is kept for this tab and renewed before it ends. */

const EARLY_MS = 60_000;

/**
 * The token of a desk. `token()` gives one that is good for a minute at least, or says what to do to get one.
 * `invited` is true while a link was opened that waits for the name of who came; `come(name)` comes in by it.
 */
export function desk(server, room) {
  const place = `demo-desk:${server}:${room}`;
  const own = `${place}:key`;
  const once = takeFromAddress('owner');
  const link = takeFromAddress('key');
  /* The name of the request: asked again, the same link makes nobody twice. */
  const request = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  let kept = link.key ? null : read(sessionStorage, place);

  async function ask(body, { bearer, id } = {}) {
    const headers = { 'content-type': 'application/json' };
    if (bearer) headers.authorization = `Bearer ${bearer}`;
    if (id) headers['idempotency-key'] = id;
    const response = await fetch(`${server}/v1/tokens`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.refusal?.message ?? `the server answered ${response.status}`);
    return answer;
  }

  async function renew() {
    const key = read(localStorage, own);
    if (key) return ask({ room, key });
    if (kept && ends(kept) > Date.now()) {
      // A server that was started afresh no longer knows its old tokens; in development it makes another for anyone.
      return ask({}, { bearer: kept }).catch(() => ask({ room, role: 'owner' }));
    }
    return ask({ room, role: 'owner' });
  }

  return {
    get invited() {
      return Boolean(link.key);
    },
    async come(name) {
      const answer = await ask({ room, key: link.key, name: name || undefined }, { id: request });
      // From now on this browser has a key of its own, which is good until it is revoked.
      write(localStorage, own, answer.key ?? link.key);
      link.take();
      kept = answer.token;
      write(sessionStorage, place, kept);
      return answer.role;
    },
    async token() {
      // Who was invited may be sent away at any time: a token is fetched anew whenever it is asked for.
      const lasts = kept && ends(kept) - EARLY_MS > Date.now();
      if (lasts && !once.key && !read(localStorage, own)) return kept;
      try {
        if (once.key) forget(own);
        kept = (await (once.key ? ask({ key: once.take() }) : renew())).token;
      } catch (error) {
        const way = read(localStorage, own) ? 'Ask whoever invited you for another link.' : 'Open the owner link that the server printed when it started.';
        throw new Error(`${way} (${error.message})`);
      }
      write(sessionStorage, place, kept);
      return kept;
    },
  };
}

/** Takes a key out of the address, so that it stays neither on the screen nor in the history. */
function takeFromAddress(name) {
  const words = new URLSearchParams(location.hash.slice(1));
  const once = {
    key: words.get(name),
    take() {
      const key = once.key;
      once.key = null;
      return key;
    },
  };
  if (once.key) history.replaceState(null, '', location.pathname + location.search);
  return once;
}

/** When a token ends, in milliseconds since 1970; 0 if it cannot be read. */
function ends(token) {
  try {
    const claims = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(claims)).exp * 1000;
  } catch {
    return 0;
  }
}

function read(storage, place) {
  try {
    return storage.getItem(place);
  } catch {
    return null;
  }
}

function write(storage, place, text) {
  try {
    storage.setItem(place, text);
  } catch {
    // Storage is refused: what would be kept lives as long as the page.
  }
}

function forget(place) {
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}
