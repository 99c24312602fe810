// In the page: sets a poll up, lets the storm come, and says what was drawn.

import { start } from 'peer';
import { expect, frame } from '../storm/storm.js';

const OPTIONS = ['Rye', 'Oat', 'Corn', 'Wheat', 'Barley', 'Millet'];
const card = {
  question: 'Which bread next?',
  options: OPTIONS.map((text, place) => ({ id: String(place + 1), text })),
};
const poll = start(card);
const shown = () => [...(poll.root()?.querySelectorAll('.poll__count') ?? [])]
  .map((count) => Number((count.querySelector('[aria-hidden]') ?? count).textContent.replace(/\D/g, '')));

expect({ options: OPTIONS.length }, {
  take: poll.take,
  end: poll.end,
  told: ({ votes }) => ({ shown: shown(), wanted: votes }),
  isExact: (told) => String(told.shown) === String(told.wanted),
});

/** Resolves once the poll is on the screen, where there is one to be. */
window.settled = async () => {
  poll.take('{"type":"news","news":[{"activity":"storm","run":1,"rev":1,"tally":{"widget":"poll","phase":"open","voters":1,"votes":[1,0,0,0,0,0]}}]}');
  const late = performance.now() + 20_000;
  while (!poll.end && shown().length < OPTIONS.length && performance.now() < late) await frame();
};
