/* How far browsers got, as bars that lie within one another. */

import { fill, picture, shape } from './draw.js';
import { number, rate } from './format.js';

const ROW = 44;

export function funnel(place, table, { browsers, seen, acted, outcome, deal_seen: sawDeal, claimed, ordered, conversion }) {
  const steps = [
    ['Reported anything', browsers, null],
    ['Saw a widget', seen, null],
    ['Acted', acted.count, acted],
    ['Were accepted', outcome.count, outcome],
    // Who votes is accepted as well: what becomes an order is reckoned of deals alone.
    ['Saw a deal', sawDeal, null],
    ['Acted in a deal', claimed.of, null],
    ['Claimed', claimed.count, claimed],
    ['Ordered', ordered.count, ordered],
  ];
  const most = Math.max(1, browsers);
  const said = steps.map(([name, count]) => `${name}: ${number(count)}`).join(', ');
  const { svg, width } = picture(place, steps.length * ROW, `How far browsers got. ${said}.`);
  for (const [row, [name, count, of]] of steps.entries()) {
    const y = row * ROW;
    svg.append(
      shape('text', { class: 'step', x: 0, y: y + 15 }, `${name} · ${number(count)}${of ? ` · ${rate(of)}` : ''}`),
      shape('rect', { class: 'track', x: 0, y: y + 22, width, height: 12, rx: 3 }),
      shape('rect', { class: 'part', x: 0, y: y + 22, width: width * count / most, height: 12, rx: 3 }),
    );
  }
  fill(table, 'Steps of browsers', ['Step', 'Browsers', 'Of the step before (95 %)'], [
    ...steps.map(([name, count, of]) => [name, number(count), of ? rate(of) : '–']),
    ['Ordered, of those who saw a deal', number(conversion.count), rate(conversion)],
  ]);
}
