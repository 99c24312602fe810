/* What the parts of the shop's page share: elements by name, requests, and prices in words. */

export const at = (id) => document.getElementById(id);

/** An element with these properties and this text, in a list. */
export function fill(name, properties, text) {
  const element = Object.assign(document.createElement(name), properties);
  if (text) element.textContent = text;
  return [element];
}

/** What the shop's server says; an error with its sentence otherwise. */
export async function get(path, body, signal) {
  const response = await fetch(path, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status });
  return answer;
}

/** A price as the browser writes it. */
export function money({ amount, currency }) {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount);
}
