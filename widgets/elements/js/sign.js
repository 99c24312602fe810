/* Asks the page to sign what is about to be sent; loaded where a room has a `signReport`. */

/* How long the page may take. */
const PATIENCE_MS = 10_000;

/* Resolves to headers; to nothing, once the page was told, if it throws, answers with something else, or takes too long. */
export async function sign(signer, body, endpoint, failed) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const late = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${PATIENCE_MS / 1_000} s`)));
  });
  /* Nobody may wait for it any more. */
  late.catch(() => {});
  try {
    const given = await Promise.race([signer(body, { endpoint }, signal), late]);
    if (Object(given) !== given) throw new TypeError('it answers with an object of headers');
    /* Throws at a name or a value that is none. */
    return new Headers(given);
  } catch (error) {
    failed('sign', `signReport: ${error?.message ?? error}; the reports wait, and are tried again`);
    return undefined;
  }
}
