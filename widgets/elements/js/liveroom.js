/* The script that a page loads: defines the elements at once; everything else waits until one is near the view or used. */

import { kit } from './kit.js';
import { Room, watch } from './room.js';
import { Widget } from './widget.js';

/* A further widget is one word. */
const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];

function define() {
  if (customElements.get('live-room')) {
    const message = `another copy of this script has defined the elements; that one is used, and not version ${kit.version}`;
    console.error(`<live-room> twice: ${message}`);
    document.dispatchEvent(new CustomEvent('live-error', { detail: { code: 'twice', message } }));
    return;
  }
  customElements.define('live-room', Room);
  for (const kind of WIDGETS) {
    customElements.define(`live-${kind}`, class extends Widget {
      static kind = kind;
    });
  }
}

/* Where there is no page, as on a server, importing this does nothing. */
if (globalThis.customElements) define();

export const { version } = kit;
export { Room as LiveRoom, watch };
