/* The files of the kit, as a page on this origin gets them. */

import { broken, reach, well } from './verdict.js';

const address = (given, name) => new URL(`/kit/${name}`, given.server === 'local:' ? location.origin : given.server);

/** The file is there, with a type that browsers take, readable from here. */
async function file(given, name, type) {
  const url = address(given, name);
  let response;
  try {
    response = await reach(url);
  } catch (error) {
    const foreign = url.origin !== location.origin;
    return {
      fault: broken(foreign
        ? `${error.message}. Is the address right, and does ${url.origin} send access-control-allow-origin for the kit?`
        : `${error.message}. Does the server run?`),
    };
  }
  if (!response.ok) return { fault: broken(`${url} answers ${response.status}. Is the kit built (./demo/kit), and served from there?`) };
  const sent = (response.headers.get('content-type') ?? 'nothing').split(';')[0].trim();
  if (!type.includes(sent)) return { fault: broken(`${url} is sent as ${sent}: serve it as ${type[0]}.`) };
  return { response, url };
}

/** liveroom.js */
export async function script(given) {
  const { fault, response, url } = await file(given, 'liveroom.js', ['text/javascript', 'application/javascript']);
  if (fault) return fault;
  const bytes = (await response.arrayBuffer()).byteLength;
  return well(`${url} is there: ${Math.ceil(bytes / 1024)} KiB before compression.`);
}

/** elements.wasm, compiled for real. */
export async function module(given) {
  const { fault, response, url } = await file(given, 'elements.wasm', ['application/wasm']);
  if (fault) return fault;
  try {
    const bytes = await response.arrayBuffer();
    await WebAssembly.compile(bytes);
    return well(`${url} compiles: ${Math.ceil(bytes.byteLength / 1024)} KiB before compression.`);
  } catch (error) {
    return broken(`${url} does not compile (${error.message}). Was it changed on its way, or is the browser older than 2023?`);
  }
}

/** One language. */
export async function language(given) {
  const { fault, response, url } = await file(given, 'lang/en.json', ['application/json']);
  if (fault) return fault;
  await response.json();
  return well(`${url} can be read.`);
}
