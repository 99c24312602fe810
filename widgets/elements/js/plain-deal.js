/* A countdown deal as a plain form: what is sold, for how much, what is left of it, and one button; then one's own claims. */

import { claim } from './plain-claim.js';
import { button, lines, link, rows, status, tell } from './plain-tags.js';
import { apart } from './plain-words.js';

const LINKS = ['about', 'returns', 'delivery'];

/* Makes the part of a deal. */
export function deal({ make, words, act }) {
  const title = make('p', { className: 'title', dir: 'auto' });
  const [cost, counted, fate, settles] = [make('p'), make('small'), make('p'), make('small')];
  const [price, before] = [make('strong'), make('small')];
  cost.append(price, before);
  const [prices, facts] = [lines(make, 'ul'), lines(make, 'ul')];
  const [own, seller] = [make('ul'), make('p')];
  const variants = make('div');
  const choice = make('fieldset', {}, make('legend', { className: 'small', textContent: words.say('deal.choose') }), variants);
  const number = make('input', { type: 'number', min: 1, value: 1 });
  const several = make('label', {}, make('span', { textContent: words.say('deal.quantity') }), number);
  const [send, said] = [button(make, 'submit'), status(make)];
  const whole = make('form', {}, choice, several, send.element, said.element);
  let [sheet, isStill, links, sent, wasNudged] = [undefined, true, '', undefined, false];
  const chosen = () => {
    const picked = whole.querySelector('input[name=variant]:checked')?.value;
    return sheet.card.variants?.find(({ id }, _, all) => all.length === 1 || id === picked);
  };
  const drawVariants = rows(variants, ({ id }) => {
    const input = make('input', { type: 'radio', name: 'variant', value: id });
    const [name, left] = [make('span', { dir: 'auto' }), make('span')];
    return {
      element: make('label', {}, input, name, left),
      update({ name: called = id, stock }) {
        name.textContent = called;
        left.textContent = stock ? leftOf(words, stock) : '';
        input.disabled = stock?.left === 0;
      },
    };
  });
  const drawOwn = rows(own, () => claim({ make, words, act }, () => sheet));
  whole.addEventListener('change', () => {
    wasNudged = false;
    draw();
  });
  whole.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isStill) return;
    const variant = chosen();
    wasNudged = !variant;
    if (!variant) return draw();
    const quantity = Math.min(Math.max(Math.trunc(number.valueAsNumber) || 1, 1), Number(number.max));
    sent = sheet.mine?.claims?.length ?? 0;
    act({ type: 'deal.claim', variant: variant.id, quantity });
  });

  const draw = () => {
    const { card, tally = {}, mine = {}, pending, refusal } = sheet;
    const { variants: all = [], limit = 1 } = card;
    const { phase = 'ready', stock = [] } = tally;
    const { claims = [] } = mine;
    /* What was chosen is done with once the room tells of another claim. */
    if (sent !== undefined && claims.length > sent) {
      sent = undefined;
      number.value = 1;
    }
    const offers = all.map((variant, place) => ({ ...variant, stock: stock[place] }));
    const has = claims.filter(({ standing }) => standing !== 'returned').reduce((sum, { quantity }) => sum + quantity, 0);
    const there = offers.find(({ id }) => id === chosen()?.id)?.stock?.left ?? Infinity;
    const most = Math.min(Math.max(limit, 1) - has, there);
    const key = standing(sheet, has, there);
    isStill = !READY.includes(key) || Boolean(pending);
    tell(title, card.title);
    tellCost(words, sheet, price, before);
    prices.tell(pricesOf(words, sheet));
    drawOwn(claims.filter(({ standing: stands }, place) => stands !== 'returned' || place === claims.length - 1), ({ claim: name }) => name);
    drawVariants(all.length > 1 ? offers : [], ({ id }) => id);
    choice.hidden = all.length < 2;
    const isOver = phase === 'closed' || Boolean(card.cancelled);
    tell(counted, all.length === 1 && stock.length && !isOver ? leftOf(words, stock[0]) : '');
    several.hidden = isStill || limit < 2 || most < 2;
    number.max = Math.max(Math.min(most, limit), 1);
    send.tell(words.say(has > 0 && READY.includes(key) ? 'deal.another' : key), !isStill);
    said.tell(wasNudged ? words.refusal('no-choice') : refusal);
    tell(fate, card.cancelled ? words.say('cancelled', { reason: apart(card.cancelled) }) : '');
    tell(settles, card.settles === 'page' ? words.say('deal.by_page') : '');
    facts.tell(factsOf(words, sheet, isOver));
    if (links !== JSON.stringify(card.seller)) {
      links = JSON.stringify(card.seller);
      const ways = LINKS.map((what) => card.seller?.[what] && link(make, card.seller[what], words.say(`deal.${what}`)));
      seller.replaceChildren(...ways.filter(Boolean).flatMap((way) => [way, ' ']));
    }
    seller.hidden = !seller.firstElementChild;
  };
  const update = (parts) => {
    sheet = parts;
    draw();
  };
  return { inside: [title, cost, prices.element, counted, own, whole, fate, facts.element, settles, seller], update };
}

const READY = ['deal.buy', 'deal.reserve', 'deal.get_code'];
const PENDING = { 'deal.claim': 'deal.reserving', 'deal.order': 'deal.ordering' };

/* The key of what the button says. */
function standing({ card, tally: { phase = 'ready', stock = [] } = {}, pending, orders }, has, there) {
  const { kind = 'cart' } = card.by ?? {};
  const sum = (...names) => stock.reduce((all, each) => names.reduce((some, name) => some + (each[name] ?? 0), all), 0);
  if (pending) return PENDING[pending.type] ?? 'deal.sending';
  if (card.cancelled) return 'state.cancelled';
  if (phase !== 'open') return phase === 'closed' ? 'deal.ended' : `state.${phase}`;
  if (stock.length && sum('left') === 0) return sum('reserved', 'ordering') ? 'deal.none_left' : 'deal.sold_out';
  if (!card.price) return 'deal.hidden';
  if (has >= Math.max(card.limit ?? 1, 1)) return 'deal.has_all';
  if (there === 0) return 'deal.sold_out';
  return kind === 'code' ? 'deal.get_code' : kind === 'cart' && orders ? 'deal.buy' : 'deal.reserve';
}

/* How many are left: what is reserved is not gone yet. */
function leftOf(words, { left = 0, reserved = 0, ordering = 0 }) {
  if (left > 0) return words.count('deal.left', left);
  return reserved + ordering > 0 ? words.count('deal.held', reserved + ordering) : words.say('deal.sold_out');
}

/* The price that this viewer pays, and the one before it. */
function tellCost(words, { card, tier }, price, before) {
  const { price: cost, before: was, member_prices: members = [] } = card;
  const own = cost && (members.find((member) => member.tier === tier)?.price ?? cost.amount);
  tell(price, cost ? words.say('deal.price') + words.money(own, cost.currency) : words.say('deal.price_later'));
  tell(before, cost && was ? words.say('deal.before') + words.money(was, cost.currency) : '');
}

/* What stands beside the price: the lowest of the last 30 days, and what members pay. */
function pricesOf(words, { card: { price, price_basis: basis, lowest_30_days: lowest, member_prices: members = [] }, tier }) {
  if (!price) return [];
  const money = (amount) => words.money(amount, price.currency);
  const own = members.some((member) => member.tier === tier);
  return [
    ...(basis ? [words.say('deal.before') + apart(basis)] : []),
    ...(lowest ? [words.say('deal.lowest', { price: money(lowest) })] : []),
    ...members.map((member) => words.say(member.tier === tier ? 'deal.member_own' : 'deal.member', { tier: apart(member.tier), price: money(member.price) })),
    ...(own ? [words.say('deal.others', { price: money(price.amount) })] : []),
  ];
}

/* The small print. Only a room that counts can say that it does. */
function factsOf(words, { card, tally: { stock = [] } = {}, driven }, isOver) {
  const facts = isOver ? [] : [
    !driven && stock.length > 0 && words.say('deal.counted'),
    words.count('deal.limit', Math.max(card.limit ?? 1, 1)),
    card.reserve_ms > 0 && words.say('deal.hold', { time: words.digits(card.reserve_ms) }),
  ];
  const level = { token: 'deal.level_token', verified: 'deal.level_verified' }[card.level];
  const seller = card.seller?.name && words.say('deal.seller', { name: apart(card.seller.name) });
  return [[...facts, level && words.say(level)].filter(Boolean).join(' · '), ...words.whom(card.who), seller].filter(Boolean);
}
