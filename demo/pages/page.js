/* What every page of the demo asks of its own address: which room, whose server, what looks. */

const query = new URL(location.href).searchParams;

/** A parameter of the address, or what stands in for it. */
export function asked(name, otherwise = '') {
  return query.get(name) || otherwise;
}

/** The room that the page is about. */
export const room = asked('room', 'demo');

/** The room server: this one, another, or `local:`. */
export const server = asked('server', location.origin);

/** Sets a room element up as the address says, and the page's own looks with it. */
export function setUp(element, attributes = {}) {
  const theme = asked('theme', 'auto');
  const all = { room, server, theme, lang: query.get('lang'), ...attributes };
  for (const [name, value] of Object.entries(all)) {
    if (value) element.setAttribute(name, value);
  }
  dress(theme);
}

/** Gives the page itself the theme and the language of the address. */
export function dress(theme = asked('theme', 'auto')) {
  document.documentElement.dataset.theme = theme;
}

/** The address of another page about the same room. */
export function page(name, parameters = {}) {
  const url = new URL(name, location.origin);
  const kept = { room: query.get('room'), server: query.get('server'), theme: query.get('theme'), lang: query.get('lang') };
  for (const [key, value] of Object.entries({ ...kept, ...parameters })) {
    if (value) url.searchParams.set(key, value);
  }
  return url.href;
}

/** Lets every link marked with `data-page` lead to that page about the same room. */
export function link() {
  for (const anchor of document.querySelectorAll('a[data-page]')) anchor.href = page(anchor.dataset.page);
}
