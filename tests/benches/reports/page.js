// In the page: makes reports through one of the peers, in bursts as a lively page has them.

import { start } from 'peer';

const peer = start();

/** Resolves once the peer can be used and has nothing left to do for its start. */
window.settled = async () => {
  await (await peer).ready;
  await new Promise((idle) => requestIdleCallback(idle));
};

/** Makes so many reports of a round, some every tenth of a second. */
window.report = async (run, count, each) => {
  const { report } = await peer;
  for (let n = 0; n < count; n += 1) {
    report({ run, n, activity: 'colour', widget: 'poll', act: 'vote' });
    if (n % each === each - 1) await new Promise((next) => setTimeout(next, 100));
  }
};
