/* A draft of an answer by the page's own answerer, cut to what an answer may hold. */

const PATIENCE_MS = 10_000;
/* Characters of an answer. */
const ANSWER = 512;

/** What the answerer gives for a question, as a text; nothing where there is no answerer, or it has no answer. */
export async function draftOf(answerer, question, about) {
  if (!answerer) return undefined;
  const given = await Promise.race([answerer(question, about, AbortSignal.timeout(PATIENCE_MS)), late()]);
  const { answer, link } = typeof given === 'string' ? { answer: given } : (given ?? { answer: '' });
  if (typeof answer !== 'string') throw new Error('an answer is a text, or {answer, link?} with texts');
  const whole = typeof link === 'string' && answer.trim() ? `${answer.trim()} ${link}` : answer.trim();
  const letters = [...whole];
  return letters.length > ANSWER ? `${letters.slice(0, ANSWER - 1).join('')}…` : whole;
}

const late = () => new Promise((_, reject) => {
  setTimeout(() => reject(new Error('it gave no answer within 10 s')), PATIENCE_MS);
});
