/* The shop's line to the room server: its key for tickets, and what it settles. */

/** A room as the shop's server knows it. `token` resolves to a token of role `shop`. */
export class Room {
  #address;
  #token;
  #key;

  constructor(server, room, token) {
    this.name = room;
    this.#address = `${server}/v1/rooms/${encodeURIComponent(room)}`;
    this.#token = token;
  }

  /* The key that tickets are signed with; it stays the same for the life of the room. */
  async key() {
    this.#key ??= (await this.#ask('/ticket-key')).key;
    return this.#key;
  }

  /* Says that a claim is sold. Under the claim's own name, so that saying it again changes nothing. */
  sold({ activity, claim, number, value }) {
    const command = { type: 'deal.settle', activity, claim, settle: { outcome: 'sold', order: number, value } };
    return this.#ask('/commands', { body: JSON.stringify(command), headers: { 'idempotency-key': `sold-${claim}` } });
  }

  /* An error carries the room's `reason`, and `again_in_ms` where asking again makes sense: too fast, not able, not there. */
  async #ask(path, { body, headers = {} } = {}) {
    const away = (error) => {
      throw Object.assign(new Error(`the room is not there: ${error.message}`), { again_in_ms: 1_000 });
    };
    const token = await this.#token().catch(away);
    const response = await fetch(this.#address + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      body,
      signal: AbortSignal.timeout(10_000),
    }).catch(away);
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const { reason, message, again_in_ms } = answer.refusal ?? {};
    const again = again_in_ms ?? (response.status === 429 || response.status >= 500 ? 1_000 : undefined);
    throw Object.assign(new Error(message ?? reason ?? `the room answered ${response.status}`), { reason, again_in_ms: again });
  }
}
