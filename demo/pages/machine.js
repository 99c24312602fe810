/* A machine's key stands behind #, where no server's log sees it: it is exchanged for short-lived tokens, again and again. */

/** Lets a room in by the key, or by the token, that stands behind `#` in the address; without either the room is asked as anyone. */
export function machine(room, server, name) {
  const words = new URLSearchParams(location.hash.slice(1));
  const [token, key] = [words.get('token'), words.get('key')];
  if (token) room.setAttribute('token', token);
  if (!key) return;
  room.tokenProvider = async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server}/v1/tokens`, { method: 'POST', headers, body: JSON.stringify({ room: name, key }) });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.refusal?.message ?? `the server answered ${response.status}`);
    return answer.token;
  };
}
