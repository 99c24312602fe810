// The shop's orders without a room and without a browser: what becomes of money that was taken when the room has the last word.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sign } from '../../demo/shop/jwt.mjs';
import { Orders } from '../../demo/shop/orders.mjs';

const KEY = 'k'.repeat(32);
const TICKET = { iss: 'liveroom-ticket', aud: 'demo', jti: 'c7', activity: 'd', sku: 'TP-1', variant: 'red', quantity: 1, price: '19.90', currency: 'EUR' };

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
    assert.deepEqual(paidBack, [['A-c7', { amount: '19.90', currency: 'EUR' }]]);
  });
}
