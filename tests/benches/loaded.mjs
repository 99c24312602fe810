// The files of the kit that the page of an English viewer loads, which `tests/browser/loads.test.mjs` holds to be so.
// English is part of the module; any other language is one file more. Practice, studio and the plain fallback are loaded
// by those who ask for them.
export const LOADED = ['liveroom.js', 'elements.js', 'elements.wasm', 'sender.js'];
