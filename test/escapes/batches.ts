// Attempts to be led out of a root by the engine itself, while somebody exchanges folders for links: batches
// of transitions over hostile paths, as a plan changed in the store would bring them, and whole runs.
import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch, RootRef } from '../../src/folder/batch.ts';
import { type Entry, otherSide, type Side } from '../../src/folder/core/entry.ts';
import { Outcomes } from '../../src/folder/core/outcomes.ts';
import type { Transition } from '../../src/folder/core/plan.ts';
import { Transitions } from '../../src/folder/core/transitions.ts';
import { Meter } from '../../src/folder/meter.ts';
import { contentOf } from '../../src/folder/recheck.ts';
import { carryOut } from '../../src/folder/transfer.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { disk } from '../../src/platform/disk.ts';
import { sha256 } from '../../src/platform/hasher.ts';
import type { Filesystem } from '../../src/ports/filesystem.ts';
import { FolderRig } from '../support/folder-rig.ts';
import { Chance } from '../support/random.ts';
import type { Tried } from './attempts.ts';
import type { Ground } from './ground.ts';
import { hostilePath } from './hostile.ts';
import { Racer } from './racer.ts';

/** Nothing here asks what a loss of power would leave. */
const hasty: Filesystem = { ...disk, flush: () => true, flushAside: async () => true };

/** More than are synced one by one. */
const perBatch = 64;
const batchesPerGround = 32;

export async function tryBatches(ground: Ground, seed: number, attempts: number): Promise<Tried> {
  const chance = new Chance(seed);
  let [tried, done, exchanged] = [0, 0, 0];
  while (tried < attempts) {
    ground.furnish();
    const racer = new Racer(ground, racedFor(ground));
    await racer.racing();
    for (let number = 0; number < batchesPerGround && tried < attempts; number += 1) {
      const batch = batchOf(ground, chance, number);
      const world = { filesystem: hasty, clock: trueClock, sha256 };
      const packed = (await carryOut(world, batch, (wait) => wait)).outcomes;
      const outcomes = [...Outcomes.open(packed)];
      tried += outcomes.length;
      done += outcomes.filter(({ state }) => state === 'done').length;
    }
    exchanged += await racer.stop();
    ground.assertUntouched();
    ground.assertKeptApart();
  }
  return { attempts: tried, done, exchanged };
}

function racedFor({ left, right }: Ground): readonly string[] {
  return [left, right].flatMap((root) => [join(root, 'swapped'), join(root, 'in')]);
}

function batchOf(ground: Ground, chance: Chance, number: number): Batch {
  return {
    roots: { left: rootOf(ground.left), right: rootOf(ground.right) },
    stage: String(number),
    trash: '20261120T101530Z-1a2b3c4d',
    first: 0,
    transitions: Transitions.of(
      Array.from({ length: perBatch }, () => transitionOf(ground, chance)),
    ).pack(),
    trees: chance.often(0.5),
    strict: chance.often(0.5),
    meter: new Meter().shared,
  };
}

function rootOf(path: string): RootRef {
  const { dev, ino } = lstatSync(path);
  return { path, device: dev, inode: ino };
}

const kinds = ['create', 'update', 'delete', 'move', 'metadata'] as const;
const plain = ['file.txt', 'in/file.txt', 'swapped/file.txt', 'swapped/deep/in/other.txt'];

function transitionOf(ground: Ground, chance: Chance): Transition {
  const path = () =>
    chance.often(0.5)
      ? chance.pick(plain) + (chance.often(0.3) ? chance.pick(['.new', '/x', 'x']) : '')
      : hostilePath(chance, ground.places);
  const side: Side = chance.often(0.5) ? 'left' : 'right';
  const [at, from, kind] = [path(), path(), chance.pick(kinds)];
  const expected = entryAt(ground, kind === 'move' ? from : at, side);
  const source = entryAt(ground, from, otherSide[side]);
  const { signature: _, ...content } = chance.often(0.2) ? folderEntry : source;
  if (kind === 'move') return { kind, side, path: at, from, expected };
  if (kind === 'delete') return { kind, side, path: at, expected };
  if (kind === 'metadata') return { kind, side, path: at, expected, content, source };
  if (kind === 'create') return { kind, side, path: at, content, source, from };
  return { kind, side, path: at, expected, content, source, from };
}

const signature = { mtimeMs: 0, ctimeMs: 0, inode: 0 };
const folderEntry: Entry = { kind: 'folder', mode: 0o755, signature };

/** What whoever made the plan would see there, links on the way followed: no look is in his way. */
function entryAt(ground: Ground, path: string, side: Side): Entry {
  const at = `${ground[side]}/${path}`;
  try {
    const found = disk.stat(at);
    const content = found && contentOf(found, () => disk.readLink(at));
    if (!found || content === null) return folderEntry;
    const { mtimeMs, ctimeMs, inode } = found;
    return { ...content, signature: { mtimeMs, ctimeMs, inode } };
  } catch {
    return folderEntry;
  }
}

const filesPerRun = 120;

/** A run brings over, changes and deletes what is below the folder that is exchanged on the other side. */
export async function tryRuns(ground: Ground, attempts: number): Promise<Tried> {
  const rig = new FolderRig();
  let [tried, done, exchanged] = [0, 0, 0];
  try {
    ground.furnish();
    const settings = { left: ground.left, right: ground.right, conflict: 'left' };
    const racer = new Racer(ground, racedFor(ground).slice(2));
    await racer.racing();
    for (let round = 0; tried < attempts; round += 1) {
      workOn(ground.left, round);
      const { changes, synchronized } = await rig.run({ settings, filesystem: hasty });
      tried += Math.max(1, changes.length);
      const counts = Object.values(synchronized?.counts ?? {});
      done += counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
      ground.assertUntouched();
    }
    exchanged += await racer.stop();
    ground.assertUntouched();
    ground.assertKeptApart();
  } finally {
    rig.remove();
  }
  return { attempts: tried, done, exchanged };
}

function workOn(root: string, round: number): void {
  const folder = join(root, 'swapped', 'deep');
  for (const path of [join(root, 'swapped'), folder]) {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      rmSync(path, { force: true });
      mkdirSync(path);
    }
  }
  for (let at = 0; at < filesPerRun; at += 1) {
    const path = join(at % 2 === 0 ? folder : join(root, 'swapped'), `work-${at}.txt`);
    if ((at + round) % 7 === 0) rmSync(path, { force: true });
    else writeFileSync(path, `round ${round}`);
  }
  assert.equal(lstatSync(folder).isDirectory(), true);
}
