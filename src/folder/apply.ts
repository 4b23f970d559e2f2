// Carries out a plan over the lanes of the crew, portion by portion, and says what came of each
// transition. What was done stays done however it ends; the caller puts it into the baseline.
import type { Crew } from '../ports/crew.ts';
import type { Batch, BatchOutcome, RootRef } from './batch.ts';
import { type Portion, type PortionLimits, type Step, steps } from './core/batches.ts';
import type { Side } from './core/entry.ts';
import type { Outcome } from './core/outcome.ts';
import { conflictName } from './core/path.ts';
import type { Move, Transition } from './core/plan.ts';
import { waitingAside } from './core/settle.ts';
import { Meter } from './meter.ts';

export interface Application {
  readonly transitions: readonly Transition[];
  /** What made room in a run that was cut off, and may still be out of sight. */
  readonly aside: readonly Move[];
  readonly roots: Readonly<Record<Side, RootRef>>;
  /** Name of the session's folder in the trash. */
  readonly trash: string;
  /** A person approved just this. */
  readonly strict: boolean;
  readonly meter: Meter;
}

/** One flush for so much; small enough to lose little to a crash and to stay within memory. */
const limits: PortionLimits = { entries: 4096, bytes: 256 * 1024 * 1024 };

export interface Applied {
  /** In the order of the transitions. */
  readonly outcomes: readonly Outcome[];
  /** Sides on which names are not on disk yet. */
  readonly unflushed: ReadonlySet<Side>;
}

export async function apply(crew: Crew, application: Application): Promise<Applied> {
  const run: Run = {
    ...application,
    crew,
    outcomes: new Array(application.transitions.length),
    readOnly: new Set(),
    unflushed: new Set(),
    begun: { batches: 0, transitions: 0 },
  };
  for (const move of application.aside.toReversed()) await bringBack(run, move);
  for (const step of steps(application.transitions, limits)) {
    if (application.meter.stopped) break;
    await runPortions(run, step);
  }
  for (const { at, move } of waitingAside(run.transitions, run.outcomes)) {
    if (await bringBack(run, move)) run.outcomes[at] = { state: 'returned' };
  }
  await closeFolders(run);
  const outcomes = Array.from(run.outcomes, (outcome) => outcome ?? ({ state: 'left' } as const));
  return { outcomes, unflushed: run.unflushed };
}

interface Run extends Application {
  readonly crew: Crew;
  readonly outcomes: (Outcome | undefined)[];
  readonly readOnly: Set<Side>;
  readonly unflushed: Set<Side>;
  readonly begun: { batches: number; transitions: number };
}

/** A lane goes on with a second one while the first goes to disk; more would only take up memory. */
async function runPortions(run: Run, { portions, trees }: Step): Promise<void> {
  const waiting = [...portions].reverse();
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (run.meter.stopped) return;
      await runPortion(run, next, trees);
    }
  };
  const lanes = Math.min(2 * run.crew.lanes, portions.length);
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function runPortion(run: Run, portion: Portion, trees: boolean): Promise<void> {
  const ready = portion.filter((at) => !run.readOnly.has((run.transitions[at] as Transition).side));
  if (ready.length === 0) return;
  const batch: Batch = {
    roots: run.roots,
    stage: String(run.begun.batches),
    trash: run.trash,
    first: run.begun.transitions,
    transitions: ready.map((at) => run.transitions[at] as Transition),
    trees,
    strict: run.strict,
    meter: run.meter.shared,
  };
  run.begun.batches += 1;
  run.begun.transitions += ready.length;
  const { outcomes, readOnly, durable } = await run.crew.run<BatchOutcome>('transfer', batch);
  for (const side of readOnly) run.readOnly.add(side);
  if (!durable) for (const at of ready) run.unflushed.add((run.transitions[at] as Transition).side);
  ready.forEach((at, index) => {
    run.outcomes[at] = outcomes[index];
  });
}

/**
 * What made room for a move that never came goes back, or at least to where it can be seen if somebody
 * took its name meanwhile. Even after a stop: this only ends what was begun. False: it is not where it was.
 */
async function bringBack(run: Run, move: Move): Promise<boolean> {
  const { side, from, path, expected } = move;
  const other = conflictName(from, side, expected.signature.mtimeMs, () => false);
  for (const place of [from, other]) {
    const back: Move = { kind: 'move', side, path: place, from: path, expected, moved: true };
    if (await isDone(run, back)) return place === from;
  }
  return false;
}

async function isDone(run: Run, transition: Transition): Promise<boolean> {
  const outcomes: (Outcome | undefined)[] = [undefined];
  const inner: Run = { ...run, transitions: [transition], outcomes, meter: new Meter() };
  await runPortion(inner, [0], false);
  return outcomes[0]?.state === 'done';
}

/** Folders that their owner may not write into were made open, to be filled. */
async function closeFolders(run: Run): Promise<void> {
  const closing: number[] = [];
  const transitions: Transition[] = [];
  run.transitions.forEach((transition, at) => {
    const { signature } = { signature: null, ...run.outcomes[at] };
    if (signature === null || (transition.kind !== 'create' && transition.kind !== 'update'))
      return;
    const { side, path, content, source } = transition;
    if (content.kind !== 'folder' || (content.mode & 0o700) === 0o700) return;
    closing.push(at);
    transitions.push({
      kind: 'metadata',
      side,
      path,
      content,
      source,
      expected: { ...content, signature },
    });
  });
  if (closing.length === 0) return;
  const inner: Run = { ...run, transitions, outcomes: new Array(transitions.length) };
  for (const step of steps(transitions, limits)) await runPortions(inner, step);
  closing.forEach((at, index) => {
    run.outcomes[at] = inner.outcomes[index];
  });
}
