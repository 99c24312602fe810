/* The device key that a room minted for this browser: strictly necessary for the action that the viewer asked for,
   so it does not wait for consent. In memory where storage is refused; then a reload is another viewer. */

const memory = new Map();

export function deviceOf(key) {
  try {
    return localStorage.getItem(key) ?? memory.get(key);
  } catch {
    return memory.get(key);
  }
}

export function keepDevice(key, device) {
  memory.set(key, device);
  try {
    localStorage.setItem(key, device);
  } catch {
    /* Refused or full: memory has it. */
  }
}

/* What a JWT says: of which account it is, when it ends, in milliseconds since 1970 (NaN where it does not say), and the tier of membership.
   Only the room can tell whether it is true. */
export function saidBy(token) {
  try {
    const [, claims] = token.split('.');
    const bytes = Uint8Array.from(atob(claims.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
    const { sub, exp, tier } = JSON.parse(new TextDecoder().decode(bytes));
    return { account: sub, ends: exp * 1_000, tier: typeof tier === 'string' ? tier : '' };
  } catch {
    return { ends: NaN, tier: '' };
  }
}
