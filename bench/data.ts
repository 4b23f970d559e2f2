// The trees that are measured on, the same on every machine, and the changes made to them.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { type Chance, chance } from './chance.ts';

/** Names of the files of a tree, in the order they were made, from its root. */
export type Files = readonly string[];

const foldersPerFile = 0.109;
const medianBytes = 2180;
const sigma = 1.5;
const mebibyte = 2 ** 20;
/** Data people have is older than the moment they synchronize it. */
const firstTime = Date.UTC(2024, 0, 1) / 1000;
const spanSeconds = 600 * 24 * 3600;

const pool = fill(new Uint8Array(8 * mebibyte), chance(1));

/** 100,000 files make about 10,900 folders and 671 MB; no folder is empty. */
export function makeSmall(root: string, count: number): Files {
  return makeTree(root, count, medianBytes);
}

/** The same tree with next to nothing in its files. */
export function makeTiny(root: string, count: number): Files {
  return makeTree(root, count, 8);
}

/** A copy of those folders of this machine; without the bits that no tool here carries. */
export function makeReal(root: string, folders: readonly string[]): Files {
  mkdirSync(root, { recursive: true });
  // What this user may not read stays away.
  spawnSync('cp', ['-a', '--parents', ...folders, root], { stdio: 'ignore' });
  spawnSync('chmod', ['-R', 'u+rwX,ug-s,o-t', root], { stdio: 'ignore' });
  return filesBelow(root);
}

/** Node's own recursion goes through links, and so round and round. */
function filesBelow(root: string): string[] {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) files.push(relative(root, path));
    }
  }
  return files;
}

function makeTree(root: string, count: number, median: number): Files {
  const dice = chance(count);
  const folders = [''];
  while (folders.length < count * foldersPerFile) {
    const parent = folders[dice.below(folders.length)] ?? '';
    folders.push(join(parent, `folder-${folders.length}`));
  }
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const folder = folders[index] ?? folders[dice.below(folders.length)] ?? '';
    const path = join(folder, `file-${index}.${['txt', 'json', 'jpg', 'md'][index % 4]}`);
    writeFile(join(root, path), dice.logNormal(median, sigma), dice);
    return path;
  });
}

export function makeLarge(root: string, count: number, mebibytes: number): Files {
  const dice = chance(count + mebibytes);
  mkdirSync(root, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    writeFile(join(root, `large-${index}.bin`), mebibytes * mebibyte, dice);
    return `large-${index}.bin`;
  });
}

/** Writes those files anew: other bytes, other length, the time of now. */
export function rewrite(root: string, files: Files, seed: number): void {
  const dice = chance(seed);
  for (const path of files) {
    const bytes = slice(dice.logNormal(medianBytes, sigma) + 1, dice);
    writeFileSync(join(root, path), bytes);
  }
}

/** Replaces 1 MiB somewhere inside of each file. */
export function patch(root: string, files: Files, mebibytes: number, seed: number): void {
  const dice = chance(seed);
  for (const path of files) {
    const file = openSync(join(root, path), 'r+');
    writeSync(file, slice(mebibyte, dice), 0, mebibyte, dice.below((mebibytes - 1) * mebibyte));
    closeSync(file);
  }
}

/** `count` different files, the same for the same seed. */
export function pick(files: Files, count: number, seed: number): Files {
  const dice = chance(seed);
  const picked = new Set<string>();
  while (picked.size < Math.min(count, files.length)) {
    picked.add(files[dice.below(files.length)] ?? '');
  }
  return [...picked];
}

function writeFile(path: string, size: number, dice: Chance): void {
  if (size <= mebibyte) writeFileSync(path, slice(size, dice));
  else {
    const file = openSync(path, 'w');
    for (let at = 0; at < size; at += mebibyte) {
      writeSync(file, slice(Math.min(mebibyte, size - at), dice), 0, undefined, at);
    }
    closeSync(file);
  }
  const time = firstTime + dice.next() * spanSeconds;
  utimesSync(path, time, time);
}

/** Bytes that no other file begins with, the rest out of the pool. */
function slice(size: number, dice: Chance): Uint8Array {
  const start = dice.below(pool.length - mebibyte);
  const bytes = size <= mebibyte ? pool.slice(start, start + size) : repeat(size, start);
  return fill(bytes, dice, 16);
}

function repeat(size: number, start: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += mebibyte) {
    bytes.set(pool.subarray(start, start + Math.min(mebibyte, size - at)), at);
  }
  return bytes;
}

function fill(bytes: Uint8Array, dice: Chance, length = bytes.length): Uint8Array {
  for (let at = 0; at < Math.min(length, bytes.length); at++) bytes[at] = dice.below(256);
  return bytes;
}
