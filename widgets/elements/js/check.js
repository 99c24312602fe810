/* "Check this draw": draws again from the proof, by the module that has the rules, and compares with what the card shows.
   Loaded when a viewer asks for it. */

import { partsOf } from './parts.js';

const FETCH_MS = 60_000;
/* Bytes of an entrant on the roll, and of the name with which each begins. */
const ENTRY = 21;
const NAME = 16;

/* What is wrong, by how the checker's word for it begins; of anything else the beginning is not what was fixed. */
const FAULTS = [['roll', 'list'], ['root', 'list'], ['winner', 'winners'], ['redraw', 'winners']];

/* Resolves to the word for what was found, a line break and more of it; see `outcome` in lottery.rs. Rejects where it cannot be found out.
   `texts()`: the frames that hold the activity now. `address`: where the room is, or in a practice room nothing, and its name in `room`.
   `load()`: the module. `told(whole)` hears how many hundredths are read. */
export async function check(activity, texts, { address, room, load, told }) {
  const rules = await load();
  const { proof, roll } = address ? await asked(`${address}/draws/${activity}`) : practised(rules.draw_proof(room, activity));
  const answer = await rules.check_draw(JSON.stringify(proof), roll, (taken) => told(Math.floor((taken * 100) / roll.length)));
  const { holds, said, fault, why } = JSON.parse(answer);
  if (!holds) return `${FAULTS.find(([start]) => fault.startsWith(start))?.[1] ?? 'fixed'}\n${why}`;
  const { card, mine } = partsOf(texts(), activity);
  if (!isOf(card, proof)) return 'card';
  const { entered, entrant } = mine ?? {};
  const isListed = Boolean(entrant) && isOn(roll, bytesOf([entrant]));
  if (entered && entrant && !isListed) return 'unlisted';
  return `${said.level === 'checked_unpredictable' ? 'unpredictable' : 'checked'}\n${isListed ? 'listed' : ''}`;
}

async function asked(address) {
  const proof = await fetched(`${address}?roll=no`);
  const roll = await fetched(`${address}?roll=only`);
  return { proof: await proof.json(), roll: new Uint8Array(await roll.arrayBuffer()) };
}

async function fetched(address) {
  const response = await fetch(address, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok) throw new Error(`the room server answered ${response.status}`);
  return response;
}

/* A practice room has no more entrants than there are tabs. */
function practised(text) {
  const proof = JSON.parse(text);
  const { roll } = proof.closed;
  delete proof.closed.roll;
  return { proof, roll: bytesOf(roll) };
}

function bytesOf(texts) {
  return Uint8Array.from(texts.join('').match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

/* Whether an entrant of this name is on the roll. */
function isOn(roll, name) {
  for (let start = 0; start < roll.length; start += ENTRY) if (name.every((byte, place) => roll[start + place] === byte)) return name.length === NAME;
  return false;
}

/* Whether a card shows the prizes, the commitment, the root and the winners of a proof. */
function isOf(card, { terms, commitment, closed, drawn }) {
  const { winners = [], prizes } = card;
  const piecesOf = (list) => JSON.stringify(list.map(({ name, count = 1 }) => [name, count]));
  const isWinner = ({ prize, entrant, standing }, place) => {
    const due = drawn.winners[place];
    return prize === due.prize && (standing === 'forfeited') === Boolean(due.forfeited) && (!entrant || entrant === due.entrant);
  };
  return card.commitment === commitment && card.root === closed.root && piecesOf(prizes) === piecesOf(JSON.parse(terms).prizes)
    && winners.length === drawn.winners.length && winners.every(isWinner);
}
