/* The page's shop: its cart is called with a claim that the room knows to be ordered, and heard once; its products are asked for.

   Whatever the page's handlers do, the room is told something that can be: taken, or failed with a reason. */

/* The cart's signal is aborted when the claim ends; an answer is waited for so much longer, since a payment may just have gone through. */
const LATE_MS = 5_000;
const REASONS = ['out-of-stock', 'needs-sign-in', 'payment-failed', 'other'];
/* How often an answer is told that made the module trap. */
const TRIES = 2;

export class Cart {
  #room;
  #call;
  #fail;
  #has;
  /* claim → what ends its order. */
  #open = new Map();
  /* Answers that wait for a module. */
  #waiting = [];

  /* `call` tells the module; `has`: whether it is there. */
  constructor(room, { call, fail, has }) {
    this.#room = room;
    this.#call = call;
    this.#fail = fail;
    this.#has = has;
  }

  /* Calls the cart with a claim, as JSON, that is reserved for so many milliseconds more. One call at a time for each claim. */
  order(activity, left, text) {
    const claim = JSON.parse(text);
    if (this.#open.has(claim.claim)) return;
    const end = new AbortController();
    this.#open.set(claim.claim, end);
    let timer;
    let late;
    const over = new Promise((_, reject) => {
      timer = setTimeout(() => {
        end.abort(new DOMException('the claim is over', 'TimeoutError'));
        late = setTimeout(() => reject(new Error('it gave no answer before the claim was over')), LATE_MS);
      }, left);
    });
    const asked = Promise.resolve().then(() => this.#room.order(claim, end.signal));
    Promise.race([asked, over]).then((answer) => this.#read(answer, claim)).catch((error) => {
      if (!end.signal.aborted || late) this.#fail('order', `the order handler failed: ${error?.message ?? error}`);
      return { step: 'failed', reason: 'other' };
    }).then((order) => {
      clearTimeout(timer);
      clearTimeout(late);
      /* Nobody is there any more whom it could be told. */
      if (this.#open.delete(claim.claim)) this.#answer({ activity, action: { type: 'deal.order', claim: claim.claim, order }, tries: 0 });
    });
  }

  #read(answer, { currency }) {
    const { ok, order, value, reason } = Object(answer);
    if (ok === true) return { step: 'taken', ...numberOf(order), ...valueOf(value, currency) };
    if (ok === false && REASONS.includes(reason)) return { step: 'failed', reason };
    throw new Error('it must give {ok: true, order?, value?} or {ok: false, reason} with one of the known reasons');
  }

  #answer(told) {
    if (this.#has()) this.#call('act for', told.activity, (told.tries += 1), JSON.stringify(told.action));
    /* The module may have trapped over it. */
    if (!this.#has() && told.tries < TRIES) this.#waiting.push(told);
  }

  /* There is a module again. */
  again() {
    for (const told of this.#waiting.splice(0)) this.#answer(told);
  }

  /* Asks what the shop knows of a product now. */
  product(sku) {
    Promise.resolve().then(() => this.#room.product(sku)).then((told) => {
      if (told) this.#call('product', sku, 0, JSON.stringify(told));
    }).catch((error) => this.#fail('product', `the product handler failed: ${error?.message ?? error}`));
  }

  copy(code) {
    Promise.resolve().then(() => navigator.clipboard.writeText(code)).then(
      () => this.#call('copied', code),
      (error) => this.#fail('copy', `the browser let nothing be copied: ${error.message}`),
    );
  }

  close() {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const end of open) end.abort(new DOMException('the room was removed', 'AbortError'));
  }
}

/* An order's number, if it is one: what cannot be told is left out, since the order stands all the same. */
function numberOf(order) {
  const text = ['string', 'number'].includes(typeof order) ? String(order).trim().slice(0, 200) : '';
  return text ? { order: text } : {};
}

/* What an order is worth: `{amount, currency}`, or an amount in the currency of the price. */
function valueOf(value, usual) {
  const { amount, currency } = Object(value) === value ? value : { amount: value, currency: usual };
  const isMoney = /^\d{1,12}(\.\d{1,4})?$/.test(amount) && /^[A-Z]{3}$/.test(currency);
  return isMoney ? { value: { amount: String(amount), currency } } : {};
}
