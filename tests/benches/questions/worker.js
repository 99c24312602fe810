// The storm: so many votes a second for a list of questions, each told as a room would: the numbers of the first page.

/* The same for everybody: which question the next vote is for. */
let seed = 2003;
const next = (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};

/* The thirty with the most votes and the twenty newest. */
function firstPage(votes) {
  const ids = Array.from(votes.keys());
  const top = ids.toSorted((one, other) => votes[other] - votes[one] || one - other).slice(0, 30);
  return [...new Set([...top, ...ids.slice(-20)])].map((id) => [id + 1, votes[id]]);
}

onmessage = ({ data: { questions, rate, seconds } }) => {
  const votes = Array.from({ length: questions }, (_, place) => (place < 200 ? 200 - place : 0));
  const all = rate * seconds;
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(all, Math.floor(((performance.now() - began) * rate) / 1000));
    for (; sent < due; sent += 1) {
      // Three of four votes go to what stands above, as votes do.
      votes[next(4) ? next(30) : next(questions)] += 1;
      const tally = { widget: 'qna', phase: 'open', questions, answered: 0, list: firstPage(votes) };
      postMessage(JSON.stringify({ type: 'news', news: [{ activity: 'ask', run: 1, rev: sent + 2, tally }] }));
    }
    if (sent < all) return;
    clearInterval(timer);
    postMessage({ list: firstPage(votes) });
  }, 4);
};
