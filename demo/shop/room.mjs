/* The shop's line to the room server: its key for tickets, and what it settles. */

/** A room as the shop's server knows it. `token` gives a token of role `shop`. */
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

  /* Says what came of a claim. Under the claim's own name, so that saying it again changes nothing. */
  settle({ activity, jti }, settle, step) {
    const command = { type: 'deal.settle', activity, claim: jti, settle };
    return this.#ask('/commands', { body: JSON.stringify(command), headers: { 'idempotency-key': `${step}-${jti}` } });
  }

  async #ask(path, { body, headers = {} } = {}) {
    const response = await fetch(this.#address + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${await this.#token()}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    const answer = await response.json();
    if (!response.ok || answer.ok === false) {
      throw Object.assign(new Error(answer.refusal?.message ?? answer.refusal?.reason ?? `the room answered ${response.status}`), { reason: answer.refusal?.reason });
    }
    return answer;
  }
}
