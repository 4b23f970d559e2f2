// The small jobs around carrying out a plan: clearing up before, putting all on disk and looking once
// more after, and the markers at the very end.
import type { StandAside } from '../ports/crew.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { RootRef } from './batch.ts';
import { emptyStage, emptyTrash } from './clear.ts';
import type { Signature } from './core/entry.ts';
import { ownWindowMs, sameSignature } from './core/signature.ts';
import { errnoOf, type HeldFolders, nameOf, parentOf } from './held.ts';
import { openRoot, windowOf } from './lane.ts';
import { type Marker, type MarkerFound, readMarker, writeMarker } from './marker.ts';
import type { FolderWorld } from './world.ts';

export interface ClearInput {
  readonly root: RootRef;
  /** Null leaves the trash alone. */
  readonly trashDays: number | null;
}

export function clearRoot({ filesystem, clock }: FolderWorld, input: ClearInput): null {
  return inRoot(filesystem, input.root, (held) => {
    emptyStage(held);
    if (input.trashDays !== null) emptyTrash(held, input.trashDays, clock.now());
    return null;
  });
}

/** False: its disk cannot be flushed as a whole, or says that it could not write all of it. */
export async function flushRoot(
  { filesystem }: FolderWorld,
  { path }: RootRef,
  standAside: StandAside,
): Promise<boolean> {
  return standAside(filesystem.flushAside(path));
}

export interface SyncInput {
  readonly root: RootRef;
  readonly paths: readonly string[];
}

/** Each path is on disk after this, with its name or without. */
export function syncPaths({ filesystem }: FolderWorld, { root, paths }: SyncInput): null {
  return inRoot(filesystem, root, (held) => {
    for (const path of paths) syncPath(held, path);
    return null;
  });
}

export interface ProveInput {
  readonly root: RootRef;
  readonly placed: readonly Placed[];
}

/** Something this session put in place, with a signature too young to prove anything. */
export interface Placed {
  readonly path: string;
  readonly signature: Signature;
}

/**
 * Answers the signatures that by now prove what they say: the clock moved on and nothing else did.
 * Null where that is not so.
 */
export function proveSide(
  { filesystem, clock }: FolderWorld,
  { root, placed }: ProveInput,
): readonly (Signature | null)[] {
  return inRoot(filesystem, root, () => {
    // Where one step of the clock is long, an edit can hide in it: only reading the file will tell.
    if (windowOf(root) > ownWindowMs) return placed.map(() => null);
    waitForClock(placed, clock.now());
    const beforeMs = clock.now() - ownWindowMs;
    return placed.map((one) => proven(filesystem, root, one, beforeMs));
  });
}

/** What is gone by now is nothing the baseline could be ahead of. */
function syncPath(held: HeldFolders, path: string): void {
  held.syncing = true;
  held.trim();
  try {
    const file = held.at(parentOf(path)).openFile(nameOf(path));
    try {
      file.sync();
    } finally {
      file.close();
    }
  } catch (thrown) {
    if (!notAFile.has(errnoOf(thrown))) throw thrown;
  }
}

const notAFile: ReadonlySet<string> = new Set(['EINVAL', 'ELOOP', 'ENOENT', 'ENOTDIR', 'EISDIR']);

/**
 * Only looks, and believes nothing but the very file it put there, so it may go by the path: whoever
 * leads it elsewhere gets no proof.
 */
function proven(
  filesystem: Filesystem,
  root: RootRef,
  { path, signature }: Placed,
  beforeMs: number,
): Signature | null {
  const { mtimeMs, ctimeMs, inode } = signature;
  if (!(ctimeMs <= beforeMs)) return null;
  const found = statIfThere(filesystem, `${root.path}/${path}`);
  const still = found !== null && sameSignature(found, signature);
  return still ? { mtimeMs, ctimeMs, inode } : null;
}

function statIfThere(filesystem: Filesystem, path: string) {
  try {
    return filesystem.stat(path);
  } catch {
    return null;
  }
}

/** Until even the youngest of them is old enough. */
function waitForClock(placed: readonly Placed[], now: number): void {
  let youngest = Number.NEGATIVE_INFINITY;
  for (const { signature } of placed) youngest = Math.max(youngest, signature.ctimeMs);
  const ms = Math.min(ownWindowMs, youngest + ownWindowMs - now);
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.ceil(ms));
}

export function markerOf({ filesystem }: FolderWorld, root: RootRef): MarkerFound {
  return inRoot(filesystem, root, readMarker);
}

export interface MarkInput {
  readonly root: RootRef;
  readonly marker: Marker;
}

/** `unmarkable`: the root cannot be written. `later`: it should have been possible; try next time. */
export type Marking = 'marked' | 'unmarkable' | 'later';

export function markRoot({ filesystem }: FolderWorld, input: MarkInput): Marking {
  return inRoot(filesystem, input.root, (held) => {
    try {
      writeMarker(held, input.marker);
    } catch (thrown) {
      const refused = ['EROFS', 'EACCES', 'EPERM'].includes(errnoOf(thrown));
      return refused ? 'unmarkable' : 'later';
    }
    return 'marked';
  });
}

function inRoot<Result>(
  filesystem: FolderWorld['filesystem'],
  root: RootRef,
  work: (held: HeldFolders) => Result,
): Result {
  const held = openRoot(filesystem, root);
  try {
    return work(held);
  } finally {
    held.close();
  }
}
