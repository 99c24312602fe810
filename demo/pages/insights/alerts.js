/* Alerts, and the thresholds that the streamer sets for them: the room's own, so that the desk is told the same. */

import { element } from './draw.js';
import { finely, number } from './format.js';

const SAID = {
  stock_low: ({ value, label }) => `${label}: ${number(value)} left`,
  participation_falls: ({ value, before }) => `Participation fell: ${finely(value / 1000)} of viewers a minute in the last three minutes, ${finely(before / 1000)} in the three before`,
  refusals_rise: ({ value, before }) => `More refusals: ${number(value)} in three minutes, ${number(before)} before`,
  errors_rise: ({ value, before }) => `More errors in pages: ${number(value)} in three minutes, ${number(before)} before`,
  silent_minutes: ({ value }) => `No report for ${number(value)} minutes, although viewers are here`,
  hook_failing: ({ value, label }) => `Webhook ${label} has failed for ${number(value)} minutes`,
};

/* Shows them; what has not changed is not said again. */
export function showAlerts(list, alerts) {
  const texts = alerts.map((alert) => SAID[alert.alert]?.(alert) ?? alert.alert);
  if (list.dataset.has === JSON.stringify(texts)) return;
  list.dataset.has = JSON.stringify(texts);
  list.replaceChildren(...texts.map((text) => element('li', 'alert', text)));
}

/* Fills the form with what the room is set to, and sets the room to what is filled in; `ask(path, query, options)` asks the
   server, `changed` is called when it is set. */
export function thresholds(ask, changed) {
  const form = document.getElementById('thresholds-form');
  const says = document.getElementById('thresholds-says');
  const fields = [...form.elements];
  /* The fields that somebody has typed in and not set: not written over by what was asked for before. */
  const typed = new Set();

  const show = ({ thresholds: set }) => fields.filter((field) => !typed.has(field)).forEach((field) => (field.value = set[field.name]));
  const fail = (error) => (says.textContent = `Not set: ${error.message}`);

  async function set() {
    if (!form.reportValidity() || fields.some(({ value }) => value === '')) return;
    const own = [...typed];
    typed.clear();
    try {
      // The others are as the room has them by now: somebody else may have set those.
      const { thresholds: is } = await (await ask('alerts')).json();
      const body = JSON.stringify({ ...is, ...Object.fromEntries(own.map(({ name, value }) => [name, Number(value)])) });
      show(await (await ask('alerts', {}, { method: 'PUT', body, headers: { 'content-type': 'application/json' } })).json());
      says.textContent = 'Set, for the desk too.';
      changed();
    } catch (error) {
      own.forEach((field) => typed.add(field));
      fail(error);
    }
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', ({ target }) => typed.add(target));
  form.addEventListener('change', set);
  return {
    /* Fills the form, once; whoever may not be told of the room as a whole has none. */
    async read() {
      if (form.dataset.read) return;
      try {
        show(await (await ask('alerts')).json());
      } catch (error) {
        if (error.status !== 403) throw error;
        document.getElementById('thresholds').hidden = true;
      }
      form.dataset.read = 'yes';
    },
  };
}
