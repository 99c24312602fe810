/* Files that a streamer brings in, and those that the desk gives out. */

/* Bytes; no run of show and no sensible table is larger. */
const MOST = 1024 * 1024;

/** Reads a file of a field marked `data-file`; `take(kind, text)` gets what it is and what stands in it, no text of one that is too large. */
export function files(root, take) {
  const onchange = async ({ target }) => {
    const kind = target.dataset?.file;
    const [file] = (kind && target.files) || [];
    if (!file) return;
    const text = file.size > MOST ? undefined : await file.text();
    // The same file may be chosen again.
    target.value = '';
    take(kind, text);
  };
  root.addEventListener('change', onchange);
  return () => root.removeEventListener('change', onchange);
}

/** Saves something as a file. */
export function give(page, name, blob) {
  const url = URL.createObjectURL(blob);
  Object.assign(page.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
