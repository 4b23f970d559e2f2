// The jobs that change disks, as a lane runs them: a batch of transitions is staged, flushed once,
// and put in place. Synchronous from end to end; nothing else changes anything below a root.
import type { Batch, BatchOutcome } from './batch.ts';
import { type Side, sides } from './core/entry.ts';
import type { Failed, Outcome } from './core/outcome.ts';
import type { Transition } from './core/plan.ts';
import { type Lane, openLane } from './lane.ts';
import { place, type Temporary } from './place.ts';
import { Refusal, reasonOf, refusalCode } from './refusal.ts';
import { discard, stageFile } from './stage.ts';
import type { FolderWorld } from './world.ts';

export function carryOut(world: FolderWorld, batch: Batch): BatchOutcome {
  const lane = openLane(world, batch);
  lane.meter.enter();
  const run: Run = {
    lane,
    batch,
    outcomes: new Map(),
    temporaries: new Map(),
    readOnly: new Set(),
  };
  try {
    stageAll(run);
    flushStaged(world, run);
    placeAll(run);
    return {
      outcomes: batch.transitions.map((_, index) => run.outcomes.get(index) ?? { state: 'left' }),
      readOnly: [...run.readOnly],
    };
  } finally {
    clearUp(run);
    lane.meter.leave();
    lane.close();
  }
}

interface Run {
  readonly lane: Lane;
  readonly batch: Batch;
  /** By position in the batch. */
  readonly outcomes: Map<number, Outcome>;
  readonly temporaries: Map<number, Temporary>;
  readonly readOnly: Set<Side>;
}

function stageAll(run: Run): void {
  const { lane, batch } = run;
  for (const [index, transition] of batch.transitions.entries()) {
    if (lane.meter.stopped) return;
    lane.meter.begin(batch.first + index);
    if (!needsBytes(transition)) continue;
    attempt(run, index, transition, () => {
      const name = String(index);
      const staged = stageFile(lane, transition, lane.stage(transition.side), name);
      run.temporaries.set(index, { name, staged });
    });
  }
}

function needsBytes(
  transition: Transition,
): transition is Extract<Transition, { content: unknown }> & { kind: 'create' | 'update' } {
  return (
    (transition.kind === 'create' || transition.kind === 'update') &&
    transition.content.kind === 'file'
  );
}

/** Content must be on the disk before a name leads to it; one flush serves the whole batch. */
function flushStaged({ filesystem }: FolderWorld, run: Run): void {
  const { batch, temporaries } = run;
  for (const side of sides) {
    const staged = [...temporaries.keys()].filter((at) => batch.transitions[at]?.side === side);
    if (staged.length === 0) continue;
    if (filesystem.flush(batch.roots[side].path)) continue;
    for (const index of staged) syncOne(run, index, side);
  }
}

function syncOne(run: Run, index: number, side: Side): void {
  const { batch, lane, temporaries } = run;
  const transition = batch.transitions[index];
  const temporary = temporaries.get(index);
  if (transition === undefined || temporary === undefined) return;
  const done = attempt(run, index, transition, () => {
    const file = lane.stage(side).openFile(temporary.name);
    try {
      file.sync();
    } finally {
      file.close();
    }
  });
  if (!done) dropTemporary(run, index);
}

function placeAll(run: Run): void {
  const { lane, batch, outcomes, temporaries } = run;
  for (const [index, transition] of batch.transitions.entries()) {
    if (outcomes.has(index) || run.readOnly.has(transition.side)) continue;
    const temporary = temporaries.get(index) ?? null;
    if (lane.meter.stopped || (temporary === null && needsBytes(transition))) continue;
    attempt(run, index, transition, () => {
      outcomes.set(index, place(lane, transition, temporary));
      temporaries.delete(index);
      lane.meter.countEntry();
    });
    lane.held.left.trim();
    lane.held.right.trim();
  }
}

/** One bad path is a problem on that path (FS-08); a side that cannot be written is left alone. */
function attempt(run: Run, index: number, transition: Transition, work: () => void): boolean {
  if (run.readOnly.has(transition.side)) return false;
  try {
    work();
    return true;
  } catch (thrown) {
    const code = refusalCode(thrown);
    if (code === 'folder-stopped') return false;
    if (code === 'folder-read-only') run.readOnly.add(transition.side);
    const failed: Failed = { state: 'failed', code, reason: reasonOf(thrown) };
    run.outcomes.set(index, failed);
    return false;
  }
}

function dropTemporary(run: Run, index: number): void {
  const transition = run.batch.transitions[index];
  const temporary = run.temporaries.get(index);
  run.temporaries.delete(index);
  if (transition === undefined || temporary === undefined) return;
  discard(run.lane.stage(transition.side), temporary.name);
}

/** Whatever happened, no temporary file stays behind. */
function clearUp(run: Run): void {
  try {
    for (const index of [...run.temporaries.keys()]) dropTemporary(run, index);
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
  }
}
