import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Baseline, openBaseline } from './baseline.ts';
import { writeBaseline } from './baseline-write.ts';
import type { BaseEntry, Content, Entry, Observation, Row, Side } from './entry.ts';
import { joinRows } from './rows.ts';
import { ScanPacker, type ScanResult, type Seen, unpackScan } from './scan-result.ts';

const signature = { mtimeMs: 1, ctimeMs: 2, inode: 3 };
const folder: Content = { kind: 'folder', mode: 0o755 };
const file: Content = { kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest: null };
const absent: Seen = { state: 'absent' };
const present: Seen = { state: 'present', entry: { ...file, signature } as Entry };
const unknown: Seen = {
  state: 'unknown',
  problem: { path: 'd', side: 'right', code: 'folder-unreadable', text: 'no' },
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
  const packer = new ScanPacker(side);
  for (const [path, one] of Object.entries(seen)) pack(packer, path, one);
  return unpackScan(packer.pack({ counts, rules: [], rulesChanged: false }));
}

function pack(packer: ScanPacker, path: string, seen: Seen): void {
  if (seen.state === 'absent' || seen.state === 'ignored') packer[seen.state](path);
  else if (seen.state === 'unknown') packer.unknown(path, seen.problem.code, seen.problem.text);
  else if (seen.state === 'present') {
    const { kind, signature: found } = seen.entry;
    const numbers = { size: 1, mode: 0o644, ...found };
    packer.present(path, { kind: kind === 'folder' ? 'directory' : kind, ...numbers }, null, false);
  }
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

/** `present open`: a folder into which the scan went. */
function sayOf(seen: Observation): string {
  const isOpen = seen.state === 'present' && seen.entry.kind === 'folder';
  return isOpen ? 'present open' : seen.state;
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
    assert.deepEqual(states({}, { d: { state: 'ignored' } }), gone);
    assert.deepEqual(states({ d: { state: 'ignored' } }, { d: absent, 'd/n': present }), gone);
  });

  test('leave out what is new on one side and left out by the rules of the other', () => {
    const leavesOut = (path: string) => path === 'n';
    assert.deepEqual(states({}, { n: present, o: present }, known(), leavesOut), [
      'o: absent present',
    ]);
  });

  test('hold what was agreed and what each side has, however they are looked at', () => {
    const scans = {
      left: scanned('left', { h: present, n: present }),
      right: scanned('right', { d: unknown }),
    };
    const { rows } = joinRows(known(), scans);
    const agreed = (content: Content) => ({ content, left: signature, right: signature });
    const same = { state: 'same' } as const;
    const wanted: Row[] = [
      { path: 'd', base: agreed(folder), left: same, right: unknown as Observation },
      { path: 'h', base: agreed(file), left: present as Observation, right: same },
      { path: 'n', base: null, left: present as Observation, right: { state: 'absent' } },
    ];
    assert.deepEqual([...rows], wanted);
    assert.equal(rows.length, 3);
    assert.deepEqual([rows.at(1), rows.at(-1), rows.at(3)], [wanted[1], undefined, undefined]);
    assert.deepEqual([...rows.entries()], [...wanted.entries()]);
    assert.deepEqual(
      rows.map((row, at) => [at, row.path]),
      [
        [0, 'd'],
        [1, 'h'],
        [2, 'n'],
      ],
    );
    assert.deepEqual(
      rows.filter(({ base }) => base === null),
      [wanted[2]],
    );
  });

  test('come with the problems of both sides, the left one first', () => {
    const problem = (path: string, side: Side) => ({
      path,
      side,
      code: 'folder-special',
      text: 'x',
    });
    const scans = {
      left: { ...scanned('left', {}), problems: [problem('b', 'left')] },
      right: { ...scanned('right', {}), problems: [problem('a', 'right'), problem('c', 'right')] },
    };
    const { rows, forgotten, problems } = joinRows(known(), scans);
    assert.deepEqual([rows.length, forgotten], [0, []]);
    assert.deepEqual(
      problems.map(({ path, side }) => `${side} ${path}`),
      ['left b', 'right a', 'right c'],
    );
  });

  test('go by the nearest folder at which a scan stopped, and by the root where there is none', () => {
    const open: Seen = { state: 'present', entry: { ...folder, signature } as Entry };
    const inside = { 'd/e/g': present, 'd/e/n/o': present, 'd/f': absent };
    for (const [left, wanted] of [
      [{ d: open, 'd/e': unknown }, ['present open', 'unknown', 'unknown', 'unknown', 'same']],
      [{ d: open, 'd/e': absent }, ['present open', 'absent', 'absent', 'absent', 'same']],
      [{ d: open, 'd/e': open }, ['present open', 'present open', 'same', 'absent', 'same']],
      [{ d: absent, 'd/e': unknown }, ['absent', 'unknown', 'unknown', 'unknown', 'absent']],
      [{ d: unknown, 'd/e': absent }, ['unknown', 'absent', 'absent', 'absent', 'unknown']],
    ] as const) {
      const scans = { left: scanned('left', left), right: scanned('right', inside) };
      const said = joinRows(known(), scans).rows.map((row) => [row.path, sayOf(row.left)]);
      const paths = ['d', 'd/e', 'd/e/g', 'd/e/n/o', 'd/f'];
      assert.deepEqual(
        said,
        paths.map((path, at) => [path, wanted[at]]),
      );
    }
    assert.deepEqual(states({ '': unknown }, { h: absent, n: present }), [
      ': unknown same',
      'h: unknown absent',
      'n: unknown present',
    ]);
    assert.deepEqual(states({ '': open }, { h: absent, n: present }), [
      ': present same',
      'h: same absent',
      'n: absent present',
    ]);
    assert.deepEqual(states({ '': absent }, { h: present }), [
      ': absent same',
      'd: absent same',
      'd/e: absent same',
      'd/e/g: absent same',
      'd/f: absent same',
      'h: absent present',
    ]);
    assert.deepEqual(states({ '': { state: 'ignored' } }, { n: present }), [
      ': forgotten',
      'd: forgotten',
      'd/e: forgotten',
      'd/e/g: forgotten',
      'd/f: forgotten',
      'h: forgotten',
    ]);
  });

  test('are asked about the rules for what is there only, and as the kind that is there', () => {
    const open: Seen = { state: 'present', entry: { ...folder, signature } as Entry };
    const asked: string[] = [];
    const leavesOut = (path: string, isFolder: boolean) => {
      asked.push(`${path}${isFolder ? '/' : ''}`);
      return path.startsWith('x') || path === 'h';
    };
    const left = { h: present, 'd/f': absent, x: open, y: present };
    const right = { 'x/a': present, z: open, y: open, d: unknown };
    assert.deepEqual(states(left, right, known(), leavesOut), [
      'd: same unknown',
      'd/f: absent unknown',
      'y: present present',
      'z: absent present',
      'h: forgotten',
    ]);
    assert.deepEqual(asked, ['h', 'x/', 'x/a', 'y', 'z/']);
  });

  test('stand in an order in which a folder comes before what is in it', () => {
    const found = states({ 'a-b': present, a: present, 'a/c': present, B: present }, {}, null);
    assert.deepEqual(
      found.map((line) => line.split(':')[0]),
      ['B', 'a', 'a/c', 'a-b'],
    );
  });
});
