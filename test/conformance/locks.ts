// The conformance suite of locks, over any implementation of the port.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Held, Lock, Locks } from '../../src/ports/lock.ts';

/** Two that exclude each other, and nothing locked yet. */
export type LocksFactory = () => {
  readonly locks: readonly [Locks, Locks];
  readonly end: () => void;
};

export function locksConformance(name: string, open: LocksFactory): void {
  const rule = (title: string, body: (one: Locks, other: Locks) => Promise<void>) =>
    test(title, async () => {
      const { locks, end } = open();
      try {
        await body(...locks);
      } finally {
        end();
      }
    });

  describe(`locks through ${name}`, () => {
    rule('DB-06 a second holder is refused at once and told who holds it', async (one, other) => {
      const lock = held(await one.tryLock('documents'));
      const from = performance.now();
      assert.deepEqual(await other.tryLock('documents'), { heldBy: process.pid });
      assert.deepEqual(await one.tryLock('documents'), { heldBy: process.pid });
      assert.ok(performance.now() - from < 1_000);
      lock.release();
    });

    rule('a released lock can be taken by anybody', async (one, other) => {
      held(await one.tryLock('documents')).release();
      const lock = held(await other.tryLock('documents'));
      assert.equal(lock.name, 'documents');
      assert.ok('heldBy' in (await one.tryLock('documents')));
      lock.release();
      held(await one.tryLock('documents')).release();
    });

    rule('a lock released twice takes nothing from its next holder', async (one, other) => {
      const lock = held(await one.tryLock('documents'));
      lock.release();
      const next = held(await other.tryLock('documents'));
      lock.release();
      assert.ok('heldBy' in (await one.tryLock('documents')));
      next.release();
    });

    rule('of two who ask for a name at once, one holds it', async (one, other) => {
      const asked = [one, one, other].map((locks) => locks.tryLock('documents'));
      const answers = await Promise.all(asked);
      const [lock, ...refused] = answers.map((answer) => ('release' in answer ? 'held' : answer));
      assert.deepEqual(
        [lock, ...refused],
        ['held', ...refused.map(() => ({ heldBy: process.pid }))],
      );
      for (const answer of answers) if ('release' in answer) answer.release();
      held(await other.tryLock('documents')).release();
    });

    rule('names do not touch each other, however odd', async (one, other) => {
      const names = ['a', 'A', 'a b', '', '.', '..', '../a', 'a/b', 'ä', 'x'.repeat(500), 'a\0'];
      const locks = await Promise.all(names.map(async (odd) => held(await one.tryLock(odd))));
      for (const odd of names) assert.deepEqual(await other.tryLock(odd), { heldBy: process.pid });
      for (const lock of locks) lock.release();
    });
  });
}

function held(answer: Lock | Held): Lock {
  if ('heldBy' in answer) throw new Error(`held by ${answer.heldBy}`);
  return answer;
}
