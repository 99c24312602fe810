/* The chat of the viewer's page: scenery, with a place to type. Nothing of it leaves the page. */

const SCENERY = [
  ['Mika', 'evening everyone'],
  ['Tove', 'that light over the water'],
  ['Kenji', 'こんばんは'],
  ['Rosa', 'mackerel please, with lemon'],
  ['Sam', 'is that the small pan again'],
  ['Leïla', 'team mussels'],
  ['Pieter', 'good bread is half of it'],
  ['Mika', 'ana is laughing already'],
];

/** Fills the list, and adds what is typed; `said` is told how long it was. */
export function chat(lines, form, said) {
  for (const [who, text] of SCENERY) add(lines, who, text);
  // What opens above takes room from the list; the newest lines are the ones to keep in sight.
  new ResizeObserver(() => lines.scrollTo(0, lines.scrollHeight)).observe(lines);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = form.querySelector('input');
    const text = input.value.trim();
    if (!text) return;
    add(lines, 'You', text);
    input.value = '';
    said(text.length);
  });
}

function add(lines, who, text) {
  const line = document.createElement('li');
  line.className = 'chat__line';
  const name = document.createElement('span');
  name.className = 'chat__who';
  name.textContent = who;
  const words = document.createElement('bdi');
  words.textContent = text;
  line.append(name, words);
  lines.append(line);
  lines.scrollTo(0, lines.scrollHeight);
}
