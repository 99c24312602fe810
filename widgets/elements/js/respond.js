/* `live-act`: the page is told within the gesture, and may answer (`responds`), cancel it (`cancelled`), or let it go on. */

import { runAside } from './aside.js';

export function respond(widget, port, id, detail) {
  const event = new CustomEvent('live-act', { bubbles: true, composed: true, cancelable: true, detail });
  let answer;
  let open = true;
  event.respondWith = (promise) => {
    if (!open) port.fail('respond', 'respondWith must be called while live-act is being dispatched, before any await', widget);
    else answer ??= Promise.resolve(promise);
  };
  const goes = runAside(() => widget.dispatchEvent(event));
  open = false;
  answer?.then(
    (value) => take(port, id, value),
    (error) => {
      port.fail('respond', `the promise given to respondWith was rejected: ${error?.message ?? error}`, widget);
      port.call('refuses', id);
    },
  );
  if (answer) return 'responds';
  return goes ? undefined : 'cancelled';
}

function take(port, id, value) {
  const { ok, mine, reason, message } = Object(value);
  if (ok === true) {
    port.call('accepts', id, 0, mine === undefined || mine === null ? undefined : JSON.stringify(mine));
  } else if (ok === false) {
    port.call('refuses', id, 0, message === undefined ? String(reason) : `${reason}\n${message}`);
  } else {
    port.fail('respond', 'the promise given to respondWith must give {ok: true, mine?} or {ok: false, reason, message?}');
    port.call('refuses', id);
  }
}
