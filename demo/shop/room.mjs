/* The shop's line to the room server: its key for tickets, what it settles, and how many units a live deal has. */

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

  /* The key that tickets are signed with; it stays the same for the life of the room's log. `anew`: ask again. */
  async key({ anew = false } = {}) {
    if (anew) this.#key = undefined;
    this.#key ??= (await this.#ask('/ticket-key')).key;
    return this.#key;
  }

  /* Says that a claim is sold. Under the claim's own name, so that saying it again changes nothing.
     In a log that was begun anew the name would be another buyer's claim. */
  async sold({ epoch, activity, claim, number, value }) {
    const now = await this.#ask('/ticket-key');
    if (now.epoch !== epoch) throw Object.assign(new Error('the room was made anew since'), { reason: 'unknown-claim' });
    const command = { type: 'deal.settle', activity, claim, settle: { outcome: 'sold', order: number, value } };
    return this.#ask('/commands', { body: JSON.stringify(command), headers: { 'idempotency-key': `sold-${claim}` } });
  }

  /* The open deal of a product, by what everybody is told of the room; nothing if there is none. */
  async deal(sku) {
    const items = (await this.#ask('')).flatMap(({ news }) => news ?? []);
    const { activity } = items.findLast(({ card }) => card?.sku === sku && !card.cancelled) ?? {};
    const isOpen = items.some((item) => item.activity === activity && item.tally?.phase === 'open');
    return isOpen ? activity : undefined;
  }

  /* Raises or lowers the units of a deal, once for each name. What is claimed or sold stays: then the room refuses with `sold-out`. */
  stock({ activity, variant, by, name }) {
    const command = { type: 'deal.stock', activity, variant, by };
    return this.#ask('/commands', { body: JSON.stringify(command), headers: { 'idempotency-key': name } });
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
