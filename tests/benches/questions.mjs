// A storm of votes into a list of 5,000 questions on a page: the kit's, and the same list in Lit, in one run.
//
// storm.mjs says what its figures are. Lit puts its rows in order with every vote; the kit every two seconds at most.
import { storm } from './storm.mjs';

await storm({
  bench: 'questions',
  widget: 'qna',
  rate: 200,
  peers: ['liveroom', 'lit'],
  figure: 'last_votes_exact',
  wrong: ({ wrong }) => (wrong ? `${wrong} rows with other votes at the end than were told` : ''),
});
