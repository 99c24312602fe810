/* Whether a practice room offers its samples: seen when a page has joined it, and after each change. */

/** Lets a practice room with nothing open offer its samples, and any other take them back. */
export function offer(room, port) {
  if (room.getAttribute('server')?.trim() !== 'local:') return;
  const { connection, activities } = port.status;
  const isEmpty = connection === 'live' && activities.every(({ shown }) => shown === 'put away');
  room.offer(isEmpty).catch(() => port.fail('sample', 'sample.js did not load from beside the kit'));
}
