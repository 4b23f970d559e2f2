// What one job of a lane has at hand: both roots held open, its places in stage and trash, the
// meter, and one buffer for every small file it copies.
import type { Filesystem, Folder, Stat } from '../ports/filesystem.ts';
import type { NewHasher } from '../ports/hasher.ts';
import type { Batch, RootRef } from './batch.ts';
import { type Side, type Signature, sides } from './core/entry.ts';
import { ownWindowMs, signatureOf } from './core/signature.ts';
import { HeldFolders } from './held.ts';
import { Meter } from './meter.ts';
import { Patience } from './patience.ts';
import { Refusal } from './refusal.ts';
import { reserved, reservedMode } from './reserved.ts';
import type { FolderWorld } from './world.ts';

export function windowOf({ windowMs = ownWindowMs }: RootRef): number {
  return windowMs;
}

export interface Lane {
  readonly held: Readonly<Record<Side, HeldFolders>>;
  readonly trash: string;
  readonly meter: Meter;
  readonly patience: Patience;
  readonly strict: boolean;
  /** Both roots are on one disk. */
  readonly oneDisk: boolean;
  readonly buffer: Uint8Array;
  /**
   * For what is copied, where one step of a clock is long enough to hide an edit: there times cannot tell
   * later whether a file still is what was agreed on. Null: they can.
   */
  readonly newHasher: NewHasher | null;
  /** This batch's own folder in the stage of a side, made on first use. */
  stage(side: Side): Folder;
  /** Of a name in it, relative to the root. */
  stagePath(name: string): string;
  /** Sides whose stage was used. */
  readonly staged: ReadonlySet<Side>;
  /** Whether each file and folder is synced by itself. */
  readonly syncing: boolean;
  syncFromNowOn(): void;
  now(): number;
  /** Of something that this lane just made on the side. */
  signature(side: Side, found: Stat): Signature;
}

export const bufferBytes = 256 * 1024;
// One per thread, for as long as the thread lives.
let buffer: Uint8Array | null = null;

export function openLane(world: FolderWorld, batch: Batch): Lane {
  const { filesystem, clock } = world;
  buffer ??= new Uint8Array(bufferBytes);
  const held = {
    left: openRoot(filesystem, batch.roots.left),
    right: openRoot(filesystem, batch.roots.right),
  };
  const stagePath = `${reserved.stage}/${batch.stage}`;
  const staged = new Set<Side>();
  const meter = new Meter(batch.meter);
  return {
    held,
    trash: batch.trash,
    meter,
    patience: new Patience(meter),
    strict: batch.strict,
    oneDisk: batch.roots.left.device === batch.roots.right.device,
    buffer,
    newHasher: sides.some((side) => windowOf(batch.roots[side]) > ownWindowMs)
      ? world.sha256
      : null,
    staged,
    stage: (side) => {
      staged.add(side);
      return held[side].make(stagePath, reservedMode);
    },
    stagePath: (name) => `${stagePath}/${name}`,
    get syncing() {
      return held.left.syncing;
    },
    syncFromNowOn: () => {
      held.left.syncing = true;
      held.right.syncing = true;
    },
    now: () => clock.now(),
    signature: (side, found) => signatureOf(found, clock.now(), windowOf(batch.roots[side])),
  };
}

/** The folder that the session looked at, or nothing: another one may have been mounted (FS-03). */
export function openRoot(filesystem: Filesystem, root: RootRef): HeldFolders {
  const folder = filesystem.openFolder(root.path);
  const held = new HeldFolders(folder);
  const found = filesystem.stat(root.path);
  if (found?.device === root.device && found.inode === root.inode) return held;
  held.close();
  throw new Refusal('folder-root-replaced', root.path);
}
