// What scanning two trees in memory would say, compared with a baseline.
import type { Doubt } from '../../src/folder/core/doubts.ts';
import {
  type BaseEntry,
  type Observation,
  type Row,
  type Side,
  sides,
} from '../../src/folder/core/entry.ts';
import { isReserved, isWithin } from '../../src/folder/core/path.ts';
import type { Disks } from './tree-apply.ts';
import { byText, entryOf, signatureOf, type TreeNode } from './tree-disk.ts';

export type Baseline = ReadonlyMap<string, BaseEntry>;

/** Paths that cannot be looked into, by side. */
export type Unknown = Readonly<Record<Side, ReadonlySet<string>>>;

export const nothingUnknown: Unknown = { left: new Set(), right: new Set() };

export function rowsOf(disks: Disks, baseline: Baseline, unknown: Unknown): Row[] {
  const paths = new Set(baseline.keys());
  for (const side of sides) {
    for (const path of disks[side].paths()) if (!isReserved(path)) paths.add(path);
  }
  const rows: Row[] = [];
  for (const path of [...paths].sort(byText)) {
    const base = baseline.get(path) ?? null;
    const left = observe(disks, 'left', path, base, unknown);
    const right = observe(disks, 'right', path, base, unknown);
    if (left.state === 'same' && right.state === 'same') continue;
    if (base === null && left.state === 'absent' && right.state === 'absent') continue;
    rows.push({ path, base, left, right });
  }
  return rows;
}

function observe(
  disks: Disks,
  side: Side,
  path: string,
  base: BaseEntry | null,
  unknown: Unknown,
): Observation {
  if (isWithin(path, unknown[side])) {
    return { state: 'unknown', problem: { path, side, code: 'folder-unreadable', text: 'no' } };
  }
  const node = disks[side].get(path);
  if (node === null) return { state: 'absent' };
  if (base !== null && isSame(node, base, side)) return { state: 'same' };
  return { state: 'present', entry: entryOf(node) };
}

function isSame(node: TreeNode, base: BaseEntry, side: Side): boolean {
  const { mtimeMs, ctimeMs, inode } = signatureOf(node);
  const was = base[side];
  const stamped = was.inode === inode && was.ctimeMs === ctimeMs && was.mtimeMs === mtimeMs;
  return node.kind === base.content.kind && stamped;
}

/** The rows with the digests that were asked for. */
export function read(disks: Disks, rows: readonly Row[], wanted: readonly Doubt[]): Row[] {
  const asked = { left: new Set<string>(), right: new Set<string>() };
  for (const { side, path } of wanted) asked[side].add(path);
  return rows.map((row) => {
    const seen = { left: row.left, right: row.right };
    for (const side of sides) {
      const node = asked[side].has(row.path) ? disks[side].get(row.path) : null;
      if (node !== null) seen[side] = { state: 'present', entry: entryOf(node, true) };
    }
    return { ...row, ...seen };
  });
}
