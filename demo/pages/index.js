/* The first page: writes this server's own address into what can be copied. */

import { dress, link, room } from './page.js';

const origin = location.origin;

const embed = `<script type="module" src="${origin}/kit/liveroom.js"></script>
<live-room room="${room}" server="${origin}"
           report="${origin}/v1/engagement">
  <live-poll></live-poll>
</live-room>`;

const json = `-H 'content-type: application/json'`;
const curl = `TOKEN=$(curl -s ${origin}/v1/tokens ${json} \\
  -d '{"room":"${room}","role":"owner"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
curl ${origin}/v1/rooms/${room}/commands ${json} \\
  -H "authorization: Bearer $TOKEN" \\
  -d '{"type":"poll.open","question":"Red or blue?","options":["Red","Blue"],"closes_in_ms":60000}'`;

dress();
link();
document.getElementById('room').textContent = room;
document.getElementById('embed').textContent = embed;
document.getElementById('curl').textContent = curl;
