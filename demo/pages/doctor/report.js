/* The endpoint for engagement reports: it takes a batch, also the way a closing page sends it. */

import { broken, note, reach, well } from './verdict.js';

/** Sends an empty batch both ways: nothing is stored, and the answers say whether reports would be. */
export async function endpoint(given) {
  if (!given.report) return note('None named: nothing is sent. Name one with the report attribute.');
  const url = new URL(given.report, location.href);
  for (const type of ['application/cloudevents-batch+json', 'text/plain']) {
    let response;
    try {
      response = await reach(url, { method: 'POST', headers: { 'content-type': type }, body: '[]' });
    } catch (error) {
      return broken(`${error.message}. It must allow this origin (access-control-allow-origin) and the header content-type; the policy must allow ${url.origin} in connect-src.`);
    }
    if (!response.ok) return broken(`${url} answers ${response.status} to an empty batch as ${type}: it must take both types with a 2xx.`);
  }
  return well(`${url} takes batches, and takes them as text/plain from a closing page.`);
}
