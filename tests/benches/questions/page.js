// In the page: sets a list of questions up, lets the storm come, and says what was drawn.

import { start } from 'list';

const QUESTIONS = 5_000;
/* Ten rows at first, and fifty more. */
const ROWS = 60;
const entries = Array.from({ length: QUESTIONS }, (_, place) => ({
  widget: 'qna', id: place + 1, rev: 1, text: `Question ${place + 1}: is it warm?`, by: `Viewer ${place % 97}`, asked_at: 1_767_225_600_000 + place * 1_000, standing: 'shown',
}));
const list = start({ title: 'Ask us', entries, questions: QUESTIONS, rows: ROWS });
/* Question → votes, as they stand on the screen. */
const shown = () => new Map([...(list.root()?.querySelectorAll('.qna__table .row') ?? [])].map((row) => [
  Number(row.querySelector('.row__text').textContent.match(/\d+/)[0]),
  Number(row.querySelector('.row__vote [aria-hidden]:not(svg)').textContent.replace(/\D/g, '')),
]));
const frame = () => new Promise(requestAnimationFrame);
/* How many rows show other votes than the room told last; all of them, if too few are shown. */
const wrong = (wanted) => {
  const rows = shown();
  if (rows.size < ROWS) return ROWS;
  return wanted.filter(([id, votes]) => rows.has(id) && rows.get(id) !== votes).length;
};

/** Lets `seconds` of votes come; resolves when the last of them is shown, or five seconds later. */
window.storm = (rate, seconds) => new Promise((resolve) => {
  const worker = new Worker('/bench/worker.js');
  let [frames, running] = [0, true];
  const tick = () => {
    frames += 1;
    if (running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  worker.onmessage = async ({ data }) => {
    if (typeof data === 'string') return list.take(data);
    running = false;
    worker.terminate();
    const late = performance.now() + 5_000;
    while (wrong(data.list) && performance.now() < late) await frame();
    return resolve({ frames, wrong: wrong(data.list) });
  };
  worker.postMessage({ questions: QUESTIONS, rate, seconds });
});

/** Resolves once all rows are on the screen. */
window.settled = async () => {
  const late = performance.now() + 20_000;
  while (shown().size < ROWS && performance.now() < late) {
    list.more?.();
    await frame();
  }
  return shown().size;
};
