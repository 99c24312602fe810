/* A prize that this viewer has won, and the way to it: a press, a form, a code, or a page of the shop. */

import { button, link, tell } from './plain-tags.js';
import { apart } from './plain-words.js';

/* Most characters of a field of a claim form. */
const CHARACTERS = 200;
const FATES = { claimed: 'lottery.you_claimed', fulfilled: 'lottery.fulfilled', forfeited: 'lottery.you_forfeited' };

/* Makes the item of one win; `sheet()` gives the newest parts of its draw. */
export function win({ make, words, act }, sheet) {
  const [head, fate, coded, hint] = ['p', 'p', 'p', 'small'].map((name) => make(name));
  const code = make('code', { dir: 'ltr' });
  const { kind = 'press', fields = [], address } = sheet().card.claim ?? {};
  const inputs = kind === 'form' ? fields.map((field) => asked(make, words, field)) : [];
  const send = button(make, 'submit');
  const form = make('form', {}, ...inputs.map(({ label }) => label), hint, send.element);
  const shop = kind === 'link' && link(make, address, words.say('lottery.claim_link'));
  const element = make('li', {}, head, fate, make('p', {}, coded, code), ...(shop ? [shop] : []), form);
  let [number, isStill] = [0, true];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isStill) return;
    /* Whoever leaves out what may be left out sends nothing for it. */
    const filled = inputs.map(({ name, input }) => ({ label: name, value: input.value.trim() })).filter(({ value }) => value);
    act({ type: 'lottery.claim', win: number, ...(filled.length && { form: filled }) });
  });
  /* The page of the shop opens, and the room hears of it. */
  if (shop) shop.addEventListener('click', () => isStill || act({ type: 'lottery.claim', win: number }));

  const update = ({ win: own, prize, standing = 'waiting', claim_by: until, code: secret }) => {
    const { card, pending } = sheet();
    const waits = standing === 'waiting';
    const isClaiming = pending?.type === 'lottery.claim' && pending.win === own;
    number = own;
    isStill = !waits || Boolean(pending);
    const name = apart(card.prizes?.[prize]?.name ?? '');
    tell(head, standing === 'forfeited' ? name : `${words.say('lottery.you_won')}: ${name}`);
    tell(fate, waits ? (until ? words.say('lottery.claim_by', { at: words.clock(until) }) : '') : words.say(FATES[standing]));
    tell(coded, secret ? words.say('lottery.code') : '');
    tell(code, secret);
    tell(hint, kind === 'form' ? words.say('lottery.form_private') : '');
    send.tell(words.say(isClaiming ? 'poll.sending' : kind === 'code' ? 'lottery.claim_code' : 'lottery.claim'), !isStill);
    form.hidden = !waits || Boolean(shop);
    if (shop) shop.hidden = !(waits || standing === 'claimed');
  };
  return { element, update };
}

/* A field of the claim form. */
function asked(make, words, { label: name, optional }) {
  const input = make('input', { type: 'text', dir: 'auto', maxLength: CHARACTERS, required: !optional });
  const text = make('span', { textContent: optional ? `${apart(name)} ${words.say('lottery.optional')}` : name, dir: 'auto' });
  return { name, input, label: make('label', { className: 'tall' }, text, input) };
}
