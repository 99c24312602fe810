// The poll as one would write it in Lit: the same markup, the same style sheet, the numbers a reactive property.

import { LitElement, html, svg, unsafeCSS } from 'lit';
import { counted, number, share, shares } from './shares.js';

const chevron = svg`<path d="M5 7.5l5 5 5-5"></path>`;

class LitPoll extends LitElement {
  static styles = unsafeCSS(CSS);
  static properties = { card: { attribute: false }, tally: { attribute: false }, chosen: { state: true } };

  render() {
    const { card, tally } = this;
    if (!card || !tally) return html``;
    const parts = shares(tally.votes);
    return html`
      <section part="base" lang="en" dir="ltr" aria-label=${card.question} class="poll">
        <div class="poll__head">
          <button type="button" aria-expanded="true" class="poll__toggle">Poll<svg viewBox="0 0 20 20" aria-hidden="true" class="icon">${chevron}</svg></button>
        </div>
        <form class="poll__paper" @submit=${this.#send}>
          <fieldset class="poll__choices">
            <legend class="poll__legend"><span dir="auto" class="poll__question">${card.question}</span></legend>
            <div class="poll__options">${card.options.map((option, place) => this.#row(option, tally.votes[place], parts[place]))}</div>
          </fieldset>
          <div class="poll__acts">
            <button type="submit" part="button" class="poll__act">Vote</button>
            <button type="button" aria-disabled="true" class="poll__withdraw">Withdraw vote</button>
          </div>
        </form>
        <div class="poll__foot">
          <p class="poll__sum"><span>${counted(tally.voters, 'voter', 'voters')}</span></p>
          <details class="poll__privacy">
            <summary class="poll__short"><span>Anonymous</span><span>one vote a browser</span></summary>
            <p>Viewers and the streamer see numbers only, never who chose what.</p>
          </details>
        </div>
      </section>`;
  }

  #row(option, votes, part) {
    const choose = () => (this.chosen = option.id);
    return html`
      <label part="option" class="poll__option ${this.chosen === option.id ? 'poll__option--chosen' : ''}">
        <input name="choice" type="radio" class="poll__input" .checked=${this.chosen === option.id} @click=${choose}>
        <span part="bar" class="poll__bar share-${part}"></span>
        <span class="poll__text"><span dir="auto">${option.text}</span></span>
        <span class="poll__count"><span aria-hidden="true">${number(votes)}</span><span class="unseen">${counted(votes, 'vote', 'votes')}</span></span>
        <span class="poll__share">${share(part)}</span>
      </label>`;
  }

  #send(event) {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('vote', { detail: this.chosen }));
  }
}

customElements.define('lit-poll', LitPoll);

export function start(card) {
  const poll = document.createElement('lit-poll');
  poll.card = card;
  document.body.append(poll);
  return {
    root: () => poll.shadowRoot,
    take: (text) => (poll.tally = JSON.parse(text).news[0].tally),
  };
}
