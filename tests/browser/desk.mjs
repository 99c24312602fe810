// A desk and its viewers for browser tests: at a real server, or in a practice room that tabs of one browser share.

import { open } from './harness.mjs';
import { start } from './server.mjs';

/* The desk on a page: its element, its only row, and a button of it by its exact name. */
export class Desk {
  constructor(page, server) {
    const desk = page.locator('live-studio');
    Object.assign(this, { page, server, desk, row: desk.locator('.strip'), composer: desk.locator('.compose') });
  }

  button = (name, within = this.desk) => within.getByRole('button', { name, exact: true });
  press = (name, within) => this.button(name, within).click();
  field = (label) => this.composer.getByLabel(label, { exact: true });
  unfold = (title, within = this.desk) => within.getByText(title, { exact: true }).click();
  /* Waits until the only row, or a part of the desk, says so. */
  says = (text, within = this.row) => within.getByText(text).first().waitFor();
  figure = (name) => this.row.locator('.figures__figure', { hasText: name }).locator('dd');

  /* Waits until a figure of the only row is so much. */
  counts = (name, value) => this.row.locator('.figures__figure', { hasText: new RegExp(`^${value}${name}|^${name}${value}`) }).waitFor();

  /* Chooses a widget and fills fields of the composer by their labels. */
  async compose(widget, fields) {
    await this.composer.getByText(widget, { exact: true }).first().click();
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value);
  }

  /* The name of the only activity. */
  async activity() {
    return (await this.row.locator('article').first().getAttribute('id')).replace('activity-', '');
  }
}

/* Until a field is empty: the answer comes apart from the news. */
export async function emptied(field) {
  const element = await field.elementHandle();
  await field.page().waitForFunction((element) => element.value === '', element);
}

/* Sits at the desk of a server of its own. */
export async function sit(browser, run, options = {}) {
  const server = await start();
  run.after(() => server.stop());
  const page = await open(browser, `${server.address}/studio`, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  run.after(() => page.context().close());
  await page.waitForSelector('.air--off:has-text("Off air")');
  return new Desk(page, server);
}

/* A viewer's page at that server, signed in under a name unless it is empty. */
export async function view(browser, run, server, name = '') {
  const page = await open(browser, 'about:blank', { reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  const token = name && await server.token('viewer', { sub: name, name });
  await empty(page, server);
  await page.evaluate(put, { room: 'demo', server: server.address, token });
  return page;
}

/* Sits at that server's desk in a role, on a page that has nothing else. */
export async function seat(browser, run, server, role, sub = role) {
  const page = await open(browser, 'about:blank', { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await empty(page, server);
  await page.evaluate(async (token) => {
    await Promise.all([import('/kit/liveroom.js'), import('/kit/studio.js')]);
    const room = document.createElement('live-room');
    for (const [name, value] of Object.entries({ room: 'demo', server: location.origin, token })) room.setAttribute(name, value);
    room.append(document.createElement('live-studio'));
    document.body.replaceChildren(room);
  }, await server.token(role, { sub }));
  await page.locator('.air--off').waitFor();
  return new Desk(page, server);
}

/* Sits at the desk of a practice room; `tab` opens a viewer's page of the same browser. */
export async function practise(browser, run, room) {
  const server = await start();
  run.after(() => server.stop());
  const page = await open(browser, `${server.address}/studio?server=local:&room=${room}`, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  run.after(() => page.context().close());
  await page.locator('live-studio').getByText('Practice room: all of it is in this browser, and nobody else sees it.').waitFor();
  const tab = async () => {
    const other = await page.context().newPage();
    other.setDefaultTimeout(30_000);
    await empty(other, server);
    await other.evaluate(put, { room, server: 'local:' });
    return other;
  };
  return Object.assign(new Desk(page, server), { tab });
}

/* Goes to a page of the server's whose own script does nothing: it would put a widget of its own beside those of a test. The page is
   the server's, since a browser lets no page from elsewhere speak to this machine. */
async function empty(page, server) {
  await page.route(`${server.address}/pages/doctor.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto(`${server.address}/doctor`);
}

/* In the page: nothing but a room with all four widgets. */
async function put({ token, ...attributes }) {
  await import('/kit/liveroom.js');
  const room = document.createElement('live-room');
  for (const [name, value] of Object.entries({ ...attributes, ...(token && { token }) })) room.setAttribute(name, value);
  room.append(...['poll', 'lottery', 'qna', 'deal'].map((widget) => document.createElement(`live-${widget}`)));
  const main = document.createElement('main');
  main.append(room);
  document.body.replaceChildren(main);
}
