// JSON as it is let in: nothing that would change by being read, and no key that means something to
// the language. The first thing that is wrong is named by its JSON pointer (RFC 6901).
import type { Json } from '../../../model/json.ts';

export type Read = { readonly value: Json } | { readonly pointer: string; readonly reason: string };

const depthMax = 64;
const forbidden = ['__proto__', 'constructor', 'prototype'];

export function readJson(text: string): Read {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { pointer: '', reason: 'the body is no JSON' };
  }
  return faultIn(value, '', 0) ?? { value };
}

function faultIn(value: Json, pointer: string, depth: number): Read | null {
  if (depth > depthMax) return { pointer, reason: 'it is nested too deeply' };
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { pointer, reason: 'the number is too large to be exact' };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const place = pointerTo([pointer, key]);
    if (forbidden.includes(key)) return { pointer: place, reason: 'this key is not permitted' };
    const fault = faultIn(inner as Json, place, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

/** The first part is a pointer already. */
export function pointerTo([first, ...keys]: readonly string[]): string {
  return [first, ...keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}
