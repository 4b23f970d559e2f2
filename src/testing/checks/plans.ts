// The promise of a plan: what was shown is what is done, and nothing else.
import type { Counts } from '../../model/session.ts';
import type { AtWork } from '../bench.ts';
import type { Check } from '../check.ts';
import { countsOf, type ReadPlan } from '../fake-manager.ts';
import { failed, passed, Unproven, unproven, type Verdict } from '../verdict.ts';

export const plans: readonly Check[] = [
  {
    name: 'plan-kept',
    title: 'What it did is what its plan said',
    advice:
      'Carry out the changes of the plan and count each as side.kind: {"right.create": 2}. What is no longer as it was planned is left alone, as a line in the log.',
    run: async (bench) => {
      const { plan, synchronized, manager } = await bench.whole();
      const planned = countsOf(changesIn(plan));
      const done = withoutZeros(synchronized.counts);
      const more = Object.entries(done).filter(([key, count]) => count > (planned[key] ?? 0));
      if (more.length > 0) return failed(`at most ${shown(planned)}`, shown(done));
      const problems = manager.of('log').some(({ level }) => level !== 'information');
      const conflicts = manager.of('conflict').length;
      const less = Object.entries(planned).filter(([key, count]) => count > (done[key] ?? 0));
      return less.length > 0 && !problems && conflicts === 0
        ? failed(shown(planned), `${shown(done)}, and no line that says why`)
        : passed;
    },
  },
  {
    name: 'plan-done',
    title: 'What was done is not planned again',
    advice:
      'After a session that succeeded, prepare has to find the new state. Keep what you need for that where the next session finds it.',
    run: async (bench) => {
      const { plan, manager } = await bench.whole();
      const before = changesIn(plan);
      const open = Object.values(manager.outcomes()).some((status) => status !== 'succeeded');
      if (open) return unproven('Not every item succeeded.');
      if (before.length === 0) return unproven(nothingPlanned);
      const after = await bench.prepared();
      const again = changesOf(after).filter((change) => changesOf({ plan }).includes(change));
      return again.length > 0 ? failed('a plan without them', again.join(', ')) : passed;
    },
  },
  {
    name: 'plan-adopted',
    title: 'A plan that a person approved is carried out as it was shown',
    advice:
      'When prepare comes with approved, answer with those very changes, members and order unchanged: the manager compares their hash.',
    run: async (bench) => {
      const one = await bench.prepared();
      const all = changesIn(one.plan);
      await one.manager.close();
      // Of more than one the last is left out: who plans anew instead of adopting is seen by it.
      const shownPlan = all.length > 1 ? all.slice(0, -1) : all;
      if (shownPlan.length === 0) return unproven(nothingPlanned);
      const manager = bench.manager();
      await manager.open();
      await manager.list();
      const approved = { hash: 'of-the-test', changes: shownPlan };
      const prepared = await manager.prepare(one.items, approved);
      if (prepared.outcome === 'refused') return failed('the approved plan', 'a refusal');
      const fault = firstDifference(shownPlan, [...(prepared.plan?.changes ?? [])]);
      if (fault !== null) return fault;
      const { counts } = await manager.synchronize();
      const more = Object.entries(counts).filter(([k, n]) => n > (countsOf(shownPlan)[k] ?? 0));
      return more.length > 0 ? failed(shown(countsOf(shownPlan)), shown(counts)) : passed;
    },
  },
];

function changesIn(plan: ReadPlan | null): ReadPlan['changes'] {
  if (plan === null) throw new Unproven('It offers no plan: nothing can be previewed or approved.');
  return plan.changes;
}

/** Of a long plan nobody wants to read more. */
function firstDifference(
  approved: ReadPlan['changes'],
  adopted: readonly unknown[],
): Verdict | null {
  if (adopted.length !== approved.length) {
    return failed(`${approved.length} changes, as approved`, `${adopted.length}`);
  }
  const [wanted, found] = [approved, adopted].map((all) => all.map((one) => JSON.stringify(one)));
  const at = wanted?.findIndex((one, index) => one !== found?.[index]) ?? -1;
  if (at === -1) return null;
  return failed(`as change ${at + 1}: ${wanted?.[at]}`, `${found?.[at]}`);
}

const nothingPlanned = 'Its plan is empty. Lay out something to do with --before PROGRAM.';

const changesOf = ({ plan }: Pick<AtWork, 'plan'>) =>
  (plan?.changes ?? []).map(({ item, side, kind, path }) => `${item}: ${side}.${kind} ${path}`);

const withoutZeros = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

const shown = (counts: Counts) => JSON.stringify(counts);
