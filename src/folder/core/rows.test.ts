import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Baseline, openBaseline } from './baseline.ts';
import { writeBaseline } from './baseline-write.ts';
import type { BaseEntry, Content, Entry } from './entry.ts';
import { joinRows } from './rows.ts';
import { ScanPacker, type ScanResult, type Seen, unpackScan } from './scan-result.ts';

const signature = { mtimeMs: 1, ctimeMs: 2, inode: 3 };
const folder: Content = { kind: 'folder', mode: 0o755 };
const file: Content = { kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest: null };
const absent: Seen = { state: 'absent' };
const present: Seen = { state: 'present', entry: { ...file, signature } as Entry };
const unknown: Seen = {
  state: 'unknown',
  problem: { path: 'd', side: 'left', code: 'folder-unreadable', text: 'no' },
};

/** `d` with `d/f` and `d/e/g`, and `h` beside. */
function known(): Baseline {
  const entry = (content: Content): BaseEntry => ({ content, left: signature, right: signature });
  const tree = new Map([
    ['d', entry(folder)],
    ['d/e', entry(folder)],
    ['d/e/g', entry(file)],
    ['d/f', entry(file)],
    ['h', entry(file)],
  ]);
  const about = { generation: 1, roots: { left: 'l', right: 'r' }, rulesKey: '' };
  return openBaseline(writeBaseline(null, tree, about));
}

function scanned(side: 'left' | 'right', seen: Readonly<Record<string, Seen>>): ScanResult {
  const counts = { entries: 0, bytes: 0, ignored: 0, linked: 0, listed: 0 };
  const nothing = unpackScan(new ScanPacker(side).pack({ counts, rules: [], rulesChanged: false }));
  return { ...nothing, seen: new Map(Object.entries(seen)) };
}

function states(
  left: Readonly<Record<string, Seen>>,
  right: Readonly<Record<string, Seen>>,
  baseline: Baseline | null = known(),
  leavesOut?: (path: string, isFolder: boolean) => boolean,
): string[] {
  const scans = { left: scanned('left', left), right: scanned('right', right) };
  const { rows, forgotten } = joinRows(baseline, scans, leavesOut);
  return [
    ...rows.map((row) => `${row.path}: ${row.left.state} ${row.right.state}`),
    ...forgotten.map((path) => `${path}: forgotten`),
  ];
}

describe('rows', () => {
  test('are none where neither side says anything', () => {
    assert.deepEqual(states({}, {}), []);
  });

  test('say of the side that was silent: the same as known, absent where nothing was', () => {
    assert.deepEqual(states({ h: present, n: present }, {}), [
      'h: present same',
      'n: present absent',
    ]);
    assert.deepEqual(states({}, { n: present }, null), ['n: absent present']);
  });

  test('spell out what was inside a folder that is gone, beside an edit on the other side', () => {
    assert.deepEqual(states({ d: absent }, { 'd/f': present, 'd/n': present }), [
      'd: absent same',
      'd/e: absent same',
      'd/e/g: absent same',
      'd/f: absent present',
      'd/n: absent present',
    ]);
  });

  test('spell out what was inside a folder that became a file', () => {
    assert.deepEqual(states({ d: present }, {}), [
      'd: present same',
      'd/e: absent same',
      'd/e/g: absent same',
      'd/f: absent same',
    ]);
  });

  test('I13 know nothing below a path that could not be seen', () => {
    assert.deepEqual(states({ d: unknown }, { 'd/f': absent, 'd/n': present }), [
      'd: unknown same',
      'd/f: unknown absent',
      'd/n: unknown present',
    ]);
    assert.deepEqual(states({ d: unknown }, { d: absent }), [
      'd: unknown absent',
      'd/e: unknown absent',
      'd/e/g: unknown absent',
      'd/f: unknown absent',
    ]);
  });

  test('FS-29 forget what one side leaves out, whatever happened to it on the other', () => {
    const gone = ['d: forgotten', 'd/e: forgotten', 'd/e/g: forgotten', 'd/f: forgotten'];
    assert.deepEqual(states({ d: { state: 'ignored' } }, {}), gone);
    assert.deepEqual(states({ d: { state: 'ignored' } }, { d: absent, 'd/n': present }), gone);
  });

  test('leave out what is new on one side and left out by the rules of the other', () => {
    const leavesOut = (path: string) => path === 'n';
    assert.deepEqual(states({}, { n: present, o: present }, known(), leavesOut), [
      'o: absent present',
    ]);
  });

  test('stand in an order in which a folder comes before what is in it', () => {
    const found = states({ 'a-b': present, a: present, 'a/c': present, B: present }, {}, null);
    assert.deepEqual(
      found.map((line) => line.split(':')[0]),
      ['B', 'a', 'a/c', 'a-b'],
    );
  });
});
