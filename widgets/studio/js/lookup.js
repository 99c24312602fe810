/* What the desk asks of the room's server by plain HTTP: claims and entrants that are looked up, and files to keep. */

/* Longer than the server gives itself. */
const PATIENCE_MS = 35_000;

/** What the server has at a path under the room, as this desk may know it; an error says what is wrong. */
export async function ask(room, path) {
  const token = (await room.tokenProvider?.()) ?? room.getAttribute('token');
  const address = room.getAttribute('server').replace(/\/+$/, '');
  const response = await fetch(`${address}/v1/rooms/${encodeURIComponent(room.getAttribute('room'))}${path}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.ok) return response;
  const { refusal } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(refusal?.message ?? refusal?.reason ?? `the room answered ${response.status}`), { status: response.status });
}

/** Looks something up, and tells it as text, or a sentence that says why not. */
export async function look(room, path, tell) {
  try {
    tell(await (await ask(room, path)).text());
  } catch (error) {
    tell('', `Not looked up: ${error.message}.`);
  }
}

/** Saves what is there as a file; tells only what went wrong. */
export async function save(room, path, name, tell) {
  try {
    const url = URL.createObjectURL(await (await ask(room, path)).blob());
    const link = Object.assign(room.ownerDocument.createElement('a'), { href: url, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tell('', `Not saved: ${error.message}.`);
  }
}
