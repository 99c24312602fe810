/* The card of a practice room in which nothing is open: marked as practice, it starts a sample and shows the call that does. */

/* One sample a widget. In a practice room nobody is signed in: what is limited takes any browser there. */
const SAMPLES = [
  { name: 'poll', command: { type: 'poll.open', question: 'Which colour shall we show next?', options: ['Red', 'Blue', 'Green'], closes_in_ms: 120_000 } },
  { name: 'prize draw', command: { type: 'lottery.open', title: 'Win a bag of beans', prizes: [{ name: 'Bag of beans', count: 2 }], level: 'device', closes_in_ms: 120_000, draws_itself: true } },
  { name: 'Q&A', command: { type: 'qna.open', title: 'Ask us anything', approval: false } },
  {
    name: 'deal',
    command: {
      type: 'deal.open', title: 'Sea jacket', sku: 'J-100', price: { amount: '29.90', currency: 'EUR' },
      variants: [{ name: 'M', stock: 5 }, { name: 'L', stock: 3 }], level: 'device', settles: 'page', closes_in_ms: 120_000,
    },
  },
];

const CSS = `
:host { display: block; }
:host([hidden]) { display: none; }
section { box-sizing: border-box; max-inline-size: 420px; padding: var(--_space); border: 1px dashed var(--_line); border-radius: var(--_radius);
  background: var(--_ground); color: var(--_ink); font: 400 max(1rem, 16px) / 1.4 var(--_font); overflow-wrap: anywhere; }
h2 { margin: 0 0 4px; font: inherit; font-weight: 700; }
p { margin: 0 0 12px; }
button { min-block-size: 44px; padding: 0 16px; border: 1px solid var(--_accent); border-radius: calc(var(--_radius) / 2);
  background: var(--_accent); color: var(--_ground); font: inherit; font-weight: 700; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
pre { margin: 12px 0 16px; overflow-x: auto; font: 400 15px / 1.4 ui-monospace, monospace; white-space: pre-wrap; }
`;

/* The call as a developer would write it. */
const call = (command) => {
  const fields = Object.entries(command).map(([name, value]) => `  ${name}: ${JSON.stringify(value).replaceAll('"', "'")},`);
  return `room.command({\n${fields.join('\n')}\n});`;
};

export class Sample {
  #place;

  /* `make` makes an element of the room's document, `command` gives a command in the room, `dress` gives a root the room's
     sheets and one more. It imports nothing: it is a file of its own, and would have its own copy. */
  constructor(make, command, dress) {
    const build = (name, text, ...children) => {
      const element = make(name);
      if (text) element.textContent = text;
      element.append(...children);
      return element;
    };
    const samples = SAMPLES.flatMap(({ name, command: sample }) => {
      const button = build('button', `Start a sample ${name}`);
      button.type = 'button';
      button.addEventListener('click', () => command(sample));
      return [button, build('pre', '', build('code', call(sample)))];
    });
    const card = build('section', '', build('h2', 'Practice room'), build('p', 'It lives in this browser, and nothing is open in it.'), ...samples);
    card.setAttribute('aria-label', 'Practice room');
    card.lang = 'en';
    card.dir = 'ltr';
    this.#place = make('div');
    const root = this.#place.attachShadow({ mode: 'open' });
    root.append(card);
    this.#place.hidden = true;
    this.dress = () => dress(root, CSS);
  }

  get place() {
    return this.#place;
  }

  /* Not at a desk, where whatever is wanted is opened. */
  show(isShown) {
    this.#place.hidden = !isShown || this.#place.getRootNode().host.querySelector('live-studio') !== null;
  }
}
