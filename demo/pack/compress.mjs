// Brotli at its best, from standard input to standard output: the form in which browsers fetch the kit's files.
import { readFileSync, writeSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const bytes = readFileSync(0);
const params = {
  [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
};
let rest = brotliCompressSync(bytes, { params });
while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
