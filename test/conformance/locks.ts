// The conformance suite of locks, over any implementation of the port.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Lock, Locks } from '../../src/ports/lock.ts';

/** Two that exclude each other, and nothing locked yet. */
export type LocksFactory = () => {
  readonly locks: readonly [Locks, Locks];
  readonly end: () => void;
};

export function locksConformance(name: string, open: LocksFactory): void {
  const rule = (title: string, body: (one: Locks, other: Locks) => void) =>
    test(title, () => {
      const { locks, end } = open();
      try {
        body(...locks);
      } finally {
        end();
      }
    });

  describe(`locks through ${name}`, () => {
    rule('DB-06 a second holder is refused at once and told who holds it', (one, other) => {
      const lock = held(one.tryLock('documents'));
      const from = performance.now();
      assert.deepEqual(other.tryLock('documents'), { heldBy: process.pid });
      assert.deepEqual(one.tryLock('documents'), { heldBy: process.pid });
      assert.ok(performance.now() - from < 1_000);
      lock.release();
    });

    rule('a released lock can be taken by anybody', (one, other) => {
      held(one.tryLock('documents')).release();
      const lock = held(other.tryLock('documents'));
      assert.equal(lock.name, 'documents');
      assert.ok('heldBy' in one.tryLock('documents'));
      lock.release();
      held(one.tryLock('documents')).release();
    });

    rule('a lock released twice takes nothing from its next holder', (one, other) => {
      const lock = held(one.tryLock('documents'));
      lock.release();
      const next = held(other.tryLock('documents'));
      lock.release();
      assert.ok('heldBy' in one.tryLock('documents'));
      next.release();
    });

    rule('names do not touch each other, however odd', (one, other) => {
      const names = ['a', 'A', 'a b', '', '.', '..', '../a', 'a/b', 'ä', 'x'.repeat(500), 'a\0'];
      const locks = names.map((odd) => held(one.tryLock(odd)));
      for (const odd of names) assert.deepEqual(other.tryLock(odd), { heldBy: process.pid });
      for (const lock of locks) lock.release();
    });
  });
}

function held(answer: ReturnType<Locks['tryLock']>): Lock {
  if ('heldBy' in answer) throw new Error(`held by ${answer.heldBy}`);
  return answer;
}
