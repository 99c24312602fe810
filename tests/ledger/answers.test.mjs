// The table of answers: whatever an endpoint says to a batch has a rule, and each is tried by a real page against a real endpoint.
//
// Run by itself (`./tests/run reports`) it prints what was seen. The README has the rules.

import assert from 'node:assert/strict';
import { after, before, describe, test as plain } from 'node:test';
import { CORS, collect } from '../browser/endpoint.mjs';
import { POLICY, browse, open, serve } from '../browser/harness.mjs';

const test = (name, work) => plain(name, { timeout: 120_000 }, work);
const RULES = {
  stored: 'stored; the page lets them go',
  later: 'sent again, after a back-off from 1 s to 60 s',
  patience: 'sent again, not before the time that was asked for, 5 minutes at most',
  refused: 'dropped as `refused`',
  gone: 'dropped as `gone`; nothing more is sent in this page load',
  split: 'sent again at once in halves; one report alone is dropped as `too_large`',
};
const HTML = { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' };
const refused = [400, 401, 403, 404, 405, 409, 415, 422, 451];
const later = [408, 425, 429, 500, 501, 502, 503, 504];

/* What the endpoint says, in words; the rule; the answers in order, and then 202; what comes of three reports. */
const TABLE = [
  ...[200, 201, 202, 204].map((status) => [String(status), 'stored', [status], { requests: 1 }]),
  ['202, and the line is cut in the answer', 'stored', [{ half: true }], { requests: 1 }],
  ['200 with a web page: a network that wants a sign-in', 'later', [{ status: 200, ...HTML }]],
  ...[301, 302, 307].map((status) => [`${status} to another address, which is not followed`, 'later', [{ status, headers: { location: '/elsewhere' } }]]),
  ...refused.map((status) => [String(status), 'refused', [status], { requests: 1, sent: 0, dropped: { refused: 3 } }]),
  ...later.map((status) => [String(status), 'later', [status]]),
  ['429, `Retry-After: 2`', 'patience', [{ status: 429, headers: { 'retry-after': '2' } }], { least: 2_000 }],
  ['503, `Retry-After` as a date', 'patience', [{ status: 503, headers: { 'retry-after': () => new Date(Date.now() + 3_000).toUTCString() } }], { least: 1_900 }],
  ['410', 'gone', [410], { requests: 1, sent: 0, dropped: { gone: 3 } }],
  ['413 for what is large', 'split', [413], { requests: 3 }],
  ['413 for everything', 'split', [413, 413, 413, 413], { requests: 4, sent: 0, dropped: { too_large: 3 } }],
  ['no answer within 30 s', 'later', [{ hang: true }], { least: 29_000 }],
  ['the line is cut', 'later', [{ cut: true }]],
  ['stored, and the line is cut before the answer', 'later', [{ lost: true }, { lost: true }], { requests: 3, again: 6 }],
  ['stored, and CORS hides the answer', 'later', [{ hidden: true }], { again: 3 }],
  ['CORS lets nobody send', 'later', [], { requests: 1, before: 'no preflight' }],
  ['nobody listens', 'later', [], { requests: 1, before: 'nobody' }],
];

let browser;
let site;
const seen = [];

before(async () => {
  site = await serve();
  browser = await browse();
});
after(async () => {
  await browser?.close();
  site?.stop();
  const width = Math.max(...seen.map(([said]) => said.length));
  for (const [said, rule, what] of seen) console.log(`${said.padEnd(width)}  ${rule.padEnd(76)}  ${what}`);
});

const status = (page) => page.evaluate(() => document.querySelector('live-room').status.reports);

describe('an endpoint that answers', { concurrency: 3 }, () => {
  for (const [said, rule, answers, wanted = {}] of TABLE) {
    const { sent = 3, dropped = {}, requests = answers.length + 1, least = 0, again = 0 } = wanted;
    test(`${said}: ${RULES[rule]}`, async (run) => {
      const called = (answer) => (answer?.headers?.['retry-after']?.call ? { ...answer, headers: { 'retry-after': answer.headers['retry-after']() } } : answer);
      const endpoint = await collect((number) => called(answers[number]) ?? 202);
      run.after(() => endpoint.stop());
      const policy = POLICY.replace("connect-src 'self'", `connect-src 'self' ${endpoint.address}`);
      const page = await open(browser, site.page(`<live-room room="den" report="${endpoint.address}" consent="granted" quiet></live-room>`, { policy }));
      run.after(() => page.context().close());
      page.setDefaultTimeout(90_000);
      const mend = await spoil(endpoint, page, wanted.before);
      await page.evaluate(async () => {
        const room = document.querySelector('live-room');
        await Promise.all([1, 2, 3].map((n) => room.report('thing', { n })));
        await room.flush();
      });
      await mend();
      await page.waitForFunction(() => {
        const { created, waiting } = document.querySelector('live-room').status.reports;
        return created === 3 && waiting === 0;
      });
      assert.deepEqual(await status(page), { created: 3, sent, dropped, waiting: 0, durable: true, held: 0 });
      assert.deepEqual({ stored: endpoint.stored.size, again: endpoint.again, conflicts: endpoint.conflicts }, { stored: sent, again, conflicts: 0 });
      const told = endpoint.requests.map(({ status, batch }) => `${status || 'cut'} (${batch.length - 1})`);
      assert.equal(told.length, requests, told.join(', '));
      const times = endpoint.requests.map(({ at }) => at);
      if (least) assert.ok(times[1] - times[0] >= least, `${times[1] - times[0]} ms`);
      if (dropped.gone) {
        await page.evaluate(async () => {
          await document.querySelector('live-room').report('thing', {});
          await document.querySelector('live-room').flush();
        });
        assert.deepEqual((await status(page)).dropped, { gone: 4 });
        assert.equal(endpoint.requests.length, 1, 'nothing more is sent');
      }
      const lost = Object.entries(dropped).map(([reason, number]) => `${number} dropped as ${reason}`);
      seen.push([said, RULES[rule], [`${told.join(', ')}: ${sent} stored`, ...lost, ...(again ? [`${again} came again and were known`] : [])].join(', ')]);
    });
  }
});

/* Makes that nothing arrives, as the row has it; what it resolves to waits until an attempt has failed, and mends it. */
async function spoil(endpoint, page, how) {
  if (!how) return () => {};
  const failed = page.waitForEvent('requestfailed');
  if (how === 'nobody') endpoint.stop();
  else endpoint.preflight = {};
  return async () => {
    await failed;
    assert.equal(endpoint.requests.length, 0);
    if (how === 'nobody') await endpoint.listen();
    else endpoint.preflight = CORS;
  };
}
