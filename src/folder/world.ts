// What the folder handler is given: the handler itself, and its jobs in their threads.
import type { ItemId } from '../model/item.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crew } from '../ports/crew.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { NewHasher } from '../ports/hasher.ts';
import type { Locks } from '../ports/lock.ts';
import type { Random } from '../ports/random.ts';

export interface FolderWorld {
  readonly filesystem: Filesystem;
  readonly clock: Clock;
  readonly sha256: NewHasher;
}

/** The handler's ports, as compose.ts fills them. */
export interface HandlerWorld {
  readonly filesystem: Filesystem;
  readonly crew: Crew;
  readonly clock: Clock;
  readonly random: Random;
  /** Where baselines are kept; must not lie in a root. */
  readonly stateFolder: string;
  readonly locks?: Locks;
}

/** A pair of folders is one item. */
export const pairItem: ItemId = 'folders';
