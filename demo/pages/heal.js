/* What keeps a browser source alive that nobody reloads by hand for days. */

/* A page that has not even the kit's script tries itself again. */
const SCRIPT_MS = 10_000;
/* How often the line is looked at. */
const LOOK_MS = 2_000;

/** Heals the page around a room: without the kit's script, when OBS shows it again, and when its server is a newer one. */
export function heal(room) {
  // Not while nobody would answer: the browser's own page of that says nothing to anybody, and heals nothing.
  const again = setInterval(async () => (await health()) && !customElements.get('live-room') && location.reload(), SCRIPT_MS);
  customElements.whenDefined('live-room').then(() => clearInterval(again));

  // OBS says so by events of its own (https://github.com/obsproject/obs-browser#register-for-event-callbacks), also where the
  // page itself is never told that it was hidden. The kit takes `online` for: ask now whether the line still stands.
  for (const [name, is] of [['obsSourceVisibleChanged', 'visible'], ['obsSourceActiveChanged', 'active']]) {
    addEventListener(name, ({ detail }) => detail?.[is] && dispatchEvent(new Event('online')));
  }
  addEventListener('obsSceneChanged', () => dispatchEvent(new Event('online')));

  let wasLost = false;
  let isOld = false;
  setInterval(async () => {
    const { connection, version } = room.status;
    if (connection === 'lost') wasLost = true;
    if (wasLost && connection === 'live') {
      wasLost = false;
      // Whether the server that came back brings another kit.
      isOld = ((await health())?.version ?? version) !== version;
    }
    if (isOld && connection === 'live' && isEmpty(room)) location.reload();
  }, LOOK_MS);
}

/* What the server says of itself; nothing while it does not. */
async function health() {
  try {
    const response = await fetch('/healthz', { cache: 'no-store' });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

const isEmpty = (room) => room.status.activities.every(({ elements }) => elements === 0);
