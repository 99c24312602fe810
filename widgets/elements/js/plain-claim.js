/* A claim of this viewer in a deal: what is reserved until when, what to do about it, and what became of it. */

import { button, link, tell } from './plain-tags.js';
import { apart } from './plain-words.js';

const STANDINGS = { reserved: 'deal.reserved', ordering: 'deal.confirming', sold: 'deal.sold', returned: 'deal.returned' };

/* Makes the item of one claim; `sheet()` gives the newest parts of its deal. */
export function claim({ make, words, act }, sheet) {
  const [head, facts, failed, order, hint] = ['p', 'p', 'p', 'p', 'p'].map((name) => make(name));
  const [code, ways] = [make('code', { dir: 'ltr' }), make('p')];
  const [buy, back] = [button(make), button(make)];
  back.element.className = 'quiet';
  let [name, isStill, address] = ['', true, ''];
  buy.element.addEventListener('click', () => isStill || act({ type: 'deal.order', claim: name, order: { step: 'begun' } }));
  back.element.addEventListener('click', () => isStill || act({ type: 'deal.release', claim: name }));

  const update = (own) => {
    const { card, pending, orders } = sheet();
    const { kind = 'cart', address: shop } = card.by ?? {};
    const { claim: id, variant, quantity = 1, standing = 'reserved', until, price, ticket, code: secret, order: number, failure } = own;
    const isReserved = standing === 'reserved';
    const isBegun = pending?.type === 'deal.order' && pending.claim === id;
    name = id;
    isStill = !isReserved || Boolean(pending);
    tell(head, [words.say(STANDINGS[standing]), isReserved && words.say('time.ends', { at: words.clock(until) })].filter(Boolean).join(' · '));
    const called = card.variants?.find((each) => each.id === variant)?.name;
    const total = price && words.money(times(price.amount, quantity), price.currency);
    tell(facts, [called && apart(called), quantity > 1 && words.count('deal.units', quantity), total].filter(Boolean).join(' · '));
    tell(failed, failure ? words.say(`deal.failed.${failure}`) : '');
    tell(order, number ? words.say('deal.order_number') + apart(number) : '');
    /* Without a cart the viewer is told what to do instead. */
    tell(hint, isReserved && kind === 'cart' && !orders ? words.say('deal.in_page') : isReserved && secret ? words.say('deal.use_code') : '');
    tell(code, isReserved && kind === 'code' ? secret : '');
    const href = isReserved && kind === 'link' ? ticketed(shop, ticket) : '';
    if (href !== address) {
      address = href;
      ways.replaceChildren((href && link(make, href, words.say('deal.go'))) || '');
    }
    ways.hidden = !address;
    const canOrder = kind === 'cart' && orders && (isReserved || standing === 'ordering');
    buy.tell(canOrder ? words.say(isBegun ? 'deal.ordering' : standing === 'ordering' ? 'deal.confirming' : failure ? 'deal.again' : 'deal.order') : '', !isStill);
    back.tell(isReserved ? words.say('deal.release') : '', !isStill);
  };
  return { element: make('li', {}, head, facts, failed, order, hint, code, ways, buy.element, ' ', back.element), update };
}

/* The address of the shop with the claim's ticket behind `#`, where no server on the way reads it. */
function ticketed(address = '', ticket) {
  return ticket ? `${address}${address.includes('#') ? '&' : '#'}ticket=${ticket}` : address;
}

/* A decimal text so many times, exactly. */
function times(amount, count) {
  const [whole, part = ''] = amount.split('.');
  const digits = String(BigInt(whole + part) * BigInt(count)).padStart(part.length + 1, '0');
  return part ? `${digits.slice(0, -part.length)}.${digits.slice(-part.length)}` : digits;
}
