// The demo's shop and its room server without a browser: a room made anew, and units that are sold at the counter.

import assert from 'node:assert/strict';
import { test as plain } from 'node:test';
import { start } from './server.mjs';
import { openShop } from './shop.mjs';

const test = (name, work) => plain(name, { timeout: 60_000 }, work);
const DEAL = { type: 'deal.open', activity: 'pot', title: 'Harbour teapot', sku: 'TP-1', price: { amount: '19.90', currency: 'EUR' }, variants: [{ id: 'red', name: 'Red', stock: 3 }, { id: 'blue', name: 'Blue', stock: 2 }] };
const REFUSED_CARD = '4000 0000 0000 0002';

/* A room with an open deal, and its shop. */
async function stage(run) {
  const room = await start();
  run.after(() => room.stop());
  const shop = await openShop(room);
  run.after(() => shop.stop());
  assert.equal((await room.command(DEAL)).ok, true);
  return { room, shop };
}

/* A claim of a viewer, with its ticket. */
async function taken(room, sub, variant = 'red') {
  const answer = await room.act(sub, 'pot', { type: 'deal.claim', variant });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.mine.mine.claims[0];
}

/* What the shop is told of every claim. */
async function claims(room) {
  const headers = { authorization: `Bearer ${await room.token('shop')}` };
  return (await (await fetch(`${room.address}/v1/rooms/demo/claims?activity=pot`, { headers })).json()).claims;
}

/* The units of a variant, once they are as they are due: left and all together. */
async function units(room, place, due) {
  let told;
  for (const until = Date.now() + 5_000; Date.now() < until;) {
    const frames = await (await fetch(`${room.address}/v1/rooms/demo`)).json();
    const { left, total } = frames.flatMap(({ news }) => news ?? []).find(({ tally }) => tally).tally.stock[place];
    told = [left, total];
    if (String(told) === String(due)) return;
  }
  assert.deepEqual(told, due);
}

test('in a room that was made anew a claim of the same name is charged and settled for itself', async (run) => {
  const { room, shop } = await stage(run);
  const first = await taken(room, 'ana');
  const ana = await shop.account('Ana');
  const old = await shop.order(ana, { ticket: first.ticket });
  assert.equal(old.state, 'sold');
  await room.forget();
  assert.equal((await room.command(DEAL)).ok, true);
  const second = await taken(room, 'bo');
  assert.equal(second.claim, first.claim, 'the names are the same, and the claims are not');
  const bo = await shop.account('Bo');
  const ordered = await shop.order(bo, { ticket: second.ticket });
  assert.equal(ordered.state, 'sold', JSON.stringify(ordered));
  assert.notEqual(ordered.number, old.number);
  assert.deepEqual((await claims(room)).map(({ standing, order }) => [standing, order]), [['sold', ordered.number]]);
  /* The old ticket is of a key that the room no longer has. */
  assert.equal((await shop.order(bo, { ticket: first.ticket })).error, 'its signature is wrong');
});

test('an order that was paid in the log before is paid back, and sells nobody else\'s claim', async (run) => {
  const { room, shop } = await stage(run);
  const { ticket } = await taken(room, 'ana');
  const cookie = await shop.account('Ana');
  /* The shop knows the key; then the room is away when the order is paid. */
  assert.equal((await shop.order(cookie, { ticket: (await taken(room, 'cy')).ticket })).state, 'sold');
  await room.kill();
  assert.equal((await shop.order(cookie, { ticket })).state, 'paid');
  await shop.kill();
  await room.forget();
  assert.equal((await room.command(DEAL)).ok, true);
  const innocent = await taken(room, 'bo');
  await shop.run();
  await shop.says(/Settled what was paid before: 1/);
  assert.deepEqual((await claims(room)).map(({ claim, standing }) => [claim, standing]), [[innocent.claim, 'reserved']]);
  const orders = await (await fetch(`${shop.address}/orders`, { headers: { cookie } })).json();
  assert.equal(orders.some(({ state }) => state === 'paid-back'), true, JSON.stringify(orders));
});

test('what the shelf does not have is taken from the live deal, but never what a viewer has', async (run) => {
  const { room, shop } = await stage(run);
  const cookie = await shop.account('Ana');
  const buy = (quantity, card) => shop.order(cookie, { sku: 'TP-1', variant: 'blue', quantity, ...(card && { card }) });
  assert.equal((await buy(14)).state, 'sold');
  assert.equal((await buy(2, REFUSED_CARD)).state, 'payment-failed');
  await units(room, 1, [2, 2]);
  assert.equal((await buy(2)).state, 'sold', 'one of the shelf, and one of the deal');
  await units(room, 1, [1, 1]);
  await taken(room, 'bo', 'blue');
  const none = await buy(1);
  assert.deepEqual([none.status, none.error], [400, 'only 0 of these are left']);
  await units(room, 1, [0, 1]);
  const { variants } = await (await fetch(`${shop.address}/products/TP-1`)).json();
  assert.equal(variants.find(({ id }) => id === 'blue').stock, 0);
  await room.command({ type: 'close', activity: 'pot' });
  assert.equal((await buy(1)).error, 'only 0 of these are left');
});
