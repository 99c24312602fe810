/* Who the viewer is to the room: the page's token, and the device key that the room minted for this browser. */

import { deviceOf, keepDevice, saidBy } from './device.js';

export class Identity {
  #room;
  #call;
  #fail;
  /* The account of the token told last, and what the page's `tokenProvider` gave last. */
  #account;
  #given;
  /* The page was told that its `tokenProvider` failed, and it has not given anything since. */
  #isTold = false;
  /* The room's newest welcome, as text. */
  welcome;

  /* `call` tells the module, `fail` the page. */
  constructor(room, call, fail) {
    this.#room = room;
    this.#call = call;
    this.#fail = fail;
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
    const { account, ends, tier } = saidBy(token);
    const isOther = account !== this.#account;
    this.#account = account;
    this.#call('tier', tier);
    this.#call(isOther ? 'identify other' : 'identify', this.device, ends, token || undefined);
  }

  /* Tells it to a fresh module. */
  again() {
    this.tell(this.#given ?? this.#room.getAttribute('token'));
  }

  /* Asks the page for one; without a provider there is what the attribute says. What a provider gives that is not the page's any more is left. */
  async ask() {
    const { tokenProvider: provider } = this.#room;
    /* The module may be calling, and the page may call back. */
    await undefined;
    try {
      const token = await (provider ? provider.call(this.#room) : this.#room.getAttribute('token'));
      if (provider !== this.#room.tokenProvider) return;
      if (typeof (token ?? '') !== 'string') throw new TypeError('it gave what is no text');
      this.#given = provider && token;
      this.#isTold = false;
      this.tell(token);
    } catch (error) {
      if (provider !== this.#room.tokenProvider) return;
      if (!this.#isTold) this.#fail('token', `tokenProvider failed: ${error?.message ?? error}; let it resolve to a token, or to null for none`);
      this.#isTold = true;
      this.#call('tokenless');
    }
  }
}
