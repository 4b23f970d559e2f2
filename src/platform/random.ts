// UUIDs that sort by the time they were made (RFC 9562, version 7), from the system's random source.
// Within one millisecond a counter keeps the order.
import { randomFillSync } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const bytes = new Uint8Array(16);
let lastMs = 0;
let counter = 0;

export const trueRandom: Random = { uuid, fraction: () => Math.random() };

function uuid(): string {
  randomFillSync(bytes);
  stamp(Date.now());
  const hex = Buffer.from(bytes).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** 48 bits of milliseconds, version, 12 bits of counter, variant. */
function stamp(nowMs: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    // Starts in the lower half, so that there is room to count up.
    counter = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0);
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(lastMs / 0x10000));
  view.setUint16(4, lastMs % 0x10000);
  view.setUint16(6, 0x7000 | counter);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
}
