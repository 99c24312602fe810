/* `live-act`: the page is told within the gesture, and may answer, cancel, or let it go on. */

export function respond(widget, port, id, detail) {
  const event = new CustomEvent('live-act', { bubbles: true, composed: true, cancelable: true, detail });
  let answer;
  let open = true;
  event.respondWith = (promise) => {
    if (!open) port.error('respond', 'respondWith must be called while live-act is being dispatched, before any await', widget);
    else answer ??= Promise.resolve(promise);
  };
  const goes = widget.dispatchEvent(event);
  open = false;
  answer?.then(
    (value) => take(port, id, value),
    (error) => {
      port.error('respond', `the promise given to respondWith was rejected: ${error?.message ?? error}`, widget);
      port.call('refuses', id, 'unanswered');
    },
  );
  if (answer) return 2;
  return goes ? 0 : 1;
}

function take(port, id, value) {
  const { ok, mine, reason, message } = Object(value);
  if (ok === true) {
    port.call('accepts', id, mine === undefined || mine === null ? undefined : JSON.stringify(mine));
  } else if (ok === false) {
    port.call('refuses', id, String(reason), message === undefined ? undefined : String(message));
  } else {
    port.error('respond', 'the promise given to respondWith must give {ok: true, mine?} or {ok: false, reason, message?}');
    port.call('refuses', id, 'unanswered');
  }
}
