// A large file of which a little changed: the old version is on the target already, so the new one
// shares its blocks, and only those are written that differ. Comparing by reading both is faster than
// any digest.
//
// On a file system that cannot share blocks the old version would have to be copied, and then both
// read: three times the work of letting the kernel copy the new one. There it is done only where a
// limit counts every byte. Between roots on one disk the kernel shares the blocks of the new one.
import type { Folder, OpenFile } from '../ports/filesystem.ts';
import type { Entry } from './core/entry.ts';
import { bufferBytes, type Lane } from './lane.ts';
import { unchanged } from './recheck.ts';
import { Refusal } from './refusal.ts';

const patchBytesMin = 1024 * 1024;
const blockBytes = 64 * 1024;

/** Where old and new differ in size by more than half, little can be the same. */
export function worthPatching(old: Entry, newSize: number): boolean {
  if (old.kind !== 'file' || old.size < patchBytesMin || newSize < patchBytesMin) return false;
  return newSize < 2 * old.size && old.size < 2 * newSize;
}

export interface Patching {
  readonly source: OpenFile;
  readonly old: {
    readonly folder: Pick<Folder, 'stat' | 'copyFile' | 'shareFile'>;
    readonly name: string;
    readonly expected: Entry;
    readonly moved: true | undefined;
  };
  readonly into: Folder;
  readonly name: string;
}

/**
 * Makes the temporary file `name` in `into` and hands it, complete, to `finish` with the number of
 * bytes written. Null, and nothing made: the old version is not what was expected, or does not help.
 */
export function patchFile<Result>(
  lane: Lane,
  patching: Patching,
  finish: (temporary: OpenFile, bytes: number) => Result,
): Result | null {
  const { old, into, name } = patching;
  if (!unchanged(old.folder.stat(old.name), old.expected, old.moved)) return null;
  if (!beginWithOld(lane, patching)) return null;
  const temporary = into.editFile(name);
  try {
    return finish(temporary, writeDifferences(lane, patching.source, temporary));
  } finally {
    temporary.close();
  }
}

function beginWithOld({ meter, oneDisk }: Lane, { old, into, name }: Patching): boolean {
  if (meter.limit !== null) {
    old.folder.copyFile(old.name, into, name);
    return true;
  }
  return !oneDisk && old.folder.shareFile?.(old.name, into, name) === true;
}

let ours: Uint8Array | null = null;

function writeDifferences(lane: Lane, source: OpenFile, temporary: OpenFile): number {
  ours ??= new Uint8Array(bufferBytes);
  const { buffer, meter } = lane;
  let position = 0;
  let written = 0;
  for (;;) {
    if (meter.stopped) throw new Refusal('folder-stopped');
    const read = source.read(buffer, buffer.length, position);
    if (read === 0) break;
    const had = readWhole(temporary, ours, read, position);
    for (let at = 0; at < read; at += blockBytes) {
      const end = Math.min(at + blockBytes, read);
      if (end <= had && sameBlock(buffer, ours, at, end)) continue;
      writeWhole(temporary, buffer.subarray(at, end), end - at, position + at);
      written += end - at;
      meter.countMoved(end - at);
    }
    position += read;
  }
  temporary.truncate(position);
  return written;
}

function sameBlock(one: Uint8Array, other: Uint8Array, from: number, to: number): boolean {
  return Buffer.compare(one.subarray(from, to), other.subarray(from, to)) === 0;
}

function readWhole(file: OpenFile, into: Uint8Array, length: number, position: number): number {
  let done = 0;
  while (done < length) {
    const read = file.read(into.subarray(done), length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** A write may be cut short by a full disk; the rest then fails with the reason. */
export function writeWhole(
  file: OpenFile,
  bytes: Uint8Array,
  length: number,
  position: number,
): void {
  let done = 0;
  while (done < length) {
    done += file.write(done === 0 ? bytes : bytes.subarray(done), length - done, position + done);
  }
}
