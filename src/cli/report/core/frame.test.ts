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

test('a wide line has all its figures, a narrow one leaves out the least of them first', () => {
  const line = (columns: number, more: Partial<Shown> = {}) =>
    frame(input({ columns, shown: [shown(more)] }))[0]?.replace(/^. [━─]+ /, '');
  const all = ' 45 %  512 KiB of 1.0 MiB  50 of 200 entries  256 KiB/s  2.0 s left';
  assert.equal(line(120), all);
  assert.equal(line(31 + all.length), all);
  assert.equal(line(30 + all.length), ' 45 %  512 KiB of 1.0 MiB  256 KiB/s  2.0 s left');
  assert.equal(line(50), ' 45 %  256 KiB/s  2.0 s left');
  assert.equal(line(30), ' 45 %  2.0 s left');
  assert.equal(line(20), ' 45 %');
  assert.equal(line(14), '');
  assert.equal(line(120, { pace: null }), ' 45 %  512 KiB of 1.0 MiB  50 of 200 entries');
  const one = { value: 0, max: 1, bytes: 0, bytesMax: 0 };
  const pace = { bytesPerSecond: 0, entriesPerSecond: 0.5 };
  assert.equal(line(120, { progress: progress(one), pace }), '  0 %  0 of 1 entry  2.0 s left');
  const done = progress({ value: 200, bytes: 1024 * 1024 });
  assert.equal(
    line(120, { progress: done }),
    '100 %  1.0 MiB of 1.0 MiB  200 of 200 entries  256 KiB/s',
  );
});

test('a bar is as long as there is room, and as full as it is done', () => {
  const bar = (columns: number, value: number) => {
    const half = progress({ value, max: 100, bytes: 0, bytesMax: 0 });
    const [line] = frame(input({ columns, shown: [shown({ progress: half })] }));
    return [...(line ?? '')].filter((sign) => '━─'.includes(sign)).join('');
  };
  assert.equal(bar(200, 50), '━'.repeat(14) + '─'.repeat(14));
  assert.equal(bar(82, 50), '━'.repeat(10) + '─'.repeat(10));
  assert.equal(bar(40, 25), '━━──────');
});

test('each phase is told, with what was counted and for how long', () => {
  const line = (phase: Shown['phase'], value: number | null) => {
    const told = value === null ? null : progress({ value, max: 0 });
    return frame(input({ shown: [shown({ phase, progress: told })], tick: 12 }))[0];
  };
  assert.equal(line('opening', null), '⠹ Opening  3.0 s');
  assert.equal(line('choosing', 0), '⠹ Waiting for the choice  3.0 s');
  assert.equal(line('preparing', 1), '⠹ Looking at both sides  1 entry  3.0 s');
  assert.equal(line('prepared', 2), '⠹ Planned  2 entries  3.0 s');
  assert.equal(line('awaiting-approval', null), '⠹ Waiting for your approval  3.0 s');
  assert.equal(line('synchronizing', null), '⠹ Synchronizing  3.0 s');
  assert.equal(line('paused', null), '⠹ Paused  3.0 s');
  assert.equal(line('stopping', null), '⠹ Stopping  3.0 s');
  assert.equal(line('failed', null), '⠹ failed  3.0 s');
  const paused = frame(input({ shown: [shown({ phase: 'paused' })] }))[0];
  assert.equal(paused, '⠋ Paused  50 entries  3.0 s');
});

test('of several items each has its name, in one column, painted apart', () => {
  const paint = (style: string, text: string) => (text === '' ? '' : `<${style}>${text}`);
  const both = [shown({ name: 'a', phase: 'paused' }), shown({ name: 'bbb', progress: null })];
  assert.deepEqual(frame(input({ shown: both, paint, stopping: true })), [
    '<cyan>⠋ <bold>a   Paused  50 entries  3.0 s',
    '  <dim>photos/2024/one.jpg',
    '<cyan>⠋ <bold>bbb Synchronizing  3.0 s',
    '  ',
    '<yellow>Stopping cleanly. Press Ctrl-C again to leave at once.',
  ]);
  const [bar] = frame(input({ paint }));
  assert.match(bar ?? '', /^<cyan>⠋ <green>━{13}<dim>─{15} {2}45 %/);
  const long = [shown({ name: 'x'.repeat(30), progress: null }), shown({ progress: null })];
  const [first] = frame(input({ shown: long }));
  assert.equal(first, `⠋ ${'x'.repeat(23)}… Synchronizing  3.0 s`);
  const nine = Array.from({ length: 9 }, () => shown());
  assert.equal(frame(input({ shown: nine, paint })).at(-1), '<dim>  … and 1 more item');
  assert.equal(frame(input({ shown: nine.slice(1) })).length, 16);
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
  assert.equal(shareDone(progress({ bytesMax: 0, value: 0, max: 0 })), 0);
  assert.equal(shareDone(progress({ bytes: 0, value: 100 })), 0.1);
  assert.equal(shareDone(progress({ bytes: -9e9 })), 0);
});
