// What two people do to the two sides of a synchronized tree between two runs, and what must stand
// at each touched path afterwards. Nobody touches a path twice, except for the conflicts.
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Inventory } from './inventory.ts';

/** Path → what `inventory` must say on both sides, or null for nothing. */
export interface Expected {
  readonly everywhere: Map<string, string | null>;
  readonly modes: Map<string, number>;
  /** Both sides keep their own. */
  readonly conflicts: Set<string>;
}

export interface Amounts {
  /** Of each kind of edit, on each side. */
  readonly each: number;
  readonly conflicts: number;
}

export type Dice = (limit: number) => number;

export function edit(
  roots: readonly [left: string, right: string],
  before: Inventory,
  amounts: Amounts,
  tag: string,
  dice: Dice,
  untouchable: ReadonlySet<string> = new Set(),
): Expected {
  const expected: Expected = { everywhere: new Map(), modes: new Map(), conflicts: new Set() };
  const take = taker(before, dice, untouchable);
  for (const [index, root] of roots.entries()) {
    const side = { root, before, expected, take, tag: `${tag}-${index}` };
    for (let round = 0; round < amounts.each; round++) {
      editFile(side);
      deleteFile(side);
      changeMode(side);
      replaceByLink(side);
    }
    for (let round = 0; round < Math.ceil(amounts.each / 10); round++) {
      renameFolder(side);
      deleteFolder(side);
      addTree(side, round);
    }
  }
  for (let round = 0; round < amounts.conflicts; round++) {
    const path = take.file();
    for (const root of roots) appendFileSync(join(root, path), `${tag}: ${root}\n`);
    expected.conflicts.add(path);
  }
  return expected;
}

interface Side {
  readonly root: string;
  readonly before: Inventory;
  readonly expected: Expected;
  readonly take: Taker;
  readonly tag: string;
}

interface Taker {
  /** A file that nobody took, nor any folder above it. */
  file(): string;
  /** A folder with something in it but no more than a few hundred, with nothing taken inside. */
  folder(): string | null;
}

function editFile({ root, take, tag, expected }: Side): void {
  const path = take.file();
  writeFileSync(join(root, path), `${tag} wrote ${path}\n`);
  expected.everywhere.set(path, `written ${tag} wrote ${path}\n`);
}

function deleteFile({ root, take, expected }: Side): void {
  const path = take.file();
  rmSync(join(root, path));
  expected.everywhere.set(path, null);
}

function changeMode({ root, take, expected }: Side): void {
  const path = take.file();
  chmodSync(join(root, path), 0o640);
  expected.modes.set(path, 0o640);
}

function replaceByLink({ root, take, expected }: Side): void {
  const path = take.file();
  rmSync(join(root, path));
  symlinkSync('somewhere', join(root, path));
  expected.everywhere.set(path, 'link somewhere');
}

function renameFolder({ root, before, take, tag, expected }: Side): void {
  const path = take.folder();
  if (path === null) return;
  const to = join(dirname(path), `${tag}-moved-${expected.everywhere.size}`);
  renameSync(join(root, path), join(root, to));
  for (const [inside, what] of below(before, path)) {
    expected.everywhere.set(inside, null);
    expected.everywhere.set(`${to}${inside.slice(path.length)}`, what);
  }
}

function deleteFolder({ root, before, take, expected }: Side): void {
  const path = take.folder();
  if (path === null) return;
  rmSync(join(root, path), { recursive: true });
  for (const [inside] of below(before, path)) expected.everywhere.set(inside, null);
}

function addTree({ root, tag, expected }: Side, round: number): void {
  const top = `${tag}-new-${round}`;
  mkdirSync(join(root, top, 'deep', 'empty'), { recursive: true });
  for (const folder of [top, `${top}/deep`, `${top}/deep/empty`]) {
    expected.everywhere.set(folder, 'folder');
  }
  for (const name of ['plain', 'näme with späce', 'a\tb', '-rf', '日本']) {
    writeFileSync(join(root, top, name), `${tag} ${round} ${name}`);
    expected.everywhere.set(`${top}/${name}`, `written ${tag} ${round} ${name}`);
  }
}

const below = (tree: Inventory, folder: string) =>
  [...tree].filter(([path]) => path === folder || path.startsWith(`${folder}/`));

function taker(before: Inventory, dice: Dice, untouchable: ReadonlySet<string>): Taker {
  const files = [...before].flatMap(([path, what]) => (what.startsWith('file') ? [path] : []));
  const folders = [...before].flatMap(([path, what]) => (what === 'folder' ? [path] : []));
  const taken = new Set(untouchable);
  const isFree = (path: string): boolean =>
    !taken.has(path) && (!path.includes('/') || isFree(dirname(path)));
  return {
    file: () => {
      for (;;) {
        const path = files[dice(files.length)] ?? '';
        if (!isFree(path)) continue;
        taken.add(path);
        return path;
      }
    },
    folder: () => {
      for (let tries = 0; tries < 200; tries++) {
        const path = folders[dice(folders.length)] ?? '';
        const inside = below(before, path);
        const touched = [...taken].some((one) => one.startsWith(`${path}/`));
        if (touched || !isFree(path) || inside.length < 2 || inside.length > 300) continue;
        taken.add(path);
        return path;
      }
      return null;
    },
  };
}
