import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, gunzipSync } from 'node:zlib';
import { pack, packedHead } from './packing.ts';

const unpacked = (...parts: readonly Uint8Array[]) =>
  gunzipSync(Buffer.concat([packedHead, ...parts]), {
    finishFlush: constants.Z_SYNC_FLUSH,
  }).toString();

test('packed parts can be read after any others, in any order', () => {
  const texts = ['first\n\n'.repeat(40), 'second ü\n\n'] as const;
  const [first, second] = texts.map((text) => Buffer.from(text)) as [Buffer, Buffer];
  assert.equal(unpacked(pack(first), pack(second)), texts.join(''));
  assert.equal(unpacked(pack(second), pack(first)), texts.toReversed().join(''));
  assert.equal(unpacked(pack(second)), texts[1]);
  assert.ok(pack(first).length < first.length / 4);
});

test('the same bytes are packed once', () => {
  const bytes = Buffer.from('x');
  assert.equal(pack(bytes), pack(bytes));
});
