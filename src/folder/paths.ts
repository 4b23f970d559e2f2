// Where the program keeps what it remembers of a partnership.

export interface PairFiles {
  readonly folder: string;
  readonly baseline: string;
  readonly pair: string;
  /** There while a run is at work, and after one that was cut off. */
  readonly begun: string;
}

export function pairFiles(stateFolder: string, partnership: string): PairFiles {
  const folder = `${stateFolder}/baselines`;
  // A partnership's id is ours, but a name in a path is never taken on trust.
  const name = encodeURIComponent(partnership).replaceAll('.', '%2E');
  const own = `${folder}/${name}`;
  return { folder, baseline: `${own}.base`, pair: `${own}.json`, begun: `${own}.begun` };
}
