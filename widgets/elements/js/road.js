/* The way to the room that the module wants: a line, or questions by HTTP; with the commands that travel on it. */

import { Line, post } from './line.js';
import { Orders } from './orders.js';

export class Road {
  #call;
  #receive;
  #line;
  #orders = new Orders();
  #isGreeted = false;

  /* `call` tells the module, `receive` takes each frame. */
  constructor(call, receive) {
    this.#call = call;
    this.#receive = receive;
  }

  /* Whether the room has greeted this page on a line that is open: then anything can be sent. */
  get isGreeted() {
    return Boolean(this.#isGreeted && this.#line?.isOpen);
  }

  open(address) {
    this.hangUp();
    this.#line = new Line(address, (what, text) => (text === undefined ? this.#call(what) : this.#receive(text)));
  }

  hangUp() {
    this.#line?.hangUp();
    this.#line = undefined;
    this.#isGreeted = false;
  }

  send(text) {
    this.#line?.send(text);
  }

  async post(address, body) {
    try {
      const frames = await post(address, this.#orders.onto(body));
      for (const text of frames) this.#receive(text);
      this.#call('posted', '', 1);
    } catch {
      this.#call('posted');
    }
  }

  greeted() {
    this.#isGreeted = true;
    this.#orders.welcome(this.#line);
  }

  command(command) {
    return this.#orders.give(command, this.isGreeted && this.#line);
  }

  answered(id, frame) {
    this.#orders.answered(id, frame);
  }

  close() {
    this.hangUp();
    this.#orders.close();
  }
}
