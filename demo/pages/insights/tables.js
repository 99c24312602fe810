/* The figures that are read rather than looked at: tiles, rows, how activities stand, what went wrong, what words mean. */

import { element, fill } from './draw.js';
import { money, number, part, rate, span, times, value } from './format.js';

/* What stands first; the rest is in the tables and exports. */
const TILES = ['viewers_now', 'participants', 'votes', 'questions', 'entries', 'units_sold', 'order_value', 'browsers', 'watch_ms', 'shares', 'arrivals'];
const WHOSE = { room: 'exact', reports: 'reported' };

export function tiles(list, { figures, minutes, definitions: all, scope, at: now }) {
  const { minute } = times(scope);
  /* How many took part is not known of every time; why is in its definition. */
  const unknown = (name) => name === 'participants' && all.find(({ figure }) => figure === name);
  const shown = TILES.map((name) => figures.find(({ figure }) => figure === name) ?? unknown(name)).filter(Boolean);
  const written = shown.map((known) => tile(known, known.value === undefined ? '–' : value(known.value, known.unit)));
  // The running minute has fewer than it will have: it stands there only while no other is known.
  const known = minutes.filter(({ participation }) => participation);
  const last = known.findLast(({ at }) => at + scope.step <= now) ?? known.at(-1);
  const means = all.find(({ figure }) => figure === 'participation');
  if (last && means) {
    const { rate: share, low, high, of } = last.participation;
    written.splice(2, 0, tile({ ...means, label: `${means.label}, ${minute(last.at)}` }, part(share), `${part(low)}–${part(high)}, of ${number(of)}`));
  }
  list.replaceChildren(...written);
}

function tile({ label, population, definition }, text, note) {
  const name = element('dt', '', label, ' ', element('span', `whose whose--${population}`, WHOSE[population]));
  return Object.assign(element('div', 'tile', name, element('dd', '', text, ...(note ? [' ', element('small', '', note)] : []))), { title: definition });
}

const money0 = (values) => (values ? money(values) : '–');
/* What a row does not know is no zero. */
const count0 = (values, name) => (values?.[name] === undefined ? '–' : number(values[name]));

/* How long it took, how many were there, and how lively it was: of streamers and shows. */
export const PACE = ['Time on air', 'Most viewers', 'Votes a minute'];
export function pace({ on_air_ms: long, viewers_most: most, votes = 0 } = {}) {
  return [long, most, long && Math.round(votes / (long / 60_000) * 10) / 10];
}
export const paceCells = ([long, most, votes]) => [long === undefined ? '–' : span(long), ...[most, votes].map((count) => (count === undefined ? '–' : number(count)))];

/* Room facts first, then reports; neither is ever divided by the other. */
export function rows(table, { rows: all, by }) {
  const timed = by === 'streamer' || by === 'show';
  const headings = [by, 'Took part', 'Votes', 'Questions', 'Entries', 'Units sold', 'Order value', ...(timed ? PACE : []), 'Saw it', 'Acted', 'Accepted', 'Ordered, of claimed', 'Ordered, of saw it', 'In sight', 'Refusals'];
  fill(table, `Figures by ${by}; the columns up to ${timed ? PACE.at(-1).toLowerCase() : 'order value'} are exact, those after it are reported by browsers`, headings, all.map((row) => {
    const { room, reports, funnel } = row;
    return [
      name(row),
      ...['participants', 'votes', 'questions', 'entries', 'units_sold'].map((figure) => count0(room, figure)),
      money0(room?.order_value),
      ...(timed ? paceCells(pace(room)) : []),
      count0(reports, 'seen'),
      ...['acted', 'outcome'].map((step) => (funnel ? rate(funnel[step]) : '–')),
      // Only a deal is ordered.
      ...['ordered', 'conversion'].map((step) => (funnel && (row.widget ?? 'deal') === 'deal' ? rate(funnel[step]) : '–')),
      reports?.visible_ms === undefined ? '–' : span(reports.visible_ms),
      count0(reports, 'refused'),
    ];
  }));
}

function name({ key, label, widget }) {
  const text = label ?? (key || 'none');
  if (!widget) return text;
  return element('span', 'named', element('span', `chip chip--${widget}`, widget), ` ${text}`);
}

/* Whom one viewer of an activity's figures stands for, by the least identity that it takes. */
const WHO = { device: 'browsers', token: 'accounts', verified: 'persons' };

/* How every activity stands now: of its present run, whenever that began. */
export function stand(table, { activities }, server) {
  const rows = activities.map(({ label, widget, phase, level, participants, left, total, winners, proof, open_claims: open }) => [
    name({ label, widget }),
    phase,
    WHO[level],
    number(participants),
    total === undefined ? '–' : `${number(left)} of ${number(total)}`,
    winners === undefined ? '–' : proven(number(winners), proof, server),
    number(open),
  ]);
  fill(table, 'Activities as they are now', ['Activity', 'Is', 'Takes', 'Took part', 'Units left', 'Winners', 'Open claims'], rows);
}

function proven(text, proof, server) {
  const link = Object.assign(element('a', '', 'proof'), { href: `${server}${proof}` });
  return element('span', '', `${text} · `, link);
}

export function trouble(table, { refused, errors, dropped }) {
  const lines = (what, counts) => Object.entries(counts).map(([why, count]) => [what, why, number(count)]);
  fill(table, 'Refusals, errors and dropped reports, as browsers told them', ['What', 'Why', 'Reports'], [
    ...lines('Refused', refused), ...lines('Error', errors), ...lines('Report dropped', dropped),
  ]);
}

/* Share links by which most came; a code is known to its viewer's own page alone. */
export function links(table, { referrals }) {
  fill(table, 'Share links by arrivals', ['Link', 'Page loads that came by it'], referrals.map(({ code, arrivals }) => [code, number(arrivals)]));
}

export function definitions(table, all) {
  if (table.rows.length) return;
  fill(table, 'Definitions', ['Figure', 'Of', 'Unit', 'Meaning'], all.map(({ label, population, unit, definition }) => (
    [label, population === 'room' ? 'everybody, exactly' : 'browsers that report', unit, definition]
  )));
}
