// What a viewer's page loads, in bytes: raw, gzip -9 and brotli 11, file by file, and the sum after brotli.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('../../', import.meta.url);
const version = /^\[workspace\.package\]\nversion = "(.+)"/m.exec(await readFile(new URL('Cargo.toml', root), 'utf8'))[1];
const kit = new URL(`target/kit/${version}/`, root);

// Practice, studio and the plain fallback are loaded by those who ask for them; a viewer's page loads one language.
const LOADED = ['liveroom.js', 'elements.js', 'elements.wasm', 'sender.js', 'lang/en.json'];

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
}).length;

const print = (figure, value) =>
  console.log(JSON.stringify({ bench: 'size', who: 'liveroom', figure, value, unit: 'bytes' }));

let sum = 0;
for (const name of LOADED) {
  const bytes = await readFile(new URL(name, kit));
  const small = brotli(bytes);
  sum += small;
  print(`${name} raw`, bytes.length);
  print(`${name} gzip`, gzipSync(bytes, { level: 9 }).length);
  print(`${name} brotli`, small);
}
print('kit_brotli_bytes', sum);
