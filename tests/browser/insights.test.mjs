// The page of figures beside a real run: viewers' pages act and report to the server's own collector, and the figures follow.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test as plain } from 'node:test';
import { findings } from './axe.mjs';
import { browse, open } from './harness.mjs';
import { start } from './server.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const POLL = { type: 'poll.open', activity: 'colour', question: 'Red or blue?', options: ['Red', 'Blue'], about: { brand: 'Harbour' } };
const DEAL = { type: 'deal.open', activity: 'jacket', title: 'Sea jacket', sku: 'J-1', price: { amount: '69.00', currency: 'EUR' }, variants: [{ stock: 3 }] };
let browser;

before(async () => {
  browser = await browse();
});
after(() => browser?.close());

async function serve(run, options) {
  const server = await start(options);
  run.after(() => server.stop());
  return server;
}

async function visit(run, address, options) {
  const page = await open(browser, address, { reducedMotion: 'reduce', locale: 'en-GB', ...options });
  run.after(() => page.context().close());
  return page;
}

/* A viewer who says yes or no to figures, and votes. */
async function vote(run, server, consent) {
  const page = await visit(run, `${server.address}/viewer?consent=${consent}`);
  const poll = page.locator('live-poll');
  await poll.getByRole('radio', { name: 'Red' }).check();
  await poll.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.evaluate(() => kit.until('live-outcome', { ok: true }));
  // Seen takes a second in sight.
  if (consent === 'granted') await page.evaluate(() => kit.until('live-engagement', { type: 'live.poll.seen' }));
  await page.evaluate(() => kit.room().flush());
  return page;
}

const tile = (page, name) => page.locator('.tile').filter({ hasText: name }).locator('dd');
const row = (page, table, name) => page.locator(`#${table} tbody tr`).filter({ hasText: name });

test('R6: what viewers do is on the page within seconds, exact facts and reports told apart', async (run) => {
  const server = await serve(run);
  await server.command({ type: 'show.start', title: 'Evening', on_air: ['lin'] });
  await server.command(POLL);
  await server.command(DEAL);
  const page = await visit(run, `${server.address}/insights`);
  await tile(page, 'Votes').getByText('0').waitFor();
  for (const consent of ['granted', 'granted', 'denied']) await vote(run, server, consent);
  await server.command({ type: 'show.on_air', on_air: ['kim'] });
  await tile(page, 'Votes').getByText('3').waitFor();
  await tile(page, 'Viewers who took part').getByText('3').waitFor();
  await tile(page, 'Viewers now').getByText('3').waitFor();
  await tile(page, /^Participation in a minute, \d/).filter({ hasText: /^\d+% \d+%–\d+%, of [1-3]$/ }).waitFor();
  await tile(page, 'Browsers that reported').getByText('2').waitFor();
  await page.getByText('2 browsers reported, with consent').waitFor();
  await page.getByRole('img', { name: /Saw a widget: 2, Acted: 2, Were accepted: 2, Saw a deal: [0-2], Acted in a deal: 0, Claimed: 0, Ordered: 0/ }).waitFor();
  await page.locator('#timeline').getByText('On air now: kim').waitFor();
  await page.locator('#timeline').getByText('Opened: Sea jacket').waitFor();
  await page.getByRole('combobox', { name: 'By' }).selectOption('streamer');
  await row(page, 'rows', 'lin').waitFor();
  const cells = await row(page, 'rows', 'lin').locator('td').allTextContents();
  assert.deepEqual(cells.slice(0, 2), ['3', '3'], 'took part and votes are of everybody');
  assert.match(cells[6], /^\d+ (s|min)$/, 'how long she was on air');
  assert.equal(cells[9], '2', 'saw it is of those who report');
  await page.getByRole('combobox', { name: 'By' }).selectOption('brand');
  await row(page, 'rows', 'Harbour').waitFor();
  for (const [width, colorScheme] of [[320, 'dark'], [1280, 'light']]) {
    const seen = await visit(run, `${server.address}/insights`, { viewport: { width, height: 900 }, colorScheme });
    await tile(seen, 'Votes').getByText('3').waitFor();
    for (const behind of await seen.locator('summary').all()) await behind.press('Enter');
    assert.deepEqual(await findings(seen), []);
    assert.equal(await seen.evaluate(() => document.documentElement.scrollWidth), width);
    assert.equal(await seen.locator('#definitions tbody tr').count() > 30, true);
    assert.deepEqual(seen.faults, []);
  }
  assert.deepEqual(page.faults, []);
});

test('a streamer sets when to be told, and is told of a deal that runs low', async (run) => {
  const server = await serve(run);
  await server.command(DEAL);
  const page = await visit(run, `${server.address}/insights`);
  const told = page.getByRole('status').getByText('Sea jacket: 3 left');
  await told.waitFor();
  await page.getByText('When to be told').click();
  await page.getByLabel('Units left in an open deal').fill('2');
  await page.getByLabel('Units left in an open deal').blur();
  await told.waitFor({ state: 'detached' });
  await page.getByText('Set, for the desk too.').waitFor();
  const other = await visit(run, `${server.address}/insights`);
  await other.getByText('Live, every 3 s').waitFor();
  assert.equal(await other.getByText('Sea jacket: 3 left').count(), 0, 'it is the room\'s');
  assert.equal(await other.locator('[name=stock_low]').inputValue(), '2');
});

test('B12: who shares and who comes by the link is on the page, each once', async (run) => {
  const server = await serve(run);
  await server.command(POLL);
  const sharing = await visit(run, `${server.address}/viewer?consent=granted`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await sharing.locator('live-poll').getByRole('radio', { name: 'Red' }).waitFor();
  await sharing.getByRole('button', { name: 'Share' }).click();
  await sharing.getByText('The link is copied.').waitFor();
  const link = await sharing.evaluate(() => navigator.clipboard.readText());
  await sharing.evaluate(() => kit.room().flush());
  for (const again of [false, true]) {
    const coming = await visit(run, link);
    await coming.evaluate(() => kit.until('live-engagement', { type: 'live.room.arrived' }));
    await coming.evaluate(() => kit.room().flush());
    if (again) await coming.reload();
    await coming.evaluate(() => kit.until('live-engagement', { type: 'live.poll.seen' }));
    await coming.evaluate(() => kit.room().flush());
  }
  const page = await visit(run, `${server.address}/insights`);
  await tile(page, 'Times shared').getByText('1').waitFor();
  await tile(page, 'Came by a share link').getByText('2').waitFor();
  const code = new URL(link).searchParams.get('live-ref');
  assert.deepEqual(await row(page, 'links', code).locator('td').allTextContents(), ['2']);
});

test('when the server is gone the page says since when its figures are old, and goes on when it is back', async (run) => {
  const server = await serve(run);
  await server.command(POLL);
  const page = await visit(run, `${server.address}/insights`);
  await page.getByText('Live, every 3 s').waitFor();
  await server.kill();
  await page.getByText('Not up to date since').waitFor();
  await server.restart();
  await page.getByText('Live, every 3 s').waitFor();
  await server.vote('ada', 'colour', '1');
  await tile(page, 'Votes').getByText('1').waitFor();
});

test('the file that is taken opens in a spreadsheet as text, with what each figure means', async (run) => {
  const server = await serve(run);
  await server.command({ ...POLL, question: '=HYPERLINK("https://example.com")' });
  await server.vote('ada', 'colour', '1');
  const page = await visit(run, `${server.address}/insights`);
  await tile(page, 'Votes').getByText('1').waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), 'demo-figures.csv');
  const text = await readFile(await download.path(), 'utf8');
  assert.equal(text.codePointAt(0), 0xfeff);
  assert.match(text, /\r\nrow,colour,"'=HYPERLINK\(""https:\/\/example.com""\)",,votes,room,1,ballots,,activity\r\n/);
  assert.match(text, /\r\ndictionary,,Participation in a minute,,participation,room,,rate,/);
  assert.match(text, /\r\ndictionary,,Votes,,votes,room,,ballots,"?Ballots that the room accepted/);
  assert.doesNotMatch(text, /(^|,|")=HYPERLINK/m);
});

test('a line from a file lies beside the votes, and two streamers stand side by side with their intervals', async (run) => {
  const server = await serve(run);
  await server.command({ type: 'show.start', title: 'Evening', on_air: ['lin'] });
  await server.command(POLL);
  await vote(run, server, 'granted');
  await server.command({ type: 'show.on_air', on_air: ['kim'] });
  await server.vote('ada', 'colour', '1');
  const page = await visit(run, `${server.address}/insights`);
  await tile(page, 'Votes').getByText('2').waitFor();
  const last = row(page, 'compared', 'Votes (exact)');
  await last.waitFor();
  assert.deepEqual(await last.locator('td').allTextContents(), ['1', '1', '0']);
  assert.match(await row(page, 'compared', 'Time on air (exact)').textContent(), /\d+ (s|min)\d+ (s|min)–$/);
  assert.match(await row(page, 'compared', 'Acted, of those who saw').textContent(), /\d+% \(\d+%–\d+%\) of 1/);
  await page.getByText('A line to compare with').click();
  const line = { name: 'last.csv', mimeType: 'text/csv', buffer: Buffer.from('\ufeffminute,votes\r\n0,7\r\n1,9\r\n') };
  await page.getByLabel('File').setInputFiles(line);
  await page.getByText('2 minutes from last.csv').waitFor();
  await page.getByRole('img', { name: /file: at most [79]/ }).waitFor();
});

test('two shows, and two times, stand side by side, and another show has its own timeline', async (run) => {
  const server = await serve(run);
  for (const [title, question, voters] of [['Monday', 'Red or blue?', ['ada']], ['Tuesday', 'Tea or mate?', ['ada', 'ben', 'cem']]]) {
    await server.command({ type: 'show.start', title });
    await server.command({ ...POLL, activity: title.toLowerCase(), question });
    for (const voter of voters) await server.vote(voter, title.toLowerCase(), '1');
    await server.command({ type: 'close', activity: title.toLowerCase() });
    await server.command({ type: 'show.end' });
  }
  const page = await visit(run, `${server.address}/insights`);
  await page.locator('#timeline').getByText('Opened: Tea or mate?').waitFor();
  assert.equal(await page.locator('#timeline').getByText('Red or blue?').count(), 0);
  await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('show-1');
  await page.locator('#timeline').getByText('Opened: Red or blue?').waitFor();
  assert.equal(await page.locator('#timeline').getByText('Tea or mate?').count(), 0);
  const compare = page.locator('#compare');
  await compare.getByLabel('Compare').selectOption('show');
  const cells = async (wanted) => page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll('#compared tbody tr')];
    const votes = rows.find((row) => row.textContent.startsWith('Votes'));
    return [...(votes?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent).join() === wanted;
  }, wanted);
  await cells('1,3,+2');
  const heads = await page.locator('#compared thead th').allTextContents();
  assert.match(heads.join(), /^Figure,Monday · \d+ \w+ \d{4},Tuesday · \d+ \w+ \d{4},Difference$/);
  await compare.getByLabel('This').selectOption('show-2');
  await compare.getByLabel('with').selectOption('show-1');
  await cells('3,1,-2');
  await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('all');
  await compare.getByLabel('Compare').selectOption('time');
  await cells('4,4,0');
  assert.match(await page.locator('#compared thead').textContent(), /from \d/);
});

test('R6: a time of one\'s own is shown with its dates, and stands beside another', async (run) => {
  const server = await serve(run);
  await server.command({ type: 'show.start', title: 'Evening' });
  await server.command(POLL);
  await server.vote('ada', 'colour', '1');
  const page = await visit(run, `${server.address}/insights`);
  await tile(page, 'Votes').getByText('1').waitFor();
  const time = page.locator('#timeline time').first();
  assert.match(await time.textContent(), /^\d\d:\d\d:\d\d$/, 'a show of one day has no dates');
  await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('own');
  const scope = page.locator('#scope');
  await scope.getByLabel('From').fill('2026-01-02T03:04');
  await page.getByText('From 2 Jan 2026, 03:04 to').waitFor();
  await page.waitForFunction(() => /^\d+ \w+.* \d\d:\d\d:\d\d$/.test(document.querySelector('#timeline time')?.textContent));
  assert.match(await page.locator('#audience').textContent(), /2 Jan, 03:04/, 'the axis has dates');
  await page.reload();
  await page.getByText('From 2 Jan 2026, 03:04 to').waitFor();
  assert.equal(await scope.getByLabel('From').inputValue(), '2026-01-02T03:04', 'it is in the address');
  // How many took part in a part of a time is not known: that is said, and not as a zero.
  await page.route('**/insights?*', async (route) => {
    const response = await route.fetch();
    const told = await response.json();
    if (new URL(route.request().url()).searchParams.get('from') === String(new Date('2026-01-03T00:00').getTime())) {
      told.figures = told.figures.filter(({ figure }) => figure !== 'participants');
    }
    await route.fulfill({ response, json: told });
  });
  const compare = page.locator('#compare');
  await compare.getByLabel('Compare').selectOption('time');
  await compare.getByLabel('with').selectOption('own');
  await compare.getByLabel('Your own time from').fill('2026-01-03T00:00');
  await compare.getByLabel('to', { exact: true }).fill('2026-01-04T00:00');
  await row(page, 'compared', 'Took part (exact)').getByText('–').first().waitFor();
  assert.deepEqual(await row(page, 'compared', 'Took part (exact)').locator('td').allTextContents(), ['0', '–', '–']);
  assert.match(await row(page, 'compared', 'Took part (exact)').locator('td span').first().getAttribute('title'), /cuts through/);
  assert.match(await row(page, 'compared', 'Time (exact)').locator('td').nth(1).textContent(), /^24.0 h$/);
  assert.match(await page.locator('#compared thead').textContent(), /from 3 Jan, 00:00 to 4 Jan, 00:00/);
  assert.deepEqual(page.faults, []);
});

test('R9: printed it is the report of the show, each activity, product and streamer in it, and nothing to press', async (run) => {
  const server = await serve(run);
  await server.command({ type: 'show.start', title: 'Evening', on_air: ['lin'] });
  await server.command(POLL);
  await server.command({ type: 'lottery.open', activity: 'pots', title: 'Teapots', prizes: [{ name: 'Teapot', count: 1 }] });
  await server.vote('ada', 'colour', '1');
  await server.act('ada', 'pots', { type: 'lottery.enter' });
  await server.command({ type: 'close', activity: 'pots' });
  await server.command({ type: 'lottery.draw', activity: 'pots' });
  await server.command({ type: 'show.end' });
  const page = await visit(run, `${server.address}/insights`);
  await tile(page, 'Votes').getByText('1').waitFor();
  await page.evaluate(() => {
    window.printed = new Promise((done) => (window.print = done));
  });
  await page.getByRole('button', { name: 'Print' }).click();
  await page.evaluate(() => window.printed.then(() => {}));
  await page.emulateMedia({ media: 'print' });
  // A sheet of A4 within its edges.
  await page.setViewportSize({ width: 718, height: 1_000 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 718, 'no column is cut off');
  assert.equal(await row(page, 'rows-streamer', 'lin').isVisible(), true);
  assert.equal(await row(page, 'rows-product', 'none').isVisible(), true);
  assert.match(await row(page, 'stand', 'Teapots').textContent(), /closedaccounts1–1 · proof1/);
  assert.equal(await page.locator('#coverage').isVisible(), true);
  assert.match(await page.locator('#span').textContent(), /^From \d+ \w+ \d{4}, \d\d:\d\d to \d+ \w+ \d{4}, \d\d:\d\d\.$/);
  assert.equal(await page.locator('#span').isVisible(), true);
  assert.match(await page.locator('#scope select option:checked').textContent(), /^Evening · \d+ \w+ \d{4}$/);
  assert.equal(await page.locator('.tile').filter({ hasText: 'Viewers now' }).count(), 0, 'of a show that is over there is no now');
  const printed = await page.locator('#stand a').evaluate((link) => getComputedStyle(link, '::after').content);
  assert.ok(printed.includes('/draws/pots'), `the proof's address is on paper: ${printed}`);
  for (const control of await page.locator('button, select, input').all()) assert.equal(await control.isVisible(), (await control.getAttribute('name')) === 'show', 'only the name of the show is left');
});

test('without a key there are no figures, and the page says where one comes from', async (run) => {
  const server = await serve(run, { dev: false });
  const page = await visit(run, `${server.address}/insights`);
  await page.getByText('Open the owner link').waitFor();
  assert.equal(await page.locator('#all').isVisible(), false);
});

test('from the desk it is one click, with the desk\'s own key', async (run) => {
  const server = await serve(run, { dev: false });
  const page = await visit(run, server.ownerLink);
  await page.getByRole('button', { name: 'Make the room' }).click();
  const [figures] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Insights' }).click()]);
  await figures.getByText('Live, every 3 s').waitFor();
});
