// The streamer's desk while 10,000 viewers take part, beside the same desk with 10, each in a show of its own on a real server.
//
// Before the desk is measured, 6 of 10 viewers have voted in a poll of five options, entered a draw and voted for a question; 300 questions
// are shown and 40 wait. Then, for 40 s, 100 viewers a second vote, 100 enter the draw, 50 vote for questions, one asks, five reserve a
// unit of a deal, and the number of viewers moves. Beside it stands the same with 7 questions in all, and a show of ten viewers, who do a
// thousandth of it and have 7 questions too. The room tells the desk at its own pace, which the bytes for each viewer slow down long before
// the number of viewers does (demo/src/room/pace.rs), so that the acts may come from relays and need no 10,000 sockets.
//
// busy_ms and cpu_ms are milliseconds a second of the show: what Chromium counts as the duration of the main thread's tasks, and its
// processor time (storm.mjs). dropped is the share of frames that were not drawn in those 20 s. longest_task_ms is of 10 s more that are
// traced. press_ms is from the input to the first change of the pressed button, "+30 s" of the poll, and seen_ms until the frame with it
// was drawn, of 20 presses in the last 10 s. told is how often a second the desk heard something, counted while it was traced. The lines
// with "beside" are how many times as much it is.
import { browse } from '../browser/harness.mjs';
import { seat } from '../browser/desk.mjs';
import { Show } from './desk/show.mjs';
import { longest } from './storm/trace.mjs';

const SECONDS = 20;
const TRACED_MS = 10_000;
const PRESSES = 20;
const EACH_MS = 500;
const PART = 0.6;
const [MANY, QUIET, FEW] = ['10,000 viewers', '10,000 viewers, 7 questions', '10 viewers'];
const ALL = { viewers: 10_000, shown: 300, waiting: 40, votes: 100, entries: 100, liked: 50, asked: 1, claims: 5, comings: 1 };
const PLANS = {
  [MANY]: ALL,
  [QUIET]: { ...ALL, shown: 5, waiting: 2, asked: 0 },
  [FEW]: { viewers: 10, shown: 5, waiting: 2, votes: 0.1, entries: 0.1, liked: 0.05, asked: 0.05, claims: 0.1, comings: 0.1 },
};

const say = (who, figure, value, unit) => console.log(JSON.stringify({ bench: 'desk', who, figure, value, unit }));
const round = (value) => Math.round(value * 10) / 10;
const pass = (ms) => new Promise((later) => setTimeout(later, ms));

/** Runs in the page: counts frames, and tells of each press when its button changed and when that was drawn. */
function watch() {
  const root = document.querySelector('live-studio').shadowRoot;
  Object.assign(window, { presses: [], drawn: 0 });
  const count = () => {
    window.drawn += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  root.addEventListener('click', (event) => {
    const button = event.composedPath().find((element) => element.localName === 'button');
    const since = () => performance.now() - event.timeStamp;
    new MutationObserver((_, observer) => {
      if (button.ariaDisabled !== 'true') return;
      observer.disconnect();
      const press = { ms: since() };
      const { port1, port2 } = new MessageChannel();
      // The task after a frame's callbacks runs once the frame is drawn.
      port1.onmessage = () => window.presses.push({ ...press, seen: since() });
      requestAnimationFrame(() => port2.postMessage(null));
    }).observe(button, { attributes: true });
  }, true);
}

/** Presses a button of the first row, so that the presses have nothing to wait for but the desk: how long each took, in order. */
async function press({ page, row }) {
  const button = row.first().getByRole('button', { name: '+30 s', exact: true });
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  for (let turn = 0; turn < PRESSES; turn += 1) {
    const { x, y, width, height } = await button.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    await pass(EACH_MS);
    // A press before the room has answered the last one is none.
    await page.waitForFunction((turn) => window.presses.length > turn, turn, { polling: 50 });
    await button.and(page.locator(':not([aria-disabled])')).waitFor();
  }
  const presses = await page.evaluate(() => window.presses);
  const order = (name) => presses.map((press) => press[name]).sort((one, other) => one - other);
  return { times: presses.length, ms: order('ms'), seen: order('seen') };
}

/** What the main thread does a second while the show goes on, in milliseconds, and the share of frames that were not drawn. */
async function busy({ page }) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value * 1_000]));
  const frames = () => page.evaluate(() => [window.drawn, performance.now()]);
  const [drawn, at] = await frames();
  const before = await metrics();
  await pass(SECONDS * 1_000);
  const after = await metrics();
  const [last, then] = await frames();
  await session.detach();
  const seconds = (after.Timestamp - before.Timestamp) / 1_000;
  const spent = (name) => round((after[name] - before[name]) / seconds);
  const dropped = Math.max(0, 1 - (last - drawn) / ((then - at) * 60 / 1_000));
  console.error(`script ${spent('ScriptDuration')} ms, style ${spent('RecalcStyleDuration')} ms, layout ${spent('LayoutDuration')} ms a second`);
  return { busy: spent('TaskDuration'), cpu: spent('ThreadTime'), dropped: Math.round(dropped * 1_000) / 1_000 };
}

/** The longest task while the show goes on, in milliseconds, and how many messages of the room came a second. */
async function traced(browser, { page }) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let told = 0;
  session.on('Network.webSocketFrameReceived', () => { told += 1; });
  const longestTask = await longest(browser, page, () => pass(TRACED_MS));
  await session.detach();
  return { longestTask, told: round(told / (TRACED_MS / 1_000)) };
}

/** Waits until the desk shows the last that the room took; what it shows otherwise, in words. */
async function last({ desk }, { votes, entries }) {
  const shows = (text) => desk.getByText(text).first().waitFor().then(() => '', () => `no "${text}"`);
  const number = (value) => value.toLocaleString('en');
  const entrants = desk.locator('.figures__figure', { hasText: /Entrants/ }).filter({ hasText: number(entries) });
  const faults = [await shows(`${number(votes)} votes`), await entrants.waitFor().then(() => '', () => `not ${entries} entrants`)];
  return faults.filter(Boolean).join(', ');
}

/** One show, from its beginning to its last figure at the desk. */
async function measure(browser, who) {
  const ends = [];
  const show = await Show.on(PLANS[who]);
  const desk = await seat(browser, { after: (end) => ends.push(end) }, show.server, 'streamer', 'mia');
  await desk.page.evaluate(watch);
  await show.begin(PART);
  const { stop } = show.goOn();
  const spent = await busy(desk);
  const { longestTask, told } = await traced(browser, desk);
  const pressed = await press(desk);
  await stop();
  const fault = await last(desk, show.did);
  const refused = Object.entries(show.refused);
  for (const [reason, times] of refused) console.error(`${who}: ${times} refused as ${reason}`);
  if (fault) console.error(`${who}: the desk shows ${fault}`);
  for (const end of ends) await end();
  await show.end();
  return {
    figures: {
      busy_ms: [spent.busy, 'ms a second'],
      cpu_ms: [spent.cpu, 'ms a second'],
      longest_task_ms: [longestTask, 'ms'],
      dropped: [spent.dropped, 'share of frames'],
      press_p50_ms: [round(pressed.ms[PRESSES / 2]), 'ms'],
      press_max_ms: [round(pressed.ms.at(-1)), 'ms'],
      seen_p50_ms: [round(pressed.seen[PRESSES / 2]), 'ms'],
      seen_max_ms: [round(pressed.seen.at(-1)), 'ms'],
      told: [told, 'messages a second'],
      last_shown_exact: [Number(!fault), '1 if it is'],
    },
    well: !fault && refused.length === 0 && pressed.times === PRESSES,
  };
}

const browser = await browse();
const results = {};
for (const who of [FEW, QUIET, MANY]) {
  results[who] = await measure(browser, who);
  for (const [figure, [value, unit]] of Object.entries(results[who].figures)) say(who, figure, value, unit);
}
for (const who of [QUIET, MANY]) {
  for (const figure of ['busy_ms', 'cpu_ms', 'longest_task_ms', 'press_p50_ms', 'seen_p50_ms']) {
    const value = (of) => results[of].figures[figure][0];
    say(`${who}, beside ${FEW}`, figure, Math.round(value(who) / value(FEW) * 100) / 100, 'times');
  }
}
await browser.close();
process.exit(Object.values(results).every(({ well }) => well) ? 0 : 1);
