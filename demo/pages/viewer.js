/* The viewer's page: sets the room up, signs a viewer in, asks for consent, and keeps the scenery apart from it. */

import { viewer } from './account.js';
import { asked, room as name, server, setUp } from './page.js';
import { paint } from './harbour.js';
import { chat } from './chat.js';

const at = (id) => document.getElementById(id);
const room = at('room');
const account = viewer(server, name);
if (account.name) room.tokenProvider = () => account.token();
setUp(room, { report: asked('report', `${location.origin}/v1/engagement`) });
paint(at('picture'));
chat(at('lines'), at('say'), (length) => {
  // What a page reports of its own; without consent the kit drops it. Never the words themselves.
  room.report?.('chat', { length });
});

/* The link has a code of this viewer's, if figures are allowed; who comes by it is counted. */
const SHARED = { shared: 'Shared.', copied: 'The link is copied.' };
at('share').addEventListener('click', async () => {
  const { url, how } = (await room.share()) ?? {};
  at('share-says').textContent = SHARED[how] ?? (url ? `The link: ${url}` : 'Not shared.');
});

/* Draws and deals ask for more than a device. A practice room knows everybody by the browser. */
at('you').hidden = server === 'local:';
at('sign-in').hidden = Boolean(account.name);
at('sign-out').hidden = !account.name;
at('who-says').textContent = account.name ? `Signed in as ${account.name}.` : 'Draws and deals want to know who takes part. Polls and questions do not.';
at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  account.signIn(at('name').value).then(() => location.reload(), (error) => (at('who-says').textContent = error.message));
});
at('sign-out').addEventListener('click', () => {
  account.signOut();
  location.reload();
});
room.addEventListener('live-outcome', ({ detail }) => {
  if (detail.refusal?.reason === 'needs-sign-in') at('name').focus();
});

/* What this page alone knows, a draw may ask for: that a viewer follows it goes with the entry, as its server signs it. */
at('follow').hidden = !account.name;
at('follow').addEventListener('click', ({ target }) => {
  target.setAttribute('aria-pressed', String(target.getAttribute('aria-pressed') !== 'true'));
});
room.addEventListener('live-act', (event) => {
  if (event.detail.widget !== 'lottery' || event.detail.act !== 'enter' || at('follow').getAttribute('aria-pressed') !== 'true') return;
  event.respondWith(account.attest(['followed']).then((attest) => ({ ok: true, attest })));
});

const SAYS = {
  pending: 'May this page count what you see and use? Nothing is sent until you say so. Taking part works either way.',
  granted: 'Allowed: this page counts what you see and use, without your name.',
  denied: 'Not allowed: nothing is counted.',
};

/** Shows and keeps the viewer's choice; the room element does the rest. */
function consent(state) {
  room.setAttribute('consent', state);
  at('consent-says').textContent = SAYS[state];
  at('grant').setAttribute('aria-pressed', String(state === 'granted'));
  at('deny').setAttribute('aria-pressed', String(state === 'denied'));
  try {
    if (state !== 'pending') localStorage.setItem('demo-consent', state);
  } catch {
    // Storage is refused: the choice lives as long as the page.
  }
}

function kept() {
  try {
    return localStorage.getItem('demo-consent');
  } catch {
    return null;
  }
}

const before = asked('consent', kept() ?? '');
consent(before in SAYS ? before : 'pending');
at('grant').addEventListener('click', () => consent('granted'));
at('deny').addEventListener('click', () => consent('denied'));
