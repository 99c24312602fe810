/* The desk's WebAssembly: fetched once, checked against its hash, started again after a trap. */

let loading;
let glue;
const mounted = new Set();

/** Loads the module once for the page; a failed load may be tried again. */
export function load() {
  loading ??= start().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start() {
  // Beside this file in the kit; a bundle of the kit leaves it there.
  glue = await import('./studio-glue.js');
  const url = new URL('./studio.wasm', import.meta.url);
  const integrity = KIT_INTEGRITY['studio.wasm'];
  const response = await fetch(url, { integrity, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  await glue.default({ module_or_path: response });
  glue.on_trap(trapped);
  for (const type of ['error', 'unhandledrejection']) addEventListener(type, seen, true);
  return glue;
}

/** What the browser calls in the module by itself (events, microtasks) is not guarded: its traps are seen here. */
function seen(event) {
  const error = event.error ?? event.reason;
  if (!(error instanceof WebAssembly.RuntimeError) || !/studio\.wasm|\[wasm code\]/.test(error.stack)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  trapped(error.message);
}

/** Makes a desk; `again` is called after a trap, when every desk has to be made anew. */
export function mount(root, port, kept, again) {
  const entry = { desk: guard(() => new glue.Desk(root, port, kept)), again };
  mounted.add(entry);
  return {
    /** Calls into the desk; a trap gives undefined, and the desk is made anew in a later task. */
    call: (name, ...values) => guard(() => entry.desk?.[name](...values)),
    free() {
      mounted.delete(entry);
      guard(() => entry.desk?.free());
    },
  };
}

function guard(work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    trapped(error.message);
  }
}

let waiting = false;

/** After a trap nothing in the module can be trusted: it is reset, and every desk begins again from what was kept. */
function trapped(message) {
  if (waiting) return;
  waiting = true;
  const desks = [...mounted];
  mounted.clear();
  // What is left of them belongs to the memory that is about to be thrown away.
  for (const entry of desks) entry.desk = undefined;
  setTimeout(() => {
    waiting = false;
    glue.__wbg_reset_state();
    glue.on_trap(trapped);
    for (const { again } of desks) again(String(message));
  });
}
