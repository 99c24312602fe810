/* Plain forms in place of the module: for an activity that it trapped over too often, or for all where it cannot run. */

export class Plainly {
  /* What draws a whole room, once there is one. */
  painter;
  #room;
  #port;
  #speech;
  /* activity → `{pending, refusal, flagged}` */
  #activities = new Map();
  /* Frames that came before what draws was loaded. */
  #early;

  /* `speech` has the words. */
  constructor(room, port, speech) {
    this.#room = room;
    this.#port = port;
    this.#speech = speech;
  }

  add(activity) {
    if (activity) this.#activities.set(activity, {});
  }

  has(activity) {
    return this.#activities.has(activity);
  }

  /* The room is drawn without the module from now on; not before it is `spoken` in its language. */
  paint(frames, spoken) {
    if (this.#early) return;
    this.#early = frames;
    this.#use(async ({ Painter }) => {
      await spoken;
      this.painter = new Painter(this.#room, this.#port, this.#speech, this.#early);
      this.painter.draw();
    });
  }

  /* Takes a frame, if the room is drawn without the module. */
  takes(text) {
    if (this.painter) this.painter.receive(text);
    else this.#early?.push(text);
    return Boolean(this.#early);
  }

  /* Draws one activity in a widget, from what is kept of it. The module still decides all else. */
  draw(number, widget, texts, entries) {
    const activity = widget.shown;
    const state = this.#activities.get(activity);
    this.#use(({ form, entriesOf, partsOf }) => {
      const parts = { ...partsOf(texts, activity), activity, entries: entriesOf(entries, activity) };
      if (widget.shown !== activity || !parts.card) return;
      const act = (action) => {
        state.pending = action;
        this.#port.call('act', JSON.stringify(action), number);
      };
      const { words, format } = this.#speech;
      const { order, scheme } = this.#room;
      form(widget.place, { ...parts, ...state, orders: Boolean(order) }, act, { words, format, scheme });
    });
  }

  /* The room has answered, or the page has held it back; whether that is shown here. */
  answered(activity, refusal, isHeld) {
    const state = this.#activities.get(activity);
    if (!state) return false;
    state.flagged ||= state.pending?.type === 'flag' && !refusal && !isHeld;
    Object.assign(state, { pending: undefined, refusal });
    return true;
  }

  async #use(work) {
    try {
      await work(await import('./plain.js'));
    } catch (error) {
      this.#port.fail('plain', `plain.js did not run from beside the kit: ${error.message}`);
    }
  }
}
