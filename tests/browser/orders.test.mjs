// The shop's orders without a room and without a browser: what becomes of money that was taken when the room has the last word.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sign } from '../../demo/shop/jwt.mjs';
import { Orders } from '../../demo/shop/orders.mjs';

const KEY = 'k'.repeat(32);
const TICKET = { iss: 'liveroom-ticket', aud: 'demo', epoch: 'e1', jti: 'c7', activity: 'd', sku: 'TP-1', variant: 'red', quantity: 1, price: '19.90', currency: 'EUR' };

for (const reason of ['sold-out', 'unknown-claim']) {
  test(`what was paid is paid back once when the room says ${reason}, and stays so`, async (run) => {
    const folder = await mkdtemp(join(tmpdir(), 'orders-'));
    run.after(() => rm(folder, { recursive: true }));
    const paidBack = [];
    const room = {
      name: 'demo',
      key: async () => KEY,
      sold: async () => {
        throw Object.assign(new Error(reason), { reason });
      },
    };
    const bank = { charge: async () => true, payBack: async (value, name) => paidBack.push([name, value]) };
    const orders = new Orders(join(folder, 'orders.jsonl'), room, bank);
    const ticket = sign({ ...TICKET, exp: Math.floor(Date.now() / 1_000) + 60 }, KEY);
    assert.equal((await orders.place('ann', ticket, '4242')).state, 'paid-back');
    assert.equal((await orders.place('ann', ticket, '4242')).state, 'paid-back');
    /* A shop that starts again has nothing left to settle. */
    await new Orders(join(folder, 'orders.jsonl'), room, bank).finish();
    assert.deepEqual(paidBack.map(([name, value]) => [name.slice(0, 5), value]), [['A-c7-', { amount: '19.90', currency: 'EUR' }]]);
  });
}

test('a claim of the same name in a log that was begun anew, or in another room, is another order, and nothing of the old is settled there', async (run) => {
  const folder = await mkdtemp(join(tmpdir(), 'orders-'));
  run.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'orders.jsonl');
  const charged = [];
  const bank = { charge: async (_card, _value, name) => charged.push(name), payBack: async () => assert.fail('nothing was wrong') };
  const ticket = (more) => sign({ ...TICKET, exp: Math.floor(Date.now() / 1_000) + 60, ...more }, KEY);
  const away = () => Object.assign(new Error('not there'), { again_in_ms: 1e6 });
  const room = { name: 'demo', key: async () => KEY, sold: async () => { throw away(); } };
  void new Orders(file, room, bank).place('ann', ticket(), '4242');
  /* The shop is killed with the first of them paid and not settled. */
  while (!(await readFile(file, 'utf8').catch(() => '')).includes('"paid"')) await new Promise(setImmediate);
  const settled = [];
  const other = new Orders(file, { name: 'other', key: async () => KEY, sold: async (order) => settled.push(order) }, bank);
  await other.finish();
  assert.deepEqual(settled, []);
  assert.equal((await other.place('bo', ticket({ aud: 'other' }), '4242')).state, 'sold');
  const anew = new Orders(file, { ...room, sold: async (order) => settled.push(order) }, bank);
  const { number, state } = await anew.place('cy', ticket({ epoch: 'e2' }), '4242');
  assert.equal(state, 'sold');
  assert.equal(new Set(charged).size, 3, charged.join());
  assert.deepEqual(settled.map(({ room: of, epoch }) => [of, epoch]), [['other', 'e1'], ['demo', 'e2']]);
  assert.deepEqual(settled[1].number, number);
});
