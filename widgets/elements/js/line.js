/* A line to a room: a WebSocket, or a practice room in this browser. What is heard after hanging up is dropped. */

import { fetchKit } from './kit.js';

const POST_MS = 10_000;

let practice;
/* The practice room is a module of its own, loaded by whoever practises. */
export const loadPractice = () => (practice ??= import('./practice.js').then(async (module) => {
  await module.default({ module_or_path: fetchKit('practice.wasm') });
  return module;
}));

/* Who this tab is in which practice room, where the browser keeps nothing for a tab. */
const tabs = new Map();

/* Each tab of a practice room is another viewer, the same one after a reload, and always after a lost line. */
function tab(room) {
  const key = `live:practice:${room}`;
  try {
    const known = sessionStorage.getItem(key) ?? tabs.get(key) ?? crypto.randomUUID();
    tabs.set(key, known);
    sessionStorage.setItem(key, known);
  } catch {
    /* Refused or full: memory has it as long as the page lives. */
    if (!tabs.has(key)) tabs.set(key, crypto.randomUUID());
  }
  return tabs.get(key);
}

export class Line {
  isOpen = false;
  #heard;
  #end;

  /* `heard(what, text)` is told `opened`, `closed`, `frame` with each text, and `broken` with why no practice room can be had. */
  constructor(address, heard) {
    this.#heard = heard;
    const local = address.match(/^local:(.*)/);
    this.#end = local ? this.#practise(local[1]) : this.#connect(address);
  }

  send(text) {
    if (this.isOpen) this.#end.send(text);
  }

  hangUp() {
    this.isOpen = false;
    this.#heard = () => {};
    this.#end?.close?.();
  }

  #opened() {
    this.isOpen = true;
    this.#heard('opened');
  }

  #closed() {
    this.isOpen = false;
    this.#heard('closed');
  }

  #connect(address) {
    try {
      const socket = new WebSocket(address);
      socket.onopen = () => this.#opened();
      socket.onmessage = ({ data }) => this.#heard('frame', data);
      socket.onclose = () => this.#closed();
      return socket;
    } catch {
      /* An address that no socket takes, or a policy that forbids it. */
      queueMicrotask(() => this.#closed());
      return undefined;
    }
  }

  #practise(room) {
    let gone = false;
    loadPractice()
      .then(({ open }) => open(room, tab(room), (text) => this.#heard('frame', text)))
      .then((end) => {
        if (gone) return end.close();
        this.#end = end;
        return this.#opened();
      })
      .catch((error) => {
        practice = undefined;
        this.#heard('broken', `the practice room cannot be opened: ${error.message}`);
        this.#closed();
      });
    return { close: () => (gone = true) };
  }
}

/* Posts frames and resolves to the room's frames as texts, which may be its refusal; rejects where there is no answer. */
export async function post(address, body) {
  const response = await fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(POST_MS),
  });
  const answer = await response.json();
  if (!response.ok && !answer.refusal) throw new Error(`the room server answered ${response.status}`);
  const frames = response.ok ? answer : [{ type: 'refused', refusal: answer.refusal, closing: true }];
  return frames.map((frame) => JSON.stringify(frame));
}
