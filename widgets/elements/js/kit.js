/* The compiled module: loaded once a page, guarded at every call, made anew after a trap.

   A trap spoils the one instance that all widgets share. The shell holds what must outlive it, so a second later
   a fresh instance is given all of that, and the page never notices more than a pause. */

import { isAside } from './aside.js';

const MINUTE_MS = 60_000;
const PAUSE_MS = 1_000;
/* So many traps in a minute leave an activity, or the whole kit, to plain forms. */
const ACTIVITY_TRAPS = 2;
const KIT_TRAPS = 5;

/* `idle`, `loading`, `ready`, `trapped` (for a second), `failed` (until the page is loaded again). */
let state = 'idle';
let why = '';
let glue;
let loading;
let traps = [];
/* Places that the module has drawn in and left empty: it listens on each for ever, so each is used again. */
export let spares = [];
/* What is being handed to the module: it is blamed if that traps. */
let suspect;

/* What the module is called in a stack; learnt when it first calls out, since browsers name one that came without its type
   (`application/wasm`) by its bytes, and the page may have others of the kind. Safari names none: its stacks say so. */
let named;

/* All that must be told of a trap, and built again after it. */
export const ports = new Set();

export const kit = {
  version: KIT_VERSION,
  get state() {
    return state;
  },
  get why() {
    return why;
  },
};

/* Calls into the module, if it can be called: every call goes through here. Never throws. */
export function guard(work) {
  if (state !== 'ready') return undefined;
  try {
    return work(glue);
  } catch (error) {
    return trapped(error);
  }
}

/* Says who is to be blamed if the module traps from now on; nobody without an argument. */
export const blame = (port, activity) => {
  suspect = port && { port, activity };
};

/* To be called from within a call of the module. */
export const overhear = () => {
  named ??= String(new Error().stack).match(/(?:\bat |[(@])([^(@\n]+):wasm-function\[/)?.[1] ?? '';
};

/* Loads a file of the kit by its integrity. */
export const fetchKit = (name) => fetch(new URL(name, import.meta.url), { integrity: KIT_INTEGRITY[name] });

/* Loads the module; resolves to whether it can be called. */
export const load = () => (loading ??= begin());

async function begin() {
  state = 'loading';
  try {
    const module = await import('./elements.js');
    const response = fetchKit('elements.wasm');
    await module.default({ module_or_path: response });
    glue = module;
    watch();
    state = 'ready';
  } catch (error) {
    fail(`WebAssembly cannot run here, so plain forms are shown: ${error.message}`);
  }
  return state === 'ready';
}

function fail(reason) {
  state = 'failed';
  why = reason;
}

function trapped(error) {
  if (state !== 'ready') return;
  state = 'trapped';
  spares = [];
  const { port, activity } = suspect ?? {};
  suspect = undefined;
  const now = Date.now();
  traps = [...traps, { now, port, activity }].filter((trap) => trap.now > now - MINUTE_MS);
  const same = traps.filter((trap) => activity && trap.port === port && trap.activity === activity);
  const plain = same.length >= ACTIVITY_TRAPS;
  if (traps.length >= KIT_TRAPS) fail('the kit failed five times in a minute; plain forms are shown until the page is loaded again');
  for (const each of ports) each.trapped(each === port ? { activity, plain } : {});
  const said = error ? `: ${error.message}` : '';
  const next = state === 'failed' ? why : plain ? `"${activity}" is shown as a plain form until the page is loaded again` : 'it starts again in a second';
  (port ?? [...ports][0])?.fail('trap', `a fault of the kit, not of the page${said}; ${next}`);
  setTimeout(again, PAUSE_MS);
}

function again() {
  if (state !== 'failed') {
    try {
      glue.__wbg_reset_state();
      state = 'ready';
    } catch (error) {
      fail(`the kit cannot be started again: ${error.message}`);
    }
  }
  for (const port of ports) port.build();
}

/* What the browser calls in the module by itself (events, microtasks) is not guarded: its traps are seen here,
   and what the browser threw into the module, which is as bad. */
function watch() {
  const isOurs = (error) => {
    const stack = String(error?.stack);
    return !isAside() && (stack.includes(named || 'elements.wasm') || stack.includes('[wasm code]'));
  };
  const seen = (event, error) => {
    if (!isOurs(error)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    trapped(error);
  };
  addEventListener('error', (event) => seen(event, event.error), true);
  addEventListener('unhandledrejection', (event) => seen(event, event.reason), true);
}
