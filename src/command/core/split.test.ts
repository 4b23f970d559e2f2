import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter, lineMax } from './split.ts';

function linesOf(bytes: Uint8Array, cut: (length: number) => number): readonly string[] {
  const splitter = new LineSplitter();
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = from + Math.max(1, cut(bytes.length - from));
    lines.push(...splitter.push(bytes.subarray(from, to)));
    from = to;
  }
  return [...lines, ...splitter.end()];
}

test('lines are the same in whatever portions they come, and a carriage return ends one', () => {
  const text = 'eins\nzwei\r\n\r 10%\r100%\nä€😀\nlast';
  const bytes = new TextEncoder().encode(text);
  const whole = ['eins', 'zwei', ' 10%', '100%', 'ä€😀', 'last'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: bytes.length }), (size) => {
      assert.deepEqual(
        linesOf(bytes, () => size),
        whole,
      );
    }),
    { seed: Number(process.env.SEED ?? 1) },
  );
});

test('HN-11 a line without end is cut, and costs no more memory than the limit', () => {
  const splitter = new LineSplitter();
  const portion = new Uint8Array(1_000_000).fill(97);
  for (let turn = 0; turn < 20; turn++) assert.deepEqual(splitter.push(portion), []);
  const lines = [...splitter.push(new TextEncoder().encode('\nnext\n')), ...splitter.end()];
  assert.deepEqual(
    lines.map(({ length }) => length),
    [lineMax, 4],
  );
});
