// A real folder, scanned in this thread, and a plain recursive look at it to compare with.
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Baseline, openBaseline } from '../../src/folder/core/baseline.ts';
import { writeBaseline } from '../../src/folder/core/baseline-write.ts';
import type { BaseEntry, Entry, Side } from '../../src/folder/core/entry.ts';
import { joinRows, type RowSet } from '../../src/folder/core/rows.ts';
import { type ScanResult, unpackScan } from '../../src/folder/core/scan-result.ts';
import { Meter } from '../../src/folder/meter.ts';
import { type ScanInput, scanSide } from '../../src/folder/scan.ts';
import type { IgnoreRules } from '../../src/folder/scan-ignore.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { disk } from '../../src/platform/disk.ts';
import { sha256 } from '../../src/platform/hasher.ts';
import type { Filesystem } from '../../src/ports/filesystem.ts';

/** Longer than any local file system's step; tests wait for it where it matters. */
export const shortWindowMs = 20;

const noRules: IgnoreRules = { add: () => undefined, ignores: () => false };

export interface ScanOptions extends Partial<ScanInput> {
  readonly filesystem?: Filesystem;
  readonly ignore?: IgnoreRules;
  readonly nowMs?: number;
}

/** Removed with the `using` that holds it. */
export function temporaryRoot(): { readonly root: string } & Disposable {
  const root = mkdtempSync(join(tmpdir(), 'scan-'));
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

export function scan(
  root: string,
  side: Side,
  baseline: Baseline | null = null,
  options: ScanOptions = {},
): ScanResult {
  const { filesystem = disk, ignore = noRules, nowMs, ...input } = options;
  const clock = nowMs === undefined ? trueClock : { ...trueClock, now: () => nowMs };
  const packed = scanSide(
    { filesystem, clock, sha256 },
    {
      side,
      root,
      baseline: baseline?.bytes ?? null,
      rules: [],
      rulesKey: 'k',
      trustListings: true,
      racyWindowMs: shortWindowMs,
      meter: new Meter().shared,
      ...input,
    },
    ignore,
  );
  return unpackScan(packed);
}

/** Scans one root as both sides, takes what is there as agreed, and gives the rows and the baseline. */
export function agree(
  root: string,
  old: Baseline | null = null,
  options: ScanOptions = {},
): { readonly rows: RowSet; readonly baseline: Baseline; readonly listed: number } {
  const scans = {
    left: scan(root, 'left', old, options),
    right: scan(root, 'right', old, options),
  };
  const rows = joinRows(old, scans);
  const changes = new Map<string, BaseEntry | null>();
  for (const { path, left, right } of rows.rows) {
    if (left.state === 'present' && right.state === 'present') {
      const { signature, ...content } = left.entry;
      changes.set(path, { content, left: signature, right: right.entry.signature });
    } else if (left.state === 'absent') changes.set(path, null);
  }
  for (const path of rows.forgotten) changes.set(path, null);
  const about = { generation: 1, roots: { left: 'l', right: 'r' }, rulesKey: 'k' };
  const listings = { left: scans.left.listings, right: scans.right.listings };
  const bytes = writeBaseline(old, changes, about, listings);
  return { rows, baseline: openBaseline(bytes), listed: scans.left.counts.listed };
}

/** Everything below a root, asked for one by one. */
export function naive(root: string): Map<string, Entry> {
  const found = new Map<string, Entry>();
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const entry = naiveEntry(join(root, path));
      found.set(path, entry);
      if (entry.kind === 'folder') visit(path);
    }
  };
  visit('');
  return found;
}

function naiveEntry(path: string): Entry {
  const { mtimeMs, ctimeMs, ino, mode, size, ...stat } = lstatSync(path);
  const signature = { mtimeMs, ctimeMs, inode: ino };
  const bits = mode & 0o7777;
  if ((mode & 0o170000) === 0o120000)
    return { kind: 'link', target: readlinkSync(path), signature };
  if ((mode & 0o170000) === 0o040000) return { kind: 'folder', mode: bits, signature };
  if (stat.nlink < 1) throw new Error(`${path} vanished.`);
  return { kind: 'file', size, mtimeMs, mode: bits, digest: null, signature };
}
