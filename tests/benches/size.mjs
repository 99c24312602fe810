// What a viewer's page loads, in bytes: raw, gzip -9 and brotli 11, file by file, and the sum after brotli, in English and in
// the heaviest other language; and what each widget adds, as widgets.mjs counts it.
import { readFile, readdir } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { LOADED } from './loaded.mjs';
import { shares } from './widgets.mjs';

const root = new URL('../../', import.meta.url);
const version = /^\[workspace\.package\]\nversion = "(.+)"/m.exec(await readFile(new URL('Cargo.toml', root), 'utf8'))[1];
const kit = new URL(`target/kit/${version}/`, root);

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
}).length;

const print = (figure, value) =>
  console.log(JSON.stringify({ bench: 'size', who: 'liveroom', figure, value, unit: 'bytes' }));

async function weigh(name) {
  const bytes = await readFile(new URL(name, kit));
  const small = brotli(bytes);
  print(`${name} raw`, bytes.length);
  print(`${name} gzip`, gzipSync(bytes, { level: 9 }).length);
  print(`${name} brotli`, small);
  return small;
}

let sum = 0;
for (const name of LOADED) sum += await weigh(name);
const texts = (await readdir(new URL('lang/', kit))).filter((name) => name.endsWith('.json') && name !== 'en.json');
let heaviest = 0;
for (const name of texts) heaviest = Math.max(heaviest, await weigh(`lang/${name}`));
print('kit_brotli_bytes', sum);
print('kit_brotli_bytes with the heaviest language', sum + heaviest);
for (const { widget, code, style } of await shares(root)) {
  print(`${widget} functions as compiled, raw`, code.length);
  print(`${widget} functions as compiled, brotli`, brotli(code));
  print(`${widget} style brotli`, brotli(style));
}
