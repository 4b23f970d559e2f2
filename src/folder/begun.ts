// What a run is about to do, on disk before it does any of it and gone once the baseline says how it ended.
// The next run finds it only where one was cut off.
import type { Filesystem } from '../ports/filesystem.ts';
import { sides } from './core/entry.ts';
import type { Unfinished } from './core/unfinished.ts';
import { errnoOf } from './held.ts';

export interface Begun extends Unfinished {
  /** Of the baselines beside which this still counts: a newer one knows how it ended. */
  readonly generations: readonly number[];
}

const format = 1;

/** Null: nothing, or nothing that can be read, as after a run of another version. */
export function readBegun(filesystem: Filesystem, file: string): Begun | null {
  try {
    return parse(JSON.parse(new TextDecoder().decode(filesystem.readFile(file).slice())));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || errnoOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

export function writeBegun(filesystem: Filesystem, file: string, begun: Begun): void {
  const { generations } = begun;
  const [left, right] = sides.map((side) => [...begun[side]]);
  const text = JSON.stringify({ format, generations, left, right });
  filesystem.replaceFile(file, new TextEncoder().encode(text));
}

function parse(value: unknown): Begun | null {
  if (typeof value !== 'object' || value === null) return null;
  const { format: found, generations, left, right } = value as Record<string, unknown>;
  if (found !== format || !isListOf(generations, 'number')) return null;
  if (!isListOf(left, 'string') || !isListOf(right, 'string')) return null;
  return { generations, left: new Set(left), right: new Set(right) };
}

function isListOf(value: unknown, type: 'number'): value is number[];
function isListOf(value: unknown, type: 'string'): value is string[];
function isListOf(value: unknown, type: string): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === type);
}
