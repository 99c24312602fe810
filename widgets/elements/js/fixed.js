/* What a draw had fixed when this page first saw it: its commitment from the opening on, its root from the closing on.

   It outlives the module, and no server can take it back. It lasts as long as the page: nothing of it is stored. */

export class Fixed {
  /* `epoch activity run` → what was seen first, by the word for what is wrong where it is another later. */
  #first = new Map();

  /* Takes a frame with the newest card of an activity; the word for what is another than it was, now or once. */
  differs(activity, text) {
    if (!text?.includes('"lottery"')) return undefined;
    const { epoch, news = [] } = JSON.parse(text);
    const { run, card } = news.find((item) => item.activity === activity && item.card) ?? {};
    const name = [epoch, activity, run].join(' ');
    const first = this.#first.get(name) ?? {};
    this.#first.set(name, first);
    for (const [word, now] of [['fixed', card?.commitment], ['list', card?.root]]) {
      first[word] ??= now;
      if (first[word] !== now) first.wrong ??= word;
    }
    return first.wrong;
  }
}
