/* Posts one batch: with time to see the answer, or as the last thing that a page does. */

const BATCH = 'application/cloudevents-batch+json';
/* A page that closes has no time for a preflight, and this type needs none. */
const PLAIN = 'text/plain;charset=UTF-8';

/* Bytes under way with keepalive: a browser allows a page 64 KiB in all. */
let underWay = 0;

/* How many more bytes may leave with a page that closes; `most`: the kit's share of them. */
export const spare = (most) => most - underWay;

const patience = (text) => {
  const ms = text ? (/^\d+$/.test(text) ? text * 1_000 : Date.parse(text) - Date.now()) : NaN;
  return ms >= 0 ? ms : undefined;
};

/* Resolves to `{status, bytes, html?, retryAfter?}`, status 0 without an answer; never rejects. Without credentials, and without following
   anybody elsewhere. `headers` are those that the page signs with; `stop` ends the wait for an answer. */
export async function post(endpoint, body, closing, { batch, timeout }, headers, stop) {
  const bytes = new Blob([body]).size;
  const keepalive = bytes <= spare(batch);
  if (keepalive) underWay += bytes;
  const late = AbortSignal.timeout(timeout);
  try {
    headers.set('content-type', closing ? PLAIN : BATCH);
    const response = await fetch(endpoint, {
      method: 'POST',
      body,
      headers,
      keepalive,
      signal: AbortSignal.any?.([late, stop]) ?? late,
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    /* A network's sign-in page says 200 too, in HTML. */
    const typed = response.ok && /html/i.test(response.headers.get('content-type') ?? '');
    const html = typed && /^\s*</.test(await response.text());
    return { status: response.status, bytes, html, retryAfter: patience(response.headers.get('retry-after')) };
  } catch {
    return { status: 0, bytes };
  } finally {
    if (keepalive) underWay -= bytes;
  }
}

/* Whether the browser took it. Nobody will see the answer. */
export function beacon(endpoint, body) {
  try {
    return navigator.sendBeacon(endpoint, new Blob([body], { type: PLAIN }));
  } catch {
    return false;
  }
}
