// Real traps: the kit's own modules, rewritten on their way to the page so that a test can arm them. Whatever function of an
// armed module runs next traps as the machine does it. The kit knows nothing of it but the hash of what it loads.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitFolder, serve } from './harness.mjs';

/* Ways to trap, by the number that arms. */
export const TRAPS = { 'an unreachable instruction': 1, 'a full stack': 2, 'a load from nowhere': 3 };

const SCRIPTS = { 'elements.wasm': 'liveroom.js', 'studio.wasm': 'studio.js' };
const [TYPES, IMPORTS, FUNCTIONS, GLOBALS, EXPORTS, CODE] = [1, 2, 3, 6, 7, 10];

/* Serves rigged modules as this type. */
export async function serveRigged(type) {
  const kit = await kitFolder();
  const swapped = new Map();
  for (const [module, script] of Object.entries(SCRIPTS)) {
    const bytes = await readFile(join(kit, module));
    const rigged = rig(bytes);
    swapped.set(`/kit/${module}`, { type, bytes: rigged });
    const text = await readFile(join(kit, script), 'utf8');
    if (!text.includes(hash(bytes))) throw new Error(`${script} knows another ${module}`);
    swapped.set(`/kit/${script}`, { type: 'text/javascript', bytes: text.replace(hash(bytes), hash(rigged)) });
  }
  return serve((request, response) => {
    const found = swapped.get(new URL(request.url, 'http://localhost').pathname);
    if (found) response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
    return Boolean(found);
  });
}

const hash = (bytes) => createHash('sha384').update(bytes).digest('base64');

function leb(number) {
  const bytes = [];
  do {
    bytes.push((number & 0x7f) | (number > 0x7f ? 0x80 : 0));
    number >>>= 7;
  } while (number);
  return bytes;
}

/* Reads a module from a place on. */
class Reader {
  constructor(bytes, place = 0) {
    this.bytes = bytes;
    this.place = place;
  }

  number() {
    let [number, shift, byte] = [0, 0, 0];
    do {
      byte = this.bytes[this.place++];
      number += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return number;
  }

  skip(count) {
    this.place += count;
    return this;
  }

  many(read) {
    return Array.from({ length: this.number() }, () => read(this));
  }
}

/* A module in which each function first looks at the global that is exported as `armed`. */
function rig(bytes) {
  const sections = [];
  for (const reader = new Reader(bytes, 8); reader.place < bytes.length;) {
    const id = bytes[reader.place++];
    const size = reader.number();
    sections.push({ id, body: bytes.subarray(reader.place, reader.place + size) });
    reader.skip(size);
  }
  const body = (id) => sections.find((section) => section.id === id).body;
  const types = new Reader(body(TYPES)).many((type) => {
    type.skip(1);
    return { params: type.many((value) => value.skip(1)).length, results: type.many((value) => value.skip(1)).length };
  });
  const imported = new Reader(body(IMPORTS)).many((one) => {
    one.many((letter) => letter.skip(1));
    one.many((letter) => letter.skip(1));
    const kind = one.bytes[one.place++];
    if (kind === 0) one.number();
    else if (kind === 3) one.skip(2);
    else throw new Error(`an import of kind ${kind}`);
    return kind;
  });
  const functions = new Reader(body(FUNCTIONS)).many((one) => types[one.number()]);
  const first = imported.filter((kind) => kind === 0).length;
  const armed = leb(imported.filter((kind) => kind === 3).length + new Reader(body(GLOBALS)).number());
  const grown = (id, item) => {
    const reader = new Reader(body(id));
    const count = reader.number();
    return [...leb(count + 1), ...body(id).subarray(reader.place), ...item];
  };
  const changed = {
    [GLOBALS]: grown(GLOBALS, [0x7f, 1, 0x41, 0, 0x0b]),
    [EXPORTS]: grown(EXPORTS, [5, ...Buffer.from('armed'), 3, ...armed]),
    [CODE]: coded(body(CODE), functions, first, armed),
  };
  return Buffer.concat([bytes.subarray(0, 8), ...sections.map(({ id, body: before }) => {
    const after = Buffer.from(changed[id] ?? before);
    return Buffer.concat([Buffer.from([id, ...leb(after.length)]), after]);
  })]);
}

function coded(code, functions, first, armed) {
  const reader = new Reader(code);
  const count = reader.number();
  const parts = [Buffer.from(leb(count))];
  for (let place = 0; place < count; place += 1) {
    const end = reader.number() + reader.place;
    const begin = reader.place;
    reader.many((local) => [local.number(), local.skip(1)]);
    const { params, results } = functions[place];
    const again = [...Array.from({ length: params }, (_, local) => [0x20, ...leb(local)]).flat(), 0x10, ...leb(first + place), ...Array(results).fill(0x1a)];
    const when = (number, what) => [0x23, ...armed, 0x41, number, 0x46, 0x04, 0x40, ...what, 0x0b];
    const trap = [0x23, ...armed, 0x04, 0x40, ...when(1, [0x00]), ...when(2, again), ...when(3, [0x41, 0x7f, 0x28, 2, 0, 0x1a]), 0x0b];
    const body = Buffer.concat([code.subarray(begin, reader.place), Buffer.from(trap), code.subarray(reader.place, end)]);
    parts.push(Buffer.from(leb(body.length)), body);
    reader.place = end;
  }
  return Buffer.concat(parts);
}
