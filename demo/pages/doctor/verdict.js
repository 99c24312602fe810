/* What a check says: well, well with a note, or broken and what to do. */

export const well = (says) => ({ verdict: 'well', says });
export const note = (says) => ({ verdict: 'note', says });
export const broken = (says) => ({ verdict: 'broken', says });

/** Fetches with a time limit; a network that does not answer is an error with words. */
export async function reach(url, options = {}) {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(5_000), cache: 'no-store', ...options });
  } catch (error) {
    const why = error.name === 'TimeoutError' ? 'no answer within 5 s' : 'no answer, or the browser may not read it';
    throw new Error(`${url}: ${why}`, { cause: error });
  }
}
