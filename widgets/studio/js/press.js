/* One press does one thing: what a button has become since is not what the hand meant. */

const BUTTON = 'button, summary';

const meaning = (button) => button && `${button.textContent} ${button.dataset.of ?? ''}`;

/** Guards a desk's buttons against double clicks and keys that are held down; returns what ends it. */
export function press(desk) {
  let first = {};
  const buttonOf = (event) => event.composedPath().find((element) => element.matches?.(BUTTON));
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onclick = (event) => {
    const button = buttonOf(event);
    const means = meaning(button);
    // The browser counts the clicks of a series.
    if (event.detail <= 1) first = { button, means };
    else if (button !== first.button || means !== first.means) stop(event);
  };
  const onkeydown = (event) => event.repeat && event.key === 'Enter' && buttonOf(event) && stop(event);
  desk.addEventListener('click', onclick, true);
  desk.addEventListener('keydown', onkeydown, true);
  return () => {
    desk.removeEventListener('click', onclick, true);
    desk.removeEventListener('keydown', onkeydown, true);
  };
}
