// Digests of files where size and times leave doubt. A file that does not hold still while it is read
// has no digest (FS-13).
import { syncError } from '../model/error.ts';
import type { OpenFile } from '../ports/filesystem.ts';
import { carriedModes, type Side, type Signature } from './core/entry.ts';
import { racyWindowMs, signatureOf } from './core/signature.ts';
import { errnoOf, HeldFolders, nameOf, parentOf } from './held.ts';
import { Meter } from './meter.ts';
import { heldStill } from './recheck.ts';
import type { FolderWorld } from './world.ts';

export interface DigestInput {
  readonly side: Side;
  readonly root: string;
  /** Relative paths of files. */
  readonly paths: readonly string[];
  readonly racyWindowMs?: number;
  /** Bytes read are counted there, and stopping is asked for. */
  readonly meter: SharedArrayBuffer;
}

/** In the order of the paths. */
export type DigestOutcome = Digested | { readonly state: 'failed'; readonly reason: string };

export interface Digested {
  readonly state: 'digested';
  readonly digest: string;
  /** As the file was while it was read: another than the scan's means another file. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly mode: number;
  readonly signature: Signature;
}

const bufferBytes = 256 * 1024;

/** Throws `folder-stopped` only; a file that cannot be read is an outcome. */
export function digestFiles(world: FolderWorld, input: DigestInput): readonly DigestOutcome[] {
  const held = new HeldFolders(world.filesystem.openFolder(world.filesystem.realPath(input.root)));
  const reader: Reader = {
    world,
    meter: new Meter(input.meter),
    buffer: new Uint8Array(bufferBytes),
    windowMs: input.racyWindowMs ?? racyWindowMs,
  };
  try {
    return input.paths.map((path) => {
      held.trim();
      return digestOne(reader, held, path);
    });
  } finally {
    held.close();
  }
}

interface Reader {
  readonly world: FolderWorld;
  readonly meter: Meter;
  readonly buffer: Uint8Array;
  readonly windowMs: number;
}

function digestOne(reader: Reader, held: HeldFolders, path: string): DigestOutcome {
  if (reader.meter.stopped) throw syncError('folder-stopped');
  let file: OpenFile;
  try {
    file = held.at(parentOf(path)).openFile(nameOf(path));
  } catch (error) {
    return { state: 'failed', reason: errnoOf(error) };
  }
  try {
    return digestOpen(reader, file);
  } catch (error) {
    if (reader.meter.stopped) throw error;
    return { state: 'failed', reason: errnoOf(error) };
  } finally {
    file.close();
  }
}

function digestOpen({ world, meter, buffer, windowMs }: Reader, file: OpenFile): DigestOutcome {
  const before = file.opened ?? file.stat();
  const observedMs = world.clock.now();
  const hasher = world.sha256();
  let position = 0;
  for (;;) {
    if (meter.stopped) throw syncError('folder-stopped');
    const length = file.read(buffer, buffer.length, position);
    if (length === 0) break;
    hasher.update(length === buffer.length ? buffer : buffer.subarray(0, length));
    position += length;
    meter.countBytes(length);
  }
  const after = file.stat();
  if (!heldStill(before, after) || position !== after.size) {
    return { state: 'failed', reason: 'EBUSY' };
  }
  const { size, mtimeMs } = before;
  const mode = before.mode & carriedModes;
  const signature = signatureOf(before, observedMs, windowMs);
  return { state: 'digested', digest: hasher.hex(), size, mtimeMs, mode, signature };
}
