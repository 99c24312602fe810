/* The shop's page: five lines of kit, and the two handlers by which the kit asks the shop. */

const room = document.getElementById('room');
const at = (id) => document.getElementById(id);
const get = async (path) => (await fetch(path)).json();

const { server, room: name } = await get('/settings');
await import(`${server}/kit/liveroom.js`);

room.tokenProvider = async () => (await get('/token')).token;

/* One click: the kit has claimed a unit, the shop's server checks the ticket, charges, and settles. */
room.order = async ({ ticket }, signal) => {
  const response = await fetch('/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket, card: at('card').value }),
    signal,
  });
  const order = await response.json();
  if (order.state === 'payment-failed') return { ok: false, reason: 'payment-failed' };
  if (order.state === 'paid-back') return { ok: false, reason: 'out-of-stock' };
  if (order.state !== 'sold') return { ok: false, reason: 'other' };
  const line = document.createElement('li');
  line.textContent = `${order.number}: ${order.quantity} × ${order.variant}, ${order.value.amount} ${order.value.currency}`;
  at('orders').append(line);
  return { ok: true, order: order.number, value: order.value };
};

/* What the shop knows of a product now. */
room.product = (sku) => get(`/products/${encodeURIComponent(sku)}`);

room.setAttribute('room', name);
room.setAttribute('server', server);

const { price } = await get('/products/TP-1');
at('price').textContent = new Intl.NumberFormat(undefined, { style: 'currency', currency: price.currency }).format(price.amount);
