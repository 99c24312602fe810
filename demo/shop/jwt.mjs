/* JSON Web Tokens signed with HS256, with nothing but the standard library: what the room signs for the shop, and the shop for its viewers. */

import { createHmac, timingSafeEqual } from 'node:crypto';

/* What is said of a token that another key has signed. */
export const WRONG_KEY = 'its signature is wrong';

const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const mac = (signed, key) => createHmac('sha256', key).update(signed).digest();

/** Signs what is claimed. */
export function sign(claims, key) {
  const signed = `${text({ alg: 'HS256', typ: 'JWT' })}.${text(claims)}`;
  return `${signed}.${mac(signed, key).toString('base64url')}`;
}

/** What a token claims, once its signature is checked; an error that says what is wrong with it. Who issued it and when it ends is the caller's to look at. */
export function verify(token, key) {
  const [header, claims, signature, ...rest] = String(token).split('.');
  if (!signature || rest.length) throw new Error('it does not have three parts');
  /* The algorithm is ours to choose, never the token's. */
  if (parse(header).alg !== 'HS256') throw new Error('it is not signed with HS256');
  const due = mac(`${header}.${claims}`, key);
  const is = Buffer.from(signature, 'base64url');
  if (is.length !== due.length || !timingSafeEqual(is, due)) throw new Error(WRONG_KEY);
  return parse(claims);
}

function parse(part) {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url')));
  } catch {
    throw new Error('it cannot be read');
  }
}
