/* The page's answers to what a viewer types: its handler is asked first, then the widget's file of questions and answers.
   Whatever they give, the module is told an answer that can be shown, or that there is none. Loaded once somebody types. */

/* The viewer has paused. */
const PAUSE_MS = 600;
/* Fewer characters say too little; one of Chinese or Japanese says as much as two. */
const LEAST = 8;
const PATIENCE_MS = 10_000;
/* Hundreds of entries are compared in turns, so that no key waits for them. */
const TURN_MS = 8;
const MINUTE_MS = 60_000;
/* Characters of an answer that are shown. */
const ANSWER = 1_000;
const ENTRIES = 500;
const FILE_BYTES = 262_144;

const sizeOf = (text) => [...text].length + (text.match(/[\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0);

export class Answerer {
  #port;
  #room;
  /* element → what was typed last, its timer, and what ends the call for it. */
  #asked = new Map();
  /* address → a promise of what its file holds. */
  #files = new Map();
  /* code → when the page was last told of it. */
  #told = new Map();

  /* It imports nothing: it is a file of its own, and would have its own copy. */
  constructor(port, room) {
    this.#port = port;
    this.#room = room;
  }

  /* Asks for an answer to the newest text once the viewer pauses. What is shown stays until there is another verdict. */
  typed(number, { widget, field, lang }) {
    const question = field.value.trim();
    const before = this.#asked.get(number);
    /* The module may have lost it in a trap. */
    if (before?.question === question) return void before.tell?.();
    clearTimeout(before?.timer);
    before?.end.abort(new DOMException('something else was typed', 'AbortError'));
    if (sizeOf(question) < LEAST) {
      if (this.#asked.delete(number)) this.#port.call('hint', '', number);
      return;
    }
    const asked = { question, widget, field, lang, end: new AbortController() };
    asked.timer = setTimeout(() => this.#ask(number, asked), PAUSE_MS);
    this.#asked.set(number, asked);
  }

  async #ask(number, asked) {
    const answer = (await this.#handled(asked)) ?? (await this.#looked(asked));
    asked.tell = () => this.#port.call('hint', answer ? JSON.stringify({ answer: { text: answer.answer, automatic: true }, link: answer.link }) : '', number);
    /* It may have been sent meanwhile. */
    if (this.#asked.get(number) === asked && asked.field.value.trim() === asked.question) asked.tell();
  }

  /* What the page's handler gives. */
  async #handled({ question, widget, lang, end }) {
    if (!this.#room.answerer) return undefined;
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('it gave no answer within 10 s')), PATIENCE_MS);
    });
    try {
      const asked = Promise.resolve().then(() => this.#room.answerer(question, { activity: widget.shown, lang }, end.signal));
      return read(await Promise.race([asked, late]));
    } catch (error) {
      /* Whoever was told to stop may say so. */
      if (!end.signal.aborted) this.#fail('answerer', `the answerer failed: ${error?.message ?? error}`, widget);
      end.abort(new DOMException('it took too long', 'TimeoutError'));
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /* What the widget's file has for a question that is likely the same. */
  async #looked({ question, widget }) {
    const address = widget.getAttribute('faq');
    const entries = address && (await this.#file(address, widget));
    if (!entries) return undefined;
    let found;
    let most = 0;
    let began = performance.now();
    for (const entry of entries) {
      if (performance.now() - began > TURN_MS) {
        await new Promise((next) => setTimeout(next));
        began = performance.now();
      }
      const alike = Number(this.#port.call('alike', question, 0, entry.question) ?? 0);
      if (alike > most) [most, found] = [alike, entry];
    }
    return found;
  }

  /* A file is fetched once; one that could not be had is tried again after a minute. */
  #file(address, widget) {
    if (!this.#files.has(address)) {
      this.#files.set(address, this.#fetch(address, widget).catch((error) => {
        this.#fail('faq', `${address} could not be used: ${error.message}`, widget);
        setTimeout(() => this.#files.delete(address), MINUTE_MS);
      }));
    }
    return this.#files.get(address);
  }

  async #fetch(address, widget) {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const file = await response.blob();
    if (file.size > FILE_BYTES) throw new Error('it has more than 256 KiB');
    const list = JSON.parse(await file.text());
    if (!Array.isArray(list) || list.length > ENTRIES) throw new Error(`it must be a list of at most ${ENTRIES} questions with their answers`);
    return list.flatMap((entry, place) => {
      try {
        return [{ question: line(entry?.question), ...(read(entry) ?? wrong()) }];
      } catch (error) {
        this.#fail('faq', `${address}, entry ${place + 1} is left out: ${error.message}`, widget);
        return [];
      }
    });
  }

  /* At most once a minute for each code. */
  #fail(code, message, widget) {
    const now = performance.now();
    if (now - (this.#told.get(code) ?? -MINUTE_MS) < MINUTE_MS) return;
    this.#told.set(code, now);
    this.#port.fail(code, message, widget);
  }
}

const wrong = () => {
  throw new Error('an answer is a text, or {answer, link?} with texts; a link starts with https:// or with one /');
};

const line = (question) => (typeof question === 'string' && question.trim() ? question.replaceAll(/\s+/g, ' ') : wrong());

/* An answer as it can be shown; nothing for none. */
function read(given) {
  const { answer, link } = typeof given === 'string' ? { answer: given } : (given ?? { answer: '' });
  if (typeof answer !== 'string') wrong();
  if (!answer.trim()) return undefined;
  const letters = [...answer.trim()];
  const shown = letters.length > ANSWER ? `${letters.slice(0, ANSWER - 1).join('')}…` : letters.join('');
  if (link === undefined || link === null) return { answer: shown };
  return /^(https:\/\/|\/(?!\/))[!-[\]-~]*$/.test(link) ? { answer: shown, link } : wrong();
}
