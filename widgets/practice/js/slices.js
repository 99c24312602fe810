// Long work in slices of a few milliseconds, so that the page goes on between them.

/** How long one slice takes at most, in milliseconds: a quarter of a frame, since what else the browser does in that task is not in it. */
const SLICE_MS = 4;
/** How many entries are taken before the clock is looked at. */
const ENTRIES = 256;

/** Waits until the browser has done what waits: answered to the viewer, and painted, before which `scheduler.yield` would go on. */
const breath = globalThis.scheduler?.postTask
  ? () => scheduler.postTask(() => {}, { priority: 'background' })
  : () => new Promise((resume) => {
    // A timer would wait four milliseconds each time.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(null);
  });

/**
 * Gives a list of entrants to `feed`, slice by slice: a stream of bytes, or all of them at once.
 * `told` hears how many bytes were taken. Ends early where `feed` throws, which ends the stream too.
 */
export async function slices(source, entryBytes, feed, told) {
  const reader = source instanceof ReadableStream ? source.getReader() : one(source);
  let taken = 0;
  let until = performance.now() + SLICE_MS;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (let start = 0; start < value.length; start += ENTRIES * entryBytes) {
        const slice = value.subarray(start, start + ENTRIES * entryBytes);
        feed(slice);
        taken += slice.length;
        if (performance.now() < until) continue;
        told(taken);
        await breath();
        until = performance.now() + SLICE_MS;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Bytes as a reader of a stream would give them. */
function one(bytes) {
  let value = bytes;
  return {
    async read() {
      const next = { done: value === undefined, value };
      value = undefined;
      return next;
    },
    async cancel() {},
  };
}
