// What is measured on: four kinds of trees, and the change that is made to each.
import { type Files, makeLarge, makeReal, makeSmall, makeTiny, patch, rewrite } from './data.ts';

export interface Part {
  /** Begins the name of each work. */
  readonly name: string;
  /** What the tree is, for the heading. */
  readonly description: string;
  make(root: string): Files;
  /** The name of the work that follows a change, and the change on one side. */
  readonly changed: string;
  change(root: string, files: Files, seed: number): void;
  /** How many files change in all; two-way tools have half of them changed on each side. */
  changes(files: Files): number;
  /** How often a round does what takes a second: nothing, and a change. */
  readonly turns: number;
  /** So large that each tool has the disk for itself: one after the other in each round. */
  readonly apart: boolean;
  /** Words in names of tools that need many minutes here, and are left out. */
  readonly without: readonly string[];
}

const hundredth = (files: Files) => Math.ceil(files.length / 100);
const rewritten = { changed: '1 % changed', change: rewrite, changes: hundredth };

export const small = (count: number): Part => ({
  name: 'small',
  description: `${count} files, log-normal around 2 KiB`,
  make: (root) => makeSmall(root, count),
  ...rewritten,
  turns: 3,
  apart: false,
  without: [],
});

export const tiny = (count: number): Part => ({
  name: `tiny, ${count}`,
  description: `${count} files of some 8 bytes`,
  make: (root) => makeTiny(root, count),
  ...rewritten,
  turns: 1,
  apart: true,
  without: ['unison', 'rclone'],
});

export const large = (count: number, mebibytes: number): Part => ({
  name: 'large',
  description: `${count} files of ${mebibytes} MiB`,
  make: (root) => makeLarge(root, count, mebibytes),
  changed: '1 MiB changed in each',
  change: (root, files, seed) => patch(root, files, mebibytes, seed),
  changes: (files) => files.length,
  turns: 1,
  apart: true,
  without: [],
});

export const real = (folders: readonly string[]): Part => ({
  name: 'real',
  description: `a copy of ${folders.join(' and ')}`,
  make: (root) => makeReal(root, folders),
  ...rewritten,
  turns: 1,
  apart: true,
  without: [],
});
