// The poll as one would write it in Preact: the same markup, the same style sheet, the numbers a state.

import { h, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { counted, number, share, shares } from './shares.js';

function Option({ option, votes, part, chosen, choose }) {
  return h('label', { part: 'option', class: `poll__option ${chosen ? 'poll__option--chosen' : ''}` },
    h('input', { name: 'choice', type: 'radio', class: 'poll__input', checked: chosen, onClick: () => choose(option.id) }),
    h('span', { part: 'bar', class: `poll__bar share-${part}` }),
    h('span', { class: 'poll__text' }, h('span', { dir: 'auto' }, option.text)),
    h('span', { class: 'poll__count' },
      h('span', { 'aria-hidden': 'true' }, number(votes)),
      h('span', { class: 'unseen' }, counted(votes, 'vote', 'votes'))),
    h('span', { class: 'poll__share' }, share(part)));
}

function Poll({ card, subscribe, onvote }) {
  const [tally, setTally] = useState(null);
  const [chosen, choose] = useState(null);
  useEffect(() => subscribe(setTally), [subscribe]);
  if (!tally) return null;
  const parts = shares(tally.votes);
  const send = (event) => {
    event.preventDefault();
    onvote(chosen);
  };
  return h('section', { part: 'base', lang: 'en', dir: 'ltr', 'aria-label': card.question, class: 'poll' },
    h('div', { class: 'poll__head' },
      h('button', { type: 'button', 'aria-expanded': 'true', class: 'poll__toggle' }, 'Poll',
        h('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true', class: 'icon' }, h('path', { d: 'M5 7.5l5 5 5-5' })))),
    h('form', { class: 'poll__paper', onSubmit: send },
      h('fieldset', { class: 'poll__choices' },
        h('legend', { class: 'poll__legend' }, h('span', { dir: 'auto', class: 'poll__question' }, card.question)),
        h('div', { class: 'poll__options' }, card.options.map((option, place) => h(Option, {
          key: option.id, option, votes: tally.votes[place], part: parts[place], chosen: chosen === option.id, choose,
        })))),
      h('div', { class: 'poll__acts' },
        h('button', { type: 'submit', part: 'button', class: 'poll__act' }, 'Vote'),
        h('button', { type: 'button', 'aria-disabled': 'true', class: 'poll__withdraw' }, 'Withdraw vote'))),
    h('div', { class: 'poll__foot' },
      h('p', { class: 'poll__sum' }, h('span', null, counted(tally.voters, 'voter', 'voters'))),
      h('details', { class: 'poll__privacy' },
        h('summary', { class: 'poll__short' }, h('span', null, 'Anonymous'), h('span', null, 'one vote a browser')),
        h('p', null, 'Viewers and the streamer see numbers only, never who chose what.'))));
}

export function start(card) {
  const place = document.createElement('div');
  document.body.append(place);
  const root = place.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  let tell = () => {};
  const subscribe = (listener) => {
    tell = listener;
    return () => (tell = () => {});
  };
  render(h(Poll, { card, subscribe, onvote: () => {} }), root);
  return { root: () => root, take: (text) => tell(JSON.parse(text).news[0].tally) };
}
