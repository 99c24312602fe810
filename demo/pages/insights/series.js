/* The two charts over time: who was there and acted, and what was done. Each with a table behind it, and what happened marked on it. */

import { fill, picture, round, shape } from './draw.js';
import { number, rate, times } from './format.js';

const HEIGHT = 220;
const EDGE = { top: 26, right: 112, bottom: 26, left: 40 };
/* What is marked on a chart; the list beside has all of it. */
const MARKED = { opened: 'opened', drawn: 'drawn', revealed: 'revealed', handed_over: 'on air' };

/* Viewers connected and viewers who acted. */
export function audience(place, table, { minutes, timeline, scope }) {
  const series = [
    { name: 'viewers', values: minutes.map(({ viewers }) => viewers), kind: 'viewers' },
    { name: 'acted', values: minutes.map(({ active }) => active), kind: 'active' },
  ];
  chart(place, 'Viewers connected and viewers who acted', series, minutes, timeline, scope);
  const { minute } = times(scope);
  const lines = minutes.map(({ at, viewers, active, participation }) => (
    [minute(at), viewers === null ? '–' : number(viewers), number(active ?? 0), rate(participation ?? undefined)]
  ));
  fill(table, 'Viewers by time', ['Time', 'Viewers', 'Acted', 'Participation (95 %)'], lines.filter((_, place) => busy(minutes[place])));
}

/* Votes, questions and units sold. */
export function acts(place, table, { minutes, timeline, scope }, reference) {
  const series = [
    { name: 'votes', values: minutes.map(({ votes }) => votes), kind: 'poll' },
    { name: 'questions', values: minutes.map(({ questions }) => questions), kind: 'qna' },
    { name: 'units sold', values: minutes.map(({ units_sold: units }) => units), kind: 'deal' },
  ];
  if (reference) series.push({ name: reference.name, values: minutes.map(({ at }) => reference.value(at - scope.from, scope.step)), kind: 'reference' });
  chart(place, 'Votes, questions and units sold', series, minutes, timeline, scope);
  const { minute } = times(scope);
  const lines = minutes.filter(busy).map(({ at, votes, questions, units_sold: units, acts }) => [minute(at), ...[votes, questions, units, acts].map(number)]);
  fill(table, 'Votes, questions and units by time', ['Time', 'Votes', 'Questions', 'Units sold', 'All that viewers did'], lines);
}

const busy = ({ viewers, acts, browsers }) => Boolean(viewers || acts || browsers);

function chart(place, title, series, minutes, timeline, scope) {
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(0, ...all);
  const said = series.map(({ name, values }) => `${name}: at most ${number(Math.max(0, ...values))}`).join(', ');
  const { svg, width } = picture(place, HEIGHT, `${title}. ${said}.`);
  const right = width - EDGE.right;
  const bottom = HEIGHT - EDGE.bottom;
  const end = round(most);
  const x = (at) => EDGE.left + (right - EDGE.left) * Math.min(1, (at - scope.from) / Math.max(1, scope.to - scope.from));
  const y = (value) => bottom - (bottom - EDGE.top) * value / end;
  for (const value of end > 1 ? [0, end / 2, end] : [0, end]) {
    svg.append(
      shape('line', { class: 'grid', x1: EDGE.left, x2: right, y1: y(value), y2: y(value) }),
      shape('text', { class: 'axis', x: EDGE.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value)),
    );
  }
  const { minute, passes } = times(scope);
  // On a phone there is room for two dates, the last of them below the names of the lines.
  const narrow = passes && width < 560;
  const half = narrow || scope.to - scope.from < 120_000 ? [] : [scope.from + (scope.to - scope.from) / 2];
  for (const at of [scope.from, ...half, scope.to]) {
    const anchor = at === scope.from ? 'start' : at === scope.to ? 'end' : 'middle';
    const place = narrow && at === scope.to ? width : x(at);
    svg.append(shape('text', { class: 'axis', x: place, y: HEIGHT - 8, 'text-anchor': anchor }, minute(at)));
  }
  marks(svg, timeline, x, { bottom, right });
  const labels = series.map((one) => line(svg, one, minutes, scope, x, y)).filter(Boolean);
  direct(svg, labels, right);
}

/* A line with a dot where it has one value only; a gap where nothing is known. */
function line(svg, { name, values, kind }, minutes, scope, x, y) {
  const points = minutes.map(({ at }, place) => ({ x: x(at + scope.step / 2), y: y(values[place]), value: values[place] }));
  const known = points.filter(({ value }) => value !== null);
  if (!known.length || (kind !== 'viewers' && known.every(({ value }) => value === 0))) return null;
  let path = '';
  for (const [place, point] of points.entries()) {
    if (point.value === null) continue;
    const joins = place > 0 && points[place - 1].value !== null;
    path += `${joins ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  }
  svg.append(shape('path', { class: `line line--${kind}`, d: path }));
  const last = known.at(-1);
  svg.append(shape('circle', { class: `dot dot--${kind}`, cx: last.x, cy: last.y, r: 3.5 }));
  return { name: `${name} ${number(last.value)}`, kind, y: last.y };
}

/* Each line is named beside its end; names that would lie on one another make room upwards, away from the times. */
function direct(svg, labels, right) {
  let free = HEIGHT - EDGE.bottom + 18;
  for (const label of labels.sort((one, other) => other.y - one.y)) {
    const y = Math.min(label.y + 4, free - 18);
    free = y;
    svg.append(shape('text', { class: `name name--${label.kind}`, x: right + 8, y }, label.name));
  }
}

function marks(svg, timeline, x, { bottom, right }) {
  let free = 0;
  for (const { at, what, widget, label, on_air: onAir = [] } of timeline) {
    if (!(what in MARKED)) continue;
    const place = x(at);
    const kind = widget ?? 'room';
    svg.append(shape('line', { class: `mark mark--${kind}`, x1: place, x2: place, y1: EDGE.top - 6, y2: bottom }));
    const text = what === 'handed_over' ? onAir.join(', ') || 'nobody' : label ?? MARKED[what];
    // A name where there is room for one; the list below has them all.
    if (place < free || place > right - 30) continue;
    const short = text.length > 16 ? `${text.slice(0, 15)}…` : text;
    const name = shape('text', { class: `name name--${kind}`, x: place + 3, y: 14 }, short);
    svg.append(name);
    free = place + 8 + name.getComputedTextLength();
  }
}
