// Conflicts: complete enough to decide, settled as a person decided, and taken back when they want it.
import type { ConflictSubject } from '../../ports/handler.ts';
import type { AtWork, Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import type { Conflict } from '../said.ts';
import { failed, first, named, passed, Unproven, unproven } from '../verdict.ts';

export const conflicts: readonly Check[] = [
  {
    name: 'conflict-sound',
    title: 'A conflict is about a chosen item and shows both versions',
    advice:
      'Give two versions at least, of different sides; one that was deleted says present: false. A person has to be able to choose.',
    run: async (bench) => {
      const { reported, items } = await withConflicts(bench);
      return first(
        ...reported.map(({ item, subject, versions }) => {
          const sides = new Set(versions.map(({ side }) => side));
          if (!items.includes(item)) return failed('a conflict of a chosen item', item);
          if (versions.every(({ present }) => !present)) {
            return failed('a version that is there', `none of ${subject}`);
          }
          return sides.size < 2
            ? failed('versions of two sides', `${sides.size} of ${subject}`)
            : null;
        }),
      );
    },
  },
  {
    name: 'conflict-stays',
    title: 'A conflict that nobody decided is reported again',
    advice:
      'Report every open conflict in every session, with the same subject, and say conflictsSeen when all of an item were reported.',
    run: async (bench) => {
      const { reported } = await withConflicts(bench);
      const { manager } = await bench.whole();
      const again = manager.of('conflict').map(({ conflict }) => conflict);
      const lost = reported.filter((one) => !again.some((other) => isSame(one, other)));
      if (lost.length > 0) {
        const subjects = lost.map(({ subject }) => subject).join(', ');
        return failed('the same conflicts again', `not ${subjects}`);
      }
      const seen = new Set(manager.of('conflictsSeen').map(({ item }) => item));
      const unsaid = [...new Set(reported.map(({ item }) => item))].filter((one) => !seen.has(one));
      return unsaid.length > 0
        ? failed('conflictsSeen after the conflicts of an item', `none for ${named(unsaid)}`)
        : passed;
    },
  },
  {
    name: 'conflict-resolved',
    title: 'A conflict that a person decided is gone, and comes back when that is undone',
    advice:
      'resolve carries the choice out at once and answers with what undo needs. A version that goes is kept until then.',
    run: async (bench) => {
      const { manager, reported } = await withConflicts(bench, 'open');
      const [conflict] = reported;
      const { session } = manager;
      if (conflict === undefined || session.resolve === undefined) {
        return unproven('It does not offer resolve.');
      }
      const side = conflict.versions.find(({ present }) => present)?.side ?? '';
      const undo = await session.resolve(subjectOf(conflict), { choice: 'keep', side });
      await manager.close();
      if (await isReported(bench, conflict)) {
        return failed('no conflict any more', `${conflict.subject} again`);
      }
      if (undo === null) return passed;
      const taken = bench.manager();
      await taken.open();
      if (taken.session.undo === undefined) return failed('undo, as resolve promised', 'no undo');
      await taken.session.undo(subjectOf(conflict), undo);
      await taken.close();
      return (await isReported(bench, conflict))
        ? passed
        : failed(`${conflict.subject} in conflict again`, 'no conflict');
    },
  },
];

interface InConflict extends AtWork {
  readonly reported: readonly Conflict[];
}

/** A session that met conflicts; closed unless it is to stay open. */
async function withConflicts(bench: Bench, stays?: 'open'): Promise<InConflict> {
  const atWork = await bench.prepared();
  await atWork.manager.synchronize();
  const reported = atWork.manager.of('conflict').map(({ conflict }) => conflict);
  if (stays === undefined) await atWork.manager.close();
  if (reported.length === 0) {
    throw new Unproven(
      'There was no conflict. Lay one out with --before PROGRAM to have it tried.',
    );
  }
  return { ...atWork, reported: reported.filter(({ settled }) => settled === undefined) };
}

async function isReported(bench: Bench, conflict: Conflict): Promise<boolean> {
  const { manager } = await bench.whole();
  return manager.of('conflict').some((one) => isSame(one.conflict, conflict));
}

const isSame = (one: Conflict, other: Conflict) =>
  one.item === other.item && one.subject === other.subject;

const subjectOf = ({ item, subject, kind, versions }: Conflict): ConflictSubject => ({
  item,
  subject,
  kind,
  versions,
});
