// The streamer's desk: on a desktop, on a phone in the dark, and its parts: the run of show, the team, and the rules of a place.

import { start } from '../server.mjs';
import { DESKTOP, PHONE, TALL, command } from './stage.mjs';

const ACT = { price: { amount: '34.00', currency: 'EUR' }, seller: { name: 'Harbour Kitchen' }, about: { ad: 'Ad' } };
const MINUTE = 60_000;
/* What is planned: a draft, when it begins and how long it takes. */
const CUES = [
  [{ type: 'poll.prepare', activity: 'warm', question: 'Where are you watching from?', options: ['At home', 'On the way', 'At work'], closes_in_ms: MINUTE }, 1, 2],
  [{ type: 'qna.prepare', activity: 'chef', title: 'Ask the chef', replies: true }, 4, 10],
  [{ type: 'deal.prepare', activity: 'pan', title: 'Carbon steel pan, 28 cm', sku: 'PN-28', variants: [{ stock: 40 }], closes_in_ms: 8 * MINUTE, ...ACT }, 15, 8],
  [{ type: 'lottery.prepare', activity: 'apron', title: 'Three aprons', prizes: [{ name: 'Apron', count: 3 }], conditions: [{ kind: 'voted' }], closes_in_ms: 5 * MINUTE }, 24, 6],
  [{ type: 'poll.prepare', activity: 'end', question: 'How was it?', scale: { min: 1, max: 5, low: 'Not for me', high: 'Wonderful' } }, 31, 3],
];

async function sit(stage, server, colorScheme, options) {
  const page = await stage.visit(`${server.address}/studio`, colorScheme, options);
  await page.locator('live-studio .air').waitFor();
  return page;
}

/* A server of its own, since what is shown here is of the whole room. */
async function alone(work) {
  const server = await start();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

/* The desk of a room with one of each. */
export async function desks(stage, server) {
  const page = await sit(stage, server, 'light', DESKTOP);
  await page.locator('live-studio .strip').nth(3).waitFor();
  await page.locator('live-studio .air--on').waitFor();
  await stage.take(page, 'studio-desktop-light.png');
  await page.context().close();
  const phone = await sit(stage, server, 'dark', PHONE);
  const strip = phone.locator('live-studio .strip').first();
  await strip.getByText('24 votes').waitFor();
  await phone.locator('live-studio').getByRole('button', { name: /^Take back/ }).waitFor({ state: 'detached' });
  // What is on the air sticks to the top, and the first activity stands below it.
  const air = await phone.locator('live-studio .air').boundingBox();
  await strip.evaluate((element, height) => scrollBy(0, element.getBoundingClientRect().top - height - 12), air.height);
  await stage.take(phone, 'studio-phone-dark.png');
  await phone.context().close();
}

/* A run of show, whose first is open already. */
export const run = (stage) => alone(async (server) => {
  const owner = await server.token('owner');
  const cues = CUES.map(([draft, at, lasts]) => ({ draft, at_ms: at * MINUTE, lasts_ms: lasts * MINUTE }));
  const headers = { authorization: `Bearer ${owner}`, 'content-type': 'application/json', 'if-match': '"0"' };
  const kept = await fetch(`${server.address}/v1/rooms/demo/run`, { method: 'PUT', headers, body: JSON.stringify({ schema: 1, title: 'Friday in the harbour kitchen', cues }) });
  if (!kept.ok) throw new Error(await kept.text());
  await command(server, 'show.start', { title: 'Friday in the harbour kitchen', on_air: ['mia'] });
  const page = await sit(stage, server, 'light', TALL);
  const desk = page.locator('live-studio');
  await desk.getByRole('button', { name: 'Open “Where are you watching from?”' }).click();
  await desk.locator('.cue--open', { hasText: 'Where are you watching from?' }).waitFor();
  await desk.getByRole('button', { name: 'Open “Ask the chef”' }).waitFor();
  await desk.getByRole('button', { name: /^Take back/ }).waitFor({ state: 'detached' });
  await stage.takeAround(desk.locator('.run'), 'run-desktop-light.png');
  await page.context().close();
});

/* Who was invited as what, who came, and what they ordered. */
export const team = (stage) => alone(async (server) => {
  const page = await sit(stage, server, 'light', TALL);
  const desk = page.locator('live-studio');
  await desk.getByText('Team', { exact: true }).click();
  const invite = async (whom, role) => {
    await desk.getByLabel('For whom', { exact: true }).fill(whom);
    await desk.getByLabel('As', { exact: true }).selectOption(role);
    await desk.getByRole('button', { name: 'Make a link', exact: true }).click();
    const link = desk.getByLabel('The link', { exact: true });
    await link.waitFor();
    await desk.getByRole('list', { name: 'Keys and people' }).getByText(whom, { exact: true }).waitFor();
    return link.inputValue();
  };
  for (const [whom, role, name] of [['Friday’s crew', 'operator', 'Mia'], ['The chat', 'moderator', 'Jonas'], ['The office', 'analyst', '']]) {
    const link = await invite(whom, role);
    if (!name) continue;
    const guest = await stage.visit(link, 'light', TALL);
    await guest.getByLabel('Your name, as the team will see it').fill(name);
    await guest.getByRole('button', { name: 'Come in' }).click();
    await guest.locator('live-studio .air').waitFor();
    await guest.context().close();
  }
  await desk.getByText('Team', { exact: true }).click();
  await desk.getByText('Team', { exact: true }).click();
  await desk.getByText('Jonas', { exact: true }).waitFor();
  await stage.takeAround(desk.locator('details.fold', { has: page.locator('.team') }).first(), 'team-desktop-light.png', { margin: 8 });
  await page.context().close();
});

/* What a draw still lacks under the rules of a place, as it is composed. */
export const profile = (stage) => alone(async (server) => {
  await command(server, 'room.set', { profile: 'us' });
  const page = await sit(stage, server, 'light', TALL);
  const compose = page.locator('live-studio .compose');
  await compose.getByText('Prize draw', { exact: true }).first().click();
  for (const [label, text] of [['Title', 'Friday’s teapots'], ['Prize 1', 'Teapot']]) await compose.getByLabel(label, { exact: true }).fill(text);
  await compose.locator('.lacks__one').nth(2).waitFor();
  await page.evaluate(() => document.querySelector('live-studio').shadowRoot.activeElement.blur());
  await stage.takeAround(compose, 'profile-desktop-light.png', { from: compose.locator('.lacks').first() });
  await page.context().close();
});
