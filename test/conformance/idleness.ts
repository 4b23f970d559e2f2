// What every implementation of ports/idleness.ts must do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Idleness } from '../../src/ports/idleness.ts';

export interface IdlenessBed {
  readonly idleness: Idleness;
  /** Nobody has done anything for so long; null: nobody can know. */
  idle(ms: number | null): Promise<void>;
}

export function idlenessConformance(title: string, bed: IdlenessBed): void {
  describe(title, () => {
    test(`${title}: how long nobody was there is told, and somebody who comes back is seen`, async () => {
      await bed.idle(600_000);
      const idleMs = await bed.idleness.idleMs();
      assert.ok(idleMs !== null && idleMs >= 600_000 && idleMs < 900_000, `${idleMs}`);
      await bed.idle(0);
      const back = await bed.idleness.idleMs();
      assert.ok(back !== null && back < 300_000, `${back}`);
    });

    test(`${title}: what nobody can know is null`, async () => {
      await bed.idle(null);
      assert.equal(await bed.idleness.idleMs(), null);
    });

    test(`${title}: the load is a number, or unknown`, () => {
      const load = bed.idleness.load();
      assert.ok(load === null || (Number.isFinite(load) && load >= 0));
    });
  });
}
