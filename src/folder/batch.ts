// What the session and a lane of the crew hand each other about a number of transitions. All of it
// survives a structured clone.
import type { Side } from './core/entry.ts';
import type { PackedOutcomes } from './core/outcomes.ts';
import type { PackedTransitions } from './core/transitions.ts';

/** Up to here a sync for each file is cheaper than one of the whole file system. */
export const singleSyncsMax = 16;

/** A root as it was when the session looked at it; another folder under its path is refused. */
export interface RootRef {
  readonly path: string;
  readonly device: number;
  readonly inode: number;
  /** Two changes closer than this may bear the same time; absent where the kernel's clock decides. */
  readonly windowMs?: number;
}

/** A flush puts all of a disk down, so where both sides are on one, one of them is enough. */
export function oneOfEachDisk(
  changed: readonly Side[],
  roots: Readonly<Record<Side, RootRef>>,
): readonly Side[] {
  const onOne = roots.left.device === roots.right.device;
  return onOne ? changed.slice(0, 1) : changed;
}

export interface Batch {
  readonly roots: Readonly<Record<Side, RootRef>>;
  /** Name of this batch's own folder in the stage, unique in the session. */
  readonly stage: string;
  /** Name of the session's folder in the trash. */
  readonly trash: string;
  /** Number of the first transition in the plan as carried out: for progress. */
  readonly first: number;
  readonly transitions: PackedTransitions;
  /** Folders made here are built in the stage with what is in them, and put in place whole. */
  readonly trees: boolean;
  /** A source that is not what the plan saw any more is refused, instead of carried as it is now. */
  readonly strict: boolean;
  /** Memory of the session's meter. */
  readonly meter: SharedArrayBuffer;
}

export interface BatchOutcome {
  readonly outcomes: PackedOutcomes;
  /** Sides that refuse to be written at all. */
  readonly readOnly: readonly Side[];
  /** Whether all of it is on disk already, names included. */
  readonly durable: boolean;
}
