// Random turns of writes and reads give the same answers, refusals, events and contents on disk as
// in memory, also when the file is closed and opened in between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { handClock } from '../../../test/conformance/store/bed.ts';
import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { contents, type Operation, turn } from '../../../test/conformance/store/operations.ts';
import { errorRecord } from '../../model/error.ts';
import type { Event } from '../../model/event.ts';
import type { Store } from '../../ports/store.ts';
import { openMemoryStore } from '../memory/store.ts';
import { openSqliteStore } from './store.ts';

const seed = Number(process.env.SEED ?? 1_117);

const turns = fc.array(
  fc.record({ operations: turn, ms: fc.constantFrom(0, 1, 1_000), reopen: fc.boolean() }),
  { maxLength: 12 },
);

async function answers(store: Store, operations: readonly Operation[]): Promise<unknown[]> {
  const outcomes = await Promise.allSettled(operations.map(({ run }) => run(store)));
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : errorRecord(outcome.reason),
  );
}

test(`SQLite and memory cannot be told apart (SEED=${seed})`, async () => {
  const run = async (drawn: typeof turns extends fc.Arbitrary<infer T> ? T : never) => {
    const { folder, remove } = quickFolder();
    const clock = handClock();
    const told: [Event[], Event[]] = [[], []];
    const memory = openMemoryStore({ clock });
    memory.subscribe((events) => told[0].push(...events));
    const open = () => {
      const { store } = openSqliteStore({ folder, clock });
      store.subscribe((events) => told[1].push(...events));
      return store;
    };
    let disk = open();
    try {
      for (const { operations, ms, reopen } of drawn) {
        clock.at += ms;
        assert.deepEqual(await answers(disk, operations), await answers(memory, operations));
        if (reopen) {
          await disk.close();
          disk = open();
        }
      }
      assert.deepEqual(await contents(disk), await contents(memory));
      assert.deepEqual(told[1], told[0]);
    } finally {
      await disk.close();
      remove();
    }
  };
  await fc.assert(fc.asyncProperty(turns, run), { seed, numRuns: 60 });
});
