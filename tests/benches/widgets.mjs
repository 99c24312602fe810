// What each widget adds to the module that a page loads: the functions whose names hold the widget's name, in the module as
// compiled, with its names and before it is optimised, which leaves the names out; and its rules of style. A function that
// serves several widgets is counted for none, so that the sum is less than the whole.
import { readFile, readdir } from 'node:fs/promises';

/** The widgets, and by what a mangled name is known: the length of each part stands before it. */
const WIDGETS = ['poll', 'lottery', 'qna', 'deal'];

/** The module as the compiler made it, with names. */
const COMPILED = 'target/wasm/wasm32-unknown-unknown/wasm/liveroom_elements.wasm';

/** Unsigned LEB128 at `at`: the number, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

/** The functions of a module's own as `[name, body]`, in their order. */
async function functionsOf(binary) {
  const module = new WebAssembly.Module(binary);
  const imported = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'function').length;
  const names = new Map();
  const [named] = WebAssembly.Module.customSections(module, 'name');
  const bytes = new Uint8Array(named ?? 0);
  for (let at = 0; at < bytes.length;) {
    const part = bytes[at];
    let length, count, index;
    [length, at] = number(bytes, at + 1);
    const end = at + length;
    if (part === 1) {
      [count, at] = number(bytes, at);
      for (; count > 0; count -= 1) {
        [index, at] = number(bytes, at);
        [length, at] = number(bytes, at);
        names.set(index, Buffer.from(bytes.subarray(at, at + length)).toString());
        at += length;
      }
    }
    at = end;
  }
  const found = [];
  for (let at = 8; at < binary.length;) {
    const section = binary[at];
    let length, count;
    [length, at] = number(binary, at + 1);
    const end = at + length;
    if (section === 10) {
      [count, at] = number(binary, at);
      for (let nth = 0; nth < count; nth += 1) {
        [length, at] = number(binary, at);
        found.push([names.get(imported + nth) ?? '', binary.subarray(at, at + length)]);
        at += length;
      }
    }
    at = end;
  }
  return found;
}

/** The functions of the kit's own whose path holds this name, in the module as compiled, for `weigh`. */
export async function codeOf(root, name) {
  const functions = await functionsOf(await readFile(new URL(COMPILED, root)));
  const part = `${name.length}${name}`;
  return Buffer.concat(functions.filter(([path]) => path.includes('liveroom') && path.includes(part)).map(([, body]) => body));
}

/** Each widget with the bytes of its functions and of its style, for `weigh`. */
export async function shares(root) {
  const functions = await functionsOf(await readFile(new URL(COMPILED, root)));
  return Promise.all(WIDGETS.map(async (widget) => {
    // The name as a part of a path of our own crates; a name with two widgets serves both.
    const part = (of) => `${of.length}${of}`;
    const ours = ([name]) => name.includes('liveroom') && name.includes(part(widget)) &&
      WIDGETS.every((other) => other === widget || !name.includes(part(other)));
    const code = Buffer.concat(functions.filter(ours).map(([, body]) => body));
    const folder = new URL('styles/', root);
    const files = (await readdir(folder, { recursive: true }))
      .filter((name) => name === `${widget}.css` || (name.startsWith(`${widget}/`) && name.endsWith('.css')));
    const sheets = await Promise.all(files.sort().map((name) => readFile(new URL(name, folder), 'utf8')));
    const style = Buffer.from(sheets.join('').replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' '));
    return { widget, code, style };
  }));
}
