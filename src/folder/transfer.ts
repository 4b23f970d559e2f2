// The jobs that change disks, as a lane runs them: a batch of transitions is staged, made durable,
// and put in place. Synchronous but for the flush, during which the lane stages another batch; nothing
// else changes anything below a root.
import type { StandAside } from '../ports/crew.ts';
import type { Folder } from '../ports/filesystem.ts';
import { type Batch, type BatchOutcome, oneOfEachDisk, singleSyncsMax } from './batch.ts';
import { removeAll } from './clear.ts';
import { type Side, sides } from './core/entry.ts';
import type { Done, Failed, Outcome } from './core/outcome.ts';
import { Outcomes } from './core/outcomes.ts';
import type { Creation, Replacement, Transition } from './core/plan.ts';
import { Transitions } from './core/transitions.ts';
import { nameOf } from './held.ts';
import { type Lane, openLane, windowOf } from './lane.ts';
import { place, type Temporary } from './place.ts';
import { Refusal, Restored, reasonOf, refusalCode } from './refusal.ts';
import { reserved } from './reserved.ts';
import { stageFile } from './stage.ts';
import { type Tree, Trees } from './tree.ts';
import type { FolderWorld } from './world.ts';

export async function carryOut(
  world: FolderWorld,
  batch: Batch,
  standAside: StandAside,
): Promise<BatchOutcome> {
  const lane = openLane(world, batch);
  lane.meter.enter();
  const transitions = new Transitions(batch.transitions);
  if (transitions.length <= singleSyncsMax) lane.syncFromNowOn();
  const run: Run = {
    lane,
    batch,
    transitions,
    trees: new Trees(lane),
    outcomes: new Array(transitions.length),
    temporaries: new Map(),
    readOnly: new Set(),
  };
  let flushed = false;
  try {
    stageAll(run);
    flushed = await makeDurable(world, run, standAside);
    placeAll(run);
  } finally {
    letGo(run);
  }
  return {
    outcomes: Outcomes.of(Array.from(run.outcomes, (outcome) => outcome ?? left)).pack(),
    readOnly: [...run.readOnly],
    durable: !flushed,
  };
}

const left: Outcome = { state: 'left' };

interface Run {
  readonly lane: Lane;
  readonly batch: Batch;
  readonly transitions: Transitions;
  readonly trees: Trees;
  /** By position in the batch; of what is built into a tree, as it will be once that is in place. */
  readonly outcomes: (Outcome | undefined)[];
  readonly temporaries: Map<number, Temporary>;
  readonly readOnly: Set<Side>;
}

function stageAll(run: Run): void {
  const { lane, batch } = run;
  for (const [at, transition] of run.transitions.entries()) {
    lane.meter.waitWhilePaused();
    if (lane.meter.stopped) return;
    lane.meter.begin(batch.first + at);
    if (transition.kind !== 'create' && transition.kind !== 'update') continue;
    attempt(run, at, () => stageOne(run, at, transition));
    lane.held.left.trim();
    lane.held.right.trim();
  }
}

function stageOne(run: Run, at: number, transition: Creation | Replacement): void {
  const { lane, batch, trees } = run;
  const { side, path, content } = transition;
  if (content.kind === 'folder') {
    if (batch.trees && transition.kind === 'create') run.outcomes[at] = trees.build(at, transition);
    return;
  }
  const home = batch.trees ? trees.home(side, path) : null;
  if (home !== null) {
    trees.note(side, path, at);
    run.outcomes[at] = buildInto(run, transition, home);
  } else if (content.kind === 'file') {
    const name = String(at);
    run.temporaries.set(at, { name, staged: stageFile(lane, transition, lane.stage(side), name) });
  }
}

/** In a tree each file has its final name at once. */
function buildInto({ lane }: Run, transition: Creation | Replacement, home: Folder): Done {
  const name = nameOf(transition.path);
  const { content } = transition;
  if (content.kind !== 'link') {
    return { state: 'done', ...stageFile(lane, transition, home, name) };
  }
  home.makeLink(name, content.target);
  const found = home.stat(name);
  if (found === null) throw new Refusal('folder-target-changed');
  return { state: 'done', signature: lane.signature(transition.side, found), bytes: 0 };
}

/**
 * Content must be on the disk before a name leads to it. True: one flush served them all, and the
 * names that come now need another; false: each file was synced, each folder is when let go.
 */
async function makeDurable(
  { filesystem }: FolderWorld,
  run: Run,
  standAside: StandAside,
): Promise<boolean> {
  const { lane, batch } = run;
  if (lane.syncing) return false;
  const changed = sides.filter((side) => run.transitions.isOnSide(side));
  const flushes = async () => {
    for (const side of oneOfEachDisk(changed, batch.roots)) {
      if (!(await filesystem.flushAside(batch.roots[side].path))) return false;
    }
    return true;
  };
  for (const side of sides) lane.held[side].rest();
  lane.meter.leave();
  const flushed = await standAside(flushes());
  lane.meter.enter();
  if (flushed) return true;
  lane.syncFromNowOn();
  run.outcomes.forEach((outcome, at) => {
    if (outcome?.state === 'done') syncStaged(run, at);
  });
  for (const at of run.temporaries.keys()) syncStaged(run, at);
  return false;
}

/** Its content, if it is a file; a folder is synced with its names when it is let go. */
function syncStaged(run: Run, at: number): void {
  const { lane, transitions, trees, temporaries } = run;
  const { side, path, ...transition } = transitions.at(at) as Transition;
  if (!('content' in transition) || transition.content.kind !== 'file') return;
  const temporary = temporaries.get(at);
  attempt(run, at, () => {
    const home = temporary === undefined ? trees.home(side, path) : lane.stage(side);
    if (home === null) return;
    const file = home.openFile(temporary?.name ?? nameOf(path));
    try {
      file.sync();
    } finally {
      file.close();
    }
  });
}

function placeAll(run: Run): void {
  const { lane, transitions, outcomes, temporaries } = run;
  for (const tree of run.trees.all) placeTree(run, tree);
  for (let at = 0; at < transitions.length; at++) {
    lane.meter.waitWhilePaused();
    if (outcomes[at] !== undefined || (lane.meter.stopped && !isStaged(run, at))) continue;
    const transition = transitions.at(at) as Transition;
    const temporary = temporaries.get(at) ?? null;
    const attempted = attempt(run, at, () => {
      outcomes[at] = place(lane, transition, temporary);
    });
    if (attempted) {
      temporaries.delete(at);
      lane.meter.countEntry();
    }
    lane.held.left.trim();
    lane.held.right.trim();
  }
}

/** After a stop nothing begins, but bytes that are here already are kept, with the folders for them. */
function isStaged({ transitions, temporaries }: Run, at: number): boolean {
  return temporaries.has(at) || (temporaries.size > 0 && isFolder(transitions, at));
}

function placeTree(run: Run, tree: Tree): void {
  const { lane, trees, outcomes } = run;
  const inside = tree.inside.filter((at) => outcomes[at]?.state === 'done');
  const placedAt = lane.now();
  const attempted = attempt(run, tree.at, () => {
    for (const at of tree.inside) if (outcomes[at]?.state !== 'done') leaveOut(run, at);
    outcomes[tree.at] = trees.place(tree);
  });
  if (attempted) for (const at of inside) outcomes[at] = matured(run, at, placedAt);
  const above = outcomes[tree.at] ?? left;
  if (!attempted) for (const at of inside) outcomes[at] = above;
  else for (let count = inside.length; count >= 0; count -= 1) lane.meter.countEntry();
}

/** What failed may have left something half, which must not come into sight with the tree (I2). */
function leaveOut({ trees, transitions }: Run, at: number): void {
  const { side, path } = transitions.at(at) as Transition;
  const home = trees.home(side, path);
  if (home !== null && home.stat(nameOf(path)) !== null) home.unlink(nameOf(path));
}

/**
 * Until its tree was in place nobody else could change it, and by then the clock had moved on: its
 * signature proves what it says.
 */
function matured({ batch, transitions, outcomes }: Run, at: number, placedAt: number): Done {
  const done = outcomes[at] as Done;
  const windowMs = windowOf(batch.roots[transitions.sideAt(at)]);
  const { signature } = done;
  if (!signature?.racy || !(signature.ctimeMs <= placedAt - windowMs)) return done;
  // A folder was looked at before it was filled.
  if (isFolder(transitions, at)) return done;
  const { mtimeMs, ctimeMs, inode } = signature;
  return { ...done, signature: { mtimeMs, ctimeMs, inode } };
}

function isFolder(transitions: Transitions, at: number): boolean {
  return transitions.kindAt(at) === 'create' && transitions.isFolderAt(at);
}

/** One bad path is a problem on that path (FS-08); a side that cannot be written is left alone. */
function attempt(run: Run, at: number, work: () => void): boolean {
  const side = run.transitions.sideAt(at);
  if (run.readOnly.has(side)) {
    run.outcomes[at] = left;
    return false;
  }
  try {
    work();
    return true;
  } catch (thrown) {
    const code = refusalCode(thrown);
    if (code === 'folder-read-only') run.readOnly.add(side);
    const stopped = code === 'folder-stopped';
    run.outcomes[at] = stopped ? left : failed(code, thrown);
    return false;
  }
}

function failed(code: string, thrown: unknown): Failed {
  const outcome: Failed = { state: 'failed', code, reason: reasonOf(thrown) };
  return thrown instanceof Restored ? { ...outcome, restored: thrown.signature } : outcome;
}

function letGo(run: Run): void {
  const { lane } = run;
  try {
    clearUp(run);
  } finally {
    lane.meter.leave();
    for (const side of sides) {
      try {
        lane.held[side].close();
      } catch (thrown) {
        agreeOnNothing(run, side, thrown);
      }
    }
  }
}

/** Not all names of the side got to disk: what was done there must not enter the baseline yet (I3). */
function agreeOnNothing({ transitions, outcomes }: Run, side: Side, thrown: unknown): void {
  const unsure: Failed = { ...failed(refusalCode(thrown), thrown), unsure: true };
  outcomes.forEach((outcome, at) => {
    if (transitions.sideAt(at) === side && outcome?.state === 'done') outcomes[at] = unsure;
  });
}

/** Whatever happened, nothing stays in the stage. What cannot be removed goes with the next run. */
function clearUp({ lane, batch, readOnly }: Run): void {
  for (const side of sides) {
    if (!lane.staged.has(side) || readOnly.has(side)) continue;
    try {
      lane.held[side].forget(`${reserved.stage}/${batch.stage}`);
      removeAll(lane.held[side].at(reserved.stage), batch.stage);
    } catch (thrown) {
      if (thrown instanceof Refusal) throw thrown;
    }
  }
}
