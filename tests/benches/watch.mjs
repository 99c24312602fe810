// Opens pages of a room server in one browser and tells every number of the poll that they ever show, one JSON object a line.
//
// `node watch.mjs URL …` writes {"page":0,"voters":12,"votes":[3,9]} whenever a page's numbers change, and ends when its input does.
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env.LIVEROOM_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** Runs in the page: reads the poll after every change of its shadow tree, before anything can be painted. */
function watch() {
  const number = (text) => Number(text.replace(/\D/g, ''));
  let last = '';
  const read = (root) => {
    const options = [...root.querySelectorAll('.poll__option')];
    if (options.length === 0) return;
    // Before the first vote there are no figures: the small print says so in words.
    const votes = options.map((option) => number(option.querySelector('.poll__count > [aria-hidden]')?.textContent ?? '0'));
    const sums = [...root.querySelectorAll('.poll__sum > span')].map((span) => span.textContent);
    const voters = number(sums.find((text) => /\d voters?$/.test(text)) ?? '0');
    const text = JSON.stringify({ voters, votes });
    if (text !== last) window.told(last = text);
  };
  const attach = (root) => {
    new MutationObserver(() => read(root)).observe(root, { subtree: true, childList: true, characterData: true });
    read(root);
  };
  const poll = document.querySelector('live-poll');
  // The shadow root is attached once the element is defined, which a slow page may not have come to.
  if (poll.shadowRoot) attach(poll.shadowRoot);
  else customElements.whenDefined('live-poll').then(() => attach(poll.shadowRoot));
}

for (const [place, url] of process.argv.slice(2).entries()) {
  const context = await browser.newContext({ viewport: { width: [360, 1280][place % 2], height: 800 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`page ${place}: ${error}`));
  page.on('crash', () => console.error(`page ${place} crashed`));
  await page.exposeFunction('told', (text) => console.log(JSON.stringify({ page: place, ...JSON.parse(text) })));
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.evaluate(watch);
}

process.stdin.on('end', async () => {
  await browser.close();
  process.exit(0);
});
process.stdin.resume();
