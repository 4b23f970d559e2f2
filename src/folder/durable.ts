// What a run changed or met goes to disk, before the baseline says that it is there.
import type { Crew } from '../ports/crew.ts';
import { oneOfEachDisk, singleSyncsMax } from './batch.ts';
import { type Side, sides } from './core/entry.ts';
import type { Outcomes } from './core/outcomes.ts';
import { pathsChanged, pathsMet } from './core/paths-to-sync.ts';
import type { Agreement } from './core/plan.ts';
import type { Transitions } from './core/transitions.ts';
import type { SyncInput } from './finish.ts';
import type { RootPresent } from './roots.ts';

export interface Undurable {
  readonly crew: Crew;
  readonly roots: Readonly<Record<Side, RootPresent>>;
  readonly transitions: Transitions;
  readonly outcomes: Outcomes;
  readonly agreements: readonly Agreement[];
  /** Sides on which names are not on disk yet. */
  readonly unflushed: ReadonlySet<Side>;
}

/** Sides of which nothing is learned are left alone; a disk that cannot be flushed is synced by path. */
export async function makeDurable(undurable: Undurable): Promise<void> {
  const { crew, roots, transitions, outcomes, agreements, unflushed } = undurable;
  const met = (side: Side) => pathsMet(transitions, outcomes, agreements, side);
  const behind = { left: met('left'), right: met('right') };
  const isMuch = (side: Side) => unflushed.has(side) || behind[side].length > singleSyncsMax;
  const sync = async (side: Side, paths: readonly string[]) => {
    const input: SyncInput = { root: roots[side], paths };
    if (paths.length > 0) await crew.run('sync', input);
  };
  const flush = async (much: readonly Side[]) => {
    const disks = oneOfEachDisk(much, roots);
    const flushed = await Promise.all(disks.map((side) => crew.run('flush', roots[side])));
    if (!flushed.includes(false)) return;
    const changed = (side: Side) =>
      unflushed.has(side) ? pathsChanged(transitions, outcomes, side) : [];
    await Promise.all(much.map((side) => sync(side, [...behind[side], ...changed(side)])));
  };
  const few = sides.filter((side) => !isMuch(side));
  await Promise.all([flush(sides.filter(isMuch)), ...few.map((side) => sync(side, behind[side]))]);
}
