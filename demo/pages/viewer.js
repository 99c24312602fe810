/* The viewer's page: sets the room up, asks for consent, and keeps the scenery apart from it. */

import { asked, setUp } from './page.js';
import { paint } from './harbour.js';
import { chat } from './chat.js';

const room = document.getElementById('room');
setUp(room, { report: asked('report', `${location.origin}/v1/engagement`) });
paint(document.getElementById('picture'));
chat(document.getElementById('lines'), document.getElementById('say'), (length) => {
  // What a page reports of its own; without consent the kit drops it. Never the words themselves.
  room.report?.('chat', { length });
});

const SAYS = {
  pending: 'May this page count that you saw and used its polls? Nothing is sent until you say so. Voting works either way.',
  granted: 'Allowed: this page counts what you see and use, without your name.',
  denied: 'Not allowed: nothing is counted.',
};

/** Shows and keeps the viewer's choice; the room element does the rest. */
function consent(state) {
  room.setAttribute('consent', state);
  document.getElementById('consent-says').textContent = SAYS[state];
  document.getElementById('grant').setAttribute('aria-pressed', String(state === 'granted'));
  document.getElementById('deny').setAttribute('aria-pressed', String(state === 'denied'));
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
document.getElementById('grant').addEventListener('click', () => consent('granted'));
document.getElementById('deny').addEventListener('click', () => consent('denied'));
