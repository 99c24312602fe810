/* Alerts, and the thresholds that the streamer sets for them; kept in this browser. */

import { element } from './draw.js';
import { number } from './format.js';

const PLACE = 'demo-insights-thresholds';
const USUAL = { stock_low: 3, participation_falls: 50, refusals_rise: 10, errors_rise: 5, silent_minutes: 5 };

const SAID = {
  stock_low: ({ value, label }) => `${label}: ${number(value)} left`,
  participation_falls: ({ value, before }) => `Participation fell: ${number(value)} in the last three minutes, ${number(before)} in the three before`,
  refusals_rise: ({ value, before }) => `More refusals: ${number(value)} in three minutes, ${number(before)} before`,
  errors_rise: ({ value, before }) => `More errors in pages: ${number(value)} in three minutes, ${number(before)} before`,
  silent_minutes: ({ value }) => `No report for ${number(value)} minutes, although viewers are here`,
};

/* Shows them; what has not changed is not said again. */
export function showAlerts(list, alerts) {
  const texts = alerts.map((alert) => SAID[alert.alert]?.(alert) ?? alert.alert);
  if (list.dataset.has === JSON.stringify(texts)) return;
  list.dataset.has = JSON.stringify(texts);
  list.replaceChildren(...texts.map((text) => element('li', 'alert', text)));
}

/* Fills the form, and gives what is set; `changed` is called when it is. */
export function thresholds(changed) {
  const form = document.getElementById('thresholds-form');
  const set = { ...USUAL, ...read() };
  for (const name of Object.keys(USUAL)) form.elements[name].value = set[name];
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    for (const name of Object.keys(USUAL)) {
      const field = form.elements[name];
      if (field.checkValidity() && field.value !== '') set[name] = Number(field.value);
    }
    write(set);
    changed();
  });
  return () => set;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

function write(set) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(set));
  } catch {
    // Storage is refused: they hold as long as the page.
  }
}
