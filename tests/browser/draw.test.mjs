// "Check this draw" in a browser: the practice module on a recorded proof, on spoilt ones, and on lists that come in pieces or not at all.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browse, open, serve } from './harness.mjs';

const { proof, says } = JSON.parse(readFileSync(join(import.meta.dirname, '../draws/recorded.json'), 'utf8'));
let server;
let browser;
let page;

before(async () => {
  server = await serve();
  browser = await browse();
  page = await open(browser, server.page('', { kit: '' }));
  await page.evaluate(async () => {
    window.practice = await import('/kit/practice.js');
    await window.practice.default({ module_or_path: fetch('/kit/practice.wasm') });
  });
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const check = async (text) => JSON.parse(await page.evaluate((json) => window.practice.check_draw(json, undefined, () => {}), text));
const spoilt = (spoil) => {
  const copy = structuredClone(proof);
  spoil(copy);
  return JSON.stringify(copy);
};

test('an honest draw holds, and names the public round to compare', async () => {
  const answer = await check(JSON.stringify(proof));
  assert.deepEqual(answer.said, says);
  assert.equal(answer.holds, true);
  assert.equal(answer.round.number, 1000);
  assert.equal(answer.round.signature, proof.drawn.signature);
  assert.match(answer.round.address, /^https:\/\/api\.drand\.sh\/[0-9a-f]{64}\/public\/1000$/);
});

/* A room that says what was recorded: a draw by a public round that nobody knew when it closed. */
async function recorded(run, edit = () => {}) {
  const { terms, closed: { roll, ...closed }, drawn, ...rest } = structuredClone(proof);
  const { prizes, tickets, exclusions, title } = JSON.parse(terms);
  const winners = drawn.winners.map(({ prize, entrant, forfeited }, win) => ({ win, prize, entrant, name: `#${win}`, standing: forfeited ? 'forfeited' : 'waiting' }));
  const card = { widget: 'lottery', title, prizes, tickets, exclusions, round: 1_000, commitment: rest.commitment, root: closed.root, drawn_at: closed.at + 60_000, winners };
  const tally = { widget: 'lottery', phase: 'closed', entrants: 7, tickets: 10, excluded: [1], most: 3 };
  const told = { card, tally, proof: { ...rest, terms, closed, drawn } };
  edit(told);
  const other = await open(browser, 'about:blank', { reducedMotion: 'reduce' });
  run.after(() => other.context().close());
  await other.routeWebSocket(/\/socket/, (line) => line.onMessage((text) => {
    if (JSON.parse(text).type !== 'hello') return;
    const [epoch, at] = ['recorded', closed.at + 120_000];
    line.send(JSON.stringify({ type: 'welcome', version: 1, room: 'demo', epoch, recovered: false, at, role: 'viewer', seat: 'viewer', activities: ['spring'] }));
    for (const part of ['card', 'tally']) line.send(JSON.stringify({ type: 'news', epoch, news: [{ activity: 'spring', run: 1, rev: 9, [part]: told[part] }] }));
  }));
  await other.route(/\/draws\/spring/, (route) => route.fulfill({
    body: route.request().url().includes('roll=only') ? Buffer.from(roll.join(''), 'hex') : JSON.stringify(told.proof),
    headers: { 'access-control-allow-origin': '*' },
  }));
  await other.goto(server.page(`<live-room room="demo" server="${server.address}"><live-lottery></live-lottery></live-room>`));
  await other.getByRole('button', { name: 'Check this draw' }).click();
  return other;
}

test('a draw by a public round is checked, and its signature shown to be compared where the public record has it', async (run) => {
  const other = await recorded(run);
  await other.getByText("Checked, and unpredictable if the signature is drand's").waitFor();
  await other.getByText('This browser did not check its signature: compare it.').waitFor();
  await other.getByText('Signature of round 1000').waitFor();
  await other.getByText(proof.drawn.signature).waitFor();
  const record = await other.getByRole('link', { name: "Compare it with drand's public record" }).getAttribute('href');
  assert.match(record, /^https:\/\/api\.drand\.sh\/[0-9a-f]{64}\/public\/1000$/);
  assert.deepEqual(other.faults, []);
});

test('a round that was signed before the list was fixed is worth no more than none', async (run) => {
  const other = await recorded(run, (told) => { told.proof.closed.at += 60_000; });
  await other.getByText('Checked', { exact: true }).waitFor();
  await other.getByText('The organiser could still have added entrants.').waitFor();
  await other.getByText('Signature of round 1000').waitFor();
});

test('a draw whose card names another round than its terms is no draw of that card', async (run) => {
  const other = await recorded(run, ({ card }) => { card.round = 1_001; });
  await other.getByText('What is shown here is not what the proof of this draw says.').waitFor();
});

test('a spoilt draw is refused with what is wrong', async () => {
  const first = proof.drawn.winners[0].entrant;
  for (const [fault, why, text] of [
    ['winner', new RegExp(`win 0 falls to ${first}`), spoilt((it) => { it.drawn.winners[0].entrant = it.drawn.winners[1].entrant; })],
    ['commitment', /fixed when it opened/, spoilt((it) => { it.terms = it.terms.replace('A mug', 'A car'); })],
    ['root', /fixed at closing/, spoilt((it) => { it.closed.roll[0] = it.closed.roll[0].replace(/^00/, '01'); })],
    ['roll_sum', /add up to/, spoilt((it) => { it.closed.tickets += 1; })],
    ['roll_missing', /missing/, spoilt((it) => { delete it.closed.roll; })],
    ['malformed', /no proof/, 'nonsense'],
  ]) {
    const answer = await check(text);
    assert.deepEqual([answer.holds, answer.fault], [false, fault]);
    assert.match(answer.why, why);
  }
});

test('the list of entrants may come apart, in pieces of any length', async () => {
  const text = spoilt((it) => { delete it.closed.roll; });
  const bytes = [...Buffer.from(proof.closed.roll.join(''), 'hex')];
  for (const length of [1, 20, 21, 22, 1_000]) {
    const answer = await page.evaluate(async ([json, all, piece]) => {
      const roll = new ReadableStream({
        start(stream) {
          for (let start = 0; start < all.length; start += piece) stream.enqueue(new Uint8Array(all.slice(start, start + piece)));
          stream.close();
        },
      });
      return window.practice.check_draw(json, roll, () => {});
    }, [text, bytes, length]);
    assert.equal(JSON.parse(answer).holds, true);
  }
  const whole = await page.evaluate(([json, all]) => window.practice.check_draw(json, new Uint8Array(all), () => {}), [text, bytes]);
  assert.equal(JSON.parse(whole).holds, true);
});

test('a list that breaks off is no fault of the draw', async () => {
  const told = await page.evaluate(async (json) => {
    const roll = new ReadableStream({ start: (stream) => stream.error(new Error('the line broke')) });
    return window.practice.check_draw(json, roll, () => {}).then(() => 'answered', (error) => error.message);
  }, spoilt((it) => { delete it.closed.roll; }));
  assert.equal(told, 'the line broke');
});

test('an entrant sees in some kilobytes that they were in it', async () => {
  // Of one entrant there is nothing beside the way: the leaf is the root.
  const entry = '00923869887739948bb232614d74fd390000000300';
  const root = '824d7f0f62f477e6411e172850a10c5e4f91022310b7a5fb0143ba2ea4716485';
  const was = (inclusion, entrant, top) => page.evaluate((asked) => window.practice.was_in_draw(...asked), [JSON.stringify(inclusion), entrant, top]);
  const inclusion = { entry, place: 0, entrants: 1, path: [] };
  assert.equal(await was(inclusion, entry.slice(0, 32), root), 3);
  assert.equal(await was(inclusion, '0'.repeat(32), root), undefined);
  assert.equal(await was(inclusion, entry.slice(0, 32), proof.closed.root), undefined);
  assert.equal(await was({ ...inclusion, place: 1 }, entry.slice(0, 32), root), undefined);
  assert.equal(await was({}, entry.slice(0, 32), root), undefined);
});
