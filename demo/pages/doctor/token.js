/* The token that the doctor is given, behind # where no server's log sees it. */

/** The token of the address, or none. */
export function given() {
  return new URLSearchParams(location.hash.slice(1)).get('token');
}

/** What a token says, unchecked; null if it is none. */
export function claims(token) {
  try {
    const part = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
