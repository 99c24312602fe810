/* What the browser and this page's policy allow. */

import { broken, note, reach, well } from './verdict.js';

// The smallest module there is: a header and nothing else.
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

const violations = [];
addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));

/** The policy lets modules be compiled and style sheets be constructed. */
export async function policy(_given, known) {
  known.policy = (await reach(location.href, { method: 'HEAD' })).headers.get('content-security-policy') ?? '';
  try {
    await WebAssembly.compile(EMPTY);
  } catch {
    return broken("This page's policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src.");
  }
  try {
    new CSSStyleSheet().replaceSync('p {}');
  } catch {
    return broken('This browser has no constructed style sheets: it needs one of 2023 or later.');
  }
  const seen = [...new Set(violations)];
  if (seen.length) return broken(`The policy has stopped something of this page: ${seen.join(', ')}. The README prints the policy that is needed.`);
  return well(known.policy ? `Nothing is stopped by: ${known.policy}` : 'This page has none.');
}

/** Trusted Types are on or not; the kit needs no policy of its own. */
export function trustedTypes(_given, known) {
  if (!globalThis.trustedTypes) return note('This browser has none; nothing to do.');
  return known.policy.includes("require-trusted-types-for 'script'")
    ? well('Required by this page; the kit needs no policy of its own.')
    : note('Not required by this page. The kit would also run where they are.');
}

/** The module's features: what a kit without any plain fallback needs. */
export function wasm() {
  if (typeof WebAssembly !== 'object') {
    return broken('This browser has no WebAssembly: viewers get a plain form that posts the same actions.');
  }
  return well('There is WebAssembly.');
}

/** Where device keys, reports and practice rooms are kept. */
export async function storage() {
  const missing = [];
  try {
    localStorage.setItem('demo-doctor', '1');
    localStorage.removeItem('demo-doctor');
  } catch {
    missing.push('localStorage (a device key lives only as long as the page, so a reload may vote again)');
  }
  if (!(await opens())) missing.push('IndexedDB (reports are kept in memory, practice rooms in one tab)');
  return missing.length ? note(`Refused: ${missing.join('; ')}.`) : well('localStorage and IndexedDB take data.');
}

function opens() {
  return new Promise((done) => {
    try {
      const request = indexedDB.open('demo-doctor');
      request.onsuccess = () => {
        request.result.close();
        indexedDB.deleteDatabase('demo-doctor');
        done(true);
      };
      request.onerror = () => done(false);
      request.onblocked = () => done(false);
    } catch {
      done(false);
    }
  });
}
