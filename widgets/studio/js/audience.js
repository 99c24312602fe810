/* A make-believe audience for a practice room: viewers that this tab makes up, who do a little now and then.

   They speak to the practice room's module and to nothing else: no address and no socket is in reach from here. Their keys are words that
   no server has signed, so that none would know them; and what they write says what they are. */

const KINDS = ['poll', 'lottery', 'qna', 'deal'];
/* Between two of their acts, milliseconds; each act is one transaction of the browser's storage. */
const EVERY_MS = 250;
const WORDS = ['How long does it last?', 'Can it be washed?', 'Do you ship abroad?', 'Which sizes are there?', 'Who made it?', 'Is there a guide?'];

/** What each made-up viewer is called to the room. */
export const keyOf = (number) => `make-believe-${number}`;

const some = (list) => list[Math.floor(Math.random() * list.length)];

/* What a viewer may do now in an activity; nothing where there is nothing sensible. */
const DEEDS = {
  poll({ options = [], parts = [] }) {
    if (options.length < 1) return undefined;
    const choices = [some(options).id];
    return parts.length ? { type: 'poll.answer', choices, parts: parts.map((part) => [some(part.options).id]) } : { type: 'poll.vote', choices };
  },
  lottery({ conditions = [] }) {
    const keyword = conditions.find(({ kind }) => kind === 'keyword');
    if (conditions.some(({ kind }) => kind === 'attested')) return undefined;
    return { type: 'lottery.enter', ...(keyword?.word && { keyword: keyword.word }) };
  },
  qna(_card, { list = [] }) {
    if (list.length > 2 && Math.random() < 0.7) return { type: 'qna.vote', question: some(list)[0] };
    return { type: 'qna.ask', text: `Practice: ${some(WORDS)}` };
  },
  deal({ variants = [] }) {
    return variants.length ? { type: 'deal.claim', variant: some(variants).id, quantity: 1 } : undefined;
  },
};

export class Audience {
  #practice;
  #room;
  #lines = [];
  #activities = new Map();
  #timer;
  #acts = 0;
  /* What each has done in which run, and which steps of orders were told. */
  #told = new Set();

  /* `practice` is the practice room's module. */
  constructor(practice, room) {
    this.#practice = practice;
    this.#room = room;
  }

  /** Makes it so many; fewer leave, more come. */
  async be(count) {
    while (this.#lines.length > count) this.#lines.pop().close();
    while (this.#lines.length < count) {
      const number = this.#lines.length;
      // Only the first one follows what is open; of the others nothing is read but what became of a claim.
      const hear = number === 0 ? (text) => this.#follow(JSON.parse(text)) : (text) => text.startsWith('{"type":"answer"') && this.#answered(number, JSON.parse(text));
      const line = await this.#practice.open(this.#room, keyOf(number), hear);
      line.send(JSON.stringify({ type: 'hello', version: 1, kinds: KINDS, seat: 'viewer' }));
      this.#lines.push(line);
    }
    clearInterval(this.#timer);
    this.#timer = count ? setInterval(() => this.#act(), EVERY_MS) : undefined;
    if (!count) this.#activities.clear();
  }

  #follow({ type, news = [], activities }) {
    if (type === 'welcome') for (const name of this.#activities.keys()) if (!activities.includes(name)) this.#activities.delete(name);
    for (const { activity, run, gone, card, tally } of news) {
      if (gone) this.#activities.delete(activity);
      else {
        const known = this.#activities.get(activity);
        this.#activities.set(activity, { ...(known?.run === run && known), run, ...(card && { card }), ...(tally && { tally }) });
      }
    }
  }

  #act() {
    const open = [...this.#activities].filter(([, { card, tally }]) => card && tally?.phase === 'open');
    if (!open.length) return;
    const [activity, { run, card, tally }] = some(open);
    const number = Math.floor(Math.random() * this.#lines.length);
    // Once each, so that a practice room that is left alone does not grow.
    const deed = `${number} ${activity} ${run}`;
    const action = !this.#told.has(deed) && DEEDS[card.widget]?.(card, tally);
    this.#told.add(deed);
    if (action) this.#send(number, { activity, run, action });
  }

  #send(number, act) {
    this.#acts += 1;
    this.#lines[number]?.send(JSON.stringify({ type: 'act', id: `make-believe-${Date.now().toString(36)}-${this.#acts}`, ...act }));
  }

  /* Whoever has claimed says that it was ordered, as a page's cart would. */
  #answered(number, { ok, activity, mine }) {
    const claim = mine?.mine?.claims?.findLast(({ standing }) => standing === 'reserved' || standing === 'ordering');
    if (!ok || !claim) return;
    const order = claim.standing === 'reserved' ? { step: 'begun' } : { step: 'taken', order: `practice-${claim.claim}` };
    // A room that leaves the sale to the shop answers an order that was taken with one that is still being ordered.
    const told = `${claim.claim} ${order.step}`;
    if (this.#told.has(told)) return;
    this.#told.add(told);
    this.#send(number, { activity: activity ?? mine.activity, action: { type: 'deal.order', claim: claim.claim, order } });
  }
}
