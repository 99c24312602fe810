/* <live-studio>: the streamer's desk. The class is defined at once; its module loads when a desk is on a page. */

import { LiveStudio } from './element.js';

// In Node there is no registry, and importing must do no harm; a page may load the kit twice.
if (globalThis.customElements && !customElements.get('live-studio')) {
  customElements.define('live-studio', LiveStudio);
}

export { LiveStudio };
