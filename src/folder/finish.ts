// The small jobs around carrying out a plan: clearing up before, putting all on disk and looking once
// more after, and the markers at the very end.
import type { RootRef } from './batch.ts';
import { emptyStage, emptyTrash } from './clear.ts';
import type { Signature } from './core/entry.ts';
import { sameSignature } from './core/signature.ts';
import { errnoOf, type HeldFolders, nameOf, parentOf } from './held.ts';
import { openRoot, ownWindowMs } from './lane.ts';
import { type Marker, writeMarker } from './marker.ts';
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

export interface FinishInput {
  readonly root: RootRef;
  readonly placed: readonly Placed[];
}

/** Something this session put in place, with a signature too young to prove anything. */
export interface Placed {
  readonly path: string;
  readonly signature: Signature;
}

/**
 * Everything done on the side is on disk after this. Answers the signatures that by now prove what
 * they say: the clock moved on and nothing else did. Null where that is not so.
 */
export function finishSide(
  { filesystem, clock }: FolderWorld,
  input: FinishInput,
): readonly (Signature | null)[] {
  return inRoot(filesystem, input.root, (held) => {
    if (!filesystem.flush(input.root.path)) syncFolders(held, input.placed);
    if (input.placed.length > 0) pause(ownWindowMs);
    const now = clock.now();
    return input.placed.map((placed) => {
      held.trim();
      return proven(held, placed, now);
    });
  });
}

function proven(held: HeldFolders, { path, signature }: Placed, now: number): Signature | null {
  const { mtimeMs, ctimeMs, inode } = signature;
  if (!(ctimeMs <= now - ownWindowMs)) return null;
  const found = statIfThere(held, path);
  const still = found !== null && sameSignature(found, signature);
  return still ? { mtimeMs, ctimeMs, inode } : null;
}

function statIfThere(held: HeldFolders, path: string) {
  try {
    return held.at(parentOf(path)).stat(nameOf(path));
  } catch {
    return null;
  }
}

/** Where one flush for all is not to be had, names are made durable folder by folder. */
function syncFolders(held: HeldFolders, placed: readonly Placed[]): void {
  for (const folder of new Set(placed.map(({ path }) => parentOf(path)))) {
    try {
      held.at(folder).sync();
    } catch (thrown) {
      if (errnoOf(thrown) !== 'ENOENT') throw thrown;
    }
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export interface MarkInput {
  readonly root: RootRef;
  readonly marker: Marker;
}

/** False: the root cannot be written. */
export function markRoot({ filesystem }: FolderWorld, input: MarkInput): boolean {
  return inRoot(filesystem, input.root, (held) => {
    try {
      writeMarker(held, input.marker);
    } catch (thrown) {
      if (['EROFS', 'EACCES', 'EPERM'].includes(errnoOf(thrown))) return false;
      throw thrown;
    }
    filesystem.flush(input.root.path);
    return true;
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
