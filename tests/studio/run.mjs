// A whole show, from the first minute to the seventeenth of programme: four widgets, two desks, ten viewers, an overlay, a server that
// is killed; and at the end the audit log, every screen and the exports say the same. The clock is the room's own, put forward.
//
// Standard output is one line a promise that was kept; all else goes to standard error.

import { agree, asked, claimsOf, read } from './agree.mjs';
import { VIEWERS, press, shows, stage, strip, until, widget } from './stage.mjs';

const MOST_MS = 480_000;
const MINUTE = 60_000;
const STOCK = 6;
const SOLD = 4;
const QUESTION = 'Which fish keeps best?';
const PLAN = {
  schema: 1,
  title: 'Evening',
  cues: [
    { draft: { type: 'poll.prepare', activity: 'p', question: 'What first?', options: ['Mackerel', 'Mussels', 'Bass'], closes_in_ms: 2 * MINUTE }, at_ms: MINUTE, lasts_ms: 2 * MINUTE, auto: true },
    { draft: { type: 'qna.prepare', activity: 'q', title: 'Ask the cooks' }, at_ms: 4 * MINUTE },
    { draft: { type: 'lottery.prepare', activity: 'l', title: 'Win beans', prizes: [{ name: 'Bag of beans', count: 2 }] }, at_ms: 8 * MINUTE },
    { draft: { type: 'deal.prepare', activity: 'd', title: 'Sea jacket', sku: 'J-100', price: { amount: '69.00', currency: 'EUR' }, reserve_ms: 2 * MINUTE, variants: [{ stock: STOCK }] }, at_ms: 12 * MINUTE },
  ],
};

const began = performance.now();
const kept = (promise) => console.log(promise);
const at = (what) => console.error(`${((performance.now() - began) / 1_000).toFixed(1)} s: ${what}`);

const scene = await stage();
const late = setTimeout(async () => {
  console.error('studio: it takes too long.');
  await scene.close();
  process.exit(1);
}, MOST_MS);
try {
  await show(scene);
} catch (error) {
  console.error(`studio: ${error.stack}`);
  for (const [name, { page }] of [['streamer', scene.streamer], ['operator', scene.operator]]) {
    console.error(`${name}: ${(await page.locator('live-studio').evaluate((desk) => desk.shadowRoot.querySelector('.desk__right').textContent).catch(String)).slice(-3_000)}`);
  }
  process.exitCode = 1;
} finally {
  clearTimeout(late);
  await scene.close();
}

async function show(scene) {
  const { server, clock, streamer, operator, overlay, viewers } = scene;
  const everybody = (work) => Promise.all(viewers.map(work));

  at('the run of show is brought in, and tried');
  await streamer.unfold('Examples, templates and files');
  await streamer.desk.locator('input[data-file=run]').setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(PLAN)) });
  await streamer.says('4 brought in.', streamer.desk);
  const plan = await until('the run is kept', async () => (await read(scene, '/run')).run);
  const [poll, qna, lottery, deal] = plan.cues.map((cue) => cue.draft.activity);
  await streamer.press('Dry run');
  await streamer.says('The room would take all of it.', streamer.desk);
  await operator.page.reload();
  await operator.desk.locator('.cue__title').nth(3).waitFor();
  kept('a run of show that one desk brought in is at the other, and the room would take all of it');

  await streamer.desk.getByLabel('Title', { exact: true }).first().fill('Evening');
  await streamer.desk.getByLabel('On air', { exact: true }).fill('Ana');
  await streamer.press('Start the show');
  await operator.says('Evening with Ana.', operator.desk);
  const started = (await read(scene, '')).find(({ type }) => type === 'room').show.started_at;
  const reach = (ms) => clock.reach(started + ms);

  at('a poll opens itself');
  for (const desk of [streamer, operator]) await desk.desk.getByLabel(/^Open at their times/).check();
  await reach(MINUTE + 500);
  // News by which every page learns the time, as in a show there always is.
  await server.command({ type: 'show.on_air', on_air: ['Ana', 'Bo'] });
  await everybody((page) => shows(page, 'poll', 'What first?'));
  await shows(overlay, 'poll', 'What first?');
  kept('what opens itself is opened once, although two desks were told to');
  await everybody(async (page, number) => {
    await widget(page, 'poll').getByRole('radio', { name: PLAN.cues[0].draft.options[number % 3] }).check();
    await press(page, 'poll', 'Vote');
    await shows(page, 'poll', 'Vote counted');
  });

  at('something is opened by mistake, and taken back');
  await operator.compose('Poll', { Question: 'Oops?', 'Option 1': 'Yes', 'Option 2': 'No' });
  await operator.press('Open now');
  await operator.desk.getByRole('button', { name: /^Take back, \d s$/ }).last().waitFor();
  await operator.page.locator('body').click({ position: { x: 2, y: 2 } });
  await operator.page.keyboard.press('u');
  await strip(operator, 'Oops?').getByText('Take back: confirmed').waitFor();
  await Promise.all([...viewers, overlay].map((page) => widget(page, 'poll').getByText('Oops?').waitFor({ state: 'detached' })));
  kept('what was taken back is on no page, and not in the picture');

  await reach(3 * MINUTE + 1_000);
  await everybody((page) => shows(page, 'poll', 'Closed'));

  at('questions');
  await reach(4 * MINUTE);
  await operator.press('Open “Ask the cooks”');
  const ask = async (page, text) => {
    await widget(page, 'qna').getByRole('textbox', { name: 'Your question' }).fill(text);
    await press(page, 'qna', 'Ask');
  };
  await Promise.all([ask(viewers[0], QUESTION), ask(viewers[1], 'Do you like rain?')]);
  const queue = strip(streamer, 'Ask the cooks');
  const part = (text) => queue.locator('.queue > .parts__part').filter({ has: streamer.page.locator('article > .parts__head', { hasText: text }) });
  await streamer.press('Approve', part('Which fish'));
  await streamer.press('Dismiss', part('rain'));
  await everybody((page) => shows(page, 'qna', QUESTION));
  const vote = (page) => widget(page, 'qna').getByRole('button', { name: /Vote for it/ }).first().click();
  await Promise.all(viewers.slice(1, 5).map(vote));
  await until('four have voted', async () => (await asked(scene, qna, QUESTION)).votes === 4);

  at('the server is killed while others vote');
  await reach(6 * MINUTE);
  await server.kill();
  await Promise.all([streamer, operator].map((desk) => desk.desk.getByRole('alert').getByText('Not connected').waitFor()));
  await Promise.all(viewers.slice(5).map(vote));
  const picture = widget(overlay, 'qna').locator('[part~=base]');
  await picture.waitFor({ state: 'detached' });
  await server.restart();
  await picture.waitFor();
  kept('while the server was gone the picture showed nothing, and then all of it again');
  await Promise.all([streamer, operator].map((desk) => desk.says('Evening with Ana, Bo.', desk.desk)));
  await until('all have voted', async () => (await asked(scene, qna, QUESTION)).votes === VIEWERS - 1);
  kept('what viewers did while the server was gone counts once it is back, and once');
  await streamer.press('Answered live', part('Which fish'));
  await everybody((page) => shows(page, 'qna', 'Answered live'));

  at('a draw');
  await reach(8 * MINUTE);
  await streamer.press('Open “Win beans”');
  await everybody(async (page) => {
    await press(page, 'lottery', 'Enter the draw');
    await shows(page, 'lottery', 'You are in the draw');
  });
  const draw = strip(streamer, 'Win beans');
  await reach(10 * MINUTE);
  await streamer.press('Close', draw);
  await draw.getByText('Close: confirmed').waitFor();
  await streamer.press('Draw…', draw);
  await streamer.press('Yes: Draw', draw);
  const winners = await until('two have won', async () => {
    const told = await Promise.all(viewers.map((page) => widget(page, 'lottery').getByText('You have won').first().isVisible()));
    return told.filter(Boolean).length === 2 && viewers.filter((_, number) => told[number]);
  });
  for (const page of winners) {
    await press(page, 'lottery', 'Claim the prize');
    await shows(page, 'lottery', 'You have claimed it.');
  }

  at('a deal, opened by both desks at once');
  await reach(12 * MINUTE);
  const open = 'Open “Sea jacket”';
  await Promise.all([streamer, operator].map((desk) => desk.button(open).waitFor()));
  // The news of the one takes the other's button away: a click on it then does nothing.
  const buttons = await Promise.all([streamer, operator].map((desk) => desk.button(open).elementHandle()));
  await Promise.all(buttons.map((button) => button.evaluate((one) => one.click())));
  await everybody((page) => shows(page, 'deal', 'Sea jacket'));
  kept('two desks that open the same at once open it once');
  // More come than there is: whoever finds it gone is told so.
  await Promise.all(viewers.map((page) => press(page, 'deal', 'Reserve').catch(() => undefined)));
  const claims = await until('all of it is reserved', async () => {
    const list = await claimsOf(scene, deal);
    return list.length === STOCK && list;
  });
  server.shop ??= await server.token('shop');
  for (const { claim } of claims.slice(0, SOLD)) {
    const settled = await fetch(`${server.address}/v1/rooms/demo/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.shop}` },
      body: JSON.stringify({ type: 'deal.settle', activity: deal, claim, settle: { outcome: 'sold', order: `A-${claim}` } }),
    });
    if (!settled.ok) throw new Error(`${claim} was not settled: ${settled.status}`);
  }
  await reach(14 * MINUTE + 5_000);
  await until('what was not ordered goes back', async () => (await claimsOf(scene, deal)).filter(({ standing }) => standing === 'returned').length === STOCK - SOLD);

  at('the screen is cleared, and brought back');
  await operator.press('Clear the screen');
  await Promise.all([...viewers, overlay].map((page) => widget(page, 'deal').getByText('Sea jacket').first().waitFor({ state: 'hidden' })));
  await streamer.press('Bring it back');
  await Promise.all([...viewers, overlay].map((page) => shows(page, 'deal', 'Sea jacket')));
  kept('one desk hides everything from every page and the overlay, and the other brings it back');

  await reach(16 * MINUTE + 30_000);
  await streamer.unfold('hand over, end');
  await streamer.press('End the show…');
  await streamer.press('Yes: End the show');
  await everybody((page) => shows(page, 'deal', 'Closed'));
  at('what is said of it at the end');
  const options = PLAN.cues[0].draft.options;
  const said = await agree(scene, {
    started, names: { poll, qna, lottery, deal }, options, chosen: viewers.map((_, number) => options[number % 3]),
    question: QUESTION, dismissed: { by: 1, text: 'Do you like rain?' }, questionVotes: VIEWERS - 1, stock: STOCK, sold: SOLD,
    commands: {
      'key.make': 1, 'key.use': 1, 'show.start': 1, 'show.on_air': 1, 'poll.open': 2, take_back: 1, 'qna.open': 1, 'qna.change': 3, 'lottery.open': 1,
      close: 1, 'lottery.draw': 1, 'deal.open': 1, 'deal.settle': SOLD, 'screen.clear': 1, 'screen.restore': 1, 'show.end': 1,
    },
  });
  for (const promise of said) kept(promise);
}
