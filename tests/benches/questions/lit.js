// The list as one would write it in Lit: the same markup, the same style sheet, keyed rows, the numbers a reactive property.

import { LitElement, html, svg, unsafeCSS } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

const up = svg`<path d="M5 12.5l5-5 5 5"></path>`;
const count = new Intl.NumberFormat('en');
const plural = new Intl.PluralRules('en');
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' });

class LitList extends LitElement {
  static styles = unsafeCSS(CSS);
  static properties = { heading: {}, entries: { attribute: false }, votes: { attribute: false }, rows: { type: Number }, text: { state: true }, voted: { state: true } };

  constructor() {
    super();
    this.text = '';
    this.voted = new Set();
  }

  render() {
    const { heading, entries, votes, rows, text } = this;
    if (!entries) return html``;
    const shown = entries.toSorted((one, other) => (votes.get(other.id) ?? 0) - (votes.get(one.id) ?? 0) || one.id - other.id).slice(0, rows);
    return html`
      <section part="base" lang="en" dir="ltr" aria-label=${heading} class="card qna">
        <div class="head"><button type="button" aria-expanded="true" class="head__toggle">Questions</button></div>
        <p class="card__title" dir="auto">${heading}</p>
        <div class="qna__ask">
          <textarea class="field" rows="1" dir="auto" aria-label="Your question" .value=${text} @input=${(event) => (this.text = event.target.value)}></textarea>
          <div class="qna__foot"><button type="button" class="act qna__act qna__act--quiet" @click=${this.#ask}>Ask</button></div>
        </div>
        <div class="qna__table">
          <div class="qna__head"><div class="qna__sum"><span class="qna__facts"><span>${count.format(entries.length)} questions</span></span></div></div>
          <ol class="qna__list">${repeat(shown, ({ id }) => id, (entry) => this.#row(entry, votes.get(entry.id) ?? 0))}</ol>
        </div>
      </section>`;
  }

  #row({ id, text, by, asked_at: at }, votes) {
    const has = this.voted.has(id);
    return html`
      <li class="row" part="question">
        <div class="row__asked"><p class="row__text" dir="auto">${text}</p></div>
        <button type="button" class="row__vote" aria-pressed=${has} @click=${() => this.#vote(id)}>
          <svg viewBox="0 0 20 20" aria-hidden="true" class="icon">${up}</svg>
          <span class="unseen">Vote for it:</span><span aria-hidden="true">${count.format(votes)}</span>
          <span class="unseen">${count.format(votes)} ${plural.select(votes) === 'one' ? 'vote' : 'votes'}</span>
        </button>
        <div class="row__line">
          <div class="row__by"><p class="row__name" dir="auto">${by}</p><span class="row__at">${clock.format(at)}</span></div>
          <details class="row__more"><summary class="row__open">Report this</summary></details>
        </div>
      </li>`;
  }

  #ask() {
    this.dispatchEvent(new CustomEvent('ask', { detail: this.text }));
  }

  #vote(id) {
    this.dispatchEvent(new CustomEvent('vote', { detail: id }));
  }
}

customElements.define('lit-list', LitList);

export function start({ title, entries, rows }) {
  const list = document.createElement('lit-list');
  Object.assign(list, { heading: title, entries, votes: new Map(), rows });
  document.body.append(list);
  return {
    root: () => list.shadowRoot,
    take: (text) => {
      const known = new Map(list.votes);
      for (const [id, votes] of JSON.parse(text).news[0].tally.list) known.set(id, votes);
      list.votes = known;
    },
  };
}
