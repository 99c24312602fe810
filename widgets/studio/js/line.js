/* The line to the room as the desk shows it: asked of the room element twice a second, and at once when the browser says so. */

export class Line {
  #room;
  #tell;
  #timer;
  #lost;
  #now = () => this.#ask();

  constructor(room, tell) {
    this.#room = room;
    this.#tell = tell;
    this.#timer = setInterval(this.#now, 500);
    for (const type of ['online', 'offline']) addEventListener(type, this.#now);
    this.#ask();
  }

  stop() {
    clearInterval(this.#timer);
    for (const type of ['online', 'offline']) removeEventListener(type, this.#now);
  }

  #ask() {
    const status = this.#room.status ?? {};
    const now = Math.round(Date.now() + (status.clock?.offset_ms ?? 0));
    const state = stateOf(status.connection);
    this.#lost = state === 'lost' ? (this.#lost ?? now) : undefined;
    const practice = this.#room.getAttribute('server') === 'local:';
    this.#tell(JSON.stringify({ state, since: this.#lost ?? null, now, practice }));
  }
}

/** One of the desk's four words for what the room element says of its connection. */
function stateOf(connection) {
  switch (connection) {
    case 'live':
    case 'slow':
    case 'lost':
      return connection;
    default:
      return 'connecting';
  }
}
