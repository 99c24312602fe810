// In the page: sets a list of questions up, lets the storm come, and says what was drawn.

import { start } from 'peer';
import { expect, frame } from '../storm/storm.js';

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
/* How many rows show other votes than the room told last; all of them, if too few are shown. */
const wrong = (wanted) => {
  const rows = shown();
  if (rows.size < ROWS) return ROWS;
  return wanted.filter(([id, votes]) => rows.has(id) && rows.get(id) !== votes).length;
};

expect({ questions: QUESTIONS }, {
  take: list.take,
  told: (last) => ({ wrong: wrong(last.list) }),
  isExact: (told) => told.wrong === 0,
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
