// The reckoning: what pages made, what the collector stored, what was dropped and why, and what still waits.

import { execFileSync } from 'node:child_process';

const LEDGER = 'live.room.ledger';

/* Every report that a collector's file holds. */
export function stored(binary, file) {
  const text = execFileSync(binary, [file], { encoding: 'utf8', maxBuffer: 1 << 29 });
  return text.trim().split('\n').map((line) => JSON.parse(line));
}

const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

/* `reports` as stored; `kept`: page loads as the browsers' storage has them; `told`: up to which number a page load was told that its
   reports are safe; `last`: what pages counted that have nothing but their memory, by page load. Gives `{totals, faults}`, a line for each thing that is not as it must be. */
export function reckon(reports, kept, told, last) {
  const faults = [];
  const events = reports.filter(({ type }) => type !== LEDGER);
  const sessions = new Map();
  const of = (name) => sessions.get(name) ?? sessions.set(name, { stored: 0, ledgers: [], numbers: new Set() }).get(name);
  const things = new Map();
  for (const { session, sequence, type, data } of events) {
    const known = of(session);
    known.stored += 1;
    if (known.numbers.has(sequence)) faults.push(`${session}: number ${sequence} is stored twice`);
    known.numbers.add(sequence);
    if (type !== 'page.thing' || !data.page) continue;
    const { tab, n } = data.page;
    known.tab = tab;
    const thing = `${tab} ${n}`;
    if (things.has(thing)) faults.push(`${thing} is stored twice`);
    things.set(thing, session);
  }
  for (const { type, session, data } of reports) if (type === LEDGER) of(session).ledgers.push(data);

  /* What the page or its storage says last is later than what a batch carried. */
  const said = new Map(kept.map((session) => [session.session, session]));
  const totals = { sessions: 0, created: 0, stored: 0, dropped: {}, waiting: 0, again: sum(reports.map(({ again }) => again)), conflicts: sum(reports.map(({ conflicts }) => conflicts)) };
  for (const name of new Set([...sessions.keys(), ...said.keys()])) {
    const { stored: here, ledgers, tab, numbers } = of(name);
    const most = ledgers.reduce((best, ledger) => (ledger.created > best.created || (ledger.created === best.created && ledger.stored >= best.stored) ? ledger : best), { created: 0, stored: 0, dropped: {} });
    const own = last.get(tab) ?? said.get(name);
    const created = Math.max(most.created, own?.created ?? 0);
    const dropped = own?.dropped ?? most.dropped;
    const lost = sum(Object.values(dropped));
    const waiting = created - here - lost;
    totals.sessions += 1;
    totals.created += created;
    totals.stored += here;
    totals.waiting += waiting;
    for (const [reason, number] of Object.entries(dropped)) totals.dropped[reason] = (totals.dropped[reason] ?? 0) + number;
    if (waiting !== 0) faults.push(`${name} (${tab}): created ${created} = stored ${here} + dropped ${JSON.stringify(dropped)} + waiting ${waiting}; its storage says ${own?.created} with ${own?.stored} stored, a batch ${most.created} with ${most.stored}`);
    if (own && own.stored > here) faults.push(`${name} (${tab}): ${own.stored} were seen to be stored, and ${here} are`);
    const highest = Math.max(0, ...numbers);
    if (highest > created) faults.push(`${name} (${tab}): number ${highest} of ${created}`);
    if (own?.made > own?.created) faults.push(`${tab}: ${own.made} were made, and ${own.created} are counted`);
    if (!tab || !told.has(tab)) continue;
    let missing = 0;
    for (let n = 1; n <= told.get(tab); n += 1) if (!things.has(`${tab} ${n}`)) missing += 1;
    if (missing > lost) faults.push(`${name} (${tab}): ${missing} reports are missing that were safe, and ${lost} were dropped`);
  }
  if (totals.conflicts) faults.push(`${totals.conflicts} reports came again as something else`);
  return { totals, faults };
}
