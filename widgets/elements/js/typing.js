/* What a viewer types is answered before it is asked, where the page has an `answerer` or the widget a file of answers:
   what does that is loaded once somebody types. */

import { tagOf } from './language.js';

const answerers = new WeakMap();

/* Something else stands in the field of an element now. */
export async function typed(port, room, number, widget, text) {
  if (!widget) return;
  if (!answerers.has(port)) {
    if (!text || !(room.answerer || widget.hasAttribute('faq'))) return;
    answerers.set(port, begin(port, room));
  }
  (await answerers.get(port))?.typed(number, { widget, text, lang: tagOf(widget) });
}

const begin = (port, room) => import('./answerer.js').then(
  ({ Answerer }) => new Answerer(port, room),
  () => port.fail('answerer', 'answerer.js did not load from beside the kit'),
);
