// What a person writes into a file of a virtual disk: a token of its own, filled up so that content of
// another token, a part of it, or a mixture of two can be told from it.

const smallBytes = 12;
const header = /^(t\d+):(\d+);/;

export function contentOf(token: string, size: number = smallBytes): Uint8Array {
  const head = `${token}:${size};`;
  if (size < 4096) return new TextEncoder().encode(head.padEnd(size, token).slice(0, size));
  const bytes = new Uint8Array(size).fill(token.charCodeAt(token.length - 1));
  bytes.set(new TextEncoder().encode(head));
  // Versions differ in the middle too.
  bytes.set(new TextEncoder().encode(token), size >> 1);
  return bytes;
}

const known = new WeakMap<Uint8Array, string | null>();

/** Null: not the whole content of any token. */
export function tokenOf(bytes: Uint8Array): string | null {
  const found = known.get(bytes);
  if (found !== undefined) return found;
  const read = readToken(bytes);
  known.set(bytes, read);
  return read;
}

function readToken(bytes: Uint8Array): string | null {
  const [, token, size] = header.exec(new TextDecoder().decode(bytes.subarray(0, 24))) ?? [];
  if (token === undefined || Number(size) !== bytes.length) return null;
  return Buffer.compare(contentOf(token, bytes.length), bytes) === 0 ? token : null;
}
