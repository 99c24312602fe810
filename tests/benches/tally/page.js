// In the page: sets a poll up, lets the storm come, and says what was drawn.

import { start } from 'poll';

const OPTIONS = ['Rye', 'Oat', 'Corn', 'Wheat', 'Barley', 'Millet'];
const card = {
  question: 'Which bread next?',
  options: OPTIONS.map((text, place) => ({ id: String(place + 1), text })),
};
const poll = start(card);
const shown = () => [...(poll.root()?.querySelectorAll('.poll__count') ?? [])]
  .map((count) => Number((count.querySelector('[aria-hidden]') ?? count).textContent.replace(/\D/g, '')));
const frame = () => new Promise(requestAnimationFrame);

/** Lets `seconds` of updates come; resolves when the last of them is shown, or five seconds later. */
window.storm = (rate, seconds) => new Promise((resolve) => {
  const worker = new Worker('/bench/worker.js');
  let [frames, running] = [0, true];
  const tick = () => {
    frames += 1;
    if (running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  worker.onmessage = async ({ data }) => {
    if (typeof data === 'string') return poll.take(data);
    running = false;
    worker.terminate();
    poll.end?.();
    const wanted = String(data.votes);
    const late = performance.now() + 5_000;
    while (String(shown()) !== wanted && performance.now() < late) await frame();
    return resolve({ frames, shown: shown(), wanted: data.votes });
  };
  worker.postMessage({ options: OPTIONS.length, rate, seconds });
});

/** Resolves once the poll is on the screen, where there is one to be. */
window.settled = async () => {
  poll.take('{"type":"news","news":[{"activity":"storm","run":1,"rev":1,"tally":{"widget":"poll","phase":"open","voters":1,"votes":[1,0,0,0,0,0]}}]}');
  const late = performance.now() + 20_000;
  while (!poll.end && shown().length < OPTIONS.length && performance.now() < late) await frame();
};
