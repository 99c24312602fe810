/* Sharing the page by a link with a code of the viewer's, and arrivals by such a link. Loaded when somebody shares, or arrives.

   The code is a digest of the viewer's pseudonym, which the room made with a key of its own: it leads back to nobody, and is
   another in every room. Without consent the link has none, and nothing is told. */

const NAME = 'live-ref';
const BYTES = 12;
const CODE = /^[\w-]{16}$/;

/* Of a viewer whom the room does not know yet: good for this page load. */
const passing = new Map();
/* Rooms of this page in which the arrival was told, or is none. */
const looked = new Set();

const addressOf = (room) => `${room.getAttribute('server') ?? ''} ${room.getAttribute('room') ?? ''}`;

const written = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');

/* Where the page is not served safely a browser has no digests. */
async function codeOf(room) {
  const { me } = JSON.parse(room.port.identity.welcome ?? '{}');
  if (me && crypto.subtle) {
    const text = new TextEncoder().encode(`${NAME} ${addressOf(room)} ${me}`);
    return written(new Uint8Array(await crypto.subtle.digest('SHA-256', text)).slice(0, BYTES));
  }
  const place = addressOf(room);
  if (!passing.has(place)) passing.set(place, written(crypto.getRandomValues(new Uint8Array(BYTES))));
  return passing.get(place);
}

/* The page's canonical address, else its own: never what is behind `#`, which may be a key. */
function linkOf(address) {
  const link = new URL(address ?? document.querySelector('link[rel="canonical"]')?.href ?? location.href, document.baseURI);
  if (!/^https?:$/.test(link.protocol)) throw new TypeError(`${link.protocol} is no address to share`);
  if (address === undefined) link.hash = '';
  link.searchParams.delete(NAME);
  return link;
}

/* Hands the link to the system's sheet, else to the clipboard: which of them took it. */
async function handOver(url, { title = document.title, text } = {}) {
  if (navigator.share) {
    try {
      await navigator.share(text ? { url, title, text } : { url, title });
      return 'shared';
    } catch (error) {
      /* The viewer thought better of it. */
      if (error.name === 'AbortError') return 'none';
    }
  }
  return navigator.clipboard.writeText(url).then(() => 'copied', () => 'none');
}

/** Shares the page, or another address: `{url, how}`, `how` being `shared`, `copied` or `none`. */
export async function share(room, options = {}) {
  try {
    const link = linkOf(options.url);
    const code = room.port.status.consent === 'granted' ? await codeOf(room) : undefined;
    if (code) link.searchParams.set(NAME, code);
    const url = link.href;
    const how = await handOver(url, options).catch(() => 'none');
    if (how !== 'none') room.port.call('room', 'acted', 0, `"act":"share"${code ? `,"referral":"${code}"` : ''}`);
    return { url, how };
  } catch (error) {
    room.fail('share', `share(): ${error.message}`);
    return { url: location.href.replace(/#.*/, ''), how: 'none' };
  }
}

/** Tells, once the room has greeted, that this page was opened by another viewer's link. */
export async function arrived(room) {
  const place = addressOf(room);
  if (looked.has(place) || (room.port.isServed && !room.port.identity.welcome)) return;
  looked.add(place);
  const code = new URLSearchParams(location.search).get(NAME);
  /* A page that is loaded again, or gone back to, is no new arrival. */
  const again = ['reload', 'back_forward'].includes(performance.getEntriesByType('navigation')[0]?.type);
  if (again || !CODE.test(code) || code === (await codeOf(room))) return;
  room.port.call('room', 'arrived', 0, `"referral":"${code}"`);
}
