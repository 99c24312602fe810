/* One tab at a time. */

/* A tab that was frozen while it sent must not silence the others for ever. */
const LOCK_MS = 60_000;

/* Runs `work` while no other tab does; `work(false)` where that cannot be known. */
export async function alone(name, work) {
  let begun = false;
  const begin = (sure) => {
    begun = true;
    return work(sure);
  };
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_MS) }, () => begin(true));
  } catch {
    return begun || begin(false);
  }
}
