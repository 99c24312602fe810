/* What happened when, as a list that is read; and the lively moments. */

import { element } from './draw.js';
import { number, times } from './format.js';

const WORDS = {
  show_started: 'The show started',
  show_ended: 'The show ended',
  handed_over: 'On air now',
  opened: 'Opened',
  paused: 'Paused',
  closed: 'Closed',
  revealed: 'Revealed',
  drawn: 'Drawn',
  cancelled: 'Called off',
  reset: 'Emptied for a new run',
};

export function timeline(list, { timeline: marks, scope }) {
  const { clock } = times(scope);
  const key = JSON.stringify([marks, clock(scope.from)]);
  if (list.dataset.has === key && list.childElementCount) return;
  list.dataset.has = key;
  const lines = marks.map(({ at, what, widget, label, activity, on_air: onAir = [] }) => {
    const time = Object.assign(element('time', '', clock(at)), { dateTime: new Date(at).toISOString() });
    const about = what === 'handed_over' || what === 'show_started' ? onAir.join(', ') || 'nobody' : label ?? activity ?? '';
    const chip = widget ? [element('span', `chip chip--${widget}`, widget), ' '] : [];
    return element('li', '', time, ' ', ...chip, `${WORDS[what] ?? what}${about ? `: ${about}` : ''}`);
  });
  list.replaceChildren(...(lines.length ? lines : [element('li', 'none', 'Nothing yet')]));
}

export function moments(list, { moments: all, scope }) {
  const { minute } = times(scope);
  const lines = all.map(({ from, to, acts, label }) => element('li', '', `${minute(from)} to ${minute(to)} · ${number(acts)} actions · ${label}`));
  list.replaceChildren(...(lines.length ? lines : [element('li', 'none', 'None yet')]));
}
