/* What became of reports, counted: created = stored + dropped by reason + waiting. */

export const nothing = () => ({ created: 0, stored: 0, dropped: {} });

/* Adds `number` to what was `stored`, or to what was dropped for another reason. */
export function count(ledger, how, number) {
  if (how === 'stored') ledger.stored += number;
  else if (number) ledger.dropped[how] = (ledger.dropped[how] ?? 0) + number;
}

export const settledOf = (ledger) => Object.values(ledger.dropped).reduce((all, number) => all + number, ledger.stored);

/* Several ledgers as one, with what waits. */
export function sum(...ledgers) {
  const all = nothing();
  for (const { created, stored, dropped } of ledgers.filter(Boolean)) {
    all.created += created;
    all.stored += stored;
    for (const [reason, number] of Object.entries(dropped)) count(all, reason, number);
  }
  return { ...all, waiting: all.created - settledOf(all) };
}

/* What became of the reports of a page load: what was settled, and what it lost itself before that was written down. */
export function withLost(settled, lost = {}) {
  const { stored, dropped } = sum({ ...settled, created: 0 }, { created: 0, stored: 0, dropped: lost });
  return { stored, dropped };
}
