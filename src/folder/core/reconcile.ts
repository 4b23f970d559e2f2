// Baseline and two scans, as rows, to the whole of what shall happen. Pure, near linear.
//
// Moves are followed first, so that afterwards a moved path is a path like any other; then each path
// is decided by a table; then folders are kept for what survives in them.
//
// Order of the transitions, which is an order they can be carried out in:
// 1. structure, side by side: folders made, files that become folders, moves; parents first, and each
//    name free when its turn comes;
// 2. folders that become something else: what is in them deleted leaf first, then the replacement;
// 3. files and links made and replaced, in the order of their paths;
// 4. modes and times, what is in a folder before the folder;
// 5. the other deletions, leaf first.
// Transitions of one path on both sides belong together: the baseline of a path moves when every
// transition of the plan at that path succeeded, never sooner (I3). If a move failed, nothing that
// the plan says of its `path` and below may enter the baseline.

import { dispute } from './dispute.ts';
import { Draft, type PlanAtHand } from './draft-plan.ts';
import { type BaseEntry, otherSide, type Problem, type Row, type Side, sides } from './entry.ts';
import { findMoves } from './find-moves.ts';
import type { Moves } from './found-move.ts';
import { changed, type List } from './list.ts';
import { merge } from './merge.ts';
import { zonesOf } from './move-admission.ts';
import { findObstacles } from './obstacle.ts';
import { isWithin } from './path.ts';
import type { FolderPlan, PlanningInput, ReconcileInput } from './plan.ts';
import { relocate } from './relocate.ts';
import { distrusted, type MovedRow, type Spot, Spots, unknownPaths } from './spot.ts';
import { keepWhatSurvives } from './survive.ts';
import { makeLike } from './transition.ts';
import { type Believed, withoutDoubt } from './unfinished.ts';

export function reconcile(input: ReconcileInput): FolderPlan {
  const plan = planFor(input);
  return { ...plan, transitions: [...plan.transitions] };
}

/** The same, of rows that are made when somebody looks; the transitions are columns. */
export function planFor(input: PlanningInput): PlanAtHand {
  const unknown = unknownPaths(input.rows);
  const rows = input.baselineTrusted ? input.rows : changed(input.rows, distrusted);
  const stuck = new Set<string>();
  for (let left = attemptsMax; left > 0; left--) {
    const draft = attempt(rows, input, findMoves(rows, input, unknown, stuck), unknown);
    if (draft.stuck.length === 0) return draft.plan(input.abilities);
    for (const { from } of draft.stuck) stuck.add(from);
  }
  return attempt(rows, input, { found: [], disputes: [] }, unknown).plan(input.abilities);
}

const attemptsMax = 8;

/**
 * A move may lead to where nothing can be done, and that shows only once all is decided. Then it is
 * taken for a deletion and a creation, and all is decided again: each attempt has fewer moves, and the
 * last one none.
 */
function attempt(
  rows: List<Row>,
  input: PlanningInput,
  moves: Moves,
  unknown: ReadonlySet<string>,
): Draft {
  const disputed = zonesOf(moves.disputes);
  const { rows: placed, forgotten } = believed(relocate(rows, moves.found), input);
  const isBlocked = (path: string) => isWithin(path, unknown) || isWithin(path, disputed);
  const spots = new Spots(placed, input, isBlocked);
  keepWhatSurvives(spots, input.mode);
  const obstacles = findObstacles(spots, input);

  const draft = new Draft(takenIn(input));
  draft.problems.push(...problemsIn(input.rows), ...obstacles.problems);
  draft.conflicts.push(...moves.disputes, ...obstacles.conflicts);
  for (const path of obstacles.held) draft.hold(path);
  for (const path of forgotten) draft.agreements.push({ path, base: null });
  if (!input.baselineTrusted) forgetVanished(input.rows, draft);
  const stillKnown = moves.found.length === 0 ? null : basePathsOf(spots);
  for (const spot of spots) carryOut(spot, stillKnown, input, draft);
  return draft;
}

function believed(rows: List<MovedRow>, { unfinished, abilities }: PlanningInput): Believed {
  return unfinished ? withoutDoubt(rows, unfinished, abilities) : { rows, forgotten: [] };
}

/** Which names a copy cannot have; only one rule makes copies. */
function takenIn({ rows, conflictRule, heldOn }: PlanningInput): (path: string) => boolean {
  const names = new Set(conflictRule === 'copy' ? rows.map(({ path }) => path) : []);
  return (path) => names.has(path) || sides.some((side) => (heldOn?.(side, path) ?? null) !== null);
}

/** One for each cause: what lies below an unknown folder repeats its problem. */
function problemsIn(rows: List<Row>): ReadonlySet<Problem> {
  const problems = new Set<Problem>();
  for (const row of rows) {
    for (const side of sides) {
      const seen = row[side];
      if (seen.state === 'unknown') problems.add(seen.problem);
    }
  }
  return problems;
}

function forgetVanished(rows: List<Row>, draft: Draft): void {
  for (const { path, base, left, right } of rows) {
    if (base === null || left.state !== 'absent' || right.state !== 'absent') continue;
    draft.agreements.push({ path, base: null });
  }
}

/** Where the baseline will have something: moving away from there must not forget it. */
function basePathsOf(spots: List<Spot>): ReadonlySet<string> {
  return new Set(spots.filter(({ base }) => base !== null).map(({ path }) => path));
}

function carryOut(
  spot: Spot,
  stillKnown: ReadonlySet<string> | null,
  input: PlanningInput,
  draft: Draft,
): void {
  const override = draft.overrideAt(spot.path);
  const held = spot.blocked || override === 'hold';
  if (spot.move !== null && (held || override !== null)) draft.stuck.push(spot.move);
  if (held) return;
  if (stillKnown !== null) follow(spot, stillKnown, draft);
  if (override !== null) {
    makeLike(spot, otherSide[override], input.abilities, draft);
    return;
  }
  switch (spot.verdict) {
    case 'settled':
      settle(spot, draft);
      break;
    case 'forget':
      draft.agree(spot, null);
      break;
    case 'merge':
      merge(spot, input, draft);
      break;
    case 'type-conflict':
      dispute(spot, input, draft);
      break;
    case 'wait':
      draft.hold(spot.path);
      break;
    case 'leave':
      break;
    default:
      makeLike(spot, sideMade[spot.verdict], input.abilities, draft);
      remark(spot, draft);
  }
}

const sideMade = {
  left: 'left',
  right: 'right',
  'restore-left': 'left',
  'restore-right': 'right',
} as const satisfies Record<string, Side>;

/** The move itself, and the baseline's entry, which goes along with it or with one above. */
function follow(spot: Spot, stillKnown: ReadonlySet<string>, draft: Draft): void {
  const { path, basePath, base, move } = spot;
  if (move !== null && !move.agreed) {
    const side = otherSide[move.side];
    const expected = spot[side];
    if (expected === null) return;
    draft.expectMove(path);
    const from = move.at;
    draft.structure[side].push({ kind: 'move', side, path, from, expected, carries: [] });
  }
  if (base === null || basePath === path) return;
  if (!stillKnown.has(basePath)) carry(path, { path: basePath, base: null }, draft);
  carry(path, { path, base }, draft);
}

function carry(to: string, agreement: FolderPlan['agreements'][number], draft: Draft): void {
  if (!draft.carry(to, agreement)) draft.agreements.push(agreement);
}

/** Nothing happened but to signatures. */
function settle(spot: Spot, draft: Draft): void {
  const { base, left, right } = spot;
  if (spot.untouched || base === null || left === null || right === null) return;
  const digest = [left, right].find((entry) => entry.kind === 'file' && entry.digest !== null);
  const content =
    base.content.kind === 'file' && digest?.kind === 'file'
      ? { ...base.content, digest: digest.digest }
      : base.content;
  const now: BaseEntry = { content, left: left.signature, right: right.signature };
  if (spot.basePath !== spot.path || !sameBase(base, now)) draft.agree(spot, now);
}

function sameBase(one: BaseEntry, other: BaseEntry): boolean {
  return sides.every(
    (side) =>
      one[side].mtimeMs === other[side].mtimeMs &&
      one[side].ctimeMs === other[side].ctimeMs &&
      one[side].inode === other[side].inode &&
      one[side].racy === other[side].racy,
  );
}

function remark(spot: Spot, draft: Draft): void {
  const { path, verdict } = spot;
  const lost = verdict === 'restore-left' ? 'left' : verdict === 'restore-right' ? 'right' : null;
  if (lost === null || spot[otherSide[lost]]?.kind === 'folder') return;
  const text = `Deleted on the ${lost}, but not without change on the ${otherSide[lost]}: it is back.`;
  draft.remarks.push({ path, text });
}
