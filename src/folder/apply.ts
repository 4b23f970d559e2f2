// Carries out a plan over the lanes of the crew, portion by portion, and says what came of each
// transition. What was done stays done however it ends; the caller puts it into the baseline.
import type { Crew } from '../ports/crew.ts';
import type { Batch, BatchOutcome, RootRef } from './batch.ts';
import { type Portion, type PortionLimits, type Step, steps } from './core/batches.ts';
import type { Side } from './core/entry.ts';
import { movesLeftHalf } from './core/half-moves.ts';
import type { Astray, Outcome, Returned } from './core/outcome.ts';
import { Outcomes } from './core/outcomes.ts';
import { conflictName } from './core/path.ts';
import type { MetadataChange, Move, Transition } from './core/plan.ts';
import { Transitions } from './core/transitions.ts';
import { Meter } from './meter.ts';

export interface Application {
  readonly transitions: Transitions;
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
  readonly outcomes: Outcomes;
  /** Sides on which names are not on disk yet. */
  readonly unflushed: ReadonlySet<Side>;
  /** Something was to go back, and the disk would not let it. */
  readonly isAstray: boolean;
}

export async function apply(crew: Crew, application: Application): Promise<Applied> {
  const run = begin(crew, application);
  for (const step of steps(application.transitions, limits)) {
    if (application.meter.stopped) break;
    await runPortions(run, step);
  }
  for (const { at, move } of movesLeftHalf(run.transitions, run.outcomes)) {
    const came = await bringBack(run, move, 'next-run');
    if (came !== null) run.outcomes.set(at, came);
  }
  await closeFolders(run);
  return { outcomes: run.outcomes, unflushed: run.unflushed, isAstray: run.astray.size > 0 };
}

/** One after the other; in their order, what came of each as `bringBack` says it. */
export async function undoMoves(
  crew: Crew,
  application: Omit<Application, 'transitions'>,
  moves: readonly Move[],
): Promise<readonly (Returned | Astray | null)[]> {
  const run = begin(crew, { ...application, transitions: new Transitions() });
  const came: (Returned | Astray | null)[] = [];
  for (const move of moves) came.push(await bringBack(run, move, 'now'));
  return came;
}

function begin(crew: Crew, application: Application): Run {
  return {
    ...application,
    crew,
    outcomes: new Outcomes(application.transitions.length),
    readOnly: new Set(),
    unflushed: new Set(),
    begun: { batches: 0, transitions: 0 },
    astray: new Set(),
  };
}

interface Run extends Application {
  readonly crew: Crew;
  readonly outcomes: Outcomes;
  readonly readOnly: Set<Side>;
  readonly unflushed: Set<Side>;
  readonly begun: { batches: number; transitions: number };
  /** Where something stands that was to go back, and could not. */
  readonly astray: Set<string>;
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
  const ready = portion.filter((at) => !run.readOnly.has(run.transitions.sideAt(at)));
  if (ready.length === 0) return;
  const batch: Batch = {
    roots: run.roots,
    stage: String(run.begun.batches),
    trash: run.trash,
    first: run.begun.transitions,
    transitions: run.transitions.pick(ready).pack(),
    trees,
    strict: run.strict,
    meter: run.meter.shared,
  };
  run.begun.batches += 1;
  run.begun.transitions += ready.length;
  const { outcomes, readOnly, durable } = await run.crew.run<BatchOutcome>('transfer', batch);
  for (const side of readOnly) run.readOnly.add(side);
  if (!durable) for (const at of ready) run.unflushed.add(run.transitions.sideAt(at));
  const found = Outcomes.open(outcomes);
  ready.forEach((at, index) => {
    run.outcomes.copy(at, found, index);
  });
}

/**
 * What was moved goes back, and if it waits out of sight and somebody took its name meanwhile, at least to
 * where it can be seen; where what took it is a move of ours that could not go back itself, `visible` says
 * whether that has to be so now, or whether the next run tries both again. Even after a stop: this only
 * ends what was begun. Null: it is in sight elsewhere, or no more what it was.
 */
async function bringBack(
  run: Run,
  { side, from, path, via, expected }: Move,
  visible: 'now' | 'next-run',
): Promise<Returned | Astray | null> {
  const back = (to: string) =>
    runAlone(run, { kind: 'move', side, path: to, from: path, expected, moved: true });
  if (visible === 'now' || !run.astray.has(placeOf(side, from))) {
    let outcome = await back(from);
    if (outcome?.state === 'done') {
      const { signature } = outcome;
      return signature === null ? null : { state: 'returned', restored: signature };
    }
    if (isRefused(outcome, 'folder-target-appeared') && path === via) {
      outcome = await back(conflictName(from, side, expected.signature.mtimeMs, () => false));
    }
    const isElsewhere = outcome?.state === 'done';
    if (isElsewhere || isRefused(outcome, ...byPersons)) return null;
  }
  run.astray.add(placeOf(side, path));
  return { state: 'astray' };
}

/** What somebody did there meanwhile, and no disk that may be well again by the next run. */
const byPersons = [
  'folder-target-appeared',
  'folder-target-changed',
  'folder-way-missing',
  'folder-way-blocked',
];

function isRefused(outcome: Outcome | undefined, ...codes: readonly string[]): boolean {
  return outcome?.state === 'failed' && codes.includes(outcome.code);
}

const placeOf = (side: Side, path: string) => `${side} ${path}`;

async function runAlone(run: Run, transition: Transition): Promise<Outcome | undefined> {
  const outcomes = new Outcomes(1);
  const transitions = Transitions.of([transition]);
  await runPortion({ ...run, transitions, outcomes, meter: new Meter() }, [0], false);
  return outcomes.at(0);
}

/** Folders that their owner may not write into were made open, to be filled. */
async function closeFolders(run: Run): Promise<void> {
  const closing: number[] = [];
  const transitions = new Transitions();
  for (let at = 0; at < run.transitions.length; at++) {
    const change = closingOf(run, at);
    if (change === null) continue;
    closing.push(at);
    transitions.push(change);
  }
  if (closing.length === 0) return;
  const outcomes = new Outcomes(transitions.length);
  const inner: Run = { ...run, transitions, outcomes };
  for (const step of steps(transitions, limits)) await runPortions(inner, step);
  closing.forEach((at, index) => {
    run.outcomes.copy(at, outcomes, index);
  });
}

function closingOf({ transitions, outcomes }: Run, at: number): MetadataChange | null {
  const kind = transitions.kindAt(at);
  if ((kind !== 'create' && kind !== 'update') || !outcomes.isDone(at)) return null;
  const transition = transitions.at(at);
  const { signature } = { signature: null, ...outcomes.at(at) };
  if (signature === null || (transition?.kind !== 'create' && transition?.kind !== 'update')) {
    return null;
  }
  const { side, path, content, source } = transition;
  if (content.kind !== 'folder' || (content.mode & 0o700) === 0o700) return null;
  const expected = { ...content, signature };
  return { kind: 'metadata', side, path, content, source, expected };
}
