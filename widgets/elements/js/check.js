/* "Check this draw": draws again from the proof, by the module that has the rules, and compares with what the card shows.
   "Is my entry on the list?": from the entry to the root that the card shows, by the browser's own hash.
   Loaded when a viewer asks for it. */

import { partsOf } from './parts.js';

const PROOF_MS = 20_000;
/* A million entrants are 21 MB. */
const ROLL_MS = 600_000;
/* Bytes of an entrant on the roll. */
const ENTRY = 21;
const LEAF = new TextEncoder().encode('liveroom-draw-1 entrant');

/* What is wrong, by how the checker's word for it begins; of anything else the beginning is not what was fixed. */
const FAULTS = [['roll', 'list'], ['root', 'list'], ['winner', 'winners'], ['redraw', 'winners']];

/* Resolves to the word for what was found, a line break and more of it; see `outcome` in lottery.rs. Rejects where it cannot be found out.
   `texts()`: the frames that hold the activity now. `address`: where the room is, or in a practice room nothing, and its name in `room`.
   `load()`: the module. `told(whole)` hears how many hundredths are read. */
export async function check(activity, texts, { address, room, load, told }) {
  const { entered, entrant } = partsOf(texts(), activity).mine ?? {};
  const rules = await load();
  const { proof, inclusion } = address ? await asked(address, activity, entrant) : practised(rules, room, activity);
  const roll = address ? (await fetched(`${address}/draws/${activity}?roll=only`, ROLL_MS)).body : undefined;
  const bytes = proof.closed.entrants * ENTRY;
  const answer = await rules.check_draw(JSON.stringify(proof), roll, (taken) => told(Math.floor((taken * 100) / bytes)));
  const { holds, said, round, fault, why } = JSON.parse(answer);
  if (!holds) return `${FAULTS.find(([start]) => fault.startsWith(start))?.[1] ?? 'fixed'}\n${why}`;
  if (!isOf(partsOf(texts(), activity), activity, proof, said)) return 'card';
  const isListed = inclusion
    ? rules.was_in_draw(JSON.stringify(inclusion), entrant, proof.closed.root) !== undefined
    : isOn(proof.closed.roll, entrant);
  if (entered && entrant && !isListed) return 'unlisted';
  const seen = round ? `\n${round.number} ${round.signature} ${round.address}` : '';
  return `${said.level === 'checked_unpredictable' ? 'unpredictable' : 'checked'}\n${isListed ? 'listed' : ''}${seen}`;
}

/* Resolves to `listed`, a line break and how many tickets this viewer's entry has on the list whose root the card shows; or to `unlisted`. */
export async function look(activity, texts, { address, room, load }) {
  const { card, mine: { entrant } } = partsOf(texts(), activity);
  if (!address) {
    const { closed } = practised(await load(), room, activity).proof;
    return isOn(closed.roll, entrant) ? `listed\n${ticketsOf(closed.roll.find((entry) => entry.startsWith(entrant)))}` : 'unlisted';
  }
  const { inclusion } = await asked(address, activity, entrant);
  if (!inclusion?.entry?.startsWith(entrant)) return 'unlisted';
  /* A page that did not come by TLS has no hash of its own. */
  const tickets = globalThis.crypto?.subtle
    ? await leadsTo(card.root, inclusion) && ticketsOf(inclusion.entry)
    : (await load()).was_in_draw(JSON.stringify(inclusion), entrant, card.root) ?? false;
  return tickets === false ? 'unlisted' : `listed\n${tickets}`;
}

/* The proof without its list, and the way from an entrant to the root, if there is one. */
async function asked(address, activity, entrant) {
  const response = await fetched(`${address}/draws/${activity}?${entrant ? `entrant=${entrant}` : 'roll=no'}`, PROOF_MS);
  const answer = await response.json();
  return entrant ? answer : { proof: answer };
}

async function fetched(address, ms) {
  const response = await fetch(address, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(ms) });
  if (!response.ok) throw new Error(`the room server answered ${response.status}`);
  return response;
}

/* A practice room has no more entrants than there are tabs: the list is in its proof. */
const practised = (rules, room, activity) => ({ proof: JSON.parse(rules.draw_proof(room, activity)) });

const isOn = (roll = [], entrant = '?') => roll.some((entry) => entry.startsWith(entrant));
const ticketsOf = (entry) => Number.parseInt(entry.slice(32, 40), 16);

/* Whether an entry lies on the list of this root; see *Tree* in DRAW.md. */
async function leadsTo(root, { entry, place, entrants, path }) {
  let [at, last] = [place, entrants - 1];
  if (!(at <= last)) return false;
  let hash = await hashOf(0, LEAF, bytesOf(entry));
  for (const beside of path.map(bytesOf)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = await hashOf(1, beside, hash);
      for (; at !== 0 && at % 2 === 0; at >>>= 1) last >>>= 1;
    } else hash = await hashOf(1, hash, beside);
    at >>>= 1;
    last >>>= 1;
  }
  return last === 0 && root === Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const hashOf = async (kind, ...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.of(kind, ...parts.flatMap((part) => [...part]))));
const bytesOf = (text) => Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));

/* A week, where the terms leave it to the room. */
const CLAIM_MS = 604_800_000;

/* What a card and the terms of its draw both say: what is left out on one side has the same value on the other. */
const saidBy = ({ title, prizes, conditions, tickets = {}, exclusions = [], not_after: after, wins_allowed: allowed, who = {}, level, claim_within_ms: within, draws_itself: itself, rules, organiser, free_entry: free, delivery, round }, reasons) => ({
  title, conditions, who, level, itself, rules, organiser, free, delivery, after, allowed,
  prizes: prizes.map(({ count = 1, ...prize }) => ({ ...prize, count })),
  tickets: { each: 1, ...tickets },
  exclusions: exclusions.slice(0, reasons),
  within: within ?? CLAIM_MS,
  round: round?.number ?? round,
});

/* One writing of a value: names in order, and nothing that says nothing. */
const written = (value) => JSON.stringify(value, (_, part) => (Array.isArray(part) || Object(part) !== part ? part
  : Object.fromEntries(Object.entries(part).filter(([, inner]) => inner && inner.length !== 0).sort(([one], [other]) => (one < other ? -1 : 1)))));

/* Whether what a card and its numbers say of a draw is what its proof says: all rules that were fixed, the commitment, the root, who
   was on the list, and the winners. `said`: the figures that the check found. */
function isOf({ card, tally }, activity, { terms, commitment, closed, drawn }, said) {
  const { winners = [] } = card;
  /* One more was drawn meanwhile: the card follows. */
  if (winners.length < drawn.winners.length) throw new Error('the card is older than the proof');
  const isWinner = ({ prize, entrant, standing }, place) => {
    const due = drawn.winners[place];
    return prize === due.prize && (standing === 'forfeited') === Boolean(due.forfeited) && (!entrant || entrant === due.entrant);
  };
  const fixed = JSON.parse(terms);
  /* The last reason of the terms is a win elsewhere; a card says that by naming where. */
  const reasons = fixed.exclusions.length - (fixed.not_after?.length ? 1 : 0);
  /* A room that was founded under earlier rules tells less in its numbers. */
  const counted = ({ tickets, most, excluded = [] }) => !most || (tickets === closed.tickets && most === said.most_tickets
    && said.excluded.every(({ count }, place) => count === (excluded[place] ?? 0)));
  return fixed.activity === activity && written(saidBy(card)) === written(saidBy(fixed, reasons))
    && card.commitment === commitment && card.root === closed.root && tally.entrants === closed.entrants && counted(tally)
    && winners.length === drawn.winners.length && winners.every(isWinner);
}
