/* Reports that were made before what stores them was there. They wait in memory; what still waits when the page is hidden is
   put down where the next page load finds it. There are some only under granted consent, one list for the whole page. */

const NAME = 'live-early';
/* Most lots of one way, of a few reports each; the oldest go, and are counted. */
const MOST = 500;

let lots = [];
let isWatching = false;
/* Where tabs tell each other that an endpoint is to get nothing more; open while something may wait. */
let channel;

/* Keeps a lot: `{endpoint, source, reports, soon, lost?}`. */
export function keep(lot) {
  const own = lots.filter((other) => isSame(other, lot));
  /* The new one counts what goes for it. */
  for (const old of own.slice(0, 1 - MOST)) {
    lots.splice(lots.indexOf(old), 1);
    lot.lost = (lot.lost ?? 0) + old.reports.length + (old.lost ?? 0);
  }
  lots.push(lot);
  channel ??= new BroadcastChannel(NAME);
  channel.onmessage = ({ data: of }) => (lots = lots.filter((other) => !isOf(other, of ?? {})));
  if (!isWatching) {
    isWatching = true;
    addEventListener('visibilitychange', leave);
    addEventListener('pagehide', () => {
      putDown();
      channel?.close();
      channel = undefined;
    });
  }
  leave();
}

/* All that waits for an endpoint from a source, of this page load and of earlier ones; it is not kept any more. */
export const take = (of) => remove((lot) => isSame(lot, of));

/* Consent was withdrawn: nothing stays that waits for an endpoint or from a source, here and in other tabs. */
export function forget(of) {
  remove((lot) => isOf(lot, of));
  const others = channel ?? new BroadcastChannel(NAME);
  others.postMessage(of);
  if (others !== channel) others.close();
}

function remove(isTaken) {
  const stays = (lot) => !isTaken(lot);
  const found = stored();
  const taken = [...found, ...lots].filter(isTaken);
  store(found.filter(stays));
  lots = lots.filter(stays);
  leave();
  return taken;
}

/* What waits in memory from a source for an endpoint, and what found no place, as a ledger. */
export function counted(of) {
  const own = lots.filter((lot) => isSame(lot, of));
  const lost = own.reduce((sum, lot) => sum + (lot.lost ?? 0), 0);
  return { created: own.reduce((sum, { reports }) => sum + reports.length, lost), stored: 0, dropped: lost ? { queue_full: lost } : {} };
}

const isSame = (one, other) => one.endpoint === other.endpoint && one.source === other.source;
const isOf = (lot, { endpoint, source }) => lot.endpoint === endpoint || lot.source === source;

/* Whether an earlier page load left some, before they were stored or as it went. */
export function isLeft() {
  try {
    return Object.keys(localStorage).some((name) => /^live-(early$|left )/.test(name));
  } catch {
    return false;
  }
}

const leave = () => document.visibilityState === 'hidden' && putDown();

function putDown() {
  if (lots.length && store([...stored(), ...lots])) lots = [];
}

/* What lies there may be anybody's. */
function stored() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '[]').filter(isLot);
  } catch {
    /* Refused, or nothing that could be sent. */
    return [];
  }
}

/* Whether they lie there. Refused or full, memory has what is new as long as the page lives, and what lay there stays. */
function store(all) {
  try {
    if (all.length) localStorage.setItem(NAME, JSON.stringify(all));
    else localStorage.removeItem(NAME);
    return true;
  } catch {
    return false;
  }
}

const isText = (value) => typeof value === 'string';

function isLot(lot) {
  const { endpoint, source, reports, lost = 0 } = Object(lot);
  return lost >>> 0 === lost && isText(endpoint) && isText(source) && Array.isArray(reports) && reports.every((report) => isText(report?.envelope) && isText(report.data));
}
