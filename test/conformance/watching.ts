// What every implementation of ports/watching.ts must do: that no change is missed, which is that
// every changed path is told, or a folder above it, or that some may have been lost.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Watch, WatchHint, Watching } from '../../src/ports/watching.ts';

export interface WatchingBed {
  readonly watching: Watching;
  /** A folder with `old/deep/file` in it. */
  readonly root: string;
  /** Whether it can know that all was told. */
  readonly vouches: boolean;
  makeFolder(path: string): Promise<void>;
  writeFile(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** With all below it. */
  remove(path: string): Promise<void>;
}

export function watchingConformance(title: string, open: () => Promise<WatchingBed>): void {
  type Body = (bed: WatchingBed, heard: Hearing, watch: Watch) => Promise<void>;
  const rule = (what: string, body: Body) =>
    test(`${title}: ${what}`, async () => {
      const bed = await open();
      const heard = new Hearing();
      const watch = await bed.watching.watch(bed.root, heard.hear);
      try {
        await body(bed, heard, watch);
      } finally {
        await watch.close();
      }
    });

  describe(title, () => {
    rule('a change of a file is told, also far below', async (bed, heard) => {
      await bed.writeFile('old/deep/file');
      await heard.covers('old/deep/file');
    });

    rule('what is written into a folder that has just been made is told', async (bed, heard) => {
      await bed.makeFolder('new/one/two');
      await bed.writeFile('new/one/two/file');
      await heard.covers('new/one/two/file');
    });

    rule('a folder made long after another is watched too', async (bed, heard) => {
      await bed.makeFolder('new/one/two');
      await heard.covers('new/one/two');
      heard.forget();
      await bed.writeFile('new/one/two/later');
      await heard.covers('new/one/two/later');
    });

    rule('a renamed folder is told at both places, and watched at the new', async (bed, heard) => {
      await bed.rename('old', 'other');
      await heard.covers('old');
      await heard.covers('other/deep/file');
      heard.forget();
      await bed.writeFile('other/deep/file');
      await heard.covers('other/deep/file');
    });

    rule('a folder removed and made again is watched again', async (bed, heard) => {
      await bed.remove('old');
      await bed.makeFolder('old/deep');
      await heard.covers('old/deep');
      heard.forget();
      await bed.writeFile('old/deep/again');
      await heard.covers('old/deep/again');
    });

    rule(
      'who asks whether all is told has been told it by the answer',
      async (bed, heard, watch) => {
        for (let turn = 0; turn < 50; turn++) {
          heard.forget();
          await bed.makeFolder(`new-${turn}/deep`);
          await bed.writeFile(`new-${turn}/deep/file`);
          await bed.writeFile('old/deep/file');
          const answer = await watch.isAllTold();
          assert.equal(answer, bed.vouches);
          if (!answer) return;
          assert.ok(heard.isCovered(`new-${turn}/deep/file`) && heard.isCovered('old/deep/file'));
        }
      },
    );

    rule('who has lost its root says that all is not told', async (bed, _, watch) => {
      await bed.remove('.');
      assert.equal(await watch.isAllTold(), false);
    });

    test(`${title}: whoever has closed the watch is told nothing`, async () => {
      const bed = await open();
      const heard = new Hearing();
      const other = new Hearing();
      const watch = await bed.watching.watch(bed.root, heard.hear);
      const still = await bed.watching.watch(bed.root, other.hear);
      await watch.close();
      await bed.writeFile('old/deep/file');
      await other.covers('old/deep/file');
      await still.close();
      assert.deepEqual(heard.hints, []);
    });

    test(`${title}: a folder that is not there cannot be watched`, async () => {
      const { watching, root } = await open();
      await assert.rejects(
        watching.watch(`${root}/none`, () => {}),
        { code: 'watch-impossible' },
      );
    });

    test(`FS-01 ${title}: a root that is removed or replaced ends the watch, and says so`, async () => {
      const bed = await open();
      const heard = new Hearing();
      const watch = await bed.watching.watch(`${bed.root}/old`, heard.hear);
      await bed.rename('old', 'elsewhere');
      await bed.makeFolder('old');
      await heard.until(() => heard.hints.some(({ kind }) => kind === 'broken'));
      await watch.close();
    });
  });
}

/** Everything that was told. */
export class Hearing {
  hints: WatchHint[] = [];
  #wake = () => {};

  readonly hear = (hint: WatchHint): void => {
    this.hints.push(hint);
    this.#wake();
  };

  forget(): void {
    this.hints = [];
  }

  isCovered(path: string): boolean {
    return this.hints.some(
      (hint) =>
        hint.kind !== 'changed' ||
        hint.paths.some((one) => one === '' || path === one || path.startsWith(`${one}/`)),
    );
  }

  covers(path: string): Promise<void> {
    return this.until(() => this.isCovered(path));
  }

  async until(holds: () => boolean): Promise<void> {
    for (const end = performance.now() + 30_000; !holds(); ) {
      assert.ok(performance.now() < end, `not told; told was ${JSON.stringify(this.hints)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, 200);
      });
    }
  }
}
