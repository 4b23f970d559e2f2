// Which paths of a side have to be on disk before the baseline says anything of them (I3).
import type { Side } from './entry.ts';
import type { Outcomes } from './outcomes.ts';
import { parentOf } from './path.ts';
import type { Agreement, Move } from './plan.ts';
import type { Transitions } from './transitions.ts';

/**
 * What the baseline will say of this side although this run did not write it there: a person did, and
 * may have done so so shortly ago that it is not on disk yet.
 */
export function pathsMet(
  transitions: Transitions,
  outcomes: Outcomes,
  agreements: readonly Agreement[],
  side: Side,
): string[] {
  const paths: string[] = [];
  for (const at of placesDone(transitions, outcomes)) {
    const kind = transitions.kindAt(at);
    const isNew = kind === 'create' || kind === 'update';
    if (kind !== 'delete' && (transitions.sideAt(at) !== side || !isNew)) {
      paths.push(transitions.pathAt(at));
    }
    for (const { path } of moveAt(transitions, at)?.carries ?? []) paths.push(path);
  }
  for (const { path, base } of agreements) if (base !== null) paths.push(path);
  return paths;
}

/**
 * Where this run wrote something or took it away, and where in the trash that is now, with the folders
 * above it, which are as new.
 */
export function pathsChanged(transitions: Transitions, outcomes: Outcomes, side: Side): string[] {
  const paths: string[] = [];
  const inTrash = new Set<string>();
  for (const at of placesDone(transitions, outcomes)) {
    if (transitions.sideAt(at) !== side) continue;
    paths.push(transitions.pathAt(at));
    const from = moveAt(transitions, at)?.from;
    if (from !== undefined) paths.push(from);
    const outcome = outcomes.at(at);
    let trashed = (outcome?.state === 'done' && outcome.trashed) || null;
    for (; trashed && !inTrash.has(trashed); trashed = parentOf(trashed)) {
      inTrash.add(trashed);
    }
  }
  return [...paths, ...inTrash];
}

function* placesDone(transitions: Transitions, outcomes: Outcomes): Generator<number> {
  for (let at = 0; at < transitions.length; at++) if (outcomes.isDone(at)) yield at;
}

function moveAt(transitions: Transitions, at: number): Move | null {
  const transition = transitions.kindAt(at) === 'move' ? transitions.at(at) : null;
  return transition?.kind === 'move' ? transition : null;
}
