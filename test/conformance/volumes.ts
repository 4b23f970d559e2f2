// What every implementation of ports/volumes.ts must do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Volumes } from '../../src/ports/volumes.ts';

export interface VolumesBed {
  readonly volumes: Volumes;
  /** A path at which something can be mounted. */
  readonly place: string;
  mount(): Promise<void>;
  unmount(): Promise<void>;
}

export function volumesConformance(title: string, open: () => Promise<VolumesBed>): void {
  describe(title, () => {
    test(`${title}: a volume that appears is told, and one that goes`, async () => {
      const { volumes, place, mount, unmount } = await open();
      assert.ok(!(await volumes.mounted()).includes(place));
      let wanted = true;
      let change = Promise.withResolvers<readonly string[]>();
      const end = volumes.watch((mounted) => {
        if (mounted.includes(place) === wanted) change.resolve(mounted);
      });
      // The first look is not told: it must have been before the change.
      await volumes.mounted();
      await mount();
      assert.deepEqual(await change.promise, await volumes.mounted());
      wanted = false;
      change = Promise.withResolvers();
      await unmount();
      assert.ok(!(await change.promise).includes(place));
      end();
    });
  });
}
