// Asks a root's file system what it can hold, by trying it in the stage: nothing a person can see
// changes, and nothing stays. Once for each root and disk; afterwards it is remembered.
import type { Folder } from '../ports/filesystem.ts';
import type { RootRef } from './batch.ts';
import { removeAll } from './clear.ts';
import { askedTimeMs, type Traits, timeStepOf } from './core/traits.ts';
import { errnoOf, type HeldFolders } from './held.ts';
import { openRoot } from './lane.ts';
import { reserved, reservedMode } from './reserved.ts';
import type { FolderWorld } from './world.ts';

export interface ProbeInput {
  readonly root: RootRef;
}

const probeName = 'probe';
/** What nearly all take, and what encrypting ones do. */
const nameLengths = [255, 143] as const;

/** Null where it cannot be tried: the root cannot be written, or somebody clears the stage just now. */
export function probeRoot({ filesystem }: FolderWorld, { root }: ProbeInput): Traits | null {
  let held: HeldFolders | null = null;
  try {
    held = openRoot(filesystem, root);
    const wasThere = held.at('').stat(reserved.folder) !== null;
    try {
      return probeIn(held.make(reserved.stage, reservedMode));
    } finally {
      clearUp(held, wasThere);
    }
  } catch {
    return null;
  } finally {
    held?.close();
  }
}

function probeIn(stage: Folder): Traits | null {
  if (stage.stat(probeName) !== null) removeAll(stage, probeName);
  stage.makeFolder(probeName, reservedMode);
  const listings = movesWithNames(stage);
  const folder = stage.open(probeName);
  try {
    const timeStepMs = timeStepOn(folder);
    if (timeStepMs === null) return null;
    const abilities = {
      caseSensitive: isTwoNames(folder, 'case', 'CASE'),
      normalizationSensitive: isTwoNames(folder, 'caf\u00e9', 'cafe\u0301'),
      timeStepMs,
      modes: holdsModes(folder),
      links: holdsLinks(folder),
      nameBytesMax: longestName(folder),
    };
    return { abilities, listings };
  } finally {
    folder.close();
  }
}

/** Set back by hours first, so that a coarse clock tells too. */
function movesWithNames(stage: Folder): boolean {
  stage.setTimes(probeName, askedTimeMs);
  const before = stage.stat(probeName)?.mtimeMs;
  const folder = stage.open(probeName);
  try {
    make(folder, 'file');
  } finally {
    folder.close();
  }
  return stage.stat(probeName)?.mtimeMs !== before;
}

function timeStepOn(folder: Folder): number | null {
  folder.setTimes('file', askedTimeMs);
  return timeStepOf(folder.stat('file')?.mtimeMs ?? Number.NaN);
}

function isTwoNames(folder: Folder, one: string, other: string): boolean {
  make(folder, one);
  return folder.stat(other) === null;
}

function holdsModes(folder: Folder): boolean {
  return works(() => {
    folder.setMode('file', 0o604);
    return ((folder.stat('file')?.mode ?? 0) & 0o777) === 0o604;
  });
}

function holdsLinks(folder: Folder): boolean {
  return works(() => {
    folder.makeLink('link', 'file');
    return folder.stat('link')?.kind === 'link';
  });
}

function longestName(folder: Folder): number {
  const fits = (length: number) =>
    works(() => {
      make(folder, 'n'.repeat(length));
      return true;
    });
  return nameLengths.find(fits) ?? 100;
}

function make(folder: Folder, name: string): void {
  folder.createFile(name, 0o600).close();
}

function works(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch (thrown) {
    if (passing.has(errnoOf(thrown))) throw thrown;
    return false;
  }
}

/** What says nothing about abilities: it is well again some day, and what was learned now would stay. */
const passing: ReadonlySet<string> = new Set([
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENODEV',
  'ENOENT',
  'ENOMEM',
  'ENOSPC',
  'EROFS',
  'ESTALE',
  'ETIMEDOUT',
]);

/** A root that was only looked at is left without a trace. */
function clearUp(held: HeldFolders, wasThere: boolean): void {
  try {
    removeAll(held.at(reserved.stage), probeName);
    if (wasThere) return;
    held.forget(reserved.folder);
    held.at(reserved.folder).removeFolder('stage');
    held.forget(reserved.folder);
    held.at('').removeFolder(reserved.folder);
  } catch {
    // The next session empties the stage.
  }
}
