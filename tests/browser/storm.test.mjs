// Numbers that come faster than anybody can read them, on the clock of the test.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Storm } from '../../widgets/elements/js/storm.js';

let now;
let waiting;
let handed;
let storm;
const real = { performance: globalThis.performance, setTimeout, clearTimeout };

/** Turns the clock; what is due is done. */
const turn = (ms) => {
  now += ms;
  if (waiting && waiting.at <= now) waiting.call();
};

beforeEach(() => {
  now = 0;
  waiting = undefined;
  handed = [];
  Object.defineProperty(globalThis, 'performance', { configurable: true, value: { now: () => now } });
  globalThis.setTimeout = (call, ms) => (waiting = { call, at: now + ms });
  globalThis.clearTimeout = () => (waiting = undefined);
  storm = new Storm((text) => handed.push(text));
});

afterEach(() => {
  Object.defineProperty(globalThis, 'performance', { configurable: true, value: real.performance });
  Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
});

const tally = (rev, { activity = 'a', phase = 'open', ...more } = {}) =>
  JSON.stringify({ type: 'news', news: [{ activity, run: 1, rev, tally: { widget: 'poll', phase, voters: rev, votes: [rev, 0] }, ...more }] });

test('the first number after a pause goes on at once', () => {
  storm.take(tally(1));
  assert.deepEqual(handed, [tally(1)]);
  turn(200);
  storm.take(tally(2));
  assert.deepEqual(handed, [tally(1), tally(2)]);
});

test('a storm is handed on five times a second, the newest each time, and the last one always', () => {
  for (let rev = 1; rev <= 5_000; rev += 1) {
    storm.take(tally(rev));
    turn(0.2);
  }
  turn(200);
  assert.ok(handed.length >= 5 && handed.length <= 7, `${handed.length} were handed on`);
  assert.equal(handed.at(-1), tally(5_000));
});

test('activities do not hold each other up', () => {
  storm.take(tally(1));
  storm.take(tally(1, { activity: 'b' }));
  storm.take(tally(2));
  storm.take(tally(2, { activity: 'b' }));
  assert.equal(handed.length, 2);
  turn(200);
  assert.deepEqual(handed.slice(2), [tally(2), tally(2, { activity: 'b' })]);
});

test('a change of phase never waits, and finds the numbers before it handed on', () => {
  storm.take(tally(1));
  storm.take(tally(2));
  storm.take(tally(3, { phase: 'closed' }));
  assert.deepEqual(handed, [tally(1), tally(2), tally(3, { phase: 'closed' })]);
  turn(1_000);
  assert.equal(handed.length, 3);
});

test('every other frame goes on at once and in its place', () => {
  const others = ['no JSON', '{"type":"pong","at":5}', tally(3, { card: { widget: 'poll' } }), tally(3, { mine: {} }), '{"type":"news","news":[]}'];
  for (const other of others) {
    handed.length = 0;
    storm.take('{"type":"room"}');
    storm.take(tally(1));
    storm.take(tally(2));
    storm.take(other);
    assert.deepEqual(handed, ['{"type":"room"}', tally(1), tally(2), other]);
  }
});

test('numbers that are older than those before are left for the room to judge', () => {
  storm.take(tally(5));
  storm.take(tally(7));
  storm.take(tally(6));
  assert.deepEqual(handed, [tally(5), tally(7), tally(6)]);
});

test('a room that is closed is handed nothing more', () => {
  storm.take(tally(1));
  storm.take(tally(2));
  storm.close();
  turn(1_000);
  assert.deepEqual(handed, [tally(1)]);
});
