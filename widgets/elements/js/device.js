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

/* When a JWT ends, in milliseconds since 1970; NaN where it does not say. Only the room can tell whether it is true. */
export function endOf(token) {
  try {
    const [, claims] = token.split('.');
    return JSON.parse(atob(claims.replace(/-/g, '+').replace(/_/g, '/'))).exp * 1_000;
  } catch {
    return NaN;
  }
}
