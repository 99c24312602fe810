// What the peers work out and write as the kit does: whole percentages that add up to 100, and numbers of the language.

const count = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent' });
const plural = new Intl.PluralRules('en');

export const number = (value) => count.format(value);
export const share = (value) => percent.format(value / 100);
export const counted = (value, one, other) => `${number(value)} ${plural.select(value) === 'one' ? one : other}`;

/** Whole percentages of the votes by the largest remainder. */
export function shares(votes) {
  const all = votes.reduce((sum, vote) => sum + vote, 0);
  if (all === 0) return votes.map(() => 0);
  const whole = votes.map((vote) => Math.floor((vote * 100) / all));
  const rest = 100 - whole.reduce((sum, part) => sum + part, 0);
  const order = votes.map((vote, place) => [(vote * 100) % all, place]).sort(([a, i], [b, j]) => b - a || i - j);
  for (const [, place] of order.slice(0, rest)) whole[place] += 1;
  return whole;
}
