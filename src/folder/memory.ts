// What the program remembers of a pair: the baseline and the state beside it, read together and
// written in the order that makes a crash recognisable (DB-04, DB-05).
import type { Filesystem } from '../ports/filesystem.ts';
import { type Begun, readBegun, writeBegun } from './begun.ts';
import { type Baseline, openBaseline } from './core/baseline.ts';
import type { Outcomes } from './core/outcomes.ts';
import type { Move } from './core/plan.ts';
import { movesOf } from './core/settle.ts';
import type { Transitions } from './core/transitions.ts';
import { touchedBy } from './core/unfinished.ts';
import { errnoOf } from './held.ts';
import { type PairState, readPair, writePair } from './pair.ts';
import type { PairFiles } from './paths.ts';

export interface Memory {
  readonly baseline: Baseline | null;
  readonly pair: PairState | null;
  /** Why there is no baseline although a file is there. */
  readonly damage: string | null;
  /** What a run that was cut off may have changed since the baseline; null: none was. */
  readonly unfinished: Begun | null;
}

export function readMemory(filesystem: Filesystem, files: PairFiles): Memory {
  const pair = readPair(filesystem, files.pair);
  try {
    const baseline = openBaseline(filesystem.readFile(files.baseline));
    const begun = readBegun(filesystem, files.begun);
    const counts = begun?.generations.includes(baseline.about.generation);
    return { baseline, pair, damage: null, unfinished: counts ? begun : null };
  } catch (thrown) {
    const none = { baseline: null, pair, unfinished: null };
    if (errnoOf(thrown) === 'ENOENT') return { ...none, damage: null };
    if (errnoOf(thrown) !== 'folder-baseline-damaged') throw thrown;
    return { ...none, damage: thrown instanceof Error ? thrown.message : '' };
  }
}

/**
 * Before anything is changed. Without a baseline nothing can be mistaken for what it says. `next`: the
 * generation that is about to be written.
 */
export function rememberBegun(
  filesystem: Filesystem,
  files: PairFiles,
  { baseline, unfinished }: Memory,
  transitions: Transitions,
  next?: number,
): void {
  if (baseline === null) return;
  const touched = touchedBy(transitions, unfinished);
  if (touched.left.size + touched.right.size === 0) return;
  const generations = [baseline.about.generation, ...(next === undefined ? [] : [next])];
  const moves = [...(unfinished?.moves ?? []), ...plainMoves(transitions)];
  writeBegun(filesystem, files.begun, { generations, ...touched, moves });
}

/**
 * A run that came to its end, and left something between two places that the next one has to bring back:
 * of all that it touched only what its moves did not do is in doubt any longer.
 */
export function rememberAstray(
  filesystem: Filesystem,
  files: PairFiles,
  before: Begun | null,
  transitions: Transitions,
  outcomes: Outcomes,
): void {
  const generation = readPair(filesystem, files.pair)?.generation;
  if (generation === undefined) return;
  const undone = [...movesOf(transitions)].filter(([at]) => !outcomes.isDone(at));
  const touched = touchedBy(
    undone.map(([, move]) => move),
    before,
  );
  const moves = [...(before?.moves ?? []), ...plainMoves(transitions)];
  writeBegun(filesystem, files.begun, { generations: [generation], ...touched, moves });
}

/** What the baseline was to learn from them is of no use to the next run. */
function plainMoves(transitions: Transitions): readonly Move[] {
  return Array.from(movesOf(transitions), ([, { carries: _, ...move }]) => move);
}

/** A run that looked at nothing settles nothing of what one before it left: that holds on. */
export function keepUnfinished(
  filesystem: Filesystem,
  files: PairFiles,
  { baseline, unfinished }: Memory,
  generation: number,
): void {
  if (baseline === null || unfinished === null) return;
  const generations = [baseline.about.generation, generation];
  writeBegun(filesystem, files.begun, { ...unfinished, generations });
}

/** Before the baseline: from here to `rememberMarkers` a crash is told from a restored backup. */
export function rememberPair(filesystem: Filesystem, files: PairFiles, pair: PairState): void {
  filesystem.makeFolders(files.folder);
  writePair(filesystem, files.pair, pair);
}

export function rememberMarkers(filesystem: Filesystem, files: PairFiles, pair: PairState): void {
  writePair(filesystem, files.pair, { ...pair, marked: pair.generation });
}
