// Reads the files whose size and times leave doubt, both sides at once, and puts what was found into
// the rows before anything is decided.
import type { Crew } from '../ports/crew.ts';
import { entryOn } from './core/change.ts';
import { doubts } from './core/doubts.ts';
import { type Observation, type Row, type Side, sides } from './core/entry.ts';
import { changed } from './core/list.ts';
import type { PlanningInput } from './core/plan.ts';
import type { DigestInput, DigestOutcome } from './digest.ts';
import type { Meter } from './meter.ts';
import type { FolderSettings } from './settings.ts';

interface Reading {
  readonly crew: Crew;
  readonly settings: FolderSettings;
  readonly meter: Meter;
}

export async function readDoubts(reading: Reading, input: PlanningInput): Promise<PlanningInput> {
  const doubtful = doubts(input);
  if (doubtful.length === 0) return input;
  const [left, right] = await Promise.all(
    sides.map((side) => {
      const paths = doubtful.filter((doubt) => doubt.side === side).map(({ path }) => path);
      return digestsOf(reading, side, paths);
    }),
  );
  const found = { left, right } as Record<Side, ReadonlyMap<string, DigestOutcome>>;
  return { ...input, rows: changed(input.rows, (row) => withDigests(row, found)) };
}

async function digestsOf(
  { crew, settings, meter }: Reading,
  side: Side,
  paths: readonly string[],
): Promise<ReadonlyMap<string, DigestOutcome>> {
  if (paths.length === 0) return new Map();
  const input: DigestInput = { side, root: settings[side], paths, meter: meter.shared };
  const outcomes = await crew.run<readonly DigestOutcome[]>('digest', input);
  return new Map(outcomes.map((outcome, at) => [paths[at] ?? '', outcome]));
}

function withDigests(
  row: Row,
  found: Readonly<Record<Side, ReadonlyMap<string, DigestOutcome>>>,
): Row {
  const left = found.left.get(row.path);
  const right = found.right.get(row.path);
  if (left === undefined && right === undefined) return row;
  return { ...row, left: observed(row, 'left', left), right: observed(row, 'right', right) };
}

/** What did not hold still is decided by its size and times, like anything that was not read. */
function observed(row: Row, side: Side, outcome: DigestOutcome | undefined): Observation {
  const entry = entryOn(row, side);
  if (outcome?.state !== 'digested' || entry?.kind !== 'file') return row[side];
  const { state: _, ...now } = outcome;
  return { state: 'present', entry: { kind: 'file', ...now } };
}
