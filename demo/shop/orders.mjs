/* The shop's orders: one a claim, charged once, and settled in the room before the buyer is told. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { read } from './tickets.mjs';

/** The orders, kept in a file of JSON lines. `charge` takes the money and resolves to whether it did. */
export class Orders {
  #file;
  #room;
  #charge;
  #pay;
  /* What is known of each claim, and what is being done about it. */
  #known = new Map();
  #working = new Map();

  constructor(file, room, { charge, payBack }) {
    this.#file = file;
    this.#room = room;
    this.#charge = charge;
    this.#pay = payBack;
    if (existsSync(file)) {
      for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
        const order = JSON.parse(line);
        this.#known.set(order.claim, order);
      }
    }
  }

  /* Orders with a ticket. The same ticket again is the same order, also at the same moment from another tab. */
  async place(ticket, card) {
    const told = read(ticket, { key: await this.#room.key(), room: this.#room.name });
    const working = this.#working.get(told.jti) ?? this.#order(told, card);
    this.#working.set(told.jti, working);
    try {
      return await working;
    } finally {
      this.#working.delete(told.jti);
    }
  }

  async #order(told, card) {
    const known = this.#known.get(told.jti);
    if (known?.state === 'sold') return known;
    const value = { amount: times(told.price, told.quantity), currency: told.currency };
    const order = { claim: told.jti, activity: told.activity, sku: told.sku, variant: told.variant, quantity: told.quantity, number: `A-${told.jti}`, value };
    if (known?.state !== 'paid') {
      if (!(await this.#charge(card, value, told.jti))) return { ...order, state: 'payment-failed' };
      /* Written down before the room is told: money that was taken is never forgotten. */
      this.#write({ ...order, state: 'paid' });
    }
    return this.#settle(order, told);
  }

  async #settle(order, told) {
    try {
      await this.#room.settle(told, { outcome: 'sold', order: order.number, value: order.value }, 'sold');
    } catch (error) {
      if (error.reason !== 'sold-out') throw error;
      /* Its time was over, and somebody else has the unit: the buyer gets the money back. */
      await this.#pay(order.value, order.claim);
      return this.#write({ ...order, state: 'paid-back' });
    }
    return this.#write({ ...order, state: 'sold' });
  }

  /* Settles what was paid before a crash and not told to the room; call it at the start. */
  async finish() {
    for (const order of this.#known.values()) {
      if (order.state === 'paid') await this.#settle(order, { activity: order.activity, jti: order.claim });
    }
  }

  #write(order) {
    appendFileSync(this.#file, `${JSON.stringify(order)}\n`);
    this.#known.set(order.claim, order);
    return order;
  }
}

/* A decimal amount as text, so many times, without a rounding of binary fractions. */
export function times(amount, count) {
  const [whole, part = ''] = amount.split('.');
  const sum = (BigInt(whole + part) * BigInt(count)).toString().padStart(part.length + 1, '0');
  return part ? `${sum.slice(0, -part.length)}.${sum.slice(-part.length)}` : sum;
}
