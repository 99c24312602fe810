/* The way to the room that the module wants: a line, or questions by HTTP; with the commands that travel on it. */

import { kit } from './kit.js';
import { Line, post } from './line.js';

export class Road {
  #call;
  #receive;
  #fail;
  #line;
  /* What commands must know of the way, and those that are on it once one was given; see orders.js. */
  #way = { isKnown: false };
  #orders;
  #loading;
  #isGreeted = false;
  /* The page was told that its practice room does not load. */
  #isTold = false;

  /* `call` tells the module, `receive` takes each frame, `fail` tells the page. */
  constructor(call, receive, fail) {
    this.#call = call;
    this.#receive = receive;
    this.#fail = fail;
  }

  /* Whether the room has greeted this page on a line that is open: then anything can be sent. */
  get isGreeted() {
    return Boolean(this.#isGreeted && this.#line?.isOpen);
  }

  open(address) {
    this.hangUp();
    /* Whatever was the matter with the line before. */
    this.#way.no = undefined;
    this.#line = new Line(address, (what, text) => {
      if (what === 'frame') this.#receive(text);
      else if (what === 'broken') this.#broken(text);
      else this.#call(what);
    });
  }

  /* A practice room that cannot be opened; it is tried again. */
  #broken(message) {
    if (!this.#isTold) this.#fail('practice', message);
    this.#isTold = true;
    this.barred({ reason: 'unavailable', message });
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
      this.#way.no = undefined;
      const frames = await post(address, this.#orders?.onto(body) ?? body);
      for (const text of frames) this.#receive(text);
      this.#call('posted', '', 1);
    } catch {
      this.#call('posted');
    }
  }

  greeted() {
    this.#isGreeted = true;
    this.#isTold = false;
    this.#orders?.welcome(this.#line);
    this.#way.isKnown = true;
    this.#way.no = undefined;
  }

  async command(command, id) {
    const unavailable = (message) => ({ ok: false, refusal: { reason: 'unavailable', message } });
    if (kit.state === 'failed') return unavailable(kit.why);
    this.#loading ??= import('./orders.js').then(({ Orders }) => (this.#orders = new Orders(this.#way)));
    try {
      await this.#loading;
    } catch {
      this.#loading = undefined;
      return unavailable('orders.js did not load from beside the kit');
    }
    const answer = this.#orders.give(command, this.isGreeted && this.#line, id);
    /* Where messages go by HTTP the next of them is not waited for. */
    if (!this.isGreeted) this.#call('hurry');
    return answer;
  }

  barred(refusal) {
    this.#way.no = refusal;
    this.#orders?.barred();
  }

  answered(id, frame) {
    this.#orders?.answered(id, frame);
  }

  close() {
    this.hangUp();
    this.#orders?.close();
  }
}
