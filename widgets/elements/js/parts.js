/* The newest parts of one activity out of the frames that the shell kept: `{card, tally, mine}`. */
export function partsOf(texts, activity) {
  const parts = {};
  for (const [part, text] of Object.entries(texts)) {
    if (!text) continue;
    const { news, mine } = JSON.parse(text);
    const items = news ?? (mine ? [mine] : []);
    parts[part] = items.find((item) => item.activity === activity)?.[part];
  }
  return parts;
}

/* The newest cards within one activity out of the frames that the shell kept. */
export function entriesOf(texts, activity) {
  const cards = new Map();
  for (const text of new Set(texts)) {
    const { activity: page, entries = [], news = [] } = JSON.parse(text);
    const items = page === activity ? [{ entries }] : news.filter((item) => item.activity === activity);
    for (const entry of items.flatMap((item) => item.entries ?? [])) if (!(cards.get(entry.id)?.rev > entry.rev)) cards.set(entry.id, entry);
  }
  return [...cards.values()];
}
