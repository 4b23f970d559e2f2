// Brings the bytes of one file beside their destination, under a temporary name on the file system
// they are for. Nothing a user can see changes here.
//
// The source may move on while it is read: it is looked at before and after, and a copy of something
// that did not hold still is thrown away (FS-13). A source that moved on since the scan is taken as
// it is now, so that a file written every second still travels.
import type { Folder, OpenFile, Stat } from '../ports/filesystem.ts';
import type { Content, Entry, FileContent, Signature } from './core/entry.ts';
import { otherSide } from './core/entry.ts';
import type { Creation, Replacement } from './core/plan.ts';
import { signatureOf } from './core/signature.ts';
import { errnoOf, nameOf, parentOf } from './held.ts';
import { type Lane, ownWindowMs } from './lane.ts';
import { patchFile, worthPatching, writeWhole } from './patch.ts';
import { heldStill, unchanged } from './recheck.ts';
import { Refusal } from './refusal.ts';

/** From here on the kernel copies; below, one read and one write are faster. */
const kernelCopyBytesMin = 256 * 1024;
/** The kernel's copy cannot be stopped, so it gets no more than some seconds of work. */
const kernelCopyBytesMax = 1024 * 1024 * 1024;
const attempts = 3;

export interface Staged {
  readonly content: FileContent;
  readonly source: { readonly content: Content; readonly signature: Signature };
  readonly bytes: number;
}

/** Writes the new content of `transition` to the temporary `name` in `into`. */
export function stageFile(
  lane: Lane,
  transition: Creation | Replacement,
  into: Folder,
  name: string,
): Staged {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return copyOnce(lane, transition, into, name);
    } catch (thrown) {
      discard(into, name);
      const moved = thrown instanceof Refusal && thrown.code === 'folder-busy';
      if (!moved || attempt === attempts) throw thrown;
    }
  }
}

/** Also where the temporary name was never made, or its disk is gone. */
export function discard(into: Folder, name: string): void {
  try {
    into.unlink(name);
  } catch {
    // The next session empties the stage.
  }
}

function copyOnce(
  lane: Lane,
  transition: Creation | Replacement,
  into: Folder,
  name: string,
): Staged {
  const from = lane.held[otherSide[transition.side]].at(parentOf(transition.from));
  const source = from.openFile(nameOf(transition.from));
  try {
    const before = source.stat();
    refuseEmptied(before, transition.source);
    const content = wanted(transition, before);
    const bytes = writeTemporary(lane, transition, { source, from, before, into, name, content });
    const after = source.stat();
    if (!heldStill(before, after)) throw new Refusal('folder-busy');
    const signature = signatureOf(after, lane.now(), ownWindowMs);
    return { content, bytes, source: { content: sourceContent(transition, after), signature } };
  } finally {
    source.close();
  }
}

/** A file emptied since the scan was not seen by the guards over the plan (FS-28). */
function refuseEmptied(found: Stat, expected: Entry): void {
  const emptied = found.size === 0 && expected.kind === 'file' && expected.size > 0;
  if (emptied) throw new Refusal('folder-busy');
}

/** What the plan says, unless the source moved on: then what it holds now. */
function wanted(transition: Creation | Replacement, found: Stat): FileContent {
  const { content, source } = transition;
  if (content.kind === 'file' && unchanged(found, source)) return content;
  const { size, mtimeMs, mode } = found;
  return { kind: 'file', size, mtimeMs, mode: mode & 0o777, digest: null };
}

function sourceContent(transition: Creation | Replacement, found: Stat): Content {
  const digest =
    unchanged(found, transition.source) && transition.source.kind === 'file'
      ? transition.source.digest
      : null;
  const { size, mtimeMs, mode } = found;
  return { kind: 'file', size, mtimeMs, mode, digest };
}

interface Copying {
  readonly source: OpenFile;
  readonly from: Folder;
  readonly before: Stat;
  readonly into: Folder;
  readonly name: string;
  readonly content: FileContent;
}

/** The bytes written. */
function writeTemporary(lane: Lane, transition: Creation | Replacement, copying: Copying): number {
  const { source, from, before, into, name, content } = copying;
  const { size } = before;
  const patched = patchedBytes(lane, transition, copying);
  if (patched !== null) return patched;
  const small = size < kernelCopyBytesMin || size > kernelCopyBytesMax;
  if (!small && lane.bandwidth === null) {
    from.copyFile(nameOf(transition.from), into, name);
    lane.meter.countBytes(size, null);
    const copy = into.editFile(name);
    return closing(copy, () => finish(copy, content, size));
  }
  const temporary = into.createFile(name, 0o600);
  return closing(temporary, () =>
    finish(temporary, content, copyBlocks(lane, source, temporary, size)),
  );
}

function patchedBytes(
  lane: Lane,
  transition: Creation | Replacement,
  { source, before, into, name, content }: Copying,
): number | null {
  if (transition.kind !== 'update' || !worthPatching(transition.expected, before.size)) return null;
  const target = lane.held[transition.side].at(parentOf(transition.path));
  const old = { folder: target, name: nameOf(transition.path), expected: transition.expected };
  return patchFile(lane, { source, old, into, name }, (temporary, bytes) =>
    finish(temporary, content, bytes),
  );
}

/** Grown or shrunk meanwhile shows in the look afterwards. */
function copyBlocks(lane: Lane, source: OpenFile, temporary: OpenFile, size: number): number {
  const { buffer, meter, bandwidth } = lane;
  let done = 0;
  while (done < size) {
    if (meter.stopped) throw new Refusal('folder-stopped');
    const read = source.read(buffer, Math.min(buffer.length, size - done), done);
    if (read === 0) return done;
    writeWhole(temporary, buffer, read, done);
    done += read;
    meter.countBytes(read, bandwidth);
  }
  return done;
}

/** Times and permissions are set while nobody can see the file under its own name. */
function finish(temporary: OpenFile, content: FileContent, bytes: number): number {
  temporary.setTimes(content.mtimeMs);
  setModeIfPossible(temporary, content.mode);
  return bytes;
}

/** Set-uid, set-gid and sticky bits never travel; a disk without permissions keeps its own. */
function setModeIfPossible(temporary: OpenFile, mode: number): void {
  if (temporary.stat().mode === (mode & 0o777)) return;
  try {
    temporary.setMode(mode & 0o777);
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EPERM' && errnoOf(thrown) !== 'ENOTSUP') throw thrown;
  }
}

function closing(file: OpenFile, work: () => number): number {
  try {
    return work();
  } finally {
    file.close();
  }
}
