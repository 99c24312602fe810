// In the page: lets a storm from a worker come, and tells when the last of it is shown.

/* How long the last update may take to be shown. */
const LATE_MS = 5_000;

export const frame = () => new Promise(requestAnimationFrame);

/** Makes `window.storm(rate, seconds)`: the worker is given those with `asked`, each of its texts goes to `take`, and its last word, an
    object, to `told`, asked in every frame until what it gives `isExact` or it is late. Resolves to that and the number of frames. */
export function expect(asked, { take, end, told, isExact }) {
  window.storm = (rate, seconds) => new Promise((resolve) => {
    const worker = new Worker('/bench/worker.js');
    let [frames, running] = [0, true];
    const tick = () => {
      frames += 1;
      if (running) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    worker.onmessage = async ({ data }) => {
      if (typeof data === 'string') return take(data);
      running = false;
      worker.terminate();
      end?.();
      const late = performance.now() + LATE_MS;
      while (!isExact(told(data)) && performance.now() < late) await frame();
      return resolve({ frames, ...told(data) });
    };
    worker.postMessage({ ...asked, rate, seconds });
  });
}
