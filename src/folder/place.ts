// One transition made visible. Each begins with a last look at what stands there, and none ever
// replaces what the plan did not see: new names are taken exclusively, old content goes to the trash.
import type { Folder, Stat } from '../ports/filesystem.ts';
import { carriedModes, type Entry, type Side } from './core/entry.ts';
import type { Done } from './core/outcome.ts';
import { foldName } from './core/path.ts';
import type {
  Creation,
  Deletion,
  MetadataChange,
  Move,
  Replacement,
  Transition,
} from './core/plan.ts';
import { errnoOf, nameOf, parentOf } from './held.ts';
import type { Lane } from './lane.ts';
import { unchanged, unchangedAt } from './recheck.ts';
import { Refusal, Restored, unlessRefused } from './refusal.ts';
import { reservedMode } from './reserved.ts';
import type { Staged } from './stage.ts';
import { putBack, retire, shelve, toTrash } from './trash.ts';

/** The temporary file that holds a transition's content; null for everything but files. */
export interface Temporary {
  readonly name: string;
  readonly staged: Staged;
}

export function place(lane: Lane, transition: Transition, temporary: Temporary | null): Done {
  switch (transition.kind) {
    case 'create':
      return create(lane, transition, temporary);
    case 'update':
      return replace(lane, transition, temporary);
    case 'delete':
      return remove(lane, transition);
    case 'move':
      return move(lane, transition);
    case 'metadata':
      return setMetadata(lane, transition);
  }
}

const nothing: Done = { state: 'done', signature: null, bytes: 0 };

function create(lane: Lane, transition: Creation, temporary: Temporary | null): Done {
  const folder = lane.held[transition.side].at(parentOf(transition.path));
  const found = bring(lane, transition, temporary, folder, nameOf(transition.path));
  return placed(lane, transition.side, temporary, found);
}

function replace(lane: Lane, transition: Replacement, temporary: Temporary | null): Done {
  const { side, path, expected } = transition;
  const held = lane.held[side];
  const folder = held.at(parentOf(path));
  const name = nameOf(path);
  if (expected.kind === 'folder') {
    return placed(lane, side, temporary, replaceFolder(lane, transition, temporary, folder, name));
  }
  const trashed = toTrash(lane, transition);
  try {
    const found = bring(lane, transition, temporary, folder, name);
    return { ...placed(lane, side, temporary, found), trashed };
  } catch (thrown) {
    putBack(held.at(parentOf(trashed)), nameOf(trashed), folder, name);
    const found = folder.stat(name);
    if (!unchanged(found, expected, true)) throw thrown;
    throw new Restored(thrown, lane.signature(side, found));
  }
}

/** What was inside went before, each by its own transition; what is still there keeps the folder. */
function replaceFolder(
  lane: Lane,
  transition: Replacement,
  temporary: Temporary | null,
  folder: Folder,
  name: string,
): Stat {
  removeFolder(lane, transition.side, transition.path, transition.expected);
  try {
    return bring(lane, transition, temporary, folder, name);
  } catch (thrown) {
    const { expected } = transition;
    if (folder.stat(name) === null && expected.kind === 'folder') {
      folder.makeFolder(name, expected.mode);
    }
    throw thrown;
  }
}

function placed(lane: Lane, side: Side, temporary: Temporary | null, found: Stat): Done {
  const signature = lane.signature(side, found);
  const { bytes, read } = temporary?.staged ?? { bytes: 0 };
  return { state: 'done', signature, bytes, ...(read === undefined ? {} : { read }) };
}

/** Takes the name exclusively and answers what stands there then. */
function bring(
  lane: Lane,
  transition: Creation | Replacement,
  temporary: Temporary | null,
  folder: Folder,
  name: string,
): Stat {
  const { content, side } = transition;
  if (content.kind === 'link') folder.makeLink(name, content.target);
  else if (content.kind === 'folder') return makeFolder(folder, name, content.mode);
  else if (temporary !== null) linkInto(lane, lane.stage(side), temporary.name, folder, name);
  const found = folder.stat(name);
  if (content.kind === 'link') {
    if (found?.kind === 'link' && folder.readLink(name) === content.target) return found;
  } else if (temporary !== null && isStill(found, temporary.staged.signature)) return found;
  // Somebody replaced or edited it in this moment, and what they made is not what was agreed on.
  throw new Refusal('folder-target-changed');
}

function isStill(
  found: Stat | null,
  { inode, mtimeMs }: Pick<Stat, 'inode' | 'mtimeMs'>,
): found is Stat {
  return found?.inode === inode && found.mtimeMs === mtimeMs;
}

/** Somebody made the same folder meanwhile: that is what was wanted. */
export function makeFolder(folder: Folder, name: string, mode: number): Stat {
  // Its owner has to fill it before the final permissions can be set.
  const open = (mode & 0o777) | 0o700;
  let made = true;
  try {
    folder.makeFolder(name, open);
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EEXIST') throw thrown;
    made = false;
  }
  const found = folder.stat(name);
  if (found?.kind !== 'directory') throw new Refusal('folder-target-appeared');
  if (!made || found.mode === open) return found;
  unlessRefused(() => folder.setMode(name, open));
  const after = folder.stat(name);
  if (after?.inode !== found.inode) throw new Refusal('folder-target-changed');
  return after;
}

/** `link` refuses a name that is taken, which a rename does not (FS-15). */
function linkInto(
  lane: Lane,
  stage: Folder,
  temporary: string,
  folder: Folder,
  name: string,
): void {
  if (tryLink(stage, temporary, folder, name)) stage.unlink(temporary);
  else lane.patience.insist(() => stage.rename(temporary, folder, name));
}

/** False: this disk gives no file a second name, and the one wanted was free a moment ago. */
function tryLink(from: Folder, fromName: string, to: Folder, name: string): boolean {
  try {
    from.link(fromName, to, name);
    return true;
  } catch (thrown) {
    if (!lacksLinks(thrown)) throw thrown;
    if (to.stat(name) !== null) throw new Refusal('folder-target-appeared');
    return false;
  }
}

/** FAT says EPERM, others that they do not know the call, or that the file has names enough. */
function lacksLinks(thrown: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errnoOf(thrown));
}

function remove(lane: Lane, transition: Deletion): Done {
  const { side, path, expected } = transition;
  if (expected.kind === 'folder') {
    removeFolder(lane, side, path, expected);
    return nothing;
  }
  return { ...nothing, trashed: toTrash(lane, transition) };
}

function removeFolder(lane: Lane, side: Deletion['side'], path: string, expected: Entry): void {
  const held = lane.held[side];
  const folder = held.at(parentOf(path));
  const name = nameOf(path);
  if (!unchanged(folder.stat(name), expected)) throw new Refusal('folder-target-changed');
  held.forget(path);
  folder.removeFolder(name);
}

function move(lane: Lane, move: Move): Done {
  const { side, path, from, expected, via, moved } = move;
  const held = lane.held[side];
  const source = held.at(parentOf(from));
  const aside = path === via;
  const target = aside ? held.make(parentOf(path), reservedMode) : held.at(parentOf(path));
  const name = nameOf(path);
  const found = unchangedAt(source, nameOf(from), expected, moved);
  if (found === null) throw new Refusal('folder-target-changed');
  // What stepped aside in a session that was killed is still there.
  if (aside) shelve(lane, side, path);
  const there = target.stat(name);
  // The same file under both names: only the case or the form of the name changes (NM-02).
  const itself = there?.inode === found.inode && there.device === found.device;
  const half = there !== null && isHalf({ source, target, there, found, move });
  if (there !== null && !half && !(itself && foldName(from) === foldName(path))) {
    throw new Refusal('folder-target-appeared');
  }
  const isThere = () => {
    const made = target.stat(name);
    return expected.kind === 'link' ? made?.kind === 'link' : made?.inode === found.inode;
  };
  held.forget(from);
  if (half) {
    retire(lane, side, from, found, isThere);
  } else if (there !== null || expected.kind === 'folder') {
    lane.patience.insist(() => source.rename(nameOf(from), target, name));
  } else if (expected.kind === 'link') {
    target.makeLink(name, expected.target);
    retireOrStay(lane, move, found, isThere);
    return settled(lane, side, target, name);
  } else if (tryLink(source, nameOf(from), target, name)) {
    retireOrStay(lane, move, found, isThere);
  } else {
    lane.patience.insist(() => source.rename(nameOf(from), target, name));
  }
  const after = target.stat(name);
  const still = expected.kind === 'folder' ? after?.inode === found.inode : isStill(after, found);
  if (after === null || !still) throw new Refusal('folder-target-changed');
  const signature = lane.signature(side, after);
  const isDressed = expected.kind === 'folder' && (after.mode & carriedModes) !== expected.mode;
  // Somebody gave a folder other permissions since the look: nothing may say later that it is as agreed.
  return isDressed
    ? { ...nothing, signature: { ...signature, ctimeMs: expected.signature.ctimeMs } }
    : { ...nothing, signature };
}

/** One name of it is enough: if the old one cannot go, or the new one does not get to disk, the new one goes. */
function retireOrStay(
  lane: Lane,
  { side, path, from, expected }: Move,
  moved: Stat,
  isThere: () => boolean,
): void {
  const target = lane.held[side].at(parentOf(path));
  try {
    // Not every disk writes names in the order in which they were given and taken.
    if (lane.syncing) target.sync();
    retire(lane, side, from, moved, isThere);
  } catch (thrown) {
    const source = lane.held[side].at(parentOf(from));
    const found = source.stat(nameOf(from));
    if (!unchanged(found, expected, true) || !isThere()) throw thrown;
    target.unlink(nameOf(path));
    throw new Restored(thrown, lane.signature(side, source.stat(nameOf(from)) ?? found));
  }
}

interface Ends {
  readonly source: Folder;
  readonly target: Folder;
  readonly there: Stat;
  readonly found: Stat;
  readonly move: Move;
}

/** A run was cut off in the middle of this move, or of the one that it undoes: both names are there. */
function isHalf({ source, target, there, found, move }: Ends): boolean {
  const { expected, moved, from, path } = move;
  if (moved !== true) return false;
  if (expected.kind === 'link') {
    return there.kind === 'link' && target.readLink(nameOf(path)) === expected.target;
  }
  if (there.inode !== found.inode || there.device !== found.device) return false;
  // Where a disk takes both spellings for one, there is only one of them.
  return found.links > 1 && lists(source, nameOf(from)) && lists(target, nameOf(path));
}

function lists(folder: Folder, name: string): boolean {
  return folder.list().names.includes(name);
}

function setMetadata(lane: Lane, { side, path, expected, content, moved }: MetadataChange): Done {
  const folder = lane.held[side].at(parentOf(path));
  const name = nameOf(path);
  const found = unchangedAt(folder, name, expected, moved);
  if (found === null) throw new Refusal('folder-target-changed');
  if (content.kind !== 'link' && (found.mode & carriedModes) !== content.mode) {
    folder.setMode(name, (found.mode & ~carriedModes) | content.mode);
  }
  if (content.kind === 'file' && found.mtimeMs !== content.mtimeMs) {
    folder.setTimes(name, content.mtimeMs);
  }
  return settled(lane, side, folder, name, found);
}

function settled(lane: Lane, side: Side, folder: Folder, name: string, was?: Stat): Done {
  const found = folder.stat(name);
  const isOther = was !== undefined && (found?.inode !== was.inode || found.size !== was.size);
  if (found === null || isOther) throw new Refusal('folder-target-changed');
  return { ...nothing, signature: lane.signature(side, found) };
}
