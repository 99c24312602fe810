// Nothing is drawn: what the storm alone costs a page.

export function start(card) {
  const place = document.createElement('div');
  const root = place.attachShadow({ mode: 'open' });
  let last = '';
  // The last numbers, put where the measurement looks for them.
  const end = () => {
    const { votes } = JSON.parse(last).news[0].tally;
    for (const vote of votes) {
      const count = document.createElement('span');
      count.className = 'poll__count';
      count.textContent = vote;
      root.append(count);
    }
  };
  return { root: () => root, take: (text) => (last = text), end, options: card.options.length };
}
