import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import { SyncError } from '../../model/error.ts';
import { layOut, readHeader, type Sizes, totalBytes, writeHeader } from './baseline-layout.ts';

const small: Sizes = {
  entries: 3,
  folders: 2,
  nameBytes: 5,
  targetBytes: 3,
  digests: 1,
  aboutBytes: 9,
};

/** Whole, with something else in each byte behind the header. */
function filled(sizes: Sizes): Uint8Array {
  const bytes = new Uint8Array(totalBytes(sizes));
  for (let at = 64; at < bytes.length; at++) bytes[at] = (at * 37) & 0xff;
  writeHeader(bytes, sizes);
  return bytes;
}

function reasonOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    assert.equal(error.code, 'folder-baseline-damaged');
    return /\((.*)\)/.exec(error.message)?.[1] ?? '';
  }
  return 'none';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

test('each column begins at a multiple of eight right behind the one before', () => {
  const { columns, total } = layOut(new ArrayBuffer(4096), 16, small);
  const { left, right, ...own } = columns;
  const places = Object.entries({ ...own, ...prefixed('left', left), ...prefixed('right', right) })
    .map(([name, { byteOffset, byteLength }]) => [byteOffset - 16, name, byteLength] as const)
    .sort(([one], [other]) => one - other);
  assert.deepEqual(places, [
    [64, 'size', 24],
    [88, 'mtime', 24],
    [112, 'left.mtime', 24],
    [136, 'left.ctime', 24],
    [160, 'left.inode', 24],
    [184, 'right.mtime', 24],
    [208, 'right.ctime', 24],
    [232, 'right.inode', 24],
    [256, 'nameAt', 16],
    [272, 'extra', 12],
    [288, 'first', 12],
    [304, 'bytesAt', 12],
    [320, 'entryOf', 8],
    [328, 'parent', 8],
    [336, 'mode', 6],
    [344, 'flags', 3],
    [352, 'names', 5],
    [360, 'targets', 3],
    [368, 'digests', 32],
    [400, 'about', 9],
  ]);
  assert.equal(total, 416);
});

function prefixed(side: string, columns: object): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(columns).map(([name, all]) => [`${side}.${name}`, all]));
}

test('a baseline of any sizes takes just the bytes that its columns take', () => {
  const count = fc.nat(40);
  const sizes = fc.record(
    {
      entries: count,
      folders: count,
      nameBytes: count,
      targetBytes: count,
      digests: count,
      aboutBytes: count,
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(sizes, (each) => {
      const { total } = layOut(new ArrayBuffer(16_384), 8, each);
      assert.equal(totalBytes(each), total);
      assert.deepEqual(readHeader(filled(each), true), each);
    }),
    seeded(100),
  );
});

// Whoever changes these can no longer open what was written before.
test('the header is the one of every baseline of this form, its sums too', () => {
  const headers = [small, { ...small, aboutBytes: 1 }, { ...small, entries: 40, nameBytes: 100 }]
    .map(filled)
    .map((bytes) => [bytes.length, hex(bytes.subarray(0, 40)), hex(bytes.subarray(40, 64))]);
  const spare = '00'.repeat(24);
  assert.deepEqual(headers, [
    [
      416,
      '534d534201000000030000000200000005000000030000000100000009000000bd14e0d555b601a2',
      spare,
    ],
    [
      408,
      '534d534201000000030000000200000005000000030000000100000001000000b0998c519bebda84',
      spare,
    ],
    [
      3280,
      '534d5342010000002800000002000000640000000300000001000000090000000e86489d693543dd',
      spare,
    ],
  ]);
});

test('sizes and sums are the same wherever the bytes begin', () => {
  const bytes = filled(small);
  const memory = new Uint8Array(bytes.length + 32);
  const within = memory.subarray(24, 24 + bytes.length);
  within.set(bytes.subarray(64), 64);
  writeHeader(within, small);
  assert.deepEqual(hex(within), hex(bytes));
  assert.deepEqual(readHeader(within, true), small);
  assert.equal(hex(memory.subarray(0, 24)), '00'.repeat(24));
});

test('I22 what is no whole baseline is refused with what is wrong with it', () => {
  const whole = filled(small);
  const altered = (at: number) => {
    const bytes = whole.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const longer = new Uint8Array(whole.length + 8);
  longer.set(whole);
  for (const [bytes, checked, unchecked] of [
    [new Uint8Array(), 'it is too short', 'it is too short'],
    [whole.slice(0, 63), 'it is too short', 'it is too short'],
    [new Uint8Array(64), 'it is something else', 'it is something else'],
    [altered(0), 'it is something else', 'it is something else'],
    [altered(3), 'it is something else', 'it is something else'],
    [altered(4), 'its form is unknown', 'its form is unknown'],
    [altered(7), 'its form is unknown', 'its form is unknown'],
    [whole.slice(0, 64), 'it was cut off', 'it was cut off'],
    [whole.slice(0, -8), 'it was cut off', 'it was cut off'],
    [longer, 'it was cut off', 'it was cut off'],
    [altered(8), 'it was cut off', 'it was cut off'],
    [altered(32), 'its checksum is wrong', 'none'],
    [altered(35), 'its checksum is wrong', 'none'],
    [altered(36), 'its checksum is wrong', 'none'],
    [altered(39), 'its checksum is wrong', 'none'],
    [altered(64), 'its checksum is wrong', 'none'],
    [altered(whole.length - 1), 'its checksum is wrong', 'none'],
    [whole, 'none', 'none'],
  ] as const) {
    const reasons = [true, false].map((sum) => reasonOf(() => readHeader(bytes, sum)));
    assert.deepEqual(reasons, [checked, unchecked]);
  }
});

test('I22 no bit of what is summed can flip unseen, and no two words change places', () => {
  for (const sizes of [small, { ...small, aboutBytes: 1 }]) {
    const bytes = filled(sizes);
    for (let at = 64; at < bytes.length; at++) {
      for (let bit = 1; bit < 256; bit <<= 1) {
        bytes[at] = (bytes[at] ?? 0) ^ bit;
        assert.equal(
          reasonOf(() => readHeader(bytes, true)),
          'its checksum is wrong',
        );
        bytes[at] = (bytes[at] ?? 0) ^ bit;
      }
    }
    for (let at = 64; at + 8 <= bytes.length; at += 4) {
      const swapped = bytes.slice();
      swapped.copyWithin(at, at + 4, at + 8);
      swapped.set(bytes.subarray(at, at + 4), at + 4);
      assert.equal(
        reasonOf(() => readHeader(swapped, true)),
        'its checksum is wrong',
      );
    }
  }
});
