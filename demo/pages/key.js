/* The desk's key: a one-time key in the address becomes a token, which is kept for this tab and renewed before it ends. */

const EARLY_MS = 60_000;

/** The token of a desk. `token()` gives one that is good for a minute at least, or says what to do to get one. */
export function desk(server, room) {
  const place = `demo-desk:${server}:${room}`;
  const once = takeFromAddress('owner');
  let kept = read(place);

  async function ask(body, bearer) {
    const headers = { 'content-type': 'application/json' };
    if (bearer) headers.authorization = `Bearer ${bearer}`;
    const response = await fetch(`${server}/v1/tokens`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.refusal?.message ?? `the server answered ${response.status}`);
    return answer.token;
  }

  async function renew() {
    if (kept && ends(kept) > Date.now()) {
      // A server that was started afresh no longer knows its old tokens; in development it makes another for anyone.
      return ask({}, kept).catch(() => ask({ room, role: 'owner' }));
    }
    return ask({ room, role: 'owner' });
  }

  return {
    async token() {
      if (kept && ends(kept) - EARLY_MS > Date.now()) return kept;
      try {
        kept = once.key ? await ask({ key: once.take() }) : await renew();
      } catch (error) {
        throw new Error(`Open the owner link that the server printed when it started. (${error.message})`);
      }
      write(place, kept);
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

function read(place) {
  try {
    return sessionStorage.getItem(place);
  } catch {
    return null;
  }
}

function write(place, token) {
  try {
    sessionStorage.setItem(place, token);
  } catch {
    // Storage is refused: the token lives as long as the page.
  }
}
