/* The room's dock: an element for each activity that is shown, as the module lists them. */

export class Dock {
  place;
  #make;
  #elements = new Map();

  constructor(place, make) {
    this.place = place;
    this.#make = make;
    place.className = 'dock';
  }

  /* Shows these, `[widget, activity]` each. What stays is not touched: nothing moves under a finger. */
  all(entries) {
    const wanted = new Set(entries.map(([, activity]) => activity));
    for (const [activity, element] of this.#elements) {
      if (wanted.has(activity)) continue;
      element.remove();
      this.#elements.delete(activity);
    }
    for (const [widget, activity] of entries) {
      if (this.#elements.has(activity)) continue;
      const element = this.#make(`live-${widget}`);
      element.docked = true;
      element.setAttribute('activity', activity);
      this.#elements.set(activity, element);
      this.place.append(element);
    }
  }
}
