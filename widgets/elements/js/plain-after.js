/* What follows from an action that was accepted: the viewer's own part where nobody says it, and the way from a claim to an order. */

/* What a viewer has if a page accepts an action and says no more. */
export function mineAfter(action, mine = {}, card = {}) {
  const [widget] = action.type.split('.');
  return AFTER[widget]?.(action, mine, card) ?? mine;
}

const AFTER = {
  poll({ type, choices = [], parts = [], comment }, mine) {
    const more = type === 'poll.answer' && { parts, commented: Boolean(comment ?? mine.commented) };
    return { choices, voted: type !== 'poll.withdraw', ...more };
  },

  qna({ type, question, text }, { voted = [], asked = [] }) {
    if (type === 'qna.vote') return { voted: [...new Set([...voted, question])], asked };
    if (type === 'qna.withdraw') return { voted: voted.filter((id) => id !== question), asked };
    return { voted, asked: type === 'qna.ask' ? [...asked, { text, standing: 'waiting' }] : asked };
  },

  lottery({ type, win }, mine, { tickets, conditions = [] }) {
    if (type === 'lottery.enter') return { ...mine, entered: true, tickets: tickets?.each ?? 1, met: conditions.map(() => true) };
    return { ...mine, wins: mine.wins?.map((own) => (own.win === win ? { ...own, standing: 'claimed' } : own)) };
  },

  /* Of a claim only the room can say its name and its time. */
  deal({ type, claim, order }, mine, { settles }) {
    const after = (own) => {
      const { failure: _, ...rest } = own;
      if (type === 'deal.release') return { ...rest, standing: 'returned' };
      if (order.step === 'failed') return { ...rest, standing: 'reserved', failure: order.reason };
      const isSold = order.step === 'taken' && settles === 'page';
      return { ...rest, standing: isSold ? 'sold' : 'ordering', ...(order.order && { order: order.order }) };
    };
    return type === 'deal.claim' ? mine : { ...mine, claims: mine.claims?.map((own) => (own.claim === claim ? after(own) : own)) };
  },
};

/* What follows in a deal: `next`, the action that a claim leads to; `order`, the claim as the page's cart is given it. */
export function following(action, { card, mine }, hasCart) {
  const { claims = [] } = mine ?? {};
  if (action.type === 'deal.claim' && hasCart && (card.by?.kind ?? 'cart') === 'cart') {
    const { variant, quantity = 1 } = action;
    const made = claims.findLast((own) => own.standing === 'reserved' && !own.failure && own.variant === variant && (own.quantity ?? 1) === quantity);
    return made ? { next: { type: 'deal.order', claim: made.claim, order: { step: 'begun' } } } : {};
  }
  const own = action.type === 'deal.order' && action.order.step === 'begun' && claims.find(({ claim }) => claim === action.claim);
  if (!own) return {};
  const { claim, ticket, variant, quantity = 1, price, until } = own;
  return { order: { claim, ticket, sku: card.sku, variant, quantity, price: price?.amount, currency: price?.currency, until } };
}
