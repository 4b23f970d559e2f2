// A pair that is watched: what a session may spare itself, and what it may not.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { FolderRig, type RigOptions, type Run } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Handler } from '../ports/handler.ts';

let rig: FolderRig;
let handler: Handler;
/** What was looked at since it was emptied: names listed and paths asked for, relative to the rig. */
let looks: string[];

beforeEach(() => {
  rig = new FolderRig();
  looks = [];
  handler = rig.handler({ filesystem: noted(disk) });
});
afterEach(() => rig.remove());

function noted(filesystem: Filesystem): Filesystem {
  const note = (path: string) => void looks.push(path.slice(rig.top.length + 1));
  return {
    ...filesystem,
    stat: (path) => {
      note(path);
      return filesystem.stat(path);
    },
    list: (path) => {
      note(`${path}/`);
      return filesystem.list(path);
    },
  };
}

const touched = (left: readonly string[], right: readonly string[] = []) => [
  { root: rig.left, paths: left },
  { root: rig.right, paths: right },
];

async function run(paths: ReturnType<typeof touched> | null, more: RigOptions = {}): Promise<Run> {
  looks = [];
  return rig.run({ handler, ...(paths !== null && { touched: paths }), ...more });
}

/** What lies in the roots and was looked at. */
const looksInside = () => looks.filter((path) => /^(left|right)\/./.test(path));

const tree = { 'a/one': '1', 'a/two': '2', 'b/c/three': '3', top: 'x' };

/** Twice: the first run has nothing to hold on to. */
async function settle(): Promise<void> {
  plant(rig.left, tree);
  await run(null);
  await run(null);
}

describe('a watched pair', () => {
  test('of which nothing was touched is not looked at, and succeeds', async () => {
    await settle();
    const { changes, synchronized } = await run(touched([]));
    assert.deepEqual(changes, []);
    assert.equal(synchronized?.outcome, 'done');
    assert.deepEqual(looksInside(), []);
  });

  test('is looked at only where something was touched, on both sides', async () => {
    await settle();
    appendFileSync(join(rig.left, 'b/c/three'), '+');
    writeFileSync(join(rig.right, 'a/new'), 'n');
    const { changes } = await run(touched(['b/c/three'], ['a/new']));
    assert.deepEqual(changes.map(({ side, kind, path }) => `${side} ${kind} ${path}`).sort(), [
      'left create a/new',
      'right update b/c/three',
    ]);
    assert.deepEqual(harvest(rig.left), harvest(rig.right));
    const inA = looks.filter((path) => /a\/(one|two)$/.test(path));
    assert.deepEqual(inA, []);
    // Its own writing is told too, and then nothing is left.
    assert.deepEqual((await run(touched(['a/new', 'a'], ['b/c/three']))).changes, []);
    await run(touched([]));
    assert.deepEqual(looksInside(), []);
  });

  test('is looked at as a whole where nothing is told of it', async () => {
    await settle();
    appendFileSync(join(rig.left, 'top'), '+');
    assert.equal((await run(null)).changes.length, 1);
  });

  test('is looked at as a whole with other settings, and when a full look is asked for', async () => {
    await settle();
    for (const settings of [{ ignore: ['*.o'] }, { fullScan: true }, { merge: true }]) {
      appendFileSync(join(rig.left, 'top'), '+');
      const { changes, conflicts } = await run(touched([]), { settings });
      assert.equal(changes.length + conflicts.length, 1);
    }
  });

  test('is looked at as a whole when one of its folders is not watched', async () => {
    await settle();
    appendFileSync(join(rig.left, 'top'), '+');
    assert.equal((await run([{ root: rig.left, paths: [] }])).changes.length, 1);
  });

  test('is looked at as a whole when rules were touched', async () => {
    await settle();
    writeFileSync(join(rig.left, 'a/.syncignore'), 'one\n');
    const { changes } = await run(touched(['a/.syncignore']));
    assert.deepEqual(
      changes.map(({ path }) => path),
      ['a/.syncignore'],
    );
    rmSync(join(rig.left, 'a/one'));
    assert.deepEqual((await run(touched(['a/one']))).changes, []);
  });

  test('FS-04 whose root is another folder now is not taken for the one that was left clean', async () => {
    await settle();
    renameSync(rig.right, `${rig.right}-away`);
    mkdirSync(rig.right);
    const { plan } = await run(touched([]));
    assert.deepEqual(
      plan?.facts.flatMap(({ alarms }) => alarms.map(({ guard }) => guard)),
      ['other-root', 'root-emptied'],
    );
  });

  test('FS-01 whose root is gone is told, and nothing is done', async () => {
    await settle();
    renameSync(rig.right, `${rig.right}-away`);
    const { plan } = await run(touched([]));
    assert.deepEqual(
      plan?.facts.flatMap(({ alarms }) => alarms.map(({ guard }) => guard)),
      ['root-missing'],
    );
  });

  test('DB-04 is looked at as a whole when another process has synchronized it since', async () => {
    await settle();
    appendFileSync(join(rig.left, 'top'), '+');
    await rig.run();
    appendFileSync(join(rig.left, 'top'), '++');
    assert.equal((await run(touched([]))).changes.length, 1);
  });

  test('DB-01 is looked at as a whole when the baseline was taken away', async () => {
    await settle();
    rmSync(rig.state, { recursive: true });
    mkdirSync(rig.state);
    writeFileSync(join(rig.left, 'new'), '');
    assert.equal((await run(touched([]))).changes.length, 1);
  });

  test('with an open conflict is looked at as a whole, so that the conflict stays open', async () => {
    await settle();
    writeFileSync(join(rig.left, 'top'), 'left');
    writeFileSync(join(rig.right, 'top'), 'right');
    assert.equal((await run(touched(['top'], ['top']))).conflicts.length, 1);
    assert.equal((await run(touched([]))).conflicts.length, 1);
  });

  test('with a file of several names is looked at as a whole: one of them may lie outside', async () => {
    await settle();
    const outside = join(rig.top, 'outside');
    linkSync(join(rig.left, 'top'), outside);
    await run(null);
    appendFileSync(outside, '+');
    assert.equal((await run(touched([]))).changes.length, 1);
  });

  test('of which a plan was only shown is not taken to be done', async () => {
    await settle();
    appendFileSync(join(rig.left, 'top'), '+');
    const shown = await rig.prepare({ handler, touched: touched(['top']) });
    assert.equal(shown.changes.length, 1);
    assert.equal((await run(touched(['top']))).changes.length, 1);
    assert.deepEqual((await run(touched([], ['top']))).changes, []);
  });

  test('a folder that became a link to elsewhere is seen from a change told below it', async () => {
    await settle();
    rmSync(join(rig.left, 'b'), { recursive: true });
    symlinkSync('a', join(rig.left, 'b'));
    const { changes } = await run(touched(['b/c/three']));
    assert.deepEqual(
      changes.map(({ side, kind, path }) => `${side} ${kind} ${path}`),
      ['right delete b/c/three', 'right delete b/c', 'right update b'],
    );
    assert.deepEqual(harvest(rig.left), harvest(rig.right));
  });
});

const names = fc.constantFrom('a', 'b', 'c', 'ä', 'a b');
const path = fc.array(names, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const operation = fc.record({
  do: fc.constantFrom('write', 'rewrite', 'folder', 'link', 'remove', 'chmod', 'touch', 'move'),
  side: fc.constantFrom('left', 'right'),
  path,
  to: path,
  /** What a watch makes of it. */
  told: fc.constantFrom('path', 'folder'),
});
type Operation = NonNullable<ReturnType<typeof operation.generate>['value']>;

/** Whatever the system refuses is simply not done. */
function carryOut(root: string, step: Operation, round: number): void {
  const at = join(root, step.path);
  const to = join(root, step.to);
  const acts: Record<string, () => void> = {
    write: () => writeFileSync(at, `${round} ${step.path}`),
    rewrite: () => writeFileSync(at, `same ${step.side}`, { flag: 'r+' }),
    folder: () => mkdirSync(at, { recursive: true }),
    link: () => symlinkSync(`../${round}`, at),
    remove: () => rmSync(at, { recursive: true }),
    chmod: () => chmodSync(at, round % 2 === 0 ? 0o755 : 0o700),
    touch: () => utimesSync(at, round, round * 1000),
    move: () => existsSync(dirname(to)) && renameSync(at, to),
  };
  try {
    acts[step.do]?.();
  } catch (error) {
    assert.match(String(error), /E(NOENT|NOTDIR|EXIST|ISDIR|NOTEMPTY|INVAL|LOOP)/);
  }
}

function told(steps: readonly Operation[], side: string): readonly string[] {
  return steps
    .filter((step) => step.side === side)
    .flatMap((step) =>
      (step.do === 'move' ? [step.path, step.to] : [step.path]).map((one) => [one, step.told]),
    )
    .map(([one = '', how]) => {
      const cut = one.lastIndexOf('/');
      return how === 'folder' && cut > 0 ? one.slice(0, cut) : one;
    });
}

describe('a look where something was touched', () => {
  test('plans exactly what a look at everything plans, after any changes on both sides', async () => {
    const rounds = fc.array(fc.array(operation, { maxLength: 8 }), { minLength: 2, maxLength: 5 });
    const modes = fc.constantFrom(
      'two-way-resolved',
      'one-way-safe',
      'one-way-replica',
      'contribute',
    );
    await fc.assert(
      fc.asyncProperty(rounds, modes, async (plan, mode) => {
        rig.remove();
        rig = new FolderRig();
        handler = rig.handler();
        const settings = { mode, conflict: 'newest', limits: { count: 1e6 } };
        await run(null, { settings });
        await run(null, { settings });
        // What was told since the last clean run began.
        let left: readonly string[] = [];
        let right: readonly string[] = [];
        for (const [round, steps] of plan.entries()) {
          for (const step of steps)
            carryOut(step.side === 'left' ? rig.left : rig.right, step, round);
          left = [...left, ...told(steps, 'left')];
          right = [...right, ...told(steps, 'right')];
          const whole = await rig.prepare({ settings });
          const part = await run(touched(left, right), { settings });
          assert.deepEqual(part.changes, whole.changes);
          assert.deepEqual(part.conflicts.map(subject), whole.conflicts.map(subject));
          // What it wrote is told as well.
          const written = part.changes.map((change) => change.path);
          if (part.synchronized?.outcome === 'done') [left, right] = [written, written];
        }
      }),
      { seed: Number(process.env.SEED ?? 20261126), numRuns: 60 },
    );
  });
});

const subject = (conflict: { readonly subject: string }) => conflict.subject;
