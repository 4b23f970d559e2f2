// What can be said of a plan before anything is done: invariants of the two-way engine by their number in
// reliability 3.1. Each throws a Violation that names it.
import { isDeepStrictEqual } from 'node:util';
import { otherSide, type Row, type Side, sides } from '../../src/folder/core/entry.ts';
import { isReserved, isWithin } from '../../src/folder/core/path.ts';
import type { FolderPlan, ReconcileInput, Transition } from '../../src/folder/core/plan.ts';
import type { Chance } from '../support/random.ts';
import type { Disks } from '../support/tree-apply.ts';
import { byText } from '../support/tree-disk.ts';
import { offset, swapInput, swapPlan } from './metamorphosis.ts';
import { type Agreed, isEdited } from './monitor.ts';
import type { Parts } from './parts.ts';
import { isRelated, mayChoose } from './rules.ts';
import { checkStructure } from './structure.ts';
import { Violation } from './violation.ts';

/** What a plan is looked at with. */
export interface Sight {
  readonly disks: Disks;
  readonly agreed: Agreed;
  readonly chance: Chance;
  readonly reconcile: Parts['reconcile'];
}

/** What can be said of a plan before anything is done. */
export function checkPlan(input: ReconcileInput, plan: FolderPlan, sight: Sight): void {
  const { disks, chance, reconcile } = sight;
  checkUnknown(input, plan);
  checkDeletions(input, plan, sight);
  checkOverwrites(input, plan, sight);
  checkConflicts(input, plan, sight);
  checkBytes(input, plan, disks);
  checkStructure(plan, disks);
  const bytes = plan.transitions.reduce((sum, each) => sum + sizeOf(each), 0);
  const changed = input.rows.reduce((sum, row) => sum + changedBytes(row), 0);
  if (bytes > 2 * changed) throw new Violation('I25', `${bytes} bytes for ${changed}`);
  if (chance.often(0.3)) {
    const before = JSON.stringify(input.rows);
    if (!isDeepStrictEqual(reconcile(input), plan)) throw new Violation('I19', 'another plan');
    if (JSON.stringify(input.rows) !== before) throw new Violation('I20', 'the rows changed');
  }
  if (chance.often(0.3)) checkMirror(input, plan, reconcile);
  if (chance.often(0.3)) checkClock(input, plan, sight);
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
function checkDeletions(input: ReconcileInput, plan: FolderPlan, { disks, agreed }: Sight): void {
  if (input.mode === 'one-way-replica') return;
  const rows = new Map(input.rows.map((row) => [row.path, row]));
  const hasMoves = plan.transitions.some(({ kind }) => kind === 'move');
  const resolved = new Set((plan.resolved ?? []).map(({ conflict }) => conflict.path));
  const movedAlong = movedAlike(input, plan);
  for (const each of plan.transitions) {
    if (each.kind !== 'delete' || isWithin(each.path, resolved)) continue;
    if (!input.baselineTrusted) throw new Violation('I21', `delete ${each.path}`);
    if (hasMoves) continue;
    const row = rows.get(each.path);
    const wasAgreed = row?.base !== null || movedAlong.has(each.path);
    if (!wasAgreed || row?.[otherSide[each.side]].state !== 'absent') {
      throw new Violation('I4', `delete ${each.side} ${each.path}`);
    }
    const node = disks[each.side].get(each.path);
    if (node?.kind === 'file' && isNews(agreed, movedAlong, each.path, node.token)) {
      throw new Violation('I4', `delete ${each.side} ${each.path}, which was edited`);
    }
  }
}

/** Both sides moved these alike: what was agreed on stands in the row of the place where each was. */
function movedAlike(input: ReconcileInput, plan: FolderPlan): ReadonlySet<string> {
  const rows = new Map(input.rows.map((row) => [row.path, row]));
  const moved = [...plan.agreements].filter(
    ({ path, base }) => base !== null && rows.get(path)?.base === null,
  );
  return new Set(moved.map(({ path }) => path));
}

function isNews(
  agreed: Agreed,
  movedAlong: ReadonlySet<string>,
  path: string,
  token: string,
): boolean {
  if (movedAlong.has(path) && [...agreed.values()].includes(token)) return false;
  return isEdited(agreed, path, token);
}

/** I5: where no rule chooses, only what both sides agreed on is overwritten. */
function checkOverwrites(input: ReconcileInput, plan: FolderPlan, { disks, agreed }: Sight): void {
  if (mayChoose(input) || plan.transitions.some(({ kind }) => kind === 'move')) return;
  const movedAlong = movedAlike(input, plan);
  for (const { kind, side, path } of plan.transitions) {
    const node = kind === 'update' ? disks[side].get(path) : null;
    if (node?.kind === 'file' && isNews(agreed, movedAlong, path, node.token)) {
      throw new Violation('I5', `${side} ${path} with ${node.token}, which was never agreed on`);
    }
  }
}

/** I10: what both sides edited differently is one conflict, open or decided by a rule. */
function checkConflicts(input: ReconcileInput, plan: FolderPlan, { disks, agreed }: Sight): void {
  if (!input.mode.startsWith('two-way') || plan.transitions.some(isMove)) return;
  const told = [...plan.conflicts, ...(plan.resolved ?? []).map(({ conflict }) => conflict)];
  const elsewhere = new Set(
    told.flatMap(({ path, places }) => [path, places?.left, places?.right]),
  );
  for (const { path, base, left, right } of input.rows) {
    if (base === null || left.state !== 'present' || right.state !== 'present') continue;
    const [one, other] = [disks.left.get(path), disks.right.get(path)];
    if (one?.kind !== 'file' || other?.kind !== 'file' || one.token === other.token) continue;
    const was = agreed.get(path);
    if (typeof was !== 'string' || one.token === was || other.token === was) continue;
    const count = told.filter((each) => each.path === path).length;
    if (count > 1 || (count === 0 && !isRelated(path, elsewhere as Set<string>))) {
      throw new Violation('I10', `${count} conflicts over ${path}`);
    }
  }
}

const isMove = ({ kind }: Transition) => kind === 'move';

/** The facts the guards look at, against a count of what would be left; and what the guards say. */
export function checkGuards(
  plan: FolderPlan,
  disks: Disks,
  known: Readonly<Record<Side, number>>,
  limits: { readonly count: number; readonly share: number },
  { applyPlan, guardFacts, halts }: Parts,
): boolean {
  const fired = halts([guardFacts('pair', plan, known, [], limits)]);
  const copies = { left: disks.left.clone(), right: disks.right.clone() };
  const { outcomes } = applyPlan(copies, plan.transitions);
  if (outcomes.some(({ state }) => state === 'failed')) return fired.length > 0;
  for (const side of sides) {
    const made = plan.transitions.filter((each) => each.kind === 'create' && each.side === side);
    const gone = visible(disks, side) + made.length - visible(copies, side);
    const must = gone > limits.count && gone > limits.share * known[side];
    const does = fired.some((halt) => halt.guard === 'mass-delete' && halt.side === side);
    if (must !== does) {
      throw new Violation('I17', `${gone} of ${known[side]} on the ${side}, halted: ${does}`);
    }
  }
  return fired.length > 0;
}

const visible = (disks: Disks, side: Side): number =>
  disks[side].paths().filter((path) => !isReserved(path)).length;

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
function checkMirror(input: ReconcileInput, plan: FolderPlan, reconcile: Parts['reconcile']): void {
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
function checkClock(input: ReconcileInput, plan: FolderPlan, { disks, reconcile }: Sight): void {
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
