// From what a dry run said to a plan: changes in an order of their own, so that the same findings have
// the same hash, and the facts that the guards look at.
import type { ItemId } from '../../model/item.ts';
import {
  type Alarm,
  type ChangeKind,
  changeKinds,
  type DeletionLimits,
  type GuardFacts,
  type PlanChange,
} from '../../model/plan.ts';
import { type Fields, numberIn } from './rules.ts';

export function changeOf(item: ItemId, fields: Fields): PlanChange {
  const { side = 'right', kind, path = '', from } = fields;
  return {
    item,
    side,
    kind: changeKinds.find((one) => one === kind) ?? 'other',
    path,
    ...(from === undefined ? {} : { from }),
    bytes: Math.max(0, Math.round(numberIn(fields.bytes) ?? 0)),
  };
}

/** A line that tells how many entries a side has, before the run or after it. */
export interface Known {
  readonly side: string;
  readonly count: number;
  readonly moment: 'before' | 'after';
}

export function knownOf({ side = 'right', count, less, moment }: Fields): Known {
  return {
    side,
    count: Math.max(0, (numberIn(count) ?? 0) - (numberIn(less) ?? 0)),
    moment: moment === 'after' ? 'after' : 'before',
  };
}

export function alarmOf({ guard = 'program', side, text = '', approvable }: Fields): Alarm {
  return { guard, side: side ?? null, text, approvable: approvable !== 'false' };
}

/**
 * Programs tell of one path more than once: first why, then what. The first line that names it says
 * what it is, and what is in dispute is not planned.
 */
export function toldOnce(
  changes: readonly PlanChange[],
  conflicts: ReadonlySet<string>,
): readonly PlanChange[] {
  const told = new Map<string, PlanChange>();
  for (const change of changes) {
    if (conflicts.has(change.path)) continue;
    const key = [change.item, change.side, change.path].join('\0');
    const earlier = told.get(key);
    const bytes = Math.max(earlier?.bytes ?? 0, change.bytes);
    told.set(key, { ...(earlier ?? change), bytes });
  }
  return [...told.values()];
}

export function inOrder(changes: readonly PlanChange[]): readonly PlanChange[] {
  const keyed = changes.map((change) => {
    const { item, path, side, kind } = change;
    return { key: [item, path, side, kind].join('\0'), change };
  });
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map((one) => one.change);
}

export function factsOf(
  item: ItemId,
  changes: readonly PlanChange[],
  told: readonly Known[],
  alarms: readonly Alarm[],
  limits: Partial<DeletionLimits>,
): GuardFacts {
  const creations = countBySide(changes, 'create');
  const deletions = countBySide(changes, 'delete');
  const known: Record<string, number> = {};
  for (const { side, count, moment } of told) {
    const undone = (deletions[side] ?? 0) - (creations[side] ?? 0);
    known[side] = Math.max(0, moment === 'after' ? count + undone : count);
  }
  return {
    item,
    known,
    deletions,
    overwrites: countBySide(changes, 'update'),
    alarms: [...alarms, ...emptied(known, deletions, creations)],
    limits,
  };
}

type Counts = Readonly<Record<string, number>>;

/** What an unmounted disk looks like to a program that mirrors it. */
function emptied(known: Counts, deletions: Counts, creations: Counts): readonly Alarm[] {
  return Object.entries(known)
    .filter(([side, count]) => count > 0 && (deletions[side] ?? 0) >= count && !creations[side])
    .map(([side]) => ({
      guard: 'root-emptied',
      side,
      text: `Everything on the ${side} would be deleted.`,
      approvable: true,
    }));
}

function countBySide(changes: readonly PlanChange[], kind: ChangeKind): Counts {
  const counts: Record<string, number> = {};
  for (const change of changes) {
    if (change.kind === kind) counts[change.side] = (counts[change.side] ?? 0) + 1;
  }
  return counts;
}
