// At the end of the show: what the audit log, the screens and the exports say, put side by side.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const MINUTE = 60_000;

/** Reads from the server as the owner, as fast as it lets one reader. */
export async function read(scene, path) {
  const { server } = scene;
  server.owner ??= await server.token('owner');
  for (;;) {
    const response = await fetch(`${server.address}/v1/rooms/demo${path}`, { headers: { authorization: `Bearer ${server.owner}` } });
    const said = await response.json();
    if (response.ok) return said;
    if (response.status !== 429) throw new Error(`${path}: ${response.status} ${JSON.stringify(said)}`);
    await pause(said.refusal.again_in_ms);
  }
}

/** What a question of a list is in the desk's export, by its words. */
export const asked = async (scene, activity, words) => (await read(scene, `/questions?activity=${activity}`)).find(({ text }) => text === words);

/** The claims of a deal, or the wins of a draw, as the shop reads them. */
export async function claimsOf(scene, activity) {
  const { claims, wins } = await read(scene, `/claims?activity=${activity}`);
  return claims ?? wins;
}

/* In the page: what a viewer reads of each widget. */
const screen = (page) => page.evaluate(() => {
  const texts = (widget, selector) => [...document.querySelector(`live-${widget}`).shadowRoot.querySelectorAll(selector)].map((node) => node.textContent.trim());
  return {
    options: texts('poll', '.poll__option .poll__text'),
    votes: texts('poll', '.poll__option .poll__count [aria-hidden]').map(Number),
    chosen: texts('poll', '.poll__option--chosen .poll__text'),
    questions: texts('qna', '.row .row__text'),
    winners: texts('lottery', '.winner__name'),
    left: texts('deal', '.deal__left'),
  };
});

/* The value of a figure that the room knows exactly, of an activity, in the long table of the export. */
function figure(lines, activity, name) {
  const found = lines.find((line) => line.population === 'room' && line.by === 'activity' && line.key === activity && line.figure === name);
  return Number(found?.value);
}

function same(what, one, other) {
  const [left, right] = [one, other].map((value) => JSON.stringify(value));
  if (left !== right) throw new Error(`${what}: ${left} is not ${right}`);
}

/* Has the proof of a draw checked by the program that is shipped, which knows nothing but the file. */
async function verify(scene, proof) {
  const file = join(scene.server.folder, 'proof.json');
  await writeFile(file, JSON.stringify(proof));
  const { stdout } = await promisify(execFile)(process.env.LIVEROOM_CHECKER, ['verify-draw', '--json', file]);
  return JSON.parse(stdout);
}

/** Sees that all say the same; `expected` is what the show's own doings come to. Gives a sentence for each thing that agrees. */
export async function agree(scene, { started, names, commands, options, chosen, question, dismissed, questionVotes, stock, sold }) {
  const audit = await read(scene, '/audit');
  const counts = {};
  for (const { what, refused } of audit) if (!refused) counts[what] = (counts[what] ?? 0) + 1;
  same('commands in the audit log', Object.entries(counts).sort(), Object.entries(commands).sort());
  // Two desks that did the same at once: the later one was refused, and that stands there too.
  same('refused', audit.filter(({ refused }) => refused).filter(({ what, refused }) => !['poll.open', 'deal.open'].includes(what) || refused !== 'taken'), []);
  same('the order of the audit log', audit.map(({ at }) => at), audit.map(({ at }) => at).sort((one, other) => one - other));
  const ended = audit.find(({ what }) => what === 'show.end').at;
  if (ended - started < 15 * MINUTE) throw new Error(`only ${ended - started} ms of programme`);
  const said = [`the audit log has every command of ${Math.floor((ended - started) / MINUTE)} minutes of programme once, and in its order`];

  const lines = await read(scene, '/export.json');
  const frames = await read(scene, '');
  const told = Object.fromEntries(frames.filter(({ type }) => type === 'news').flatMap(({ news }) => news).map((item) => [item.activity, item]));
  const votes = options.map((option) => chosen.filter((one) => one === option).length);
  const wins = await claimsOf(scene, names.lottery);
  const claims = await claimsOf(scene, names.deal);
  // Pages show of a winner's name what tells it to those who know it.
  const winners = wins.map(({ name }) => `${name[0]}***`).sort();
  const [{ left, sold: gone, total }] = told[names.deal].tally.stock;
  same('votes that the room tells', told[names.poll].tally.votes, votes);
  same('stock that the room tells', [left, gone, total], [stock - sold, sold, stock]);

  const screens = await Promise.all(scene.viewers.map(screen));
  for (const [number, one] of screens.entries()) {
    const { options: texts, votes: shown, chosen: own, winners: won, questions, left } = one;
    same(`the screen of viewer ${number}`, { options: texts, votes: shown, chosen: own, winners: [...won].sort(), questions, left }, {
      options, votes, chosen: [chosen[number]], winners,
      // What was dismissed only its asker still reads.
      questions: number === dismissed.by ? [dismissed.text, question] : [question],
      // A deal that is over says no more what is left.
      left: [],
    });
  }
  said.push(`${screens.length} screens show the numbers that the room tells whoever comes late, and each what its own viewer chose`);

  const exported = (name, activity) => figure(lines, names[activity], name);
  same('figures', ['poll votes', 'qna question_votes', 'lottery entries', 'lottery prizes_claimed', 'deal claims', 'deal orders'].map((one) => exported(one.split(' ')[1], one.split(' ')[0])),
    [chosen.length, questionVotes, chosen.length, wins.length, stock, sold]);
  same('votes of the question', (await asked(scene, names.qna, question)).votes, questionVotes);
  same('claims', ['sold', 'returned'].map((standing) => claims.filter((one) => one.standing === standing).length), [sold, stock - sold]);
  const checked = await verify(scene, await read(scene, `/draws/${names.lottery}`));
  same('winners of the proof', [checked.stage, checked.awarded], ['drawn', wins.length]);
  said.push('exports of figures, questions, claims and the draw say what the screens say, and the proof of the draw holds');
  return said;
}
