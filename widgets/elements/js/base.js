/* What the room and the widgets share as elements. Safe to import where there is no page. */

import { runAside } from './aside.js';
import { kit } from './kit.js';

export class Base extends (globalThis.HTMLElement ?? class {}) {
  /* Properties that a page set before the class was there are set again, through the class's own. */
  upgrade(names) {
    for (const name of names) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  /* Dispatches an event; whether it was not cancelled. */
  tell(name, detail, cancelable = false) {
    const event = new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail });
    return runAside(() => this.dispatchEvent(event));
  }

  /* Tells the page of a failure, and the developer by one line. */
  fail(code, message, widget = this) {
    const { kind } = widget;
    const from = widget.isConnected ? widget : this;
    from.tell('live-error', kind ? { code, message, widget: kind } : { code, message });
    if (!this.isQuiet) console.error(`<${from.localName}> ${code}: ${message} (Liveroom ${kit.version})`);
  }
}

/* Makes a property of each attribute of a class. */
export function reflect(type, names) {
  for (const name of names) {
    Object.defineProperty(type.prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return this.getAttribute(name);
      },
      set(value) {
        if (value === null || value === undefined || value === false) this.removeAttribute(name);
        else this.setAttribute(name, value === true ? '' : value);
      },
    });
  }
}
