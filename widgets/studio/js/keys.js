/* Which keys are meant for the desk, and how something in it gets the focus. */

const EDITABLE = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';

/** Whether a key is the desk's: never while somebody types, and never out of another part of the page. */
export function isForDesk(event, element) {
  const { ctrlKey, metaKey, altKey, defaultPrevented, isComposing, repeat, key } = event;
  // A key that is held down was pressed once.
  if (ctrlKey || metaKey || altKey || defaultPrevented || isComposing || repeat) return false;
  const path = event.composedPath();
  const here = path[0] === element.ownerDocument.body || path.includes(element);
  return here && (key === 'Escape' || !path[0].matches?.(EDITABLE));
}

/** Gives something the focus, unfolding whatever it is folded away in. */
export function focus(element) {
  for (let fold = element?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  element?.focus();
}
