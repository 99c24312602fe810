/* Plain forms: what is shown where the module cannot run, or trapped over an activity. The same news in, the same actions out,
   without bars and countdowns. A file of its own that holds nothing of the kit's state. */

export { Format } from './format.js';
export { form } from './plain-form.js';
export { Painter } from './plain-room.js';
export { entriesOf, partsOf } from './parts.js';
