/* What a viewer types is looked for among all that was asked, once they pause; and answered before it is asked, where the
   page has an `answerer` or the widget a file of answers: what does that is loaded once somebody types. */

import { tagOf } from './language.js';

/* The viewer has paused. */
const PAUSE_MS = 600;

const answerers = new WeakMap();
const pauses = new WeakMap();

/* Something else stands in the field of a widget now. */
export async function typed(room, number, widget, field) {
  const { port } = room;
  clearTimeout(pauses.get(field));
  pauses.set(field, setTimeout(() => port.call('similar', field.value, number), PAUSE_MS));
  if (!room.answerer && !widget.hasAttribute('faq')) return;
  if (!answerers.has(port)) answerers.set(port, begin(port, room));
  (await answerers.get(port))?.typed(number, { widget, field, lang: tagOf(widget) });
}

const begin = (port, room) => import('./answerer.js').then(
  ({ Answerer }) => new Answerer(port, room),
  () => port.fail('answerer', 'answerer.js did not load from beside the kit'),
);
