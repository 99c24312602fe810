/* Who is where: rooms and widgets find each other, again whenever one of them comes or goes. */

export const rooms = new Set();
export const widgets = new Set();

/* The room of a widget: the one that `for` names, else the nearest around it, through shadow roots. */
export function roomOf(widget) {
  const name = widget.getAttribute('for');
  if (name !== null) {
    const root = widget.getRootNode();
    const named = root.getElementById?.(name) ?? document.getElementById(name);
    return rooms.has(named) ? named : undefined;
  }
  for (let node = widget.parentNode; node; node = node.parentNode ?? node.host) {
    if (rooms.has(node)) return node;
  }
  return undefined;
}

/* A room came, went, or has another name. */
export function refind() {
  for (const widget of widgets) widget.find();
}
