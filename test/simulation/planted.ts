// One broken part for each invariant: what the drawn histories must notice, and by which number.
import type { Row } from '../../src/folder/core/entry.ts';
import type {
  Abilities,
  FolderPlan,
  ReconcileInput,
  Transition,
} from '../../src/folder/core/plan.ts';
import type { ApplyPlan } from '../support/tree-apply.ts';
import { type Parts, trueParts } from './parts.ts';

type Plan = (input: ReconcileInput) => FolderPlan;

const { reconcile, settle, applyPlan, guardFacts } = trueParts;

/** The true plan with its transitions changed. */
const transitions =
  (change: (all: readonly Transition[], input: ReconcileInput) => readonly Transition[]): Plan =>
  (input) => {
    const plan = reconcile(input);
    return { ...plan, transitions: change(plan.transitions, input) };
  };

/** The row as if nothing had been seen to have gone wrong. */
const unknownAsAbsent = (row: Row): Row => {
  const seen = (side: 'left' | 'right') =>
    row[side].state === 'unknown' ? ({ state: 'absent' } as const) : row[side];
  return { ...row, left: seen('left'), right: seen('right') };
};

/** What the right edited is taken for what was agreed on. */
const rightUnedited = (row: Row): Row =>
  row.base !== null && row.right.state === 'present' ? { ...row, right: { state: 'same' } } : row;

const withRows =
  (change: (row: Row) => Row): Plan =>
  (input) =>
    reconcile({ ...input, rows: input.rows.map(change) });

const withoutTrash: ApplyPlan = (disks, plan, circumstances) => {
  const applied = applyPlan(disks, plan, circumstances);
  disks.left.trash.clear();
  disks.right.trash.clear();
  return applied;
};

const inPlace: ApplyPlan = (disks, plan, { watch, ...rest } = {}) => {
  const applied = applyPlan(disks, plan, rest);
  for (const { kind, side, path } of plan) {
    const node = kind === 'update' ? disks[side].get(path) : null;
    if (node?.kind !== 'file') continue;
    const { token } = node;
    disks[side].watcher = (step) => watch?.(side, step);
    disks[side].write(path, node, `half of ${token}`);
    disks[side].write(path, node, token);
    disks[side].watcher = null;
  }
  return applied;
};

/** The trash gets its copy when the old version is gone already. */
const trashAfterwards: ApplyPlan = (disks, plan, { watch, ...rest } = {}) =>
  applyPlan(disks, plan, {
    ...rest,
    watch: (side, step) => {
      const token = step.was?.token ?? '';
      const had = step.kind === 'remove' && disks[side].trash.delete(token);
      watch?.(side, step);
      if (had) disks[side].trash.add(token);
    },
  });

const stopsAtFailure: ApplyPlan = (disks, plan, circumstances = {}) => {
  let failed = false;
  const { refuses } = circumstances;
  return applyPlan(disks, plan, {
    ...circumstances,
    refuses: (at) => {
      failed ||= refuses?.(at) === true;
      return failed;
    },
  });
};

const bothWith = (one: Abilities) => ({ left: one, right: one });

let turn = 0;

const plans: Readonly<Record<string, Plan>> = {
  I4: transitions((all, { rows }) => [
    ...all,
    ...rows
      .filter(
        ({ base, left, right }) => base && left.state === 'absent' && right.state === 'present',
      )
      .flatMap(({ path, right }): Transition[] =>
        right.state === 'present' && right.entry.kind === 'file'
          ? [{ kind: 'delete', side: 'right', path, expected: right.entry }]
          : [],
      ),
  ]),
  I5: (input) => {
    const plan = reconcile(input);
    const taken = plan.conflicts.flatMap(({ path, left, right }): Transition[] =>
      left?.kind === 'file' && right?.kind === 'file'
        ? [
            {
              kind: 'update',
              side: 'right',
              path,
              from: path,
              expected: right,
              content: left,
              source: left,
            },
          ]
        : [],
    );
    return { ...plan, transitions: [...plan.transitions, ...taken] };
  },
  I6: transitions((all) => all.filter(({ kind, side }) => kind !== 'create' || side === 'left')),
  I9: transitions((all) => all.filter(({ kind, side }) => kind !== 'delete' || side === 'right')),
  I10: (input) => ({ ...reconcile(input), conflicts: [], resolved: [] }),
  I11: (input) => {
    const plan = reconcile(input);
    const carried = plan.agreements.flatMap(({ path }): Transition[] => {
      const row = input.rows.find((each) => each.path === path);
      if (row?.left.state !== 'present' || row.right.state !== 'present') return [];
      const [left, right] = [row.left.entry, row.right.entry];
      if (left.kind !== 'file' || right.kind !== 'file') return [];
      return [
        {
          kind: 'update',
          side: 'right',
          path,
          from: path,
          expected: right,
          content: left,
          source: left,
        },
      ];
    });
    return { ...plan, transitions: [...plan.transitions, ...carried] };
  },
  I13: withRows(unknownAsAbsent),
  I16: transitions((all) => all.toReversed()),
  I19: transitions((all) => {
    turn += 1;
    return turn % 2 === 0 ? all : all.toReversed();
  }),
  I20: (input) => {
    const plan = reconcile(input);
    (input.rows as Row[]).pop();
    return plan;
  },
  I21: (input) => reconcile({ ...input, baselineTrusted: true }),
  I23: transitions((all) =>
    all.filter((each) => !('source' in each) || each.source.signature.mtimeMs < 6_000_000),
  ),
  I25: transitions((all) =>
    all.flatMap((each): Transition[] => (each.kind === 'update' ? [each, each, each] : [each])),
  ),
};

const others: Readonly<Record<string, Partial<Parts>>> = {
  I1: { applyPlan: withoutTrash },
  I2: { applyPlan: inPlace },
  I3: {
    settle: (all, outcomes, agreements) => {
      const changes = settle(all, outcomes, agreements);
      for (const [at, each] of all.entries()) {
        const isEdit = each.kind === 'update' && outcomes.at(at)?.state === 'failed';
        if (!isEdit) continue;
        const [here, there] = [each.expected.signature, each.source.signature];
        const [left, right] = each.side === 'left' ? [here, there] : [there, here];
        changes.set(each.path, { content: each.content, left, right });
      }
      return changes;
    },
  },
  'I5 the trash comes too late': { applyPlan: trashAfterwards, reconcile: withRows(rightUnedited) },
  I7: {
    settle: (all, outcomes, agreements) => settle(all, outcomes, agreements.slice(1)),
  },
  I12: { applyPlan: stopsAtFailure },
  I17: {
    guardFacts: (item, plan, known, alarms, limits) => ({
      ...guardFacts(item, plan, known, alarms, limits),
      deletions: { left: 0, right: 0 },
    }),
  },
  'I17 a guard that never fires': { halts: () => [] },
  I22: { trustOf: () => 'trusted' },
  I24: {
    reconcile: (input) => reconcile({ ...input, abilities: bothWith(input.abilities.left) }),
    settle: (all, outcomes, agreements) => {
      const dressed = new Set(
        all.filter(({ kind }) => kind === 'metadata').map(({ path }) => path),
      );
      return new Map([...settle(all, outcomes, agreements)].filter(([path]) => !dressed.has(path)));
    },
  },
};

/** Begins with the number of the invariant that must be named. */
export const planted: ReadonlyMap<string, Parts> = new Map([
  ...Object.entries(plans).map(
    ([name, plan]) => [name, { ...trueParts, reconcile: plan }] as const,
  ),
  ...Object.entries(others).map(([name, parts]) => [name, { ...trueParts, ...parts }] as const),
]);
