import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Line, LineReader } from './line-reader.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function read(limit: number, ...chunks: readonly Uint8Array[]): readonly Line[] {
  const reader = new LineReader(limit);
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

test('lines are the same whatever portions they come in', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1 }), (texts, cut) => {
      const lines = texts.map((text) => text.replaceAll('\n', ''));
      const whole = bytes(lines.map((line) => `${line}\n`).join(''));
      const size = 1 + (cut % 7);
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
      const texted = read(10_000, ...chunks).map((line) =>
        line.kind === 'line' ? line.text : null,
      );
      assert.deepEqual(texted, lines);
    }),
    { seed: Number(process.env.SEED ?? 1) },
  );
});

test('what stood after the last end of a line is a line too', () => {
  assert.deepEqual(read(10, bytes('a\nb')), [
    { kind: 'line', text: 'a' },
    { kind: 'line', text: 'b' },
  ]);
  assert.deepEqual(read(10, bytes('a\n')), [{ kind: 'line', text: 'a' }]);
});

test('HN-11 a line over the limit is told by its length, held by nobody, and the next is read', () => {
  const reader = new LineReader(4);
  const lines = ['abcd\n', 'ab', 'cd', 'e', 'f', '\nok\n'].flatMap((part) => {
    const read = reader.push(bytes(part));
    assert.ok(reader.heldBytes <= 4);
    return read;
  });
  assert.deepEqual(lines, [
    { kind: 'line', text: 'abcd' },
    { kind: 'overlong', bytes: 6 },
    { kind: 'line', text: 'ok' },
  ]);
});

test('MT-7 HN-11 a line without end takes up no memory', () => {
  const reader = new LineReader(1_000);
  for (let turn = 0; turn < 1_000; turn++) {
    assert.deepEqual(reader.push(new Uint8Array(10_000).fill(65)), []);
    assert.ok(reader.heldBytes <= 1_000);
  }
  assert.deepEqual(reader.end(), [{ kind: 'overlong', bytes: 10_000_000 }]);
});
