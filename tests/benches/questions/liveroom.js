// The list of the kit, in a room that the page drives.

export function start({ title, entries, questions }) {
  const room = document.createElement('live-room');
  const list = document.createElement('live-qna');
  room.append(list);
  document.body.append(room);
  const card = { widget: 'qna', title, approval: false, most: 10 };
  const tally = { widget: 'qna', phase: 'open', questions, answered: 0, list: [] };
  room.receive({ type: 'news', news: [{ activity: 'ask', run: 1, rev: 1, card, tally, entries }] });
  return {
    root: () => list.shadowRoot,
    take: (text) => room.receive(text),
    more: () => list.shadowRoot.querySelector('.qna__more')?.click(),
  };
}
