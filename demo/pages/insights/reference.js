/* A line to compare with: another show's votes by minute, read from a CSV file in this page, and sent nowhere. */

const MINUTE = 60_000;
const MOST_BYTES = 1_000_000;

/* Gives what was chosen, or nothing; `changed` is called when it is. */
export function reference(changed) {
  const says = document.getElementById('reference-says');
  let line = null;
  document.getElementById('reference').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    line = null;
    says.textContent = '';
    if (file) {
      const values = file.size > MOST_BYTES ? [] : parse(await file.text());
      if (values.length) line = { name: 'file', value: sum(values) };
      says.textContent = values.length ? `${values.length} minutes from ${file.name}` : 'No line in it has two numbers.';
    }
    changed();
  });
  return () => line;
}

/* Pairs of minute and value; lines that are none, such as headings, are left out. */
export function parse(text) {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const pairs = lines.map((line) => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, '')));
  return pairs
    .filter(([minute, value]) => minute !== '' && value !== undefined && value !== '')
    .map(([minute, value]) => [Number(minute), Number(value)])
    .filter(([minute, value]) => Number.isFinite(minute) && Number.isFinite(value) && minute >= 0 && value >= 0);
}

/* What it has within a step; nothing where it ends. */
const sum = (values) => (since, step) => {
  const within = values.filter(([minute]) => minute * MINUTE >= since && minute * MINUTE < since + step);
  return within.length ? within.reduce((all, [, value]) => all + value, 0) : null;
};
