// What can be said of two trees after a plan was carried out, and once nothing moves any more: invariants of
// the two-way engine by their number in reliability 3.1. Each throws a Violation that names it.
import { type BaseEntry, otherSide, type Side, sides } from '../../src/folder/core/entry.ts';
import type { Outcome } from '../../src/folder/core/outcome.ts';
import { conflictName, isReserved, isWithin, parentOf } from '../../src/folder/core/path.ts';
import type { FolderPlan, Transition } from '../../src/folder/core/plan.ts';
import type { Disks } from '../support/tree-apply.ts';
import type { TreeNode } from '../support/tree-disk.ts';
import type { Baseline } from '../support/tree-rows.ts';
import type { Ledger } from '../support/tree-user.ts';
import type { Parts } from './parts.ts';
import { isRelated, mayChoose, type Rules } from './rules.ts';
import { Violation } from './violation.ts';

/** I12: what failed has no effect on what has nothing to do with it. */
export function checkTwin(
  disks: Disks,
  plan: FolderPlan,
  refused: readonly boolean[],
  applyPlan: Parts['applyPlan'],
): void {
  const whole = { left: disks.left.clone(), right: disks.right.clone() };
  const partly = { left: disks.left.clone(), right: disks.right.clone() };
  applyPlan(whole, plan.transitions);
  applyPlan(partly, plan.transitions, { refuses: (at) => refused[at] === true });
  const touched = touchedBy(plan.transitions, refused);
  for (const side of sides) {
    for (const path of new Set([...whole[side].paths(), ...partly[side].paths()])) {
      if (isReserved(path) || isRelated(path, touched)) continue;
      const one = whole[side].get(path);
      const other = partly[side].get(path);
      if (one?.kind !== other?.kind || one?.token !== other?.token) {
        throw new Violation('I12', `${side} ${path}`);
      }
    }
  }
}

/** The paths of what was refused, and of the moves that meet them: others may not fail with them. */
function touchedBy(transitions: readonly Transition[], refused: readonly boolean[]): Set<string> {
  const touched = new Set<string>();
  const add = (each: Transition) => {
    for (const path of pathsOf(each)) touched.add(path);
  };
  transitions.forEach((each, at) => {
    if (refused[at] === true) add(each);
  });
  for (let size = -1; size !== touched.size; ) {
    size = touched.size;
    for (const each of transitions) {
      if (pathsOf(each).length > 1 && pathsOf(each).some((path) => isRelated(path, touched)))
        add(each);
    }
  }
  return touched;
}

/** What made room may have to stay under the name of a conflict copy. */
function pathsOf(each: Transition): readonly string[] {
  if (each.kind !== 'move') return [each.path];
  const { side, path, from, via, expected } = each;
  if (path !== via) return [path, from];
  return [path, from, conflictName(from, side, expected.signature.mtimeMs, () => false)];
}

export interface AfterRound {
  readonly disks: Disks;
  readonly baseline: Baseline;
  readonly ledger: Ledger;
  readonly rules: Rules;
  readonly plan: FolderPlan;
  readonly outcomes: readonly Outcome[];
  readonly bytes: number;
  /** Nothing failed and nobody interfered. */
  readonly quiet: boolean;
}

export function checkTrees(after: AfterRound): void {
  const { disks, baseline, outcomes, quiet } = after;
  if (quiet) {
    const failed = outcomes.find((outcome) => outcome.state === 'failed');
    if (failed?.state === 'failed') throw new Violation('order', failed.reason);
  }
  checkLoss(after);
  for (const [path, base] of baseline) checkBase(path, base, disks);
}

/** I1, I10: kept in sight where no rule chose, else at least in the trash. */
function checkLoss({ disks, ledger, rules }: AfterRound): void {
  const seen = new Set<string>();
  for (const side of sides) {
    for (const path of disks[side].paths()) {
      const node = disks[side].get(path);
      if (node?.kind === 'file') seen.add(node.token);
    }
  }
  for (const token of ledger.written) {
    if (seen.has(token) || ledger.superseded.has(token)) continue;
    if (!mayChoose(rules)) throw new Violation('I10', `${token} is out of sight`);
    if (!sides.some((side) => disks[side].trash.has(token))) throw new Violation('I1', token);
  }
}

/** I3: if neither side changed since, both hold the same. */
function checkBase(path: string, base: BaseEntry, disks: Disks): void {
  const found = sides.map((side) => disks[side].get(path));
  const [left, right] = found;
  const still = sides.every((side, at) => isStill(found[at] ?? null, base, side));
  if (!still || !left || !right) return;
  if (left.kind !== right.kind || left.token !== right.token) throw new Violation('I3', path);
}

/** Untouched on that side since the agreement. */
export function isStill(node: TreeNode | null, base: BaseEntry, side: Side): boolean {
  const { inode, ctimeMs } = base[side];
  return node?.inode === inode && node.ctimeMs === ctimeMs;
}

/** I7; I24: what a side cannot hold is no work for ever. */
export function checkConverged(
  plan: FolderPlan,
  disks: Disks,
  baseline: Baseline,
  rules: Rules,
): void {
  const [learned] = plan.agreements;
  if (learned !== undefined) throw new Violation('I7', `agreement ${learned.path}`);
  for (const path of checkEquality(plan, disks, rules)) {
    if (!baseline.has(path)) throw new Violation('I6', `${path} is not in the baseline`);
  }
}

/** I6: nothing is left to do, and both sides hold the same. Answers the paths at which they do. */
export function checkEquality(plan: FolderPlan, disks: Disks, rules: Rules): readonly string[] {
  const [more] = plan.transitions;
  if (more !== undefined) {
    const isDress = more.kind === 'metadata';
    throw new Violation(isDress ? 'I24' : 'I7', `${more.kind} ${more.side} ${more.path}`);
  }
  if (rules.mode === 'one-way-safe' || rules.mode === 'contribute') return [];
  const equal: string[] = [];
  const open = new Set<string>();
  for (const { path, places } of plan.conflicts) {
    open.add(path);
    if (places !== undefined) open.add(places.left).add(places.right);
  }
  for (const path of new Set([...disks.left.paths(), ...disks.right.paths()])) {
    if (isReserved(path) || isRelated(path, open) || waitsElsewhere(path, disks, open)) continue;
    checkEqual(path, disks, rules);
    equal.push(path);
  }
  return equal;
}

/** It was moved to where a conflict is open, and stays where it was until that is decided. */
export function waitsElsewhere(
  path: string,
  disks: Readonly<Record<Side, Pick<Disks[Side], 'get' | 'paths'>>>,
  open: ReadonlySet<string>,
): boolean {
  // A folder on one side against something else on the other, with a dispute inside, waits as a whole.
  for (let at = parentOf(path); at !== null; at = parentOf(at)) {
    const kinds = sides.map((side) => disks[side].get(at ?? '')?.kind);
    if (kinds[0] !== kinds[1] && isRelated(at, open)) return true;
  }
  return sides.some((side) => {
    const token = disks[side].get(path)?.token;
    const other = disks[otherSide[side]];
    const held = other.paths().filter((each) => isWithin(each, open));
    return token !== undefined && held.some((each) => other.get(each)?.token === token);
  });
}

function checkEqual(path: string, disks: Disks, { abilities }: Rules): void {
  const left = disks.left.get(path);
  const right = disks.right.get(path);
  const same = left?.kind === right?.kind && left?.token === right?.token;
  const modes = abilities.left.modes && abilities.right.modes && left?.kind !== 'link';
  if (!same || (modes && left?.mode !== right?.mode)) {
    throw new Violation('I6', `${path} differs: ${describe(left)} and ${describe(right)}`);
  }
}

function describe(node: TreeNode | null): string {
  return node === null ? 'nothing' : `${node.kind} ${node.token} ${node.mode.toString(8)}`;
}
