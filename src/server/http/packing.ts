// Event streams in gzip, for viewers that take it: what goes to all of them is packed once. Each part is packed
// by itself, so that it may stand after any other.
import { constants, deflateRawSync } from 'node:zlib';

export type Packing = 'plain' | 'packed';

/**
 * Begins a gzip stream (RFC 1952, 2.3): deflate, no name, no time. A stream of events ends when one of both
 * leaves, so there is never an end of it with a sum to check.
 */
export const packedHead: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** After the flush nothing refers to what came before. */
const settings = { level: constants.Z_BEST_SPEED, finishFlush: constants.Z_FULL_FLUSH };
const packed = new WeakMap<Uint8Array, Uint8Array>();

/** To stand after `packedHead` and other parts; the same bytes are packed once, however often they are asked for. */
export function pack(bytes: Uint8Array): Uint8Array {
  const known = packed.get(bytes);
  if (known !== undefined) return known;
  const made = deflateRawSync(bytes, settings);
  packed.set(bytes, made);
  return made;
}
