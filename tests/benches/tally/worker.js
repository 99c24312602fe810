// The storm: so many tally updates a second, each a message of its own, as a line to a room would bring them.

/* The same for everybody: which option the next vote is for. */
let seed = 2002;
const next = (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};

onmessage = ({ data: { options, rate, seconds } }) => {
  const votes = Array(options).fill(0);
  const all = rate * seconds;
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(all, Math.floor(((performance.now() - began) * rate) / 1000));
    for (; sent < due; sent += 1) {
      // Skewed, so that the order of the bars is settled and their shares are not.
      votes[Math.min(next(options), next(options))] += 1;
      const tally = { widget: 'poll', phase: 'open', voters: sent + 1, votes };
      postMessage(JSON.stringify({ type: 'news', news: [{ activity: 'storm', run: 1, rev: sent + 2, tally }] }));
    }
    if (sent < all) return;
    clearInterval(timer);
    postMessage({ votes });
  }, 4);
};
