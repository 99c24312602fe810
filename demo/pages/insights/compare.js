/* Two shows, streamers or time slots side by side, each with its counts, and rates with their intervals. */

import { fill } from './draw.js';
import { minute, money, number, rate, signed } from './format.js';

const SLOT_MS = 15 * 60_000;

/* Keeps the form and the table in step with what is told; `read` asks for more figures. */
export function compare(form, table, read) {
  let told;
  let wanted = '';

  async function choices() {
    if (form.elements.by.value === 'time') {
      const slots = [];
      for (let from = told.scope.from; from < told.scope.to && slots.length < 96; from += SLOT_MS) slots.push([String(from), `from ${minute(from)}`]);
      return slots;
    }
    const { rows } = await asked({ by: form.elements.by.value });
    return rows.filter(({ key }) => key).map(({ key, label }) => [key, label ?? key]);
  }

  /* A show is looked for in all time; a streamer in the show that is shown. */
  const asked = (more) => read({ show: form.elements.by.value === 'show' ? 'all' : told.scope.show ?? 'all', ...more });

  async function offer() {
    const all = await choices();
    const key = JSON.stringify(all);
    if (key === wanted) return;
    wanted = key;
    for (const [place, name] of [[0, 'one'], [1, 'other']]) {
      const kept = form.elements[name].value;
      const chosen = all.some(([value]) => value === kept) ? kept : all[Math.min(place, all.length - 1)]?.[0];
      form.elements[name].replaceChildren(...all.map(([value, text]) => new Option(text, value, false, value === chosen)));
    }
  }

  async function sides() {
    const names = ['one', 'other'].map((name) => form.elements[name].value);
    if (names.some((name) => !name)) return [];
    if (form.elements.by.value === 'time') {
      return Promise.all(names.map(async (from) => {
        const { figures, funnel } = await asked({ from, to: Math.min(Number(from) + SLOT_MS, told.scope.to) });
        const value = (name) => figures.find(({ figure }) => figure === name)?.value;
        return { name: `from ${minute(Number(from))}`, funnel, room: Object.fromEntries(ROOM.map(([figure]) => [figure, value(figure)])) };
      }));
    }
    const { rows } = await asked({ by: form.elements.by.value });
    return names.map((name) => rows.find(({ key }) => key === name)).filter(Boolean).map((row) => ({ ...row, name: row.label ?? row.key }));
  }

  async function renew() {
    await offer();
    const both = await sides();
    if (both.length < 2) {
      fill(table, 'Two side by side', ['Figure', 'This', 'With'], []);
      return;
    }
    fill(table, 'Two side by side', ['Figure', ...both.map(({ name }) => name), 'Difference'], [
      ...ROOM.map(([figure, text]) => [`${text} (exact)`, ...both.map(({ room }) => shown(room?.[figure])), apart(both.map(({ room }) => room?.[figure]))]),
      ['Saw a widget (reported)', ...both.map(({ funnel }) => number(funnel?.seen ?? 0)), apart(both.map(({ funnel }) => funnel?.seen))],
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

const ROOM = [['participants', 'Took part'], ['votes', 'Votes'], ['questions', 'Questions'], ['entries', 'Entries'], ['units_sold', 'Units sold'], ['order_value', 'Order value']];
const STEPS = [['acted', 'Acted, of those who saw'], ['outcome', 'Accepted, of those who acted'], ['ordered', 'Ordered, of those accepted']];

/* Whether two rates differ by more than chance makes likely: their intervals do not touch. */
export function chance([one, other]) {
  if (!one?.of || !other?.of) return 'not known';
  return one.low > other.high || other.low > one.high ? 'more than chance' : 'may be chance';
}

/* How much more the second has than the first, of what is counted; amounts of money may be of several currencies. */
const apart = ([one, other]) => ([one, other].some((value) => typeof value === 'object' && value) ? '–' : signed((other ?? 0) - (one ?? 0)));

const shown = (value) => (typeof value === 'object' && value ? money(value) : number(value ?? 0));
