// What a desk keeps of its orders: one that is given again while nobody knows what became of it is the same order. No browser is needed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kept } from '../../widgets/studio/js/kept.js';
import { studioOf } from '../../widgets/studio/js/invite.js';

const room = (attributes) => ({ getAttribute: (name) => attributes[name] ?? null });
const kept = () => new Kept(room({ server: 'https://live.example', room: 'demo' }));
const more = JSON.stringify({ type: 'extend', activity: 'p', by_ms: 30_000 });

test('an order of the same words has its id until the room has said yes or no', () => {
  const desk = kept();
  const { id } = desk.order(more);
  for (const refusal of [{ reason: 'unanswered' }, { reason: 'unavailable' }]) {
    desk.answered(more, { ok: false, refusal });
    assert.equal(desk.order(more).id, id);
  }
  assert.notEqual(desk.order(JSON.stringify({ type: 'extend', activity: 'q', by_ms: 30_000 })).id, id);
  desk.answered(more, { ok: true });
  const second = desk.order(more).id;
  assert.notEqual(second, id, 'it was answered: this is another one');
  desk.answered(more, { ok: false, refusal: { reason: 'closed' } });
  assert.notEqual(desk.order(more).id, second, 'a no is an answer too');
});

test('a key that ends so long from the press is the same key at the next press', () => {
  const desk = kept();
  const make = (ends_at, label = 'Mia') => JSON.stringify({ type: 'key.make', label, scope: { kind: 'overlay' }, ends_at });
  const first = desk.order(make(1_000));
  const again = desk.order(make(9_000));
  assert.deepEqual(again, first, 'under its id the room is told what it was told');
  assert.notEqual(desk.order(make(9_000, 'Eve')).id, first.id);
  desk.answered(first.words, { ok: true });
  assert.equal(desk.order(make(9_000)).words, make(9_000));
});

test('an invitation leads to the desk of the room’s server, wherever the desk stands', () => {
  const at = (server, here, name = 'demo') => studioOf(room({ server, room: name }), here);
  assert.equal(at('https://live.example/', 'https://shop.example/backstage#x'), 'https://live.example/studio?room=demo');
  assert.equal(at('https://live.example', 'https://live.example/studio?room=demo#key=old'), 'https://live.example/studio?room=demo');
  assert.equal(at('https://live.example/live', 'https://live.example/team', 'a b'), 'https://live.example/live/studio?room=a+b');
  assert.equal(at('', 'https://live.example/admin?x=1'), 'https://live.example/studio?room=demo');
});
