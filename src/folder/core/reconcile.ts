// Baseline and two scans, as rows, to the whole of what shall happen. Pure, near linear.
//
// Order of the transitions, which is the order they can be carried out in:
// 1. structure, parents first: folders made, files that become folders, moves;
// 2. folders that become something else: their content deleted leaf first, then the replacement;
// 3. files and links made and replaced, in the order of their paths;
// 4. modes and times, deepest first;
// 5. the other deletions, leaf first.
// Transitions of one path on both sides belong together: the baseline of a path moves when every
// transition of the plan at that path succeeded, never sooner (I3).
import { contentOf, sameContent } from './change.ts';
import { type Draft, emptyDraft, planOf } from './draft-plan.ts';
import { type BaseEntry, type Entry, otherSide, type Side } from './entry.ts';
import type { FolderPlan, ReconcileInput } from './plan.ts';
import { distrust, isWithin, parentOf, type Spot, spotOf, unknownPaths } from './spot.ts';
import { makeLike, mergedMode } from './transition.ts';

export function reconcile(input: ReconcileInput): FolderPlan {
  const unknown = unknownPaths(input);
  const draft = emptyDraft();
  const spots: Spot[] = [];
  for (const given of input.rows) {
    const row = input.baselineTrusted ? given : distrust(given);
    const spot = spotOf(row, input.mode, input.abilities, isWithin(row.path, unknown));
    for (const seen of [given.left, given.right]) {
      if (seen.state === 'unknown') draft.problems.push(seen.problem);
    }
    if (!input.baselineTrusted && given.base !== null && row.left.state === 'absent') {
      if (row.right.state === 'absent') draft.agreements.push({ path: row.path, base: null });
    }
    spots.push(spot);
  }
  keepWhatSurvives(spots);
  carryOut(spots, input, draft);
  return planOf(draft);
}

type Need = 'alive' | 'held';

/** From the leaves up: a folder in which something stays is not deleted, and is there for it. */
function keepWhatSurvives(spots: readonly Spot[]): void {
  const needs: Record<Side, Map<string, Need>> = { left: new Map(), right: new Map() };
  for (let at = spots.length - 1; at >= 0; at--) {
    const spot = spots[at] as Spot;
    const need = { left: needs.left.get(spot.path), right: needs.right.get(spot.path) };
    if (need.left !== undefined || need.right !== undefined) adjust(spot, need);
    const parent = parentOf(spot.path);
    if (parent === null) continue;
    for (const side of ['left', 'right'] as const) {
      if (!willExist(spot, side)) continue;
      if (needs[side].get(parent) !== 'held') {
        needs[side].set(parent, spot.blocked || need[side] === 'held' ? 'held' : 'alive');
      }
    }
  }
}

function adjust(spot: Spot, need: Readonly<Record<Side, Need | undefined>>): void {
  for (const side of ['left', 'right'] as const) {
    const here = spot[side];
    const there = spot[otherSide[side]];
    if (need[side] === undefined || willBeFolder(spot, side)) continue;
    if (here === null) {
      if (there?.kind === 'folder' && !spot.blocked) spot.verdict = otherSide[side];
    } else if (here.kind === 'folder' && there === null) {
      spot.verdict = need[otherSide[side]] === undefined ? 'leave' : side;
    } else if (need.left === 'held' || need.right === 'held') {
      spot.verdict = 'leave';
    } else {
      spot.verdict = 'type-conflict';
    }
  }
}

function willBeFolder(spot: Spot, side: Side): boolean {
  return outcome(spot, side)?.kind === 'folder';
}

function willExist(spot: Spot, side: Side): boolean {
  return spot.blocked || outcome(spot, side) !== null;
}

function outcome(spot: Spot, side: Side): Entry | null {
  switch (spot.verdict) {
    case 'right':
    case 'restore-right':
      return spot.left;
    case 'left':
    case 'restore-left':
      return spot.right;
    default:
      return spot[side];
  }
}

function carryOut(spots: readonly Spot[], input: ReconcileInput, draft: Draft): void {
  const held = new Set<string>();
  for (const spot of spots) {
    if (spot.verdict === 'leave' || isWithin(spot.path, held)) continue;
    switch (spot.verdict) {
      case 'settled':
        if (!spot.untouched && spot.base !== null) agree(spot, draft);
        break;
      case 'forget':
        draft.agreements.push({ path: spot.path, base: null });
        break;
      case 'right':
      case 'restore-right':
        makeLike(spot, 'right', input.abilities, draft);
        break;
      case 'left':
      case 'restore-left':
        makeLike(spot, 'left', input.abilities, draft);
        break;
      case 'merge':
        merge(spot, input, draft, held);
        break;
      case 'type-conflict':
        held.add(spot.path);
        draft.conflicts.push({
          path: spot.path,
          kind: 'type',
          left: spot.left,
          right: spot.right,
        });
        break;
    }
    remark(spot, draft);
  }
}

function remark(spot: Spot, draft: Draft): void {
  if (spot.verdict === 'restore-left' && spot.right?.kind !== 'folder') {
    draft.remarks.push({
      path: spot.path,
      text: 'Deleted on the left, changed on the right: the change was kept.',
    });
  } else if (spot.verdict === 'restore-right' && spot.left?.kind !== 'folder') {
    draft.remarks.push({
      path: spot.path,
      text: 'Deleted on the right, changed on the left: the change was kept.',
    });
  }
}

/** Both sides hold the same; only signatures, or times, are new. */
function agree(spot: Spot, draft: Draft): void {
  const { left, right } = spot;
  if (left === null || right === null) return;
  const base: BaseEntry = {
    content: spot.base === null ? contentOf(left) : spot.base.content,
    left: left.signature,
    right: right.signature,
  };
  draft.agreements.push({ path: spot.path, base });
}

function merge(spot: Spot, input: ReconcileInput, draft: Draft, held: Set<string>): void {
  const { left, right } = spot;
  if (left === null || right === null) return;
  if (sameContent(left, right, input.abilities)) {
    mergedMode(spot, input.abilities, draft);
    return;
  }
  if (input.mode === 'contribute') return;
  held.add(spot.path);
  draft.conflicts.push({
    path: spot.path,
    kind: left.kind === right.kind ? 'edit-edit' : 'type',
    left,
    right,
  });
}
