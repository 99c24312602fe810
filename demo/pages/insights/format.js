/* How figures are written: in the reader's own language for numbers, times and money. */

const whole = new Intl.NumberFormat();
const more = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const finer = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const hours = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dated = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const datedSeconds = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const number = (value) => whole.format(value);
export const signed = (value) => more.format(value);
export const minute = (at) => hours.format(at);
export const clock = (at) => seconds.format(at);
export const day = (at) => days.format(at);
/* An instant by itself: with its date and the year. */
export const instant = (at) => instants.format(at);

/* How instants within some time are written: with the date where it passes a day. */
export function times({ from, to }) {
  const passes = day(from) !== day(Math.max(from, to - 1));
  return passes ? { minute: (at) => dated.format(at), clock: (at) => datedSeconds.format(at), passes } : { minute, clock, passes };
}

/* An instant as a field for a date and a time has it, in the reader's own time; and back, to nothing where it is empty. */
export const toField = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
export const fromField = (text) => (text ? new Date(text).getTime() : NaN);

/* A rate with its interval: `50 % (9–91 %)`; nothing of nobody. */
export function rate({ rate, low, high } = {}) {
  if (rate === undefined || rate === null) return '–';
  return `${part(rate)} (${part(low)}–${part(high)})`;
}

export const part = (share) => percent.format(share);
export const finely = (share) => finer.format(share);

/* Decimal texts by currency; the digits are the server's, so that nothing is rounded. */
export function money(values) {
  const parts = Object.entries(values).map(([currency, value]) => `${new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(value)}`);
  return parts.join(' + ') || '–';
}

/* Milliseconds in words. */
export function span(ms) {
  if (ms < 60_000) return `${number(Math.round(ms / 1000))} s`;
  if (ms < 3_600_000) return `${number(Math.round(ms / 60_000))} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

/* A value of a figure, by its unit. */
export function value(value, unit) {
  if (typeof value === 'object') return money(value);
  return unit === 'milliseconds' ? span(value) : number(value);
}
