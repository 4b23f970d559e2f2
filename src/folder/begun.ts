// What a run is about to do, on disk before it does any of it and gone once the baseline says how it ended.
// The next run finds it only where one was cut off.
import type { PlanChange } from '../model/plan.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { decodeTransition, encodeTransition } from './core/draft.ts';
import { sides } from './core/entry.ts';
import type { Move } from './core/plan.ts';
import type { Unfinished } from './core/unfinished.ts';
import { errnoOf } from './held.ts';
import { pairItem } from './world.ts';

export interface Begun extends Unfinished {
  /** Of the baselines beside which this still counts: a newer one knows how it ended. */
  readonly generations: readonly number[];
  /** In their order; what is between two places when the run is cut off goes back by these. */
  readonly moves: readonly Move[];
}

const format = 2;

const isNothing: ReadonlySet<string> = new Set(['ENOENT', 'folder-plan-unreadable']);

/** Null: nothing, or nothing that can be read, as after a run of another version. */
export function readBegun(filesystem: Filesystem, file: string): Begun | null {
  try {
    return parse(JSON.parse(new TextDecoder().decode(filesystem.readFile(file).slice())));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || isNothing.has(errnoOf(thrown))) return null;
    throw thrown;
  }
}

export function writeBegun(filesystem: Filesystem, file: string, begun: Begun): void {
  const { generations } = begun;
  const moves = begun.moves.map((move) => encodeTransition(pairItem, move));
  const [left, right] = sides.map((side) => [...begun[side]]);
  const text = JSON.stringify({ format, generations, left, right, moves });
  filesystem.replaceFile(file, new TextEncoder().encode(text));
}

function parse(value: unknown): Begun | null {
  if (typeof value !== 'object' || value === null) return null;
  const { format: found, generations, left, right, moves } = value as Record<string, unknown>;
  if (found !== format || !isListOf(generations, 'number')) return null;
  if (!isListOf(left, 'string') || !isListOf(right, 'string')) return null;
  const both = { left: new Set(left), right: new Set(right) };
  return { generations, ...both, moves: Array.isArray(moves) ? movesOf(moves) : [] };
}

function movesOf(changes: readonly PlanChange[]): Move[] {
  return changes.map(decodeTransition).filter((each) => each.kind === 'move');
}

function isListOf(value: unknown, type: 'number'): value is number[];
function isListOf(value: unknown, type: 'string'): value is string[];
function isListOf(value: unknown, type: string): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === type);
}
