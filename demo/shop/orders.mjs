/* The shop's orders, kept in a file so that money that was taken is never forgotten: one a claim, charged once and settled in the room. */

import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { WRONG_KEY } from './jwt.mjs';
import { offer } from './products.mjs';
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
    .reduce((sum, { quantity, borrowed = 0 }) => sum + quantity - borrowed, 0);

  /** Orders at the usual price. Units that the shelf does not have are taken from a live deal of the product, if it has them free. */
  async buy(account, { sku, variant, quantity }, card) {
    const { price, stock, missing } = offer({ sku, variant, quantity }, this.sold);
    const value = { amount: times(price.amount, quantity), currency: price.currency };
    const number = `B-${randomUUID().slice(0, 8)}`;
    /* Taken off the shelf before anybody is asked, so that two buyers of the last one cannot both pay. */
    const order = { number, account, sku, variant, quantity, value, ...(missing && { borrowed: missing }) };
    this.#known.set(number, order);
    try {
      const live = missing && await this.#borrow({ sku, variant, missing, number, stock });
      if (await this.#bank.charge(card, value, number)) return this.#write({ ...order, state: 'sold' });
      if (live) await this.#giveBack({ activity: live, variant, by: missing, name: `back-${number}` });
    } catch (error) {
      this.#known.delete(number);
      throw error;
    }
    this.#known.delete(number);
    return { ...order, state: 'payment-failed' };
  }

  /* Lowers the stock of the live deal by what is missing here, and resolves to the deal. What its viewers have is theirs. */
  async #borrow({ sku, variant, missing, number, stock }) {
    const none = new Error(`only ${stock} of these are left`);
    const live = await this.#room.deal(sku).catch(() => undefined);
    if (!live) throw none;
    await this.#room.stock({ activity: live, variant, by: -missing, name: `counter-${number}` }).catch((error) => {
      throw error.reason === 'sold-out' ? none : error;
    });
    return live;
  }

  /* Until the room has heard it; a shop that is killed before leaves the units to the desk, where stock can be raised too. */
  async #giveBack(units) {
    for (;;) {
      try {
        return await this.#room.stock(units);
      } catch (error) {
        if (error.again_in_ms === undefined) throw error;
        await after(error.again_in_ms, undefined, { ref: false });
      }
    }
  }

  /** Orders with a ticket, and resolves to the order as it is then. The same ticket again is the same order, also at the same moment from another tab. */
  async place(account, ticket, card) {
    const told = await this.#read(ticket);
    const number = numberOf(told);
    const known = this.#known.get(number);
    const working = this.#working.get(number);
    if ((known ?? working ?? { account }).account !== account) throw new Error('somebody else has ordered with this ticket');
    if (working) return working.order;
    if (known) return known;
    const order = this.#order(account, number, told, card).finally(() => this.#working.delete(number));
    this.#working.set(number, { account, order });
    return order;
  }

  /* A room that was made anew since has another key. */
  async #read(ticket) {
    const { name: room } = this.#room;
    try {
      return read(ticket, { key: await this.#room.key(), room });
    } catch (error) {
      if (error.message !== WRONG_KEY) throw error;
      return read(ticket, { key: await this.#room.key({ anew: true }), room });
    }
  }

  async #order(account, number, { aud: room, epoch, jti: claim, activity, sku, variant, quantity, price, currency }, card) {
    const value = { amount: times(price, quantity), currency };
    const order = { number, room, epoch, claim, account, activity, sku, variant, quantity, value };
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

  /** Settles what was paid before a crash and not told to this room; call it at the start. */
  finish() {
    const paid = [...this.#known.values()].filter(({ state, room }) => state === 'paid' && room === this.#room.name);
    return Promise.all(paid.map((order) => this.#settle(order)));
  }

  #write(order) {
    appendFileSync(this.#file, `${JSON.stringify(order)}\n`);
    this.#known.set(order.number, order);
    return order;
  }
}

/* Another room, and the same room made anew, has claims of the same names: a number is of one claim of one log of one room. */
function numberOf({ aud, epoch, jti }) {
  const log = createHash('sha256').update(`${aud} ${epoch}`).digest('hex').slice(0, 10);
  return `A-${jti}-${log}`;
}

/** A decimal amount as text, so many times, without a rounding of binary fractions. */
export function times(amount, count) {
  const [whole, part = ''] = amount.split('.');
  const sum = (BigInt(whole + part) * BigInt(count)).toString().padStart(part.length + 1, '0');
  return part ? `${sum.slice(0, -part.length)}.${sum.slice(-part.length)}` : sum;
}
