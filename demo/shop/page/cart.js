/* The cart and its form: lines at the usual price, and lines that a live deal has reserved, each with its ticket. */

import { at, fill, get, money } from './page.js';

/* The cart outlives a reload: the ticket of what is reserved is all that the shop's server needs. */
const KEPT = 'cart';

export class Cart {
  #account;
  #ordered;
  #lines = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]').filter(({ until }) => !until || until > Date.now());
  /* claim → what tells the kit how its order went. */
  #waiting = new Map();
  #isOrdering = false;

  /* `ordered` is called when there is another order. */
  constructor(account, ordered) {
    this.#account = account;
    this.#ordered = ordered;
    at('order').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#order(new FormData(event.target).get('card'));
    });
    this.#show();
  }

  /** Puts something in at its usual price. */
  add(line) {
    const same = this.#lines.find(({ claim, sku, variant }) => !claim && sku === line.sku && variant === line.variant);
    if (same) same.quantity += line.quantity;
    else this.#lines.push(line);
    this.#show();
  }

  /** Puts in what a deal has reserved, and resolves once it is ordered, or cannot be. That may be after a while: the buyer fills the form. */
  claimed(line, signal) {
    if (!this.#lines.some(({ claim }) => claim === line.claim)) this.#lines.push(line);
    this.#show('It is reserved for you: order it below.');
    at('cart-title').focus();
    return new Promise((resolve) => {
      this.#waiting.set(line.claim, resolve);
      signal.addEventListener('abort', () => {
        /* An order that is on its way may still come through; else the time is over. */
        if (!this.#isOrdering) this.#end(line, { ok: false, reason: 'other' }, 'What was reserved has gone back.');
      });
    });
  }

  async #order(card) {
    if (this.#isOrdering) return;
    if (!this.#account) {
      this.#show('Sign in first.');
      at('name').focus();
      return;
    }
    this.#isOrdering = true;
    for (const line of [...this.#lines]) await this.#orderOne(line, card);
    this.#isOrdering = false;
    await this.#ordered();
  }

  async #orderOne(line, card) {
    const { ticket, sku, variant, quantity } = line;
    const wanted = ticket ? { ticket } : { sku, variant, quantity };
    this.#show('Asking the bank …');
    try {
      const { state, number, value } = await get('/orders', { ...wanted, card });
      if (state === 'payment-failed') {
        /* The line stays: the card can be changed while the reservation lasts. */
        this.#tell(line, { ok: false, reason: 'payment-failed' });
        this.#show('The bank refused the card. Nothing was charged.');
      } else if (state === 'paid-back') {
        this.#end(line, { ok: false, reason: 'out-of-stock' }, 'It was too late, and the last one is gone: you have your money back.');
      } else {
        this.#end(line, { ok: true, order: number, value }, `Ordered: ${number}.`);
      }
    } catch (error) {
      const reason = error.status === 401 ? 'needs-sign-in' : 'other';
      this.#end(line, { ok: false, reason }, `Not ordered: ${error.message}.`);
    }
  }

  #end(line, answer, says) {
    this.#lines = this.#lines.filter((other) => other !== line);
    this.#tell(line, answer);
    this.#show(says);
  }

  #tell({ claim }, answer) {
    this.#waiting.get(claim)?.(answer);
    this.#waiting.delete(claim);
  }

  #show(says = '') {
    sessionStorage.setItem(KEPT, JSON.stringify(this.#lines));
    at('lines').replaceChildren(...this.#lines.flatMap((line) => this.#line(line)));
    at('order').hidden = !this.#lines.length;
    at('empty').hidden = this.#lines.length > 0;
    const cents = this.#lines.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0);
    if (this.#lines.length) at('sum').textContent = money({ amount: cents / 100, currency: this.#lines[0].currency });
    at('says').textContent = says;
  }

  #line(line) {
    const { title, variant, quantity, price, currency, claim } = line;
    const [item] = fill('li', {});
    const what = fill('span', {}, `${quantity} × ${title}, ${variant}`);
    const live = claim ? fill('span', { className: 'cart__live' }, 'Live price') : [];
    const cost = fill('span', { className: 'cart__cost' }, money({ amount: price * quantity, currency }));
    /* What is reserved is given back in the card of the deal. */
    const [away] = fill('button', { type: 'button', ariaLabel: `Remove ${title}, ${variant}` }, 'Remove');
    away.addEventListener('click', () => this.#end(line, { ok: false, reason: 'other' }, ''));
    item.append(...what, ...live, ...cost, away);
    return [item];
  }
}
