/* The room's language: its messages with the page's strings over them, and how it writes numbers. */

import { Format } from './format.js';
import { match, messages, tagOf } from './language.js';

const LANGUAGE_MS = 1_500;

/* Resolves when a language has taken so long that English is shown. */
export const late = () => new Promise((resolve) => setTimeout(resolve, LANGUAGE_MS));

export class Speech {
  /* The messages that are not the kit's English. */
  words = {};
  format;
  #room;
  #fail;
  #turn = 0;

  constructor(room, fail) {
    this.#room = room;
    this.#fail = fail;
  }

  /* Calls with all that the module is to speak by, which says what it cannot read; of several wishes the last counts. */
  async learn(speak) {
    const turn = (this.#turn += 1);
    const tag = tagOf(this.#room);
    const name = match(tag);
    let text = '';
    try {
      text = await messages(name);
    } catch (error) {
      this.#fail('language', `${error.message}; English is shown`);
    }
    if (turn !== this.#turn) return;
    const { strings } = this.#room;
    this.words = { ...JSON.parse(text || '{}'), ...strings };
    this.format = new Format(text || name === 'en' ? tag : 'en');
    let own = '';
    let wrong;
    try {
      own = strings ? JSON.stringify(strings) ?? '0' : '';
    } catch (error) {
      wrong = error.message;
    }
    const fault = speak(text, own, this.format) ?? wrong;
    if (fault) this.#fail('strings', `strings must be an object of texts: ${fault}`);
  }
}
