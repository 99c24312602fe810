/* Two shows, streamers or time slots side by side, each with its counts, and rates with their intervals. */

import { element, fill } from './draw.js';
import { day, fromField, money, number, rate, signed, times, toField } from './format.js';
import { PACE, pace, paceCells } from './tables.js';

const MINUTE = 60_000;
/* How long a slot is, in minutes: the shortest of which so many cover all of the time. */
const LENGTHS = [15, 30, 60, 180, 360, 1_440, 10_080];
const MOST = 96;
const OWN = 'own';

const ROOM = [['participants', 'Took part'], ['votes', 'Votes'], ['questions', 'Questions'], ['entries', 'Entries'], ['units_sold', 'Units sold'], ['order_value', 'Order value']];
const STEPS = [['acted', 'Acted, of those who saw'], ['outcome', 'Accepted, of those who acted'], ['ordered', 'Ordered, of those who claimed'], ['conversion', 'Ordered, of those who saw a deal']];

/* Keeps the form and the table in step with what is told; `read` asks for more figures, `own` is the time that the page shows where
   that is one of the reader's own. */
export function compare(form, table, read, own) {
  const { by, one, other, from, to } = form.elements;
  let told;
  let wanted = '';

  /* A show is looked for in all time; a streamer in the show, or the time, that is shown. */
  const asked = (more) => read({ ...(by.value === 'show' ? { show: 'all' } : own() ?? { show: told.scope.show ?? 'all' }), ...more });

  async function choices() {
    if (by.value === 'time') return [...slots(told.scope), [OWN, 'A time of your own']];
    const { rows } = await asked({ by: by.value });
    return rows.filter(({ key }) => key).map((row) => [row.key, called(row)]);
  }

  /* Shows of one name are told apart by their dates. */
  function called({ key, label }) {
    const show = by.value === 'show' && told.shows.find(({ id }) => id === key);
    return show ? `${label ?? key} · ${day(show.started_at)}` : label ?? key;
  }

  async function offer() {
    const all = await choices();
    const key = JSON.stringify(all);
    if (key === wanted) return;
    wanted = key;
    for (const [place, select] of [one, other].entries()) {
      const kept = select.value;
      const chosen = all.some(([value]) => value === kept) ? kept : all[Math.min(place, all.length - 1)]?.[0];
      select.replaceChildren(...all.map(([value, text]) => new Option(text, value, false, value === chosen)));
    }
  }

  /* The fields of a slot of one's own, which begin with what is shown. */
  function fields() {
    const shown = by.value === 'time' && [one, other].some(({ value }) => value === OWN);
    for (const label of form.querySelectorAll('[data-slot]')) label.hidden = !shown;
    if (!shown) return;
    from.value ||= toField(told.scope.from);
    to.value ||= toField(told.scope.to);
  }

  /* From when until when a chosen slot is; nothing where its fields are no time. */
  function slot(value) {
    const [first, end] = value === OWN
      ? [from, to].map((field) => fromField(field.value))
      : [Number(value), Math.min(Number(value) + length(told.scope), told.scope.to)];
    return first < end ? { from: first, to: end } : null;
  }

  async function sides() {
    const chosen = [one.value, other.value];
    if (chosen.some((value) => !value)) return [];
    if (by.value === 'time') {
      const all = chosen.map(slot);
      if (all.includes(null)) return [];
      return Promise.all(all.map(async (within) => {
        // A time of one's own may lie outside of the show.
        const { figures, funnel } = chosen.includes(OWN) ? await read({ show: 'all', ...within }) : await asked(within);
        const value = (name) => figures.find(({ figure }) => figure === name)?.value;
        const { minute } = times(chosen.includes(OWN) ? { from: 0, to: within.to } : told.scope);
        const room = Object.fromEntries([...ROOM.map(([figure]) => figure), 'viewers_most'].map((figure) => [figure, value(figure)]));
        const long = Math.max(0, Math.min(within.to, told.at) - within.from);
        return { name: `from ${minute(within.from)} to ${minute(within.to)}`, funnel, room: { ...room, on_air_ms: long } };
      }));
    }
    const { rows } = await asked({ by: by.value });
    return chosen.map((name) => rows.find(({ key }) => key === name)).filter(Boolean).map((row) => ({ ...row, name: called(row) }));
  }

  async function renew() {
    await offer();
    fields();
    const both = await sides();
    if (both.length < 2) {
      fill(table, 'Two side by side', ['Figure', 'This', 'With'], []);
      return;
    }
    fill(table, 'Two side by side', ['Figure', ...both.map(({ name }) => name), 'Difference'], [
      ...ROOM.map(([figure, text]) => {
        const values = both.map(({ room }) => room?.[figure]);
        return [`${text} (exact)`, ...values.map((value) => shown(value, told.definitions.find((means) => means.figure === figure))), apart(values)];
      }),
      ...paced(both.map(({ room }) => pace(room)), by.value === 'time' ? 'Time' : PACE[0]),
      ['Saw a widget (reported)', ...both.map(({ funnel }) => number(funnel?.seen ?? 0)), apart(both.map(({ funnel }) => funnel?.seen ?? 0))],
      ...STEPS.map(([step, text]) => {
        const rates = both.map(({ funnel }) => funnel?.[step]);
        return [`${text} (reported)`, ...rates.map((one) => (one?.of ? `${rate(one)} of ${number(one.of)}` : '–')), chance(rates)];
      }),
    ]);
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  // What fails is said by the next round, a few seconds later.
  form.addEventListener('change', () => told && renew().catch(() => {}));
  return {
    renew(now) {
      told = now;
      return renew();
    },
  };
}

/* How long a slot of some time is. */
function length({ from, to }) {
  const fits = LENGTHS.find((minutes) => to - from <= minutes * MINUTE * MOST) ?? Math.ceil((to - from) / MINUTE / MOST);
  return fits * MINUTE;
}

/* Slots of equal length that cover all of some time, each named by its begin. */
function slots(scope) {
  const { minute } = times(scope);
  const all = [];
  for (let from = scope.from; from < scope.to; from += length(scope)) all.push([String(from), `from ${minute(from)}`]);
  return all;
}

/* Whether two rates differ by more than chance makes likely: their intervals do not touch. */
export function chance([one, other]) {
  if (!one?.of || !other?.of) return 'not known';
  return one.low > other.high || other.low > one.high ? 'more than chance' : 'may be chance';
}

/* The lines of what makes a long time comparable with a short one. */
function paced(both, long) {
  const cells = both.map(paceCells);
  return [long, ...PACE.slice(1)].map((text, line) => [`${text} (exact)`, ...cells.map((one) => one[line]), line === 0 ? '–' : apart(both.map((one) => one[line]))]);
}

/* How much more the second has than the first, of what is counted; amounts of money may be of several currencies. */
const apart = (values) => (values.every((value) => typeof value === 'number') ? signed(values[1] - values[0]) : '–');

/* A figure; of one that is not known, why is in its definition. */
function shown(value, means) {
  if (value === undefined) return Object.assign(element('span', '', '–'), { title: means?.definition ?? '' });
  return typeof value === 'object' ? money(value) : number(value);
}
