/* What the shop sells at its usual price. The units of a live deal are apart: the room counts those, and when there are none
   left here, some of them are sold at the usual price (see orders.mjs). A real shop has a table. */

const PRODUCTS = {
  'TP-1': {
    title: 'Harbour teapot',
    picture: '/page/teapot.svg',
    price: { amount: '29.90', currency: 'EUR' },
    variants: [{ id: 'red', name: 'Red', stock: 40 }, { id: 'blue', name: 'Blue', stock: 15 }],
  },
};

/** What is known of a product now, where `sold(sku, variant)` says how many units went at the usual price. */
export function product(sku, sold) {
  if (!Object.hasOwn(PRODUCTS, sku)) return undefined;
  const known = PRODUCTS[sku];
  const variants = known.variants.map((variant) => ({ ...variant, stock: variant.stock - sold(sku, variant.id) }));
  return { ...known, variants };
}

/** The usual price of what is wanted, and how many units are missing for it; or an error that says why it cannot be had. */
export function offer({ sku, variant, quantity }, sold) {
  const known = product(sku, sold);
  const wanted = known?.variants.find(({ id }) => id === variant);
  if (!wanted) throw new Error('the shop has no such thing');
  if (!Number.isInteger(quantity) || quantity < 1) throw new Error('how many is a whole number from 1');
  return { price: known.price, stock: wanted.stock, missing: Math.max(quantity - wanted.stock, 0) };
}
