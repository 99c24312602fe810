/* The shop's page: who is signed in, the product, and the kit with the three handlers by which it asks the shop. */

import { Cart } from './cart.js';
import { at, fill, get, money } from './page.js';

const SKU = 'TP-1';
const STATES = { paid: 'paid, being confirmed', sold: 'confirmed', 'paid-back': 'came too late, paid back' };
const room = at('room');
const { server, room: name, account } = await get('/settings');

at(account ? 'sign-out' : 'sign-in').hidden = false;
at('account').textContent = account ?? '';

async function product() {
  const { price, variants } = await get(`/products/${SKU}`);
  at('price').textContent = money(price);
  for (const { id, name: called, stock } of variants) {
    const [label] = fill('label', {}, '');
    const [radio] = fill('input', { type: 'radio', name: 'variant', value: id, required: true, disabled: !stock });
    label.append(radio, ` ${called}`);
    at('variants').append(label);
  }
  at('variants').querySelector('input:enabled')?.click();
}

/* What was ordered, also by a tab that was closed before it heard of it. */
async function ordered() {
  if (!account) return;
  const all = await get('/orders');
  at('ordered').hidden = !all.length;
  at('orders').replaceChildren(...all.reverse().flatMap(({ number, quantity, variant, value, state }) => (
    fill('li', {}, `${number}: ${quantity} × ${variant}, ${money(value)} (${STATES[state]})`)
  )));
}

const cart = new Cart(account, ordered);
at('add').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { title, price } = await get(`/products/${SKU}`);
  cart.add({ title, sku: SKU, variant: new FormData(event.target).get('variant'), quantity: 1, price: price.amount, currency: price.currency });
});
await product();
await ordered();

/* From here on it is the kit: who the viewer is, what an order is, and what the shop knows of a product. */
if (account) room.tokenProvider = async () => (await get('/token')).token;
room.order = (claim, signal) => cart.claimed({ title: at('title').textContent, ...claim }, signal);
room.product = (sku) => get(`/products/${encodeURIComponent(sku)}`);
room.addEventListener('live-outcome', ({ detail }) => {
  if (detail.refusal?.reason === 'needs-sign-in') at('name').focus();
});
room.setAttribute('room', name);
room.setAttribute('server', server);
await import(`${server}/kit/liveroom.js`);
