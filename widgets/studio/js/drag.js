/* Dragging a line of the run of show by its grip, with a mouse, a pen or a finger. Keys have buttons of their own. */

/** Listens in a desk's shadow root; `move(from, to)` is called when a line is let go in another place. */
export function drag(root, move) {
  let from;
  const lines = () => [...root.querySelectorAll('[data-cue]')];
  /* The place among the others that a height stands for. */
  const place = (y) => lines().filter((line, at) => {
    const { top, height } = line.getBoundingClientRect();
    return at !== from && top + height / 2 < y;
  }).length;
  const mark = (to) => {
    for (const [at, line] of lines().entries()) {
      line.toggleAttribute('data-dragged', at === from);
      line.toggleAttribute('data-over', to !== undefined && at === to && to !== from);
    }
  };
  const stop = () => {
    from = undefined;
    mark();
  };
  const on = {
    pointerdown(event) {
      const grip = event.button === 0 && event.target.closest?.('[data-grip]');
      if (!grip) return;
      event.preventDefault();
      from = Number(grip.closest('[data-cue]').dataset.cue);
      grip.setPointerCapture(event.pointerId);
      mark(from);
    },
    pointermove(event) {
      if (from !== undefined) mark(place(event.clientY));
    },
    pointerup(event) {
      if (from === undefined) return;
      const [was, to] = [from, place(event.clientY)];
      stop();
      if (was !== to) move(was, to);
    },
    pointercancel: stop,
    lostpointercapture: stop,
  };
  for (const [type, hear] of Object.entries(on)) root.addEventListener(type, hear);
  return () => {
    for (const [type, hear] of Object.entries(on)) root.removeEventListener(type, hear);
  };
}
