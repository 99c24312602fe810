/* The attributes of `<live-room>` as the module reads them, see config.rs. */

import { Reports } from './reports.js';

const absolute = (text) => {
  try {
    return new URL(text, document.baseURI).href;
  } catch {
    return text;
  }
};

/* As JSON; `desk`: somebody watches the room from a desk. */
export function attributesOf(room, desk) {
  const attribute = (name) => room.getAttribute(name) ?? undefined;
  const [server, report] = [attribute('server'), attribute('report')];
  return JSON.stringify({
    ...Object.fromEntries(['room', 'consent', 'theme', 'mode', 'dock'].map((name) => [name, attribute(name)])),
    server: server && absolute(server),
    report,
    endpoint: report && Reports.endpoint(report),
    privacy_control: Boolean(navigator.globalPrivacyControl),
    provider: Boolean(room.tokenProvider),
    order: Boolean(room.order),
    product: Boolean(room.product),
    desk,
  });
}
