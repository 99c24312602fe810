// The longest task of a page's main thread while something is done, from a trace.

/** In milliseconds. */
export async function longest(browser, page, work) {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  await work();
  const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString());
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`);
  const tasks = events.filter(({ name, pid, tid }) => /RunTask$/.test(name) && mains.includes(`${pid}/${tid}`));
  return Math.round(Math.max(0, ...tasks.map(({ dur = 0 }) => dur)) / 100) / 10;
}
