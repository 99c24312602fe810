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

/* An answer that cannot be, or that cannot be read, is told to the page and refuses the action. */
function take(port, id, value) {
  try {
    const [what, more] = read(value, port.isServed);
    port.call(what, id, 0, more);
  } catch (error) {
    port.fail('respond', `the promise given to respondWith must give {ok: true, mine?, attest?} or {ok: false, reason, message?}: ${error?.message}`);
    port.call('refuses', id);
  }
}

/* Only a room that somebody else serves is told what the page attests; a page that drives its room knows. */
function read(value, isServed) {
  const { ok, mine, attest, reason, message } = Object(value);
  if (ok === false) return ['refuses', message === undefined ? String(reason) : `${reason}\n${message}`];
  if (ok !== true) throw new TypeError('ok is neither');
  if (!isServed) return ['accepts', mine === undefined || mine === null ? undefined : JSON.stringify(mine)];
  if (typeof (attest ?? '') !== 'string') throw new TypeError('attest is a signed token, a text');
  return ['accepts', attest || undefined];
}
