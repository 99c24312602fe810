// A storm of tally updates into one poll on a page: the kit's, and the same poll in Lit and in Preact, in one run.
//
// storm.mjs says what its figures are. "feed" is a page that takes the updates and draws nothing.
import { storm } from './storm.mjs';

await storm({
  bench: 'tally',
  widget: 'poll',
  rate: 5_000,
  peers: ['liveroom', 'lit', 'preact', 'feed'],
  figure: 'last_tally_exact',
  wrong: ({ shown, wanted }) => (String(shown) === String(wanted) ? '' : `${shown} at the end, and not ${wanted}`),
});
