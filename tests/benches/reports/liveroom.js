// The kit: a room that the page drives, which reports under granted consent.

export async function start() {
  await customElements.whenDefined('live-room');
  const room = document.createElement('live-room');
  room.setAttribute('room', 'bench');
  room.setAttribute('report', '/to/liveroom');
  room.setAttribute('consent', 'granted');
  document.body.append(room);
  await room.ready;
  return { ready: import('/kit/sender.js'), report: (data) => room.report('act', data) };
}
