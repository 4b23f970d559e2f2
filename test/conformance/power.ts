// What every implementation of ports/power.ts must do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PendingEnd, Power, PowerState } from '../../src/ports/power.ts';

export interface PowerBed {
  readonly power: Power;
  plug(state: PowerState): Promise<void>;
  /** Announces it; the system waits for whoever asked it to. */
  announce(kind: PendingEnd['kind']): Promise<void>;
  /** Whether the system is kept waiting by us. */
  isWaiting(): Promise<boolean>;
  /** After a sleep, or a shutdown that was called off. */
  goOn(kind: PendingEnd['kind']): Promise<void>;
  /** What the system was told to do. */
  ended(): Promise<readonly string[]>;
  /** From now on it may not be done. */
  refuse(how: 'shutdown'): Promise<void>;
  /** What a machine of this bed allows whoever delays it. */
  readonly budgetMs: number;
}

export function powerConformance(title: string, bed: PowerBed): void {
  const { power } = bed;

  describe(title, () => {
    test(`${title}: battery and charge are known, and a change is told`, async () => {
      await bed.plug({ onBattery: false, charge: 1 });
      assert.deepEqual(await power.state(), { onBattery: false, charge: 1 });
      const { promise, resolve } = Promise.withResolvers<PowerState>();
      const end = power.watch(resolve);
      // Only what differs from the first look is told; that look is over when this one is.
      await power.state();
      await bed.plug({ onBattery: true, charge: 0.5 });
      assert.equal((await promise).onBattery, true);
      end();
      assert.deepEqual(await power.state(), { onBattery: true, charge: 0.5 });
    });

    for (const kind of ['sleep', 'shutdown'] as const) {
      test(`${title}: a ${kind} waits for the listener, and for nobody afterwards`, async () => {
        const work = Promise.withResolvers<void>();
        const called = Promise.withResolvers<PendingEnd>();
        const end = power.onPending(async (pending) => {
          called.resolve(pending);
          await work.promise;
        });
        await eventually(() => bed.isWaiting());
        await bed.announce(kind);
        assert.deepEqual(await called.promise, { kind, budgetMs: bed.budgetMs });
        assert.equal(await bed.isWaiting(), true);
        work.resolve();
        await eventually(async () => !(await bed.isWaiting()));
        await bed.goOn(kind);
        await eventually(() => bed.isWaiting());
        end();
        await eventually(async () => !(await bed.isWaiting()));
      });
    }

    test(`${title}: a listener that fails keeps the system waiting no longer`, async () => {
      const end = power.onPending(() => Promise.reject(new Error('no')));
      await eventually(() => bed.isWaiting());
      await bed.announce('sleep');
      await eventually(async () => !(await bed.isWaiting()));
      end();
      await bed.goOn('sleep');
    });

    test(`${title}: the end of a sleep is told`, async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const end = power.onResume(resolve);
      const ready = power.onPending(async () => {});
      await eventually(() => bed.isWaiting());
      await bed.announce('sleep');
      await bed.goOn('sleep');
      await promise;
      end();
      ready();
    });

    test(`${title}: the computer can be told to sleep, to hibernate and to shut down`, async () => {
      for (const how of ['sleep', 'hibernate', 'shutdown'] as const) {
        await power.requireEnd(how);
        await power.end(how);
      }
      assert.deepEqual(await bed.ended(), ['sleep', 'hibernate', 'shutdown']);
    });

    test(`${title}: what the system would refuse is refused before anything is done`, async () => {
      const before = await bed.ended();
      await bed.refuse('shutdown');
      await assert.rejects(power.requireEnd('shutdown'), { code: 'system-unable' });
      assert.deepEqual(await bed.ended(), before);
    });
  });
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('it did not come to be');
}
