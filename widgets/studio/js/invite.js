/* The page of a room's own server that has its desk: it alone reads the key behind `#` by which somebody who was invited comes in. */

/** Its address, without anything behind `#`. Where this page is it already, with all that its address says. */
export function studioOf(room, here = location.href) {
  const server = new URL(`${(room.getAttribute('server') ?? '').replace(/\/+$/, '')}/studio`, here);
  const page = new URL(here);
  if (page.origin === server.origin && page.pathname.replace(/\/+$/, '') === server.pathname) return here.split('#')[0];
  server.searchParams.set('room', room.getAttribute('room') ?? '');
  return server.href;
}
