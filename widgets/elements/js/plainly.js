/* Plain forms in place of the module: for an activity that it trapped over too often, or for all where it cannot run. */

export class Plainly {
  /* What draws a whole room, once there is one. */
  painter;
  #room;
  #port;
  #speech;
  /* activity → `{pending, refusal}` */
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

  /* The room is drawn without the module from now on. */
  paint(frames) {
    if (this.#early) return;
    this.#early = frames;
    this.#use(({ Painter }) => {
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
      const parts = { ...partsOf(texts, activity), entries: entriesOf(entries, activity) };
      if (widget.shown !== activity || !parts.card) return;
      const act = (action) => {
        state.pending = true;
        this.#port.call('act', JSON.stringify(action), number);
      };
      form(widget.place, { ...parts, ...state }, act, this.#speech.words);
    });
  }

  /* The room has answered; whether that is shown here. */
  answered(activity, refusal) {
    const state = this.#activities.get(activity);
    return Boolean(state && Object.assign(state, { pending: false, refusal }));
  }

  async #use(work) {
    try {
      work(await import('./plain.js'));
    } catch (error) {
      this.#port.fail('plain', `plain.js did not run from beside the kit: ${error.message}`);
    }
  }
}
