/* The attributes of `<live-room>` as the module reads them, see config.rs. */

import { Reports } from './reports.js';

const absolute = (text) => {
  try {
    return new URL(text, document.baseURI).href;
  } catch {
    return text;
  }
};

/* What a campaign may be: `name=value` joined by `&`, as in an address. */
const FIELDS = 8;
const NAME = /^[\w.-]{1,32}$/;
const CHARS = 100;

/* The page's campaign as reports have it, and its text where that is more than a campaign may be. */
function campaignOf(text) {
  const all = [...new URLSearchParams(text)];
  const good = all.filter(([name, value], place) => place < FIELDS && NAME.test(name) && value.length <= CHARS);
  return { campaign: good[0] && JSON.stringify(Object.fromEntries(good)), uncounted: good.length < all.length ? text : undefined };
}

/* As JSON; `desk`: somebody watches the room from a desk. */
export function attributesOf(room, desk) {
  const attribute = (name) => room.getAttribute(name) ?? undefined;
  const [server, report] = [attribute('server'), attribute('report')];
  return JSON.stringify({
    ...Object.fromEntries(['room', 'consent', 'theme', 'mode', 'dock'].map((name) => [name, attribute(name)])),
    server: server && absolute(server),
    report,
    ...campaignOf(attribute('campaign')),
    endpoint: report && Reports.endpoint(report),
    privacy_control: Boolean(navigator.globalPrivacyControl),
    provider: Boolean(room.tokenProvider),
    order: Boolean(room.order),
    product: Boolean(room.product),
    desk,
  });
}
