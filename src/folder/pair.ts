// What the program remembers of a pair of roots beside the baseline: the generation, and how each
// root was known. Small and written often, so it is JSON; the baseline is columns.
//
// Order of one run: this file with the new generation, the baseline, the markers, this file saying so.
// A crash in between leaves `marked` behind, which tells it from roots that came from a backup.
import type { Filesystem } from '../ports/filesystem.ts';
import { type Side, sides } from './core/entry.ts';
import { type CarriedByPath, parseCarried } from './core/quarrel.ts';
import { parseTraits, type Traits } from './core/traits.ts';
import { errnoOf } from './held.ts';

export interface KnownRoot {
  /** The marker's id; null where the root could not be written, then device and inode count. */
  readonly id: string | null;
  readonly device: number;
  readonly inode: number;
  /** As probed on that device; absent where it could not be. */
  readonly traits?: Traits;
}

export interface PairState {
  readonly generation: number;
  /** What both markers carry at least; 0 where there may be none yet. */
  readonly marked: number;
  readonly roots: Readonly<Record<Side, KnownRoot>>;
  /** What was carried to which path lately. */
  readonly carried: CarriedByPath;
}

const format = 1;

/** Null where nothing is known, or what is there cannot be read: then nothing is deleted. */
export function readPair(filesystem: Filesystem, file: string): PairState | null {
  try {
    return parsePair(JSON.parse(new TextDecoder().decode(filesystem.readFile(file).slice())));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || errnoOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

export function writePair(filesystem: Filesystem, file: string, state: PairState): void {
  filesystem.replaceFile(file, new TextEncoder().encode(JSON.stringify({ format, ...state })));
}

function parsePair(value: unknown): PairState | null {
  if (!isRecord(value) || value.format !== format || !isRecord(value.roots)) return null;
  const { generation, marked } = value;
  if (!Number.isSafeInteger(generation) || !Number.isSafeInteger(marked)) return null;
  const [left, right] = sides.map((side) => parseRoot((value.roots as Unknown)[side]));
  if (!left || !right) return null;
  return {
    generation: generation as number,
    marked: marked as number,
    roots: { left, right },
    carried: parseCarried(value.carried),
  };
}

function parseRoot(value: unknown): KnownRoot | null {
  if (!isRecord(value)) return null;
  const { id, device, inode } = value;
  if (id !== null && typeof id !== 'string') return null;
  if (typeof device !== 'number' || typeof inode !== 'number') return null;
  const traits = parseTraits(value.traits);
  return { id, device, inode, ...(traits === null ? {} : { traits }) };
}

type Unknown = { readonly [key: string]: unknown };

function isRecord(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null;
}
