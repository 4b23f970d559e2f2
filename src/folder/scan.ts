// One side's disk → what is not as the baseline says. Runs in a thread, synchronously, with neither a
// promise nor an object per entry that stayed as it was.
import { syncError } from '../model/error.ts';
import type { Filesystem, Stat } from '../ports/filesystem.ts';
import { type Baseline, openBaseline } from './core/baseline.ts';
import type { Side } from './core/entry.ts';
import { type PackedScan, ScanPacker } from './core/scan-result.ts';
import { racyWindowMs } from './core/signature.ts';
import { Meter } from './meter.ts';
import { type IgnoreRules, MetRules } from './scan-ignore.ts';
import { KnownWalk } from './scan-known.ts';
import { Walk } from './scan-walk.ts';
import type { FolderWorld } from './world.ts';

export interface ScanInput {
  readonly side: Side;
  /** Absolute; the path itself may lead through links. */
  readonly root: string;
  /** Checked by whoever opened it; in shared memory, so that nothing is copied. */
  readonly baseline: Uint8Array | null;
  /** Of the partnership, in the form of a `.gitignore`. */
  readonly rules: readonly string[];
  /** Differs from the baseline's when other rules hold now: then every name is judged again. */
  readonly rulesKey: string;
  /**
   * False: read every folder's names, whatever its times say. For file systems that do not change a
   * folder's time with its names, and for the safety scan now and then.
   */
  readonly trustListings: boolean;
  /**
   * Only these paths and what is below them; absent: all. The baseline must be of the same rules.
   */
  readonly only?: readonly string[];
  /** How close two changes may be and bear the same time on this side; see signature.ts. */
  readonly racyWindowMs?: number;
  /** The session's meter: entries seen are counted there, and stopping is asked for. */
  readonly meter: SharedArrayBuffer;
}

/** Throws `folder-root-unseen` when the root is no folder or is another one in the end (FS-01). */
export function scanSide(world: FolderWorld, input: ScanInput, rules: IgnoreRules): PackedScan {
  const { filesystem } = world;
  const before = rootStat(filesystem, input.root);
  const packer = new ScanPacker(input.side);
  const met = new MetRules(filesystem, input.root, rules);
  const walk = new Walk({
    filesystem,
    root: input.root,
    device: before.device,
    packer,
    rules: met,
    meter: new Meter(input.meter),
    racyBeforeMs: world.clock.now() - (input.racyWindowMs ?? racyWindowMs),
  });
  const baseline = openShared(input.baseline);
  if (baseline === null) walk.newRoot(before);
  else if (input.only === undefined) new KnownWalk(walk, baseline, input).run();
  else new KnownWalk(walk, baseline, input).runAt(input.only);
  const after = rootStat(filesystem, input.root);
  if (after.inode !== before.inode || after.device !== before.device) {
    throw syncError('folder-root-unseen', { root: input.root });
  }
  const { rulesChanged } = walk;
  return packer.pack({ counts: walk.counts(), rules: met.files, rulesChanged });
}

function rootStat(filesystem: Filesystem, root: string): Stat {
  let found: Stat | null;
  try {
    found = filesystem.stat(filesystem.realPath(root));
  } catch (error) {
    throw syncError('folder-root-unseen', { root }, error);
  }
  if (found?.kind !== 'directory') throw syncError('folder-root-unseen', { root });
  return found;
}

function openShared(bytes: Uint8Array | null): Baseline | null {
  return bytes === null ? null : openBaseline(bytes, 'checked');
}
