// Prepare: it looks, it asks, it counts, and it changes nothing.
import type { ItemId } from '../../model/item.ts';
import type { Check } from '../check.ts';
import type { FakeManager, ReadPlan } from '../fake-manager.ts';
import { failed, named, passed, unproven, type Verdict } from '../verdict.ts';

export const preparing: readonly Check[] = [
  {
    name: 'prepare-unattended',
    title: 'It prepares with nobody there, or refuses and says why',
    advice:
      'Where a person is needed and interactive is false, refuse at once, with a text that says what to do. Never wait for somebody.',
    run: async (bench) => {
      const manager = bench.manager({ trigger: 'schedule', interactive: false });
      if ((await manager.open()) === null) return unproven('It declined the trigger "schedule".');
      const items = (await manager.list()).items.map(({ id }) => id);
      if (items.length === 0) return unproven('It lists no item.');
      const prepared = await manager.prepare(items);
      if (prepared.outcome === 'ready') return passed;
      return prepared.error === null || prepared.error.text === ''
        ? failed('a refusal that says why', 'a refusal without an error')
        : passed;
    },
  },
  {
    name: 'prepare-changes-nothing',
    title: 'Preparing changes nothing, however often',
    advice:
      'Move what writes, deletes or sends into synchronize. A person may look at a plan and never approve it.',
    run: async (bench) => {
      const before = await bench.subject.fingerprint?.();
      const one = await bench.prepared();
      await one.manager.close();
      const other = await bench.prepared();
      await other.manager.close();
      if (before !== (await bench.subject.fingerprint?.())) {
        return failed('nothing changed', 'what it works on is different after prepare');
      }
      const [first, second] = [changesOf(one.plan), changesOf(other.plan)];
      if (first !== second) return failed(`the same plan again: ${first}`, second);
      return before === undefined && one.plan === null
        ? unproven(
            'It offers no plan. Name what it works on with --watch PATH to have it looked at.',
          )
        : passed;
    },
  },
  {
    name: 'prepare-chosen-only',
    title: 'It prepares the chosen items and no others',
    advice: 'Look at the items that prepare names. The others were not ticked.',
    run: async (bench) => {
      const all = await bench.prepared();
      await all.manager.close();
      const [chosen] = all.items;
      if (all.items.length < 2 || chosen === undefined) return unproven('It has one item only.');
      const alone = await bench.prepared({}, [chosen]);
      return strangers(alone.manager, alone.plan, chosen);
    },
  },
];

function strangers(manager: FakeManager, plan: ReadPlan | null, chosen: ItemId): Verdict {
  const planned = (plan?.changes ?? []).filter(({ item }) => item !== chosen);
  if (planned.length > 0) {
    const others = [...new Set(planned.map(({ item }) => item))];
    return failed(`a plan of ${JSON.stringify(chosen)} alone`, `changes of ${named(others)}`);
  }
  const unknown = manager.of('progress').filter(({ answer }) => answer === 'unknown-item');
  return unknown.length > 0
    ? failed('progress of the chosen item alone', `of ${named(unknown.map(({ item }) => item))}`)
    : passed;
}

const changesOf = (plan: ReadPlan | null) =>
  plan === null ? 'none' : JSON.stringify(plan.changes.map(({ detail: _, ...change }) => change));
