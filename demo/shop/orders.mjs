/* The shop's orders, kept in a file so that money that was taken is never forgotten: one a claim, charged once and settled in the room. */

import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { priceOf } from './products.mjs';
import { read } from './tickets.mjs';

/* How long a buyer waits for the room's word. After that the order stands, and is settled when the room is there again. */
const PATIENCE_MS = 8_000;
/* Why nothing can be sold for a ticket any more: its time was over, and the unit is gone or the viewer has as many as one may have;
   or the deal was reset since, and knows no such claim. */
const NEVER = ['sold-out', 'unknown-claim', 'called-off'];

export class Orders {
  #file;
  #room;
  #bank;
  /* What is known of each order by its number, and what is being done about it. */
  #known = new Map();
  #working = new Map();

  /** `bank.charge(card, value, name)` resolves to whether the money was taken, once for each name; `bank.payBack(value, name)` gives it back. */
  constructor(file, room, bank) {
    this.#file = file;
    this.#room = room;
    this.#bank = bank;
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const order = JSON.parse(line);
      this.#known.set(order.number, order);
    }
  }

  /** The orders of an account, oldest first. */
  of(account) {
    return [...this.#known.values()].filter((order) => order.account === account && order.state);
  }

  /** Units of a variant that went at the usual price. */
  sold = (sku, variant) => [...this.#known.values()]
    .filter((order) => !order.claim && order.sku === sku && order.variant === variant)
    .reduce((sum, { quantity }) => sum + quantity, 0);

  /** Orders at the usual price. */
  async buy(account, { sku, variant, quantity }, card) {
    const { amount, currency } = priceOf({ sku, variant, quantity }, this.sold);
    const value = { amount: times(amount, quantity), currency };
    const order = { number: `B-${randomUUID().slice(0, 8)}`, account, sku, variant, quantity, value };
    /* Taken off the shelf before the bank is asked, so that two buyers of the last one cannot both pay. */
    this.#known.set(order.number, order);
    const isPaid = await this.#bank.charge(card, value, order.number);
    if (isPaid) return this.#write({ ...order, state: 'sold' });
    this.#known.delete(order.number);
    return { ...order, state: 'payment-failed' };
  }

  /** Orders with a ticket, and resolves to the order as it is then. The same ticket again is the same order, also at the same moment from another tab. */
  async place(account, ticket, card) {
    const told = read(ticket, { key: await this.#room.key(), room: this.#room.name });
    const number = `A-${told.jti}`;
    const known = this.#known.get(number);
    const working = this.#working.get(number);
    if ((known ?? working ?? { account }).account !== account) throw new Error('somebody else has ordered with this ticket');
    if (working) return working.order;
    if (known) return known;
    const order = this.#order(account, number, told, card).finally(() => this.#working.delete(number));
    this.#working.set(number, { account, order });
    return order;
  }

  async #order(account, number, { jti: claim, activity, sku, variant, quantity, price, currency }, card) {
    const value = { amount: times(price, quantity), currency };
    const order = { number, claim, account, activity, sku, variant, quantity, value };
    if (!(await this.#bank.charge(card, value, number))) return { ...order, state: 'payment-failed' };
    /* Written down before the room is told. */
    const paid = this.#write({ ...order, state: 'paid' });
    /* A shop that is told to stop does not wait for this. */
    return Promise.race([this.#settle(order), after(PATIENCE_MS, paid, { ref: false })]);
  }

  /* Tells the room until it has heard it. What the page said of the order meanwhile changes nothing. */
  async #settle(order) {
    for (;;) {
      try {
        await this.#room.sold(order);
        return this.#write({ ...order, state: 'sold' });
      } catch (error) {
        if (NEVER.includes(error.reason)) {
          /* The buyer gets the money back. */
          await this.#bank.payBack(order.value, order.number);
          return this.#write({ ...order, state: 'paid-back' });
        }
        console.error(`${order.number} is paid and not settled: ${error.message}`);
        if (error.again_in_ms === undefined) return { ...order, state: 'paid' };
        await after(error.again_in_ms, undefined, { ref: false });
      }
    }
  }

  /** Settles what was paid before a crash and not told to the room; call it at the start. */
  finish() {
    const paid = [...this.#known.values()].filter(({ state }) => state === 'paid');
    return Promise.all(paid.map((order) => this.#settle(order)));
  }

  #write(order) {
    appendFileSync(this.#file, `${JSON.stringify(order)}\n`);
    this.#known.set(order.number, order);
    return order;
  }
}

/** A decimal amount as text, so many times, without a rounding of binary fractions. */
export function times(amount, count) {
  const [whole, part = ''] = amount.split('.');
  const sum = (BigInt(whole + part) * BigInt(count)).toString().padStart(part.length + 1, '0');
  return part ? `${sum.slice(0, -part.length)}.${sum.slice(-part.length)}` : sum;
}
