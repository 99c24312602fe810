/* What stands beside the widgets, seen when a page has joined its room, and after each change: the samples of a practice room,
   how viewers elsewhere take part, and whether the page was opened by a viewer's share link. */

let arriving;

/** Lets a practice room with nothing open offer its samples, and any other take them back; shows the room's `join` while something is shown; tells an arrival. */
export function offer(room, port) {
  if (/[?&]live-ref=/.test(location.search)) (arriving ??= import('./share.js')).then(({ arrived }) => arrived(room), () => {});
  const isPractice = room.getAttribute('server')?.trim() === 'local:';
  if (!isPractice && !room.invites) return;
  const { connection, activities } = port.status;
  const isEmpty = activities.every(({ shown }) => shown === 'put away');
  const failed = (file) => () => port.fail(file, `${file}.js did not load from beside the kit`);
  if (isPractice) room.offer(connection === 'live' && isEmpty).catch(failed('sample'));
  if (room.invites) room.invite(connection !== 'lost' && activities.some(({ shown }) => shown === 'shown')).catch(failed('join'));
}
