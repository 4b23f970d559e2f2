// What the program remembers of a pair: the baseline and the state beside it, read together and
// written in the order that makes a crash recognisable (DB-04, DB-05).
import type { Filesystem } from '../ports/filesystem.ts';
import { type Baseline, openBaseline } from './core/baseline.ts';
import { errnoOf } from './held.ts';
import { type PairState, readPair, writePair } from './pair.ts';
import type { PairFiles } from './paths.ts';

export interface Memory {
  readonly baseline: Baseline | null;
  readonly pair: PairState | null;
  /** Why there is no baseline although a file is there. */
  readonly damage: string | null;
}

export function readMemory(filesystem: Filesystem, files: PairFiles): Memory {
  const pair = readPair(filesystem, files.pair);
  try {
    const baseline = openBaseline(filesystem.readFile(files.baseline));
    return { baseline, pair, damage: null };
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return { baseline: null, pair, damage: null };
    if (errnoOf(thrown) !== 'folder-baseline-damaged') throw thrown;
    return { baseline: null, pair, damage: thrown instanceof Error ? thrown.message : '' };
  }
}

/** Before the markers: from here to `rememberMarkers` a crash is told from a restored backup. */
export function rememberBaseline(
  filesystem: Filesystem,
  files: PairFiles,
  pair: PairState,
  baseline: Uint8Array,
): void {
  filesystem.makeFolders(files.folder);
  writePair(filesystem, files.pair, pair);
  filesystem.replaceFile(files.baseline, baseline);
}

export function rememberMarkers(filesystem: Filesystem, files: PairFiles, pair: PairState): void {
  writePair(filesystem, files.pair, { ...pair, marked: pair.generation });
}
