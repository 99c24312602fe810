/* A fresh name that nobody else has: 96 random bits, 24 letters and digits. */

export const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
