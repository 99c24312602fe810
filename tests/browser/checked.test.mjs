// "Check this draw" on a real server: opened, entered, closed, drawn, and checked by whoever looks on; and a server that lies.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, POLICY, serve } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work, timeout = 120_000) => plain(name, { timeout }, work);
const PRIZES = [{ name: 'Hand grinder' }, { name: 'Bag of beans', count: 2 }];
let browser;
let site;
let server;

before(async () => {
  browser = await browse();
  site = await serve();
  server = await start();
});
after(async () => {
  await browser?.close();
  site?.stop();
  await server?.stop();
});

const ok = (answer) => assert.equal(answer.ok, true, JSON.stringify(answer)) ?? answer;
const command = async (type, more) => ok(await server.command({ type, ...more }));

/* A viewer that the page vouches for, on a page of another origin than the room. `spoil` edits what the room tells, item by item. */
async function visit(run, viewer, activity, spoil, more = '') {
  const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${server.address}`);
  const token = await server.token('viewer', { sub: viewer });
  const body = `<live-room room="demo" server="${server.address}" token="${token}"><live-lottery activity="${activity}"></live-lottery>${more}</live-room>`;
  const page = await open(browser, 'about:blank', { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  if (spoil) {
    await page.routeWebSocket(/\/socket/, (line) => {
      const room = line.connectToServer();
      room.onMessage((text) => {
        const told = JSON.parse(text);
        for (const item of told.news ?? []) spoil(item);
        line.send(JSON.stringify(told));
      });
    });
  }
  await page.goto(site.page(body, { policy }));
  return page;
}

/* Opens a draw, and has three viewers enter it; the page of the first. */
async function entered(run, viewer, rules) {
  const { activity } = await command('lottery.open', { title: 'Autumn draw', prizes: PRIZES, ...rules });
  run.after(async () => {
    await server.command({ type: 'cancel', activity, reason: 'The test is over' });
    await server.command({ type: 'put_away', activity });
  });
  const pages = [];
  for (const name of [viewer, `${viewer}-2`, `${viewer}-3`]) {
    const page = await visit(run, name, activity);
    await page.getByRole('button', { name: 'Enter the draw' }).click();
    await shown(page, 'You are in the draw');
    pages.push(page);
  }
  return { activity, page: pages[0] };
}

async function drawn(run, viewer, rules) {
  const all = await entered(run, viewer, rules);
  await command('close', { activity: all.activity });
  await command('lottery.draw', { activity: all.activity });
  await all.page.getByRole('button', { name: 'Check this draw' }).waitFor();
  return all;
}

const shown = (page, text) => page.locator('live-lottery').getByText(text).first().waitFor();
const press = (page, name) => page.getByRole('button', { name }).click();

/* Answers what the page asks of a draw with what `spoil` made of the server's own answer. */
const lie = (page, part, spoil) => page.route((address) => address.pathname.includes('/draws/') && address.search.includes(part), async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: await spoil(await response.body()) });
});
const edited = (edit) => (bytes) => {
  const answer = JSON.parse(bytes);
  edit(answer);
  return JSON.stringify(answer);
};

test('a draw is checked on the page of one who entered, and says where they are on its list', async (run) => {
  const { page } = await drawn(run, 'ana');
  await shown(page, /It loads about 270 kB/);
  await press(page, 'Check this draw');
  await shown(page, /^Checked$/);
  await shown(page, 'The organiser could still have added entrants.');
  await shown(page, 'Your entry is on the list.');
  assert.deepEqual(page.faults, []);
});

test('a draw is checked by one who only looks on', async (run) => {
  const { activity } = await drawn(run, 'bea');
  const page = await visit(run, 'bea-late', activity);
  await press(page, 'Check this draw');
  await shown(page, /^Checked$/);
  assert.equal(await page.getByText('Your entry is on the list.').count(), 0);
});

test('from closing on an entrant sees in a few kB that they are on the list, and nothing more is loaded', async (run) => {
  const { activity, page } = await entered(run, 'cem');
  await command('close', { activity });
  const asked = [];
  page.on('response', (response) => asked.push(response));
  await press(page, 'Is my entry on the list?');
  await shown(page, 'Your entry is on the list that was fixed at closing, with 1 ticket.');
  assert.deepEqual(asked.map((response) => new URL(response.url()).pathname.split('/').at(-1)), ['check.js', activity]);
  const bytes = await Promise.all(asked.map(async (response) => (await response.body()).length));
  assert.ok(bytes.every((number) => number < 4_000), bytes.join());
  await command('lottery.draw', { activity });
  await press(page, 'Check this draw');
  await shown(page, 'Your entry is on the list.');
});

test('the list is read to its end, while it is said how far', async (run) => {
  const { page } = await drawn(run, 'dan');
  const asked = page.waitForResponse((response) => response.url().includes('roll=only'));
  await press(page, 'Check this draw');
  /* The page reads it as it comes, and a browser may keep no copy: it is asked for once more. */
  const roll = await (await fetch((await asked).url())).arrayBuffer();
  assert.equal(roll.byteLength, 3 * 21);
  await shown(page, /^Checked$/);
});

test('a server that leaves an entrant out is found out by the entrant', async (run) => {
  const { activity, page } = await entered(run, 'eva');
  await command('close', { activity });
  await lie(page, 'entrant=', edited((answer) => delete answer.inclusion));
  await press(page, 'Is my entry on the list?');
  await shown(page, 'You have entered, but are not on the list of this draw. Report it to the organiser.');
});

test('a way to another root than the page was shown is no way', async (run) => {
  const { activity, page } = await entered(run, 'fay');
  await command('close', { activity });
  await lie(page, 'entrant=', edited(({ inclusion }) => (inclusion.path[0] = '00'.repeat(32))));
  await press(page, 'Is my entry on the list?');
  await shown(page, /not on the list of this draw/);
});

for (const [what, part, spoil, words] of [
  ['another list than was fixed', 'roll=only', (bytes) => Buffer.from(bytes.map((byte, place) => (place === 19 ? byte ^ 2 : byte))), /does not hold: its list of entrants/],
  ['another seed than was fixed', 'entrant=', edited(({ proof }) => (proof.drawn.seed = '00'.repeat(32))), /does not hold: its number or rules/],
  ['other winners than were drawn', 'entrant=', edited(({ proof: { drawn: { winners } } }) => ([winners[0].entrant, winners[1].entrant] = [winners[1].entrant, winners[0].entrant])), /does not hold: others win/],
]) {
  test(`a proof with ${what} is refused with what is wrong`, async (run) => {
    const { page } = await drawn(run, `gus-${part}-${words.source.length}`);
    await lie(page, part, spoil);
    await press(page, 'Check this draw');
    await shown(page, words);
    assert.equal(await page.getByText('Checked', { exact: true }).count(), 0);
  });
}

test('an honest proof of another draw is not that of this card', async (run) => {
  const { activity: other } = await drawn(run, 'hal');
  const { page } = await drawn(run, 'ida');
  await page.route((address) => address.pathname.includes('/draws/'), (route) => {
    const address = new URL(route.request().url());
    address.pathname = address.pathname.replace(/[^/]+$/, other);
    if (address.searchParams.has('entrant')) address.search = '?roll=no';
    return route.fetch({ url: address.href }).then(async (response) => {
      const body = address.search === '?roll=no' ? JSON.stringify({ proof: await response.json() }) : await response.body();
      return route.fulfill({ response, body });
    });
  });
  await press(page, 'Check this draw');
  await shown(page, 'What is shown here is not what the proof of this draw says.');
});

const RULES = {
  conditions: [{ kind: 'voted' }],
  tickets: { each: 2, tiers: [{ tier: 'gold', tickets: 3 }] },
  exclusions: ['Staff', 'Minor'],
  not_after: ['spring', 'summer'],
  wins_allowed: 1,
  who: { segments: ['regulars'] },
  claim_within_ms: 86_400_000,
  rules: 'https://shop.example/rules',
  organiser: 'Roasters',
};

test('a card that keeps to the rules that were fixed is checked, and one that shows others is found out', async (run) => {
  const { activity } = await command('lottery.open', { title: 'Every rule', prizes: [{ name: 'Cup', value: { amount: '9.00', currency: 'EUR' } }, { name: 'Pot', count: 2 }], ...RULES });
  run.after(() => server.command({ type: 'put_away', activity }));
  await command('close', { activity });
  await command('lottery.draw', { activity });
  const spoilt = [
    [() => {}, /^Checked$/],
    ...[
      ({ card }) => (card.title = 'Other'),
      ({ card }) => (card.prizes[0].value.amount = '90.00'),
      ({ card }) => (card.prizes[1].count = 3),
      ({ card }) => (card.conditions = []),
      ({ card }) => (card.tickets.tiers[0].tickets = 4),
      ({ card }) => delete card.tickets.tiers,
      ({ card }) => card.exclusions.pop(),
      ({ card }) => card.not_after.push('winter'),
      ({ card }) => delete card.wins_allowed,
      ({ card }) => delete card.who,
      ({ card }) => (card.level = 'device'),
      ({ card }) => (card.claim_within_ms = 1_000),
      ({ card }) => (card.draws_itself = true),
      ({ card }) => (card.rules = 'https://other.example/'),
      ({ card }) => (card.organiser = 'Others'),
      ({ card }) => (card.round = 1_000),
      ({ tally }) => (tally.entrants = 5),
    ].map((spoil) => [spoil, 'What is shown here is not what the proof of this draw says.']),
  ];
  for (const [spoil, words] of spoilt) {
    const page = await visit(run, 'rita', activity, (item) => {
      if (item.activity === activity && (String(spoil).includes('tally') ? item.tally : item.card)) spoil(item);
    });
    await press(page, 'Check this draw');
    await shown(page, words).catch((error) => assert.fail(`${spoil}: ${error.message}`));
    await page.context().close();
  }
}, 400_000);

for (const [what, part, after, words] of [
  ['commitment', 'commitment', 'pause', /does not hold: its number or rules/],
  ['list', 'root', 'lottery.draw', /does not hold: its list of entrants/],
]) {
  test(`a server that shows another ${what} than before is found out by a page that was there, whatever it proves then`, async (run) => {
    const { activity, page: other } = await entered(run, `sue-${part}`);
    let lies = false;
    const spoil = (item) => {
      if (lies && item.activity === activity && item.card) item.card[part] = 'ab'.repeat(32);
    };
    const page = await visit(run, `sue-${part}`, activity, spoil, '<live-poll></live-poll>');
    await shown(page, 'You are in the draw');
    if (part === 'root') await command('close', { activity });
    if (part === 'root') await shown(page, 'You are in. The draw follows.');
    lies = true;
    await command(after, { activity });
    if (part === 'commitment') await command('close', { activity });
    if (part === 'commitment') await command('lottery.draw', { activity });
    await shown(page, words);
    assert.equal(await page.getByRole('button', { name: 'Check this draw' }).count(), 0);
    /* What was seen first outlives the module, and a server that takes it back. */
    await page.evaluate(() => {
      const create = Document.prototype.createTextNode;
      Document.prototype.createTextNode = function (text) {
        if (text.includes('Made to fail')) throw new Error('made to fail');
        return create.call(this, text);
      };
    });
    lies = false;
    const poll = await command('poll.open', { question: 'Made to fail?', options: ['Yes', 'No'] });
    run.after(() => server.command({ type: 'put_away', activity: poll.activity }));
    await page.waitForFunction(() => kit.heard.some(({ detail }) => detail?.code === 'trap'));
    await shown(page, words);
    assert.equal(await other.getByText(words).count(), 0, 'who is told the truth sees nothing of it');
    await press(other, 'Check this draw');
    await shown(other, /^Checked$/);
  });
}

test('without a line it says that it could not be checked, and is asked again', async (run) => {
  const { page } = await drawn(run, 'jon');
  await page.route((address) => address.pathname.includes('/draws/'), (route) => route.abort());
  await press(page, 'Check this draw');
  await shown(page, /It could not be checked/);
  const codes = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));
  assert.deepEqual(codes, ['check']);
  await page.unrouteAll();
  await press(page, 'Check this draw');
  await shown(page, /^Checked$/);
});

test('in a practice room the draw is checked by the rules of the room itself', async (run) => {
  const body = '<live-room room="rehearsal" server="local:"><live-lottery></live-lottery></live-room>';
  const page = await open(browser, site.page(body), { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await page.waitForFunction(() => kit.room().status.connection === 'live');
  const give = (what) => page.evaluate((what) => kit.room().command(what), what).then(ok);
  const { activity } = await give({ type: 'lottery.open', title: 'Rehearsal', prizes: PRIZES, level: 'device' });
  await press(page, 'Enter the draw');
  await shown(page, 'You are in the draw');
  await give({ type: 'close', activity });
  await press(page, 'Is my entry on the list?');
  await shown(page, /on the list that was fixed at closing, with 1 ticket/);
  await give({ type: 'lottery.draw', activity });
  await press(page, 'Check this draw');
  await shown(page, /^Checked$/);
  await shown(page, 'Your entry is on the list.');
});
