// Attempts to be led out of a root by the rules over paths, and by the folders of the disk layer while
// somebody exchanges folders for links. Each counts what it tried.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import {
  conflictName,
  isSafeRelative,
  joined,
  nameOf,
  parentOf,
} from '../../src/folder/core/path.ts';
import { HeldFolders } from '../../src/folder/held.ts';
import { disk } from '../../src/platform/disk.ts';
import type { Folder } from '../../src/ports/filesystem.ts';
import { Chance } from '../support/random.ts';
import { type Ground, secret, sign } from './ground.ts';
import { hostileName, hostilePath } from './hostile.ts';
import { Racer } from './racer.ts';

export interface Tried {
  readonly attempts: number;
  /** Those that did something: names that are none, and links, are refused. */
  readonly done: number;
  /** How often a folder was exchanged for a link meanwhile. */
  readonly exchanged: number;
}

/** What the rules call safe is below the root, whichever way it is taken apart and put together. */
export function tryRules(seed: number, attempts: number): Tried {
  const chance = new Chance(seed);
  const root = '/somewhere/root';
  const isBelow = (path: string) => posix.resolve(root, path).startsWith(`${root}/`);
  let done = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const path = hostilePath(chance, ['/etc/passwd', '../outside', '..']);
    if (!isSafeRelative(path)) continue;
    done += 1;
    const copy = conflictName(path, 'left', 1e12, () => false);
    const again = joined(parentOf(path) ?? '', nameOf(path));
    for (const one of [path, copy, again]) {
      assert.ok(isBelow(one) && !one.includes('\0'), `${JSON.stringify(path)}: ${one}`);
    }
    assert.equal(again, path);
    assert.equal(posix.relative(root, posix.resolve(root, path)), path, JSON.stringify(path));
  }
  return { attempts, done, exchanged: 0 };
}

type Deed = (folder: Folder, name: string, other: Folder, otherName: string) => void;

const buffer = new Uint8Array(4096);

const deeds: readonly Deed[] = [
  (folder, name) => void folder.stat(name),
  (folder, name) => refuseOutside(folder.open(name)),
  (folder, name) => {
    const found = folder.reach?.(name);
    if (found) refuseOutside(found);
  },
  (folder, name) => folder.makeFolder(name, 0o755),
  (folder, name) => folder.removeFolder(name),
  (folder, name) => {
    const file = folder.openFile(name);
    const read = file.read(buffer, buffer.length, 0);
    file.close();
    assert.notEqual(Buffer.from(buffer.subarray(0, read)).toString(), secret, `read ${name}`);
  },
  (folder, name) => {
    const file = folder.editFile(name);
    file.write(Buffer.from('edited'), 6, 0);
    file.close();
  },
  (folder, name) => {
    const file = folder.createFile(name, 0o644);
    file.write(Buffer.from('made'), 4, 0);
    file.close();
  },
  (folder, name) => void folder.readLink(name),
  (folder, name, _, target) => folder.makeLink(name, target),
  (folder, name, other, otherName) => folder.link(name, other, otherName),
  (folder, name, other, otherName) => folder.rename(name, other, otherName),
  (folder, name) => folder.unlink(name),
  (folder, name) => folder.setMode(name, 0o600),
  (folder, name) => folder.setTimes(name, 1e12),
  (folder, name, other, otherName) => folder.copyFile(name, other, otherName),
];

function refuseOutside(folder: Folder): void {
  const names = folder.list().names;
  folder.close();
  assert.ok(!names.includes(sign), 'opened the outside');
}

/** After so many what became of it is judged, and all stands as at first. */
const perGround = 1_000;

/** Every call of an open folder, and folders that are reached name by name, while one is exchanged. */
export async function tryDisk(ground: Ground, seed: number, attempts: number): Promise<Tried> {
  const chance = new Chance(seed);
  let [done, exchanged] = [0, 0];
  for (let from = 0; from < attempts; from += perGround) {
    ground.furnish();
    const swapped = [`${ground.left}/swapped`, `${ground.left}/in`];
    const racer = new Racer(ground, swapped);
    await racer.racing();
    const count = Math.min(perGround, attempts - from);
    for (let attempt = 0; attempt < count; attempt += 1) {
      if (attemptOnDisk(ground, chance)) done += 1;
    }
    exchanged += await racer.stop();
    ground.assertUntouched();
    ground.assertKeptApart();
  }
  return { attempts, done, exchanged };
}

const walks = ['', 'in', 'in/deep', 'swapped', 'swapped/deep', 'swapped/deep/in'];

function attemptOnDisk(ground: Ground, chance: Chance): boolean {
  const held = new HeldFolders(disk.openFolder(ground.left));
  const path = () => (chance.often(0.6) ? chance.pick(walks) : hostilePath(chance, ground.places));
  const name = () => hostileName(chance, ground.places);
  const reach = () => (chance.often(0.1) ? held.make(path(), 0o755) : held.at(path()));
  try {
    chance.pick(deeds)(reach(), name(), reach(), name());
    return true;
  } catch (thrown) {
    if (thrown instanceof assert.AssertionError) throw thrown;
    return false;
  } finally {
    held.close();
  }
}
