/* The desk's WebAssembly: fetched once, checked against its hash, started again after a trap. */

let loading;
let glue;
/* What the module is called in a stack: browsers name one that came without its type by its bytes. Safari names none: its stacks say so. */
let named;
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
  glue.overhear(() => {
    named = String(new Error().stack).match(/(?:\bat |[(@])([^(@\n]+):wasm-function\[/)?.[1];
  });
  for (const type of ['error', 'unhandledrejection']) addEventListener(type, seen, true);
  return glue;
}

/** What the browser calls in the module by itself (events, microtasks) is not guarded: its traps are seen here,
    and what the browser threw into the module, which is as bad. */
function seen(event) {
  const error = event.error ?? event.reason;
  const stack = String(error?.stack);
  if (!stack.includes(named || 'studio.wasm') && !stack.includes('[wasm code]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  trapped(error.message);
}

/** Makes a desk; `again` is called after a trap, when every desk has to be made anew. */
export function mount(root, port, kept, again) {
  // Before it is made: it may trap over what was kept.
  const entry = { root, again };
  mounted.add(entry);
  entry.desk = guard(() => new glue.Desk(root, port, kept));
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
    trapped(error?.message ?? error);
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
    // What leaves the page may fire events (`change`, `blur`), which nobody can hear any more once there is another instance.
    for (const { root } of desks) root.remove();
    waiting = false;
    glue.__wbg_reset_state();
    for (const { again } of desks) again(String(message));
  });
}
