/* The viewer's made-up account on the demo's page. A server in development vouches for anyone; elsewhere a site's own server signs the token. */

const PLACE = 'demo-viewer';

/** The account that this browser keeps. `name` is empty until somebody signs in; then `token()` gives a token of theirs for the room. */
export function viewer(server, room) {
  const kept = read();

  async function mint({ name, sub, attest }) {
    const response = await fetch(`${server}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ room, role: 'viewer', name, sub, attest }),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.refusal?.message ?? `The server answered ${response.status}.`);
    return answer.token;
  }

  return {
    name: kept?.name ?? '',
    token: () => mint(kept),
    /** A signed claim that this viewer did what these words say, to go with one action. */
    attest: (words) => mint({ ...kept, attest: words }),
    /** Rejects where the server vouches for nobody. */
    async signIn(name) {
      const account = { name: name.trim() || 'Somebody', sub: `demo-${crypto.getRandomValues(new Uint32Array(2)).join('-')}` };
      await mint(account);
      localStorage.setItem(PLACE, JSON.stringify(account));
    },
    signOut() {
      localStorage.removeItem(PLACE);
    },
  };
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE));
  } catch {
    // Storage is refused: nobody stays signed in.
    return null;
  }
}
