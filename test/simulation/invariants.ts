// The invariants of the two-way engine that can be seen from outside, by their number in reliability
// 3.1. Each throws a Violation that names it.
import { isDeepStrictEqual } from 'node:util';
import {
  type BaseEntry,
  otherSide,
  type Row,
  type Side,
  sides,
} from '../../src/folder/core/entry.ts';
import type { Outcome } from '../../src/folder/core/outcome.ts';
import { isReserved, isWithin, parentOf } from '../../src/folder/core/path.ts';
import type { FolderPlan, ReconcileInput, Transition } from '../../src/folder/core/plan.ts';
import { reconcile } from '../../src/folder/core/reconcile.ts';
import type { Chance } from '../support/random.ts';
import { applyPlan, type Disks } from '../support/tree-apply.ts';
import { byText, type TreeNode } from '../support/tree-disk.ts';
import type { Baseline } from '../support/tree-rows.ts';
import type { Ledger } from '../support/tree-user.ts';
import { offset, swapInput, swapPlan } from './metamorphosis.ts';

export class Violation extends Error {
  readonly invariant: string;

  constructor(invariant: string, text: string) {
    super(`${invariant}: ${text}`);
    this.invariant = invariant;
  }
}

type Rules = Pick<ReconcileInput, 'mode' | 'conflictRule' | 'abilities'>;

/** What can be said of a plan before anything is done. */
export function checkPlan(
  input: ReconcileInput,
  plan: FolderPlan,
  disks: Disks,
  chance: Chance,
): void {
  checkUnknown(input, plan);
  checkDeletions(input, plan);
  checkBytes(input, plan, disks);
  const bytes = plan.transitions.reduce((sum, each) => sum + sizeOf(each), 0);
  const changed = input.rows.reduce((sum, row) => sum + changedBytes(row), 0);
  if (bytes > 2 * changed) throw new Violation('I25', `${bytes} bytes for ${changed}`);
  if (chance.often(0.3)) {
    const before = JSON.stringify(input.rows);
    if (!isDeepStrictEqual(reconcile(input), plan)) throw new Violation('I19', 'another plan');
    if (JSON.stringify(input.rows) !== before) throw new Violation('I20', 'the rows changed');
  }
  if (chance.often(0.3)) checkMirror(input, plan);
  if (chance.often(0.3)) checkClock(input, plan, disks);
}

/** I13: neither a change nor an agreement at or below what could not be seen. */
function checkUnknown(input: ReconcileInput, plan: FolderPlan): void {
  const unknown = new Set<string>();
  for (const { path, left, right } of input.rows) {
    if (left.state === 'unknown' || right.state === 'unknown') unknown.add(path);
  }
  if (unknown.size === 0) return;
  for (const each of plan.transitions) {
    const paths = each.kind === 'move' ? [each.path, each.from] : [each.path];
    for (const path of paths) {
      if (isWithin(path, unknown)) throw new Violation('I13', `${each.kind} ${path}`);
      const isAbove = [...unknown].some((below) => below.startsWith(`${path}/`));
      if (isAbove && takesAway(each)) {
        throw new Violation('I13', `${each.kind} ${path} over something unknown`);
      }
    }
  }
  const learned = plan.transitions.flatMap((each) =>
    each.kind === 'move' ? (each.carries ?? []) : [],
  );
  for (const { path } of [...plan.agreements, ...learned]) {
    if (isWithin(path, unknown)) throw new Violation('I13', `agreement over ${path}`);
  }
}

/** A folder, or what is in it. */
function takesAway(each: Transition): boolean {
  if (each.kind === 'create' || each.kind === 'metadata') return false;
  return each.expected.kind === 'folder';
}

/** I4, I21, I22: what is deleted was agreed on, is as agreed, and is absent on the other side. */
function checkDeletions(input: ReconcileInput, plan: FolderPlan): void {
  if (input.mode === 'one-way-replica') return;
  const rows = new Map(input.rows.map((row) => [row.path, row]));
  const hasMoves = plan.transitions.some(({ kind }) => kind === 'move');
  const resolved = new Set((plan.resolved ?? []).map(({ conflict }) => conflict.path));
  for (const each of plan.transitions) {
    if (each.kind !== 'delete' || isWithin(each.path, resolved)) continue;
    if (!input.baselineTrusted) throw new Violation('I21', `delete ${each.path}`);
    if (hasMoves) continue;
    const row = rows.get(each.path);
    if (row?.base === null || row?.[otherSide[each.side]].state !== 'absent') {
      throw new Violation('I4', `delete ${each.side} ${each.path}`);
    }
  }
}

/** I11: bytes travel only where they are not already. */
function checkBytes(input: ReconcileInput, plan: FolderPlan, disks: Disks): void {
  if (plan.transitions.some(({ kind }) => kind === 'move')) return;
  for (const each of plan.transitions) {
    if (each.kind !== 'update') continue;
    const here = disks[each.side].get(each.path);
    const there = disks[otherSide[each.side]].get(each.from);
    if (here?.kind === 'file' && there?.kind === 'file' && here.token === there.token) {
      throw new Violation(
        'I11',
        `${each.path} is the same already: ${JSON.stringify(each)} ${JSON.stringify(input.rows.find((row) => row.path === each.path))}`,
      );
    }
  }
}

function sizeOf(each: Transition): number {
  if (each.kind !== 'create' && each.kind !== 'update') return 0;
  return each.content.kind === 'file' ? each.content.size : 0;
}

function changedBytes(row: Row): number {
  const now = sides.map((side) => {
    const seen = row[side];
    return seen.state === 'present' && seen.entry.kind === 'file' ? seen.entry.size : 0;
  });
  const was = row.base?.content.kind === 'file' ? row.base.content.size : 0;
  return Math.max(was, ...now);
}

const symmetric: ReadonlySet<string> = new Set(['ask', 'newest', 'largest']);

/** I9: sides exchanged, the plan is the same with sides exchanged. */
function checkMirror(input: ReconcileInput, plan: FolderPlan): void {
  if (input.mode !== 'two-way-safe' || !symmetric.has(input.conflictRule)) return;
  const mirrored = swapPlan(reconcile(swapInput(input)));
  if (!isDeepStrictEqual(sorted(mirrored), sorted(plan))) {
    throw new Violation('I9', JSON.stringify([sorted(plan), sorted(mirrored)]).slice(0, 3000));
  }
}

function sorted(plan: FolderPlan): readonly string[] {
  const lines = [
    ...plan.transitions.map((each) => JSON.stringify(canonical(each))),
    ...plan.agreements.map((each) => JSON.stringify(each)),
    ...plan.conflicts.map((each) => JSON.stringify(each)),
  ];
  return lines.sort(byText);
}

/** Carried agreements are a set. */
function canonical(each: Transition): unknown {
  if (each.kind !== 'move' || each.carries === undefined) return each;
  return { ...each, carries: each.carries.map((one) => JSON.stringify(one)).sort(byText) };
}

/** I23: the right side's clock is wrong by two hours for all that was changed there. */
function checkClock(input: ReconcileInput, plan: FolderPlan, disks: Disks): void {
  if (input.conflictRule === 'newest' || input.conflictRule === 'copy') return;
  // Without a baseline a replica can only compare the times of both sides.
  if (input.mode === 'one-way-replica') return;
  const shifted = reconcile(offset(input, disks, 7_200_000));
  const one = plan.transitions
    .map(({ kind, side, path }) => `${kind} ${side} ${path}`)
    .sort(byText);
  const other = shifted.transitions
    .map(({ kind, side, path }) => `${kind} ${side} ${path}`)
    .sort(byText);
  if (!isDeepStrictEqual(one, other)) throw new Violation('I23', `${one} against ${other}`);
}

/** I12: what failed has no effect on what has nothing to do with it. */
export function checkTwin(disks: Disks, plan: FolderPlan, refused: readonly boolean[]): void {
  const whole = { left: disks.left.clone(), right: disks.right.clone() };
  const partly = { left: disks.left.clone(), right: disks.right.clone() };
  applyPlan(whole, plan.transitions);
  const { outcomes } = applyPlan(partly, plan.transitions, (at) => refused[at] === true);
  const touched = touchedBy(plan.transitions, outcomes);
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

/** The paths of what failed, and of all that meets these paths. */
function touchedBy(transitions: readonly Transition[], outcomes: readonly Outcome[]): Set<string> {
  const touched = new Set<string>();
  const add = (each: Transition) => {
    for (const path of pathsOf(each)) touched.add(path);
  };
  transitions.forEach((each, at) => {
    if (outcomes[at]?.state !== 'done') add(each);
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

function pathsOf(each: Transition): readonly string[] {
  return each.kind === 'move' ? [each.path, each.from] : [each.path];
}

function isRelated(path: string, touched: ReadonlySet<string>): boolean {
  if (isWithin(path, touched)) return true;
  return [...touched].some((below) => below.startsWith(`${path}/`));
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
  const overwrites = rules.mode === 'one-way-replica' || rules.mode === 'two-way-resolved';
  const chooses = rules.conflictRule !== 'ask' && rules.conflictRule !== 'copy';
  for (const token of ledger.written) {
    if (seen.has(token) || ledger.superseded.has(token)) continue;
    if (!overwrites && !chooses) throw new Violation('I10', `${token} is out of sight`);
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

function isStill(node: TreeNode | null, base: BaseEntry, side: Side): boolean {
  const { inode, ctimeMs } = base[side];
  return node?.inode === inode && node.ctimeMs === ctimeMs;
}

/** I6, I7. */
export function checkConverged(
  plan: FolderPlan,
  disks: Disks,
  baseline: Baseline,
  rules: Rules,
): void {
  const [more] = plan.transitions;
  if (more !== undefined) throw new Violation('I7', `${more.kind} ${more.side} ${more.path}`);
  const [learned] = plan.agreements;
  if (learned !== undefined) throw new Violation('I7', `agreement ${learned.path}`);
  if (rules.mode === 'one-way-safe' || rules.mode === 'contribute') return;
  const open = new Set<string>();
  for (const { path, places } of plan.conflicts) {
    open.add(path);
    if (places !== undefined) open.add(places.left).add(places.right);
  }
  for (const path of new Set([...disks.left.paths(), ...disks.right.paths()])) {
    if (isReserved(path) || isRelated(path, open) || waitsElsewhere(path, disks, open)) continue;
    checkEqual(path, disks, rules);
    if (!baseline.has(path)) throw new Violation('I6', `${path} is not in the baseline`);
  }
}

/** It was moved to where a conflict is open, and stays where it was until that is decided. */
function waitsElsewhere(path: string, disks: Disks, open: ReadonlySet<string>): boolean {
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
