// After a run that left nothing undone both sides are as the baseline says, and stay so until somebody
// touches a folder. What is kept here is what has to be the same still for that to be believed: with
// any difference the next session looks at everything. It lives as long as the process, as a watch does.
import type { TouchedRoot } from '../model/touched.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { type Side, sides } from './core/entry.ts';
import { ignoreFileName } from './core/ignore.ts';
import type { Outcomes } from './core/outcomes.ts';
import { nameOf } from './core/path.ts';
import type { PairFiles } from './paths.ts';
import type { FolderSettings } from './settings.ts';
import type { Survey } from './survey.ts';

export interface Clean {
  /** Of the baseline. */
  readonly generation: number;
  /** Those settings that decide what is to be done. */
  readonly rules: string;
  /** Which files hold what is remembered. */
  readonly remembered: string;
  readonly roots: Readonly<Record<Side, { readonly device: number; readonly inode: number }>>;
}

export class CleanPairs {
  readonly #pairs = new Map<string, Clean>();

  get(partnership: string): Clean | null {
    return this.#pairs.get(partnership) ?? null;
  }

  /** Something is about to be done. */
  drop(partnership: string): void {
    this.#pairs.delete(partnership);
  }

  put(partnership: string, clean: Clean): void {
    this.#pairs.set(partnership, clean);
  }
}

export function rulesOf({ bandwidth: _, ...rules }: FolderSettings): string {
  return JSON.stringify(rules);
}

/**
 * Whether both sides hold what the baseline says, and will as long as nobody touches them. A file with
 * several names can be changed through one that lies outside, of which no watch tells.
 */
export function leavesNothing(
  { scans, plan }: Pick<Survey, 'scans' | 'plan'>,
  outcomes: Outcomes,
): boolean {
  const isPlain = sides.every((side) => {
    const seen = scans?.[side];
    return seen !== undefined && !seen.rulesChanged && seen.counts.linked === 0;
  });
  const isSettled =
    plan.conflicts.length === 0 && plan.problems.length === 0 && plan.waits !== true;
  return isPlain && isSettled && outcomes.areAllDone();
}

/** Null: nothing is remembered, or a run was cut off. */
export function rememberedBy(filesystem: Filesystem, files: PairFiles): string | null {
  const found = [files.baseline, files.pair].map((path) => filesystem.stat(path));
  if (found.includes(null) || filesystem.stat(files.begun) !== null) return null;
  return JSON.stringify(
    found.map((stat) => [stat?.device, stat?.inode, stat?.size, stat?.mtimeMs, stat?.ctimeMs]),
  );
}

/**
 * The paths to look at, on both sides whichever was touched: what stands there on the other decides
 * too. Null: everything has to be looked at, because rules may be others or a root is not among those
 * that are watched.
 */
export function pathsTouched(
  touched: readonly TouchedRoot[],
  settings: FolderSettings,
): readonly string[] | null {
  const isWatched = sides.every((side) => touched.some(({ root }) => root === settings[side]));
  const paths = touched.flatMap((one) => one.paths);
  const mayBeRules = paths.some((path) => path === '' || nameOf(path) === ignoreFileName);
  return isWatched && !mayBeRules ? outermost(paths) : null;
}

/** Without those that lie below another. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  const isBelowAnother = (path: string): boolean => {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      if (all.has(path.slice(0, cut))) return true;
    }
    return false;
  };
  return [...all].filter((path) => !isBelowAnother(path));
}
