/* Plain forms in place of the module: for an activity that it trapped over too often, or for all where it cannot run. */

export class Plainly {
  /* What draws a whole room, once there is one. */
  painter;
  #room;
  #port;
  /* activity → `{pending, refusal}` */
  #activities = new Map();
  #wanted;

  constructor(room, port) {
    this.#room = room;
    this.#port = port;
  }

  add(activity) {
    if (activity) this.#activities.set(activity, {});
  }

  has(activity) {
    return this.#activities.has(activity);
  }

  /* The room is drawn without the module from now on. */
  paint(frames) {
    this.#wanted ??= this.#use(({ Painter }) => {
      this.painter = new Painter(this.#room, this.#port, frames);
      this.painter.draw();
    });
  }

  /* Draws one activity in a widget, from what is kept of it. The module still decides all else. */
  draw(number, widget, texts) {
    const activity = widget.shown;
    const state = this.#activities.get(activity);
    this.#use(({ form, partsOf }) => {
      const parts = partsOf(texts, activity);
      if (widget.shown !== activity || !parts.card) return;
      const act = (action) => {
        state.pending = true;
        this.#port.call('act', JSON.stringify(action), number);
      };
      form(widget.place, { ...parts, ...state }, act, this.#port.words);
    });
  }

  /* The room has answered. */
  answered({ activity, refusal }) {
    if (this.has(activity)) Object.assign(this.#activities.get(activity), { pending: false, refusal: refusal?.reason });
  }

  async #use(work) {
    try {
      work(await import('./plain.js'));
    } catch (error) {
      this.#port.fail('plain', `plain.js did not run from beside the kit: ${error.message}`);
    }
  }
}
