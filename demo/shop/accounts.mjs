/* The shop's own accounts, and the tokens by which a room knows them: the shop vouches for who has signed in with it. */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sign } from './jwt.mjs';

/* How long a token lasts; a room takes an hour at most. */
const LIFE_S = 900;

/** Who is signed in, by a cookie that the shop signs. A real shop asks for more than a name. */
export class Accounts {
  #secret;

  /** `file` keeps the secret of the cookies. */
  constructor(file) {
    if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
    this.#secret = readFileSync(file);
  }

  /** The name of who asks, if somebody is signed in. */
  of(request) {
    const [, name, signature] = request.headers.cookie?.match(/(?:^|; )account=([\w-]+)\.([\w-]+)/) ?? [];
    if (!name) return undefined;
    const due = this.#mac(name);
    const is = Buffer.from(signature, 'base64url');
    const isOurs = is.length === due.length && timingSafeEqual(is, due);
    return isOurs ? Buffer.from(name, 'base64url').toString() : undefined;
  }

  /** The cookie of a name; without one the cookie that signs out. */
  cookie(name) {
    const kept = 'HttpOnly; SameSite=Strict; Path=/';
    if (!name) return `account=; ${kept}; Max-Age=0`;
    const text = Buffer.from(name).toString('base64url');
    return `account=${text}.${this.#mac(text).toString('base64url')}; ${kept}`;
  }

  #mac(text) {
    return createHmac('sha256', this.#secret).update(text).digest();
  }
}

/** Makes tokens: signed here with the key that the room server was given with `--key`, or asked of a server in development. */
export function tokens({ server, room, key }) {
  if (key) {
    return async (role, sub, name) => {
      const iat = Math.floor(Date.now() / 1_000);
      return sign({ aud: room, sub, role, name, iat, exp: iat + LIFE_S }, key);
    };
  }
  return async (role, sub, name) => {
    const response = await fetch(`${server}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ room, role, sub, name }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${answer.refusal?.message ?? 'the server gives no token'}: start it with --dev, or start both with the same --key FILE`);
    return answer.token;
  };
}
