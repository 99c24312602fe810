/* The check of a draw: what does it is loaded once a viewer asks for it. */

import { loadPractice } from './line.js';

/* Checks the draw of an activity, or whether this viewer's entry is on its list. The port's module hears how far it has come,
   see `checked` in lottery.rs. `texts()`: the frames that hold the activity now; `from`: the room's address, or in a practice room
   its name, and whether the `whole` draw is to be checked. */
export async function checking(port, activity, texts, from) {
  const told = (whole, found) => port.call('checked', activity, whole, found);
  try {
    const { check, look } = await import('./check.js');
    const find = from.whole ? check : look;
    told(100, await find(activity, texts, { ...from, load: loadPractice, told }));
  } catch (error) {
    told(0, 'unread');
    port.fail('check', `the draw "${activity}" could not be checked: ${error.message}`, 'lottery');
  }
}
