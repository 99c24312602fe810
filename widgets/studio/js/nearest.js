/* Which room an element belongs to: the nearest <live-room> around it, shadow hosts included, or the one it names. */

/** Returns the room element of `element`, or null. */
export function nearestRoom(element) {
  const name = element.getAttribute('for');
  if (name) return element.getRootNode().getElementById?.(name) ?? element.ownerDocument.getElementById(name);
  for (let node = element; node; node = node.getRootNode().host) {
    const room = node.closest('live-room');
    if (room) return room;
  }
  return null;
}
