// The bridge of a page that drives its room: what it is told, what it may answer, and what is never done behind its back.

import assert from 'node:assert/strict';
import { after, before, test as plain } from 'node:test';
import { browse, open, poll, serve } from './harness.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
let browser;
let server;

before(async () => {
  browser = await browse();
  server = await serve();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/* A page with a room and a widget, told of one poll; `listen` runs in the page before. */
async function stage(run, news = poll('colour'), listen = () => {}, body = '<live-room><live-poll></live-poll></live-room>') {
  const page = await open(browser, server.page(body));
  run.after(() => page.context().close());
  await page.evaluate(listen);
  if (news) await tell(page, news);
  if (news) await page.locator('live-poll [part~=base]').waitFor();
  return page;
}

const tell = (page, news) => page.evaluate((message) => kit.room().receive(message), news);
const vote = async (page, name) => {
  await page.getByLabel(name).check();
  await page.getByRole('button', { name: /^(Vote|Change vote)$/ }).click();
};
const until = (page, name, want = {}) => page.evaluate(([event, detail]) => kit.until(event, detail), [name, want]);
const shown = (page, text) => page.locator('live-poll').getByText(text).first().waitFor();
const codes = (page) => page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-error').map(({ detail }) => detail.code));

test('the page is told within the gesture, answers, and the card shows its answer', async (run) => {
  const page = await stage(run, poll('colour', { run: 3, rev: 9 }), () => {
    addEventListener('live-act', (event) => {
      window.within = Boolean(window.event);
      event.respondWith(new Promise((resolve) => (window.answer = resolve)));
    });
  });
  await vote(page, 'Red');
  const { detail } = await until(page, 'live-act');
  const { id, ...rest } = detail;
  assert.match(id, /^[\w.-]{1,64}$/);
  assert.deepEqual(rest, { widget: 'poll', activity: 'colour', run: 3, act: 'vote', action: { type: 'poll.vote', choices: ['red'] } });
  await shown(page, 'Sending');
  await page.evaluate(() => window.answer({ ok: true, mine: { choices: ['red'] } }));
  await shown(page, 'Vote counted');
  const { detail: outcome } = await until(page, 'live-outcome');
  assert.equal(outcome.ok, true);
  assert.deepEqual(outcome.mine.choices, ['red']);
});

test('an answer without mine lets the vote stand as it was sent', async (run) => {
  const page = await stage(run, poll('colour'), () => addEventListener('live-act', (event) => event.respondWith({ ok: true })));
  await vote(page, 'Blue');
  await shown(page, 'Vote counted');
  assert.equal(await page.getByLabel('Blue').isChecked(), true);
});

test('a refusal of the page is said with what to do, and the choice is kept', async (run) => {
  const page = await stage(run, poll('colour'), () => addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'needs-sign-in' })));
  await vote(page, 'Blue');
  await shown(page, 'Sign in on this page first, then try again.');
  assert.equal(await page.getByLabel('Blue').isChecked(), true);
  const { detail } = await until(page, 'live-outcome', { ok: false });
  assert.deepEqual(detail.refusal, { reason: 'needs-sign-in' });
});

test('a page that cancels live-outcome shows its own', async (run) => {
  const page = await stage(run, poll('colour'), () => {
    addEventListener('live-act', (event) => event.respondWith({ ok: false, reason: 'needs-sign-in', message: 'x' }));
    addEventListener('live-outcome', (event) => event.preventDefault());
  });
  await vote(page, 'Blue');
  await until(page, 'live-outcome');
  await page.getByRole('button', { name: 'Vote', exact: true }).waitFor();
  assert.equal(await page.getByText('Sign in on this page first').count(), 0);
});

test('no answer within fifteen seconds is the refusal unanswered', async (run) => {
  const page = await open(browser, server.page('<live-room><live-poll></live-poll></live-room>'));
  run.after(() => page.context().close());
  await page.clock.install();
  await tell(page, poll('colour'));
  await page.clock.runFor(2_000);
  await vote(page, 'Red');
  await page.clock.runFor(1_000);
  await shown(page, 'Sending');
  await page.clock.runFor(15_000);
  await shown(page, 'No answer came. Try again.');
  const { detail } = await until(page, 'live-outcome');
  assert.equal(detail.refusal.reason, 'unanswered');
});

test('a cancelled act is not sent, and the card returns to where it was', async (run) => {
  const page = await stage(run, poll('colour'), () => addEventListener('live-act', (event) => event.preventDefault()));
  await vote(page, 'Red');
  await until(page, 'live-act');
  await page.getByRole('button', { name: 'Vote', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => kit.heard.some(({ name }) => name === 'live-outcome')), false);
});

test('answers that cannot be, and answers too late, are one live-error each', async (run) => {
  const page = await stage(run, poll('colour'), () => {
    addEventListener('live-act', (event) => {
      if (window.mode === 'late') Promise.resolve().then(() => event.respondWith({ ok: true }));
      else event.respondWith(window.mode === 'reject' ? Promise.reject(new Error('no cart')) : Promise.resolve({ fine: true }));
    });
    window.mode = 'wrong';
  });
  await vote(page, 'Red');
  await shown(page, 'No answer came. Try again.');
  await page.evaluate(() => (window.mode = 'reject'));
  await vote(page, 'Red');
  await page.waitForFunction(() => kit.heard.filter(({ name }) => name === 'live-outcome').length === 2);
  await page.evaluate(() => (window.mode = 'late'));
  await vote(page, 'Red');
  await page.waitForFunction(() => kit.heard.filter(({ name }) => name === 'live-error').length === 3);
  assert.deepEqual(await codes(page), ['respond', 'respond', 'respond']);
});

test('a page that calls back from every event harms nothing', async (run) => {
  const page = await stage(run, poll('colour'), () => {
    const news = (votes) => ({ type: 'news', news: [{ activity: 'colour', tally: { widget: 'poll', phase: 'open', voters: votes, votes: [votes, 0] } }] });
    let count = 0;
    for (const name of ['live-act', 'live-outcome', 'live-error']) {
      addEventListener(name, (event) => {
        kit.room().receive(news((count += 1)));
        kit.room().report('again', { count });
        JSON.stringify(kit.room().status);
        event.respondWith?.({ ok: true });
      });
    }
    kit.room().streamClock = () => {
      if (count < 50) kit.room().receive(news((count += 1)));
      return Date.now();
    };
  });
  await vote(page, 'Red');
  await shown(page, 'Vote counted');
  await tell(page, 'no json');
  await page.waitForFunction(() => kit.heard.some(({ name }) => name === 'live-error'));
  await page.evaluate(() => (kit.room().streamClock = null));
  await tell(page, poll('colour', { votes: [900, 0] }));
  await shown(page, '900 voters');
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('message:')), []);
});

test('what cannot be read is one live-error that names it, and changes nothing', async (run) => {
  const page = await stage(run, poll('colour', { votes: [3, 5] }));
  const bad = ['', '{', '[]', 'null', '{"type":5}', '{"type":"news","news":[{}]}', '{"type":"news","news":[{"activity":"a b"}]}', '['.repeat(100_000)];
  for (const text of bad) await tell(page, text);
  await page.waitForFunction((count) => kit.heard.filter(({ name }) => name === 'live-error').length === count, bad.length);
  assert.deepEqual(new Set(await codes(page)), new Set(['message']));
  await tell(page, { type: 'tomorrow', news: 7 });
  await tell(page, { type: 'news', news: [{ activity: 'other', card: { widget: 'hologram' }, tally: { widget: 'hologram' } }] });
  await shown(page, '8 voters');
  assert.equal((await codes(page)).length, bad.length);
});

test('texts of any kind are shown as texts', async (run) => {
  const text = '<img src=x onerror=alert(1)>"\'&\u202e😀';
  const page = await stage(run, poll('colour', { question: text, options: [{ id: 'a', text }, { id: 'b', text: 'x'.repeat(300) }] }));
  assert.equal(await page.locator('live-poll .poll__question').textContent(), text);
  assert.equal(await page.locator('live-poll img').count(), 0);
});

test('a card in use is not exchanged: the newer one is offered, and comes when asked for or when the viewer leaves', async (run) => {
  const page = await stage(run, poll('one', { question: 'First?' }), () => {}, '<live-room><live-poll></live-poll></live-room><button>Elsewhere</button>');
  await page.getByLabel('Red').check();
  await tell(page, poll('two', { question: 'Second?' }));
  await page.getByRole('button', { name: 'Show the newer one' }).waitFor();
  await shown(page, 'First?');
  assert.equal(await page.getByLabel('Red').isChecked(), true);
  await page.getByRole('button', { name: 'Show the newer one' }).click();
  await shown(page, 'Second?');
  await page.getByLabel('Blue').focus();
  await tell(page, poll('three', { question: 'Third?' }));
  await page.getByRole('button', { name: 'Show the newer one' }).waitFor();
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await shown(page, 'Third?');
});

test('what has closed stays with its result until it is put away', async (run) => {
  const page = await stage(run, poll('colour', { votes: [3, 5] }));
  await tell(page, poll('colour', { phase: 'closed', votes: [3, 6] }));
  await shown(page, '67%');
  await shown(page, 'Closed');
  await tell(page, { type: 'news', news: [{ activity: 'colour', gone: true }] });
  await page.locator('live-poll [part~=base]').waitFor({ state: 'detached' });
});

test('a countdown is shown only where the page says the time, and ends by it', async (run) => {
  const page = await stage(run, poll('colour', {}));
  const soon = poll('colour');
  soon.news[0].tally.closes_at = Date.now() + 3_600_000;
  await tell(page, soon);
  await page.locator('live-poll [role=timer]').waitFor();
  assert.equal(await page.locator('live-poll .clock__left').count(), 0);
  // A device clock that is wrong by years is of no account.
  const at = 1_000_000_000_000;
  soon.at = at;
  soon.news[0].tally.closes_at = at + 65_500;
  await tell(page, soon);
  await page.locator('live-poll .clock__left').getByText(/^1:0\d$/).waitFor();
  await page.locator('live-poll .clock__left').getByText(/^0:5\d$/).waitFor();
});

test('an activity in picture time waits for the viewer\'s own picture', async (run) => {
  const page = await stage(run, null, () => {
    window.picture = 1_000_000_000_000 - 8_000;
    kit.room().streamClock = () => window.picture;
  });
  const at = 1_000_000_000_000;
  await tell(page, { at, ...poll('colour', { opened_at: at, programme_at: at - 300 }) });
  await page.waitForFunction(() => kit.room().status.activities?.[0]?.shown === 'waits for the viewer\'s picture');
  assert.equal(await page.locator('live-poll [part~=base]').count(), 0);
  await page.evaluate((now) => (window.picture = now), at - 300);
  await page.locator('live-poll [part~=base]').waitFor();
  await tell(page, { at, ...poll('deal', { opened_at: at, time: 'room', question: 'At once?' }) });
  await shown(page, 'At once?');
});

test('one line is said aloud for what opens and closes, and none for figures', async (run) => {
  const page = await stage(run, poll('colour'));
  const said = page.locator('live-room').locator('[role=status].unseen');
  await said.getByText('New poll: Which colour next?').waitFor();
  for (let votes = 1; votes < 20; votes += 1) await tell(page, poll('colour', { votes: [votes, 0] }));
  await shown(page, '19 voters');
  assert.equal(await said.textContent(), 'New poll: Which colour next?');
  await tell(page, poll('colour', { phase: 'closed', votes: [19, 0] }));
  await said.getByText('The poll has closed.').waitFor();
});

test('a widget is drawn again only when something of its own changed', async (run) => {
  const body = '<live-room><live-poll activity="a"></live-poll><live-poll activity="b"></live-poll></live-room>';
  const page = await stage(run, poll('a'), () => {}, body);
  await tell(page, poll('b'));
  await page.locator('live-poll[activity=b] [part~=base]').waitFor();
  await page.evaluate(() => (kit.heard.length = 0));
  for (let votes = 1; votes <= 5; votes += 1) {
    await tell(page, poll('a', { votes: [votes, 0] }));
    await page.locator('live-poll[activity=a]').getByText(`${votes} voter`).waitFor();
  }
  const drawn = await page.evaluate(() => kit.heard.filter(({ name }) => name === 'live-update').map(({ detail }) => detail.activity));
  assert.ok(drawn.length >= 1 && drawn.every((activity) => activity === 'a'), drawn.join());
});

test('methods called before anything is loaded are carried out once it is', async (run) => {
  const page = await stage(run, null);
  const answer = await page.evaluate(async (news) => {
    const room = document.createElement('live-room');
    room.id = 'fresh';
    document.body.append(room, Object.assign(document.createElement('live-poll'), { id: 'its' }));
    document.getElementById('its').setAttribute('for', 'fresh');
    room.receive(JSON.stringify(news));
    const command = await room.command({ type: 'close', activity: 'x' });
    await room.ready;
    await document.getElementById('its').ready;
    await room.flush();
    return command;
  }, poll('colour'));
  assert.equal(answer.refusal.reason, 'unsupported');
  await page.locator('#its [part~=base]').waitFor();
});
