// Skips and stops: at the worst moments, in every way that the manager has to tell of them.
import { type ItemId, isFinal } from '../../model/item.ts';
import type { Synchronized } from '../../ports/handler.ts';
import type { AtWork, Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import type { Said } from '../said.ts';
import { failed, named, passed, unproven, type Verdict } from '../verdict.ts';

export const leavingOut: readonly Check[] = [
  {
    name: 'skip-before',
    title: 'An item skipped before its turn is left out, and the others are done',
    advice: 'Ask by progress before each item: the answer "skip" means this one only.',
    run: async (bench) => {
      const { manager, items } = await bench.prepared();
      const [skipped, ...others] = items.toReversed();
      if (skipped === undefined || others.length === 0) return unproven('It has one item only.');
      manager.skip(skipped);
      await manager.synchronize();
      const outcomes = manager.outcomes();
      if (outcomes[skipped] !== 'skipped') return notAs('skipped', skipped, outcomes[skipped]);
      const touched = others.filter((item) =>
        ['skipped', 'stopped'].includes(outcomes[item] ?? ''),
      );
      return touched.length > 0
        ? failed('the other items done', `${named(touched)} left out too`)
        : passed;
    },
  },
  {
    name: 'skip-in-flight',
    title: 'A skip in the middle of an item ends that item in time, and the others are done',
    advice:
      'Look at the answers of progress, at the signal of the item, or at setItemStatus, while you work on it; then report it as skipped and go on with the next.',
    run: async (bench) => {
      const atWork = await bench.prepared();
      const { item, endedMs } = await interrupted(bench, atWork, (one) => atWork.manager.skip(one));
      const outcomes = atWork.manager.outcomes();
      if (item === null) return tooFast;
      // First of all: an item that goes on for long and then succeeds has ignored the skip.
      if (endedMs > bench.limits.skipMs) return slow('skip', bench.limits.skipMs, endedMs);
      if (outcomes[item] === 'succeeded') return finishedAnyway(item);
      if (outcomes[item] !== 'skipped') return notAs('skipped', item, outcomes[item]);
      const stopped = atWork.items.filter((one) => outcomes[one] === 'stopped');
      return stopped.length > 0
        ? failed('the other items done', `${named(stopped)} stopped`)
        : passed;
    },
  },
  {
    name: 'stop',
    title: 'A stop ends the work in time, and no new item is begun',
    advice:
      'After the answer "stop", or cancel of null, bring what is in your hands to a safe end, begin nothing new, and complete.',
    run: async (bench) => {
      const atWork = await bench.prepared();
      const { item, endedMs, at } = await interrupted(bench, atWork, () => atWork.manager.stop());
      if (item === null) return tooFast;
      if (endedMs > bench.limits.stopMs) return slow('stop', bench.limits.stopMs, endedMs);
      const before = begun(atWork.manager.said.slice(0, at));
      const after = begun(atWork.manager.said.slice(at));
      const anew = [...after].filter((one) => !before.has(one));
      return anew.length > 0 ? failed('no new item after the stop', named(anew)) : passed;
    },
  },
  {
    name: 'stop-at-once',
    title: 'A stop before the work begins leaves everything as it is',
    advice: 'Ask by progress before the first item too.',
    run: async (bench) => {
      const { manager } = await bench.prepared();
      const before = await bench.subject.fingerprint?.();
      manager.stop();
      const { counts } = await manager.synchronize();
      const changed = Object.entries(counts).filter(([, count]) => count > 0);
      if (changed.length > 0) return failed('no changes', changed.map(([key]) => key).join(', '));
      const done = Object.entries(manager.outcomes())
        .filter(([, status]) => status === 'succeeded')
        .map(([item]) => item);
      if (done.length > 0) return failed('no item done', named(done));
      return before === (await bench.subject.fingerprint?.())
        ? passed
        : failed('nothing changed', 'what it works on is different');
    },
  },
  {
    name: 'stop-while-preparing',
    title: 'A stop while it prepares is answered in time',
    advice: 'Look at the signal while you prepare; failing, refusing and being ready are all fine.',
    run: async (bench) => {
      const manager = bench.manager();
      if ((await manager.open()) === null) return unproven('It declined to open.');
      const items = (await manager.list()).items.map(({ id }) => id);
      const began = bench.clock.monotonic();
      const preparing = manager.prepare(items).catch(() => null);
      manager.stop();
      await preparing;
      const endedMs = bench.clock.monotonic() - began;
      return endedMs > bench.limits.stopMs ? slow('stop', bench.limits.stopMs, endedMs) : passed;
    },
  },
];

interface Interrupted {
  /** In the middle of which it came; null: there was no middle. */
  readonly item: ItemId | null;
  /** From then on until the item, or all, had ended. */
  readonly endedMs: number;
  /** How much had been said before. */
  readonly at: number;
  readonly done: Synchronized;
}

/** Synchronizes, and interrupts as soon as an item is under way. */
async function interrupted(
  bench: Bench,
  { manager }: AtWork,
  interrupt: (item: ItemId) => void,
): Promise<Interrupted> {
  let [item, began, ended, at]: [ItemId | null, number, number, number] = [null, 0, 0, 0];
  manager.listen((said) => {
    if (item === null && isUnderWay(said)) {
      [item, began, at] = [said.item, bench.clock.monotonic(), manager.said.length];
      interrupt(said.item);
    } else if (item !== null && isEndOf(item, said)) {
      ended = bench.clock.monotonic();
    }
  });
  const done = await manager.synchronize();
  if (ended === 0) ended = bench.clock.monotonic();
  return { item, endedMs: ended - began, at, done };
}

function isUnderWay(said: Said): said is Said & { call: 'progress'; item: ItemId } {
  if (said.call !== 'progress' || said.report === null) return false;
  if (said.moment !== 'synchronizing' || said.answer !== 'continue') return false;
  return said.report.status === undefined || !isFinal(said.report.status);
}

const isEndOf = (item: ItemId, said: Said) =>
  said.call === 'progress' &&
  said.item === item &&
  said.report?.status !== undefined &&
  isFinal(said.report.status);

/** Items on which work was reported. */
const begun = (said: readonly Said[]) =>
  new Set(said.flatMap((one) => (isUnderWayAtAll(one) ? [one.item] : [])));

const isUnderWayAtAll = (said: Said): said is Said & { call: 'progress'; item: ItemId } =>
  said.call === 'progress' && said.report?.status === 'updating';

const tooFast = unproven(
  'No item was seen in the middle of its work. Report progress while working, and lay out more with --before PROGRAM.',
);

const finishedAnyway = (item: ItemId) =>
  unproven(`${JSON.stringify(item)} was finished before the skip arrived. Lay out more work.`);

const notAs = (expected: string, item: ItemId, found: string | undefined): Verdict =>
  failed(`${JSON.stringify(item)} as ${expected}`, `it is ${found ?? 'without an outcome'}`);

const slow = (what: string, limitMs: number, tookMs: number): Verdict =>
  failed(
    `an end within ${limitMs / 1_000} s of the ${what}`,
    `it took ${(tookMs / 1_000).toFixed(1)} s`,
  );
