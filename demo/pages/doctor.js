/* The doctor: runs every check and writes one line for each: well, or what to do. */

import { asked, dress, room, server } from './page.js';
import * as browser from './doctor/browser.js';
import * as element from './doctor/element.js';
import * as kit from './doctor/kit.js';
import * as line from './doctor/line.js';
import * as report from './doctor/report.js';

const CHECKS = [
  ['Policy', browser.policy],
  ['Trusted types', browser.trustedTypes],
  ['WebAssembly', browser.wasm],
  ['Storage', browser.storage],
  ['Kit script', kit.script],
  ['Kit module', kit.module],
  ['Language file', kit.language],
  ['Server', line.server],
  ['Room', line.room],
  ['Token', line.token],
  ['Socket', line.socket],
  ['Messages by HTTP', line.messages],
  ['Clock', line.clock],
  ['Report endpoint', report.endpoint],
  ['Element', element.status],
];

const WORDS = { well: 'Well', note: 'Note', broken: 'To do' };
const given = { room, server, report: asked('report', server === 'local:' ? '' : `${server}/v1/engagement`) };

dress();
fillIn();
run();

async function run() {
  const found = { well: 0, note: 0, broken: 0 };
  // What one check learns, a later one may need.
  const known = {};
  for (const [name, check] of CHECKS) {
    const { verdict, says } = await attempt(check, known);
    found[verdict] += 1;
    write(name, verdict, says);
  }
  document.getElementById('sum').textContent = found.broken
    ? `${found.broken} of ${CHECKS.length} need something done.`
    : `All ${CHECKS.length} checks are well${found.note ? `, ${found.note} with a note` : ''}.`;
  document.documentElement.dataset.ready = 'true';
}

async function attempt(check, known) {
  try {
    return await check(given, known);
  } catch (error) {
    return { verdict: 'broken', says: `This check failed itself: ${error.message}` };
  }
}

function write(name, verdict, says) {
  const line = document.createElement('li');
  line.className = 'check';
  line.dataset.verdict = verdict;
  for (const [part, text] of [['verdict', WORDS[verdict]], ['name', name], ['says', says]]) {
    const cell = document.createElement('span');
    cell.className = `check__${part}`;
    cell.textContent = text;
    line.append(cell);
  }
  document.getElementById('checks').append(line);
}

function fillIn() {
  const form = document.getElementById('asked');
  for (const [name, value] of Object.entries(given)) form.elements[name].value = value;
}
