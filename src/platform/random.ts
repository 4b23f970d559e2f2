// UUIDs that sort by the time they were made (RFC 9562, version 7), from the system's random source.
// Within one millisecond a counter keeps the order.
import { randomFillSync } from 'node:crypto';
import type { Random } from '../ports/random.ts';

/** Chance is drawn for many at once: asking the system costs more than all the rest. */
const drawn = Buffer.alloc(4_096);
const size = 16;
let next = drawn.length;
let lastMs = 0;
let counter = 0;

export const trueRandom: Random = { uuid, fraction: () => Math.random() };

function uuid(): string {
  if (next === drawn.length) {
    randomFillSync(drawn);
    next = 0;
  }
  stamp(drawn, next, Date.now());
  const hex = drawn.toString('hex', next, next + size);
  next += size;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** 48 bits of milliseconds, version, 12 bits of counter, variant. */
function stamp(bytes: Buffer, at: number, nowMs: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    // Starts in the lower half, so that there is room to count up.
    counter = bytes.readUInt16BE(at + 6) & 0x07ff;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  bytes.writeUIntBE(lastMs, at, 6);
  bytes.writeUInt16BE(0x7000 | counter, at + 6);
  bytes[at + 8] = 0x80 | ((bytes[at + 8] ?? 0) & 0x3f);
}
