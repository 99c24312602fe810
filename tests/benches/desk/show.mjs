// A show on a real server with as many viewers as asked: four activities, what was done in them before, and what goes on being done.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { start } from '../../browser/server.mjs';

/* How often acts are sent; far more often than the room tells of them. */
const TURN_MS = 50;
/* What one post of a relay may hold, and what one relay may send at once. */
const POST = 100;
const BURST = 1_900;
/* Questions that one moderator approves: as many commands as an account gives at once, and fewer. */
const APPROVED = 30;
const ABOUT = ['the zip', 'the larger size', 'the green one', 'delivery to Norway', 'the warranty', 'washing it at sixty degrees'];
const question = (number) => `Number ${number}: is there anything to know about ${ABOUT[number % ABOUT.length]}?`;

export class Show {
  #server;
  #plan;
  #relays = [];
  #sent = 0;
  #did = { votes: 0, entries: 0, asked: 0, liked: 0, claims: 0 };
  #refused = new Map();

  /** The server on which the show will be. `plan`: how many `viewers`, `shown` and `waiting` questions stand before, and what is done a
      second: `votes`, `entries`, `asked`, `liked`, `claims`, and `comings` of a viewer who goes again. */
  static async on(plan) {
    const show = new Show();
    show.#server = await start();
    show.#plan = plan;
    return show;
  }

  get server() {
    return this.#server;
  }

  /** How many votes, entries, questions, votes for questions and claims the room took. */
  get did() {
    return this.#did;
  }

  /** What the room refused, by its reason: a show of refusals measures nothing. */
  get refused() {
    return Object.fromEntries(this.#refused);
  }

  /** Opens the four, and does what was done before anybody looks: `part` of the viewers have voted and entered. */
  async begin(part) {
    const { viewers, shown, waiting } = this.#plan;
    await this.#command({ type: 'show.start', title: 'Friday in the harbour kitchen', on_air: ['mia'] });
    await this.#command({ type: 'poll.open', activity: 'colour', question: 'Which colour next?', options: ['Red', 'Blue', 'Green', 'Black', 'White'], closes_in_ms: 3_600_000 });
    await this.#command({ type: 'lottery.open', activity: 'draw', title: 'Draw of the evening', prizes: [{ name: 'A mug', count: 3 }] });
    await this.#command({ type: 'qna.open', activity: 'ask', title: 'Ask us anything', every_ms: 0, most: 100, replies: true });
    const variants = ['Red', 'Blue'].map((name) => ({ id: name.toLowerCase(), name, stock: 1_000 }));
    await this.#command({ type: 'deal.open', activity: 'mug', title: 'Harbour mug', sku: 'mug-1', price: { amount: '9.90', currency: 'EUR' }, variants });
    await this.#send(Array.from({ length: shown }, () => this.#act('asked')));
    await this.#approve(shown);
    await this.#send(Array.from({ length: waiting }, () => this.#act('asked')));
    const before = Array.from({ length: Math.round(viewers * part) }, () => [this.#act('votes'), this.#act('entries'), this.#act('liked')]);
    await this.#send(before.flat());
  }

  /** Goes on at the pace of the plan until `stop()`, which resolves once all is answered. */
  goOn() {
    const began = performance.now();
    const sending = new Set();
    const due = { votes: 0, entries: 0, asked: 0, liked: 0, claims: 0, comings: 0 };
    const started = (work) => {
      sending.add(work);
      work.finally(() => sending.delete(work));
    };
    const timer = setInterval(() => {
      const passed = (performance.now() - began) / 1_000;
      const acts = [];
      for (const what of Object.keys(due)) {
        for (; due[what] < Math.floor(passed * this.#plan[what]); due[what] += 1) {
          if (what === 'claims') started(this.#claim());
          else if (what === 'comings') started(this.#come());
          else acts.push(this.#act(what));
        }
      }
      if (acts.length > 0) started(this.#send(acts));
    }, TURN_MS);
    return {
      stop: async () => {
        clearInterval(timer);
        await Promise.all(sending);
      },
    };
  }

  end() {
    return this.#server.stop();
  }

  /* The next act of a kind, by the next viewer. */
  #act(what) {
    const number = this.#did[what];
    this.#did[what] += 1;
    const action = {
      votes: () => ['colour', { type: 'poll.vote', choices: [String(1 + (number * number) % 5)] }],
      entries: () => ['draw', { type: 'lottery.enter' }],
      asked: () => ['ask', { type: 'qna.ask', text: question(number) }],
      liked: () => ['ask', { type: 'qna.vote', question: 1 + (number * 7) % this.#plan.shown }],
    }[what]();
    return { by: `chat:${what === 'asked' ? 'asker' : 'viewer'}-${number}`, id: `${what}-${number}`, activity: action[0], action: action[1] };
  }

  /* Sends acts in their order, as relays do: each so many at once, and the next one after that. */
  async #send(acts) {
    for (let from = 0; from < acts.length; from += POST) {
      const post = acts.slice(from, from + POST);
      const relay = Math.floor(this.#sent / BURST);
      this.#sent += post.length;
      this.#relays[relay] ??= this.#server.token('relay', { sub: `relay-${relay}`, level: 'token' });
      const answers = await this.#post('acts', post, await this.#relays[relay]);
      answers.forEach((answer) => this.#note(answer));
    }
  }

  async #approve(shown) {
    const from = (first) => Array.from({ length: Math.min(APPROVED, shown - first) }, (_, place) => first + place + 1);
    for (let first = 0; first < shown; first += APPROVED) {
      const token = await this.#server.token('moderator', { sub: `moderator-${first}` });
      const approve = (number) => this.#post('commands', { type: 'qna.change', activity: 'ask', question: number, change: { to: 'approve' } }, token);
      (await Promise.all(from(first).map(approve))).forEach((answer) => this.#note(answer));
    }
  }

  async #claim() {
    const number = this.#did.claims;
    this.#did.claims += 1;
    const token = await this.#server.token('viewer', { sub: `buyer-${number}` });
    const hello = { type: 'hello', version: 1, kinds: ['deal'], token };
    const act = { type: 'act', id: `claim-${number}`, activity: 'mug', action: { type: 'deal.claim', variant: number % 2 ? 'red' : 'blue', quantity: 1 } };
    const frames = await this.#post('messages', [hello, act]);
    this.#note(frames.find(({ type }) => type === 'answer') ?? { ok: false, refusal: frames[0] });
  }

  /* A viewer comes, is counted, and goes. */
  async #come() {
    const line = new WebSocket(`${this.#server.address.replace('http', 'ws')}/v1/rooms/demo/socket`, { origin: this.#server.address });
    await once(line, 'open');
    line.send(JSON.stringify({ type: 'hello', version: 1, kinds: ['poll'] }));
    await once(line, 'message');
    line.terminate();
  }

  async #command(command) {
    const answer = await this.#server.command(command);
    if (!answer.ok) throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
  }

  async #post(path, body, token) {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${this.#server.address}/v1/rooms/demo/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }

  #note({ ok, refusal }) {
    if (ok) return;
    const reason = refusal?.reason ?? 'none';
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }
}
