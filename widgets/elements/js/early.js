/* Reports that were made before what stores them was there. They wait in memory; what still waits when the page is hidden is
   put down where the next page load finds it. There are some only under granted consent, one list for the whole page. */

const NAME = 'live-early';
/* Most lots, of a few reports each; the oldest go. */
const MOST = 500;

let lots = [];
let isWatching = false;

/* Keeps a lot: `{endpoint, source, reports, soon}`. */
export function keep(lot) {
  lots = [...lots, lot].slice(-MOST);
  if (!isWatching) {
    isWatching = true;
    addEventListener('visibilitychange', leave);
    addEventListener('pagehide', putDown);
  }
  leave();
}

/* All that waits for an endpoint, of one source if it is named, of this page load and of earlier ones; it is not kept any more. */
export function take(endpoint, source) {
  pickUp();
  const isTaken = (lot) => lot.endpoint === endpoint && (!source || lot.source === source);
  const taken = lots.filter(isTaken);
  lots = lots.filter((lot) => !isTaken(lot));
  leave();
  return taken;
}

/* How many reports of a source wait in memory for an endpoint. */
export const waiting = (of) => lots.reduce((sum, { endpoint, source, reports }) => sum + (endpoint === of.endpoint && source === of.source ? reports.length : 0), 0);

/* Whether an earlier page load left some. */
export function isLeft() {
  try {
    return localStorage.getItem(NAME) !== null;
  } catch {
    return false;
  }
}

const leave = () => document.visibilityState === 'hidden' && putDown();

function putDown() {
  if (!lots.length) return;
  pickUp();
  try {
    localStorage.setItem(NAME, JSON.stringify(lots));
    lots = [];
  } catch {
    /* Refused or full: memory has them as long as the page lives. */
  }
}

/* What lies there may be anybody's. */
function pickUp() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? '[]').filter(isLot);
    localStorage.removeItem(NAME);
    lots = [...found, ...lots].slice(-MOST);
  } catch {
    /* Refused, or nothing that could be sent. */
  }
}

const isText = (value) => typeof value === 'string';

function isLot(lot) {
  const { endpoint, source, reports } = Object(lot);
  return isText(endpoint) && isText(source) && Array.isArray(reports) && reports.every((report) => isText(report?.envelope) && isText(report.data));
}
