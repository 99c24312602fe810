/* Who the viewer is to the room: the page's token, and the device key that the room minted for this browser. */

import { deviceOf, keepDevice, saidBy } from './device.js';

export class Identity {
  #room;
  #call;

  /* `call` tells the module. */
  constructor(room, call) {
    this.#room = room;
    this.#call = call;
  }

  get #key() {
    return `live:${this.#room.getAttribute('server')}:${this.#room.getAttribute('room')}`;
  }

  get device() {
    return deviceOf(this.#key) ?? undefined;
  }

  keep(device) {
    keepDevice(this.#key, device);
  }

  /* Tells the page's token, or that there is none. */
  tell(token) {
    const { ends, tier } = saidBy(token);
    this.#call('tier', tier);
    this.#call('identify', this.device, ends, token || undefined);
  }

  /* Asks the page for one. */
  ask() {
    Promise.resolve().then(() => this.#room.tokenProvider?.()).then(
      (token) => this.tell(token),
      () => this.#call('tokenless'),
    );
  }
}
