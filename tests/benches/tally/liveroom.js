// The poll of the kit, in a room that the page drives.

export function start(card) {
  const room = document.createElement('live-room');
  const poll = document.createElement('live-poll');
  room.append(poll);
  document.body.append(room);
  const tally = { widget: 'poll', phase: 'open', voters: 0, votes: card.options.map(() => 0) };
  room.receive({ type: 'news', news: [{ activity: 'storm', run: 1, rev: 1, card: { widget: 'poll', ...card }, tally }] });
  return { root: () => poll.shadowRoot, take: (text) => room.receive(text) };
}
