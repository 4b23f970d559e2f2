import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgressShape } from '../../../api/shapes.ts';
import { type FrameInput, frame, type Shown, shareDone } from './frame.ts';
import { width } from './text.ts';

const progress = (more: Partial<ProgressShape> = {}): ProgressShape => ({
  session: 's',
  partnership: 'p',
  item: 'i',
  name: 'docs',
  status: 'updating',
  text: 'photos/2024/one.jpg',
  value: 50,
  max: 200,
  bytes: 512 * 1024,
  bytesMax: 1024 * 1024,
  ...more,
});
const shown = (more: Partial<Shown> = {}): Shown => ({
  name: 'docs',
  phase: 'synchronizing',
  progress: progress(),
  pace: { bytesPerSecond: 256 * 1024, entriesPerSecond: 1000 },
  ...more,
});
const input = (more: Partial<FrameInput> = {}): FrameInput => ({
  shown: [shown()],
  columns: 120,
  tick: 0,
  elapsedMs: 3000,
  stopping: false,
  paint: (_, text) => text,
  ...more,
});

test('a running item shows its share, bytes, rate, time left, entries and path', () => {
  const [line, path] = frame(input());
  assert.match(line ?? '', /━+─+ {2}45 % {2}512 KiB of 1\.0 MiB/);
  assert.match(line ?? '', /256 KiB\/s {2}2\.0 s left|256 KiB\/s {2}50 of 200 entries/);
  assert.match(line ?? '', /50 of 200 entries/);
  assert.match(line ?? '', /2\.0 s left/);
  assert.equal(path, '  photos/2024/one.jpg');
});

test('while both sides are looked at it counts what it has seen', () => {
  const looking = shown({
    phase: 'preparing',
    progress: progress({ value: 12_345, max: 0, text: '' }),
  });
  const [line] = frame(input({ shown: [looking] }));
  assert.match(line ?? '', /Looking at both sides {2}12,345 entries {2}3\.0 s/);
});

test('no line is wider than the terminal, however narrow', () => {
  const long = 'ein/sehr/langer/'.repeat(20);
  for (const columns of [24, 40, 60, 80, 100, 200]) {
    const many = Array.from({ length: 12 }, (_, at) =>
      shown({ name: `partnership-${at}`, progress: progress({ text: long }) }),
    );
    for (const line of frame(input({ columns, shown: many, stopping: true }))) {
      assert.ok(width(line) <= Math.max(columns, 40), `${columns}: ${line}`);
    }
  }
});

test('more items than fit are counted', () => {
  const many = Array.from({ length: 12 }, (_, at) => shown({ name: `p${at}` }));
  const lines = frame(input({ shown: many }));
  assert.equal(lines.at(-1), '  … and 4 more items');
  assert.match(lines[0] ?? '', /p0/);
});

test('the bar is full only when everything is done', () => {
  assert.equal(shareDone(progress({ value: 199, bytes: 1024 * 1024 })), 0.99);
  assert.equal(shareDone(progress({ value: 200, bytes: 1024 * 1024 })), 1);
  assert.equal(shareDone(progress({ bytesMax: 0 })), 0.25);
});
