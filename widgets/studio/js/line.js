/* The line to the room as the desk shows it: asked of the room element twice a second, and at once when the browser says so. */

export class Line {
  #room;
  #tell;
  #timer;
  #lost;
  #greeted = false;
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

  /** What time it is in the room, in milliseconds since 1970. */
  static now(room) {
    return Math.round(Date.now() + (room.status?.clock_offset ?? 0));
  }

  #ask() {
    const status = this.#room.status ?? {};
    const now = Line.now(this.#room);
    const state = this.#state(status.connection);
    this.#lost = state === 'lost' ? (this.#lost ?? now) : undefined;
    const since = this.#lost ?? null;
    this.#tell(JSON.stringify({ state, since, now, practice: status.server === 'practice' }));
  }

  /* One of the desk's four words for what the room element says of its connection. */
  #state(connection) {
    switch (connection) {
      case 'live':
      case 'slow':
        this.#greeted = true;
        return connection;
      case 'lost':
        return 'lost';
      default:
        // A line that is made again was lost: nothing reaches the room until it greets.
        return this.#greeted ? 'lost' : 'connecting';
    }
  }
}
