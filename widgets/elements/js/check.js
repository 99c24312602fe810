/* "Check this draw": draws again from the proof, by the module that has the rules, and compares with what the card shows.
   Loaded when a viewer asks for it. */

import { partsOf } from './parts.js';

const FETCH_MS = 60_000;
/* Digits of an entrant on the roll: the name, and with tickets and exclusion. */
const NAME = 32;
const ENTRY = 42;
/* How many entries are turned into bytes before the page may breathe. */
const SLICE = 10_000;

/* What is wrong, by how the checker's word for it begins; of anything else the beginning is not what was fixed. */
const FAULTS = [['roll', 'list'], ['root', 'list'], ['winner', 'winners'], ['redraw', 'winners']];

/* Resolves to the word for what was found, a line break and more of it; see `outcome` in lottery.rs. Rejects where it cannot be found out.
   `texts()`: the frames that hold the activity now. `room`: the name of the room, or nothing with an `address` to fetch from.
   `load()`: the module. `told(whole)` hears how many hundredths are read. */
export async function check(activity, texts, { address, room, load, told }) {
  const rules = await load();
  const proof = address ? await fetched(`${address}/draws/${activity}`) : JSON.parse(rules.draw_proof(room, activity));
  const { roll } = proof.closed;
  const bytes = await bytesOf(roll);
  delete proof.closed.roll;
  const answer = await rules.check_draw(JSON.stringify(proof), bytes, (taken) => told(Math.floor((taken * 100) / bytes.length)));
  const { holds, said, fault, why } = JSON.parse(answer);
  if (!holds) return `${FAULTS.find(([start]) => fault.startsWith(start))?.[1] ?? 'fixed'}\n${why}`;
  const { card, mine } = partsOf(texts(), activity);
  if (!isOf(card, proof)) return 'card';
  const { entered, entrant } = mine ?? {};
  const isListed = Boolean(entrant) && roll.some((entry) => entry.startsWith(entrant));
  if (entered && entrant && !isListed) return 'unlisted';
  return `${said.level === 'checked_unpredictable' ? 'unpredictable' : 'checked'}\n${isListed ? 'listed' : ''}`;
}

async function fetched(address) {
  const response = await fetch(address, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok) throw new Error(`the room server answered ${response.status}`);
  return response.json();
}

/* The roll as the bytes that were hashed. */
async function bytesOf(roll) {
  const bytes = new Uint8Array((roll.length * ENTRY) / 2);
  for (const [place, entry] of roll.entries()) {
    if (entry.length !== ENTRY) throw new Error(`entry ${place} of the roll is no entry`);
    for (let digit = 0; digit < ENTRY; digit += 2) bytes[(place * ENTRY + digit) / 2] = Number.parseInt(entry.slice(digit, digit + 2), 16);
    if (place % SLICE === SLICE - 1) await new Promise((resume) => setTimeout(resume));
  }
  return bytes;
}

/* Whether a card shows the prizes, the commitment, the root and the winners of a proof. */
function isOf(card, { terms, commitment, closed, drawn }) {
  const { winners = [], prizes } = card;
  const piecesOf = (list) => JSON.stringify(list.map(({ name, count = 1 }) => [name, count]));
  const isWinner = ({ prize, entrant, standing }, place) => {
    const due = drawn.winners[place];
    return prize === due.prize && (standing === 'forfeited') === Boolean(due.forfeited) && (!entrant || entrant === due.entrant.slice(0, NAME));
  };
  return card.commitment === commitment && card.root === closed.root && piecesOf(prizes) === piecesOf(JSON.parse(terms).prizes)
    && winners.length === drawn.winners.length && winners.every(isWinner);
}
