// Brings the bytes of one file beside their destination, under a temporary name on the file system
// they are for. Nothing a user can see changes here.
//
// The source may move on while it is read: it is looked at before and after, and a copy of something
// that did not hold still is thrown away (FS-13). A source that moved on since the scan is taken as
// it is now, so that a file written every second still travels; unless a person approved the plan.
import type { Folder, OpenFile, Stat } from '../ports/filesystem.ts';
import type { Content, Entry, FileContent, Signature } from './core/entry.ts';
import { otherSide } from './core/entry.ts';
import type { Creation, Replacement } from './core/plan.ts';
import { errnoOf, nameOf, parentOf } from './held.ts';
import type { Lane } from './lane.ts';
import { patchFile, worthPatching, writeWhole } from './patch.ts';
import { heldStill, unchanged } from './recheck.ts';
import { Refusal, unlessRefused } from './refusal.ts';

/** From here on the kernel copies; below, one read and one write are faster. */
const kernelCopyBytesMin = 256 * 1024;
/** The kernel's copy cannot be stopped, so it gets no more than some seconds of work. */
const kernelCopyBytesMax = 1024 * 1024 * 1024;
const attempts = 3;

export interface Staged {
  /** Of the temporary file. */
  readonly signature: Signature;
  readonly bytes: number;
  /** As in Done. */
  readonly read?: { readonly content: Content; readonly signature: Signature };
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
      // A failed sync says nothing about the next one: the bytes go into a new file (FS-11).
      const again =
        errnoOf(thrown) === 'EIO' || (thrown instanceof Refusal && thrown.code === 'folder-busy');
      if (!again || attempt === attempts) throw thrown;
    }
  }
}

/** Also where the temporary name was never made, or its disk is gone. */
function discard(into: Folder, name: string): void {
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
    const before = source.opened ?? source.stat();
    const planned = unchanged(before, transition.source, transition.moved);
    if (!planned && lane.strict) throw new Refusal('folder-target-changed');
    if (!planned) refuseEmptied(before, transition.source);
    const content = planned ? transition.content : contentNow(before);
    if (content.kind !== 'file') throw new Refusal('folder-busy');
    const copying = { source, from, before, into, name, content };
    const { bytes, found, digest } = writeTemporary(lane, transition, copying);
    const after = source.stat();
    if (!heldStill(before, after)) throw new Refusal('folder-busy');
    const signature = lane.signature(transition.side, found);
    const isKnown = planned && digest === null;
    if (isKnown && !transition.source.signature.racy) return { signature, bytes };
    const read = {
      content: { ...content, digest: digest ?? content.digest },
      signature: lane.signature(otherSide[transition.side], after),
    };
    return { signature, bytes, read };
  } finally {
    source.close();
  }
}

/** A file emptied since the scan was not seen by the guards over the plan (FS-28). */
function refuseEmptied(found: Stat, expected: Entry): void {
  const emptied = found.size === 0 && expected.kind === 'file' && expected.size > 0;
  if (emptied) throw new Refusal('folder-busy');
}

/** The source moved on since it was scanned. */
function contentNow({ size, mtimeMs, mode }: Stat): Content {
  return { kind: 'file', size, mtimeMs, mode: mode & 0o777, digest: null };
}

interface Copying {
  readonly source: OpenFile;
  readonly from: Folder;
  readonly before: Stat;
  readonly into: Folder;
  readonly name: string;
  readonly content: FileContent;
}

interface Written {
  readonly bytes: number;
  /** The temporary file, complete. */
  readonly found: Stat;
  /** Of what was written, where times will not do and all of it was read here. */
  readonly digest: string | null;
}

function writeTemporary(lane: Lane, transition: Creation | Replacement, copying: Copying): Written {
  const { source, from, before, into, name, content } = copying;
  const { size } = before;
  const patched = patchTemporary(lane, transition, copying);
  if (patched !== null) return patched;
  const small = size < kernelCopyBytesMin || size > kernelCopyBytesMax;
  if (!small && lane.meter.limit === null && lane.newHasher === null) {
    from.copyFile(nameOf(transition.from), into, name);
    lane.meter.countBytes(size);
    const copy = into.editFile(name);
    const written = { bytes: size, digest: null };
    return closing(copy, () => ({ ...written, found: finish(lane, copy, content) }));
  }
  // Others cannot look into the stage, so the temporary may have its final permissions at once.
  const temporary = into.createFile(name, content.mode & 0o777);
  return closing(temporary, () => {
    const copied = copyBlocks(lane, source, temporary, size);
    return { ...copied, found: finish(lane, temporary, content) };
  });
}

function patchTemporary(
  lane: Lane,
  transition: Creation | Replacement,
  { source, before, into, name, content }: Copying,
): Written | null {
  if (transition.kind !== 'update' || !worthPatching(transition.expected, before.size)) return null;
  const target = lane.held[transition.side].at(parentOf(transition.path));
  const { expected, moved } = transition;
  const old = { folder: target, name: nameOf(transition.path), expected, moved };
  return patchFile(lane, { source, old, into, name }, (temporary, bytes) => ({
    bytes,
    found: finish(lane, temporary, content),
    digest: null,
  }));
}

/** Grown or shrunk meanwhile shows in the look afterwards. */
function copyBlocks(
  { buffer, meter, newHasher }: Lane,
  source: OpenFile,
  temporary: OpenFile,
  size: number,
): Omit<Written, 'found'> {
  const hasher = newHasher?.() ?? null;
  let done = 0;
  while (done < size) {
    if (meter.stopped) throw new Refusal('folder-stopped');
    const read = source.read(buffer, Math.min(buffer.length, size - done), done);
    if (read === 0) break;
    hasher?.update(buffer.subarray(0, read));
    writeWhole(temporary, buffer, read, done);
    done += read;
    meter.countMoved(read);
  }
  return { bytes: done, digest: hasher?.hex() ?? null };
}

/** Times and permissions are set while nobody can see the file under its own name. */
function finish(lane: Lane, temporary: OpenFile, content: FileContent): Stat {
  temporary.setTimes(content.mtimeMs);
  const found = withMode(temporary, content);
  if (lane.syncing) temporary.sync();
  return found;
}

function withMode(temporary: OpenFile, content: FileContent): Stat {
  const found = temporary.stat();
  // Set-uid, set-gid and sticky bits never travel.
  if (found.mode === (content.mode & 0o777)) return found;
  unlessRefused(() => temporary.setMode(content.mode & 0o777));
  return temporary.stat();
}

function closing<Result>(file: OpenFile, work: () => Result): Result {
  try {
    return work();
  } finally {
    file.close();
  }
}
