// What a run that was cut off left between two names, found out and undone before anything is planned: a
// plan would take the one for new and the other for deleted.
import { undoMoves } from './apply.ts';
import { lookup } from './core/baseline.ts';
import { writeBaseline } from './core/baseline-write.ts';
import { type BaseEntry, type Entry, type Side, type Signature, sides } from './core/entry.ts';
import { movesToUndo } from './core/half-moves.ts';
import type { Move } from './core/plan.ts';
import { renewed } from './core/settle.ts';
import type { Placed, ProveInput } from './finish.ts';
import { type Identifying, identify } from './identity.ts';
import type { InspectInput } from './inspect.ts';
import type { Memory } from './memory.ts';
import { Meter } from './meter.ts';
import type { RootPresent } from './roots.ts';
import { trashName } from './trash.ts';
import type { HandlerWorld } from './world.ts';

export interface HalfMoves {
  readonly roots: Readonly<Record<Side, RootPresent>>;
  readonly memory: Memory;
  /** To be undone in this order. */
  readonly moves: readonly Move[];
}

/** Null: no run was cut off, or these are not its roots any more. */
export async function halfMoves(identifying: Identifying): Promise<HalfMoves | null> {
  const { crew, filesystem, files } = identifying;
  if (filesystem.stat(files.begun) === null) return null;
  const { roots, memory, trust } = await identify(identifying);
  const begun = memory.unfinished?.moves ?? [];
  if (roots === null || trust !== 'trusted' || begun.length === 0) return null;
  const standing = new Map<Side, ReadonlyMap<string, Entry | null>>();
  for (const side of sides) {
    const own = begun.filter((move) => move.side === side);
    const paths = [...new Set(own.flatMap(({ from, path }) => [from, path]))];
    const input: InspectInput = { root: roots[side], paths };
    const found = await crew.run<readonly (Entry | null)[]>('inspect', input);
    standing.set(side, new Map(paths.map((path, at) => [path, found[at] ?? null])));
  }
  const moves = movesToUndo(begun, (side, path) => standing.get(side)?.get(path) ?? null);
  return moves.length === 0 ? null : { roots, memory, moves };
}

/**
 * The baseline takes the change times that this makes: they are no edits. False: the disk would not let
 * some of them go back.
 */
export async function undoHalfMoves(
  { crew, clock, random, filesystem }: HandlerWorld,
  { files }: Identifying,
  { roots, memory: { baseline }, moves }: HalfMoves,
): Promise<boolean> {
  const trash = trashName(clock.now(), random.uuid());
  const back = await undoMoves(crew, { roots, trash, strict: false, meter: new Meter() }, moves);
  const isOver = back.every((came) => came?.state !== 'astray');
  if (baseline === null) return isOver;
  const changes = new Map<string, BaseEntry>();
  for (const side of sides) {
    const placed: Placed[] = [];
    const own: Move[] = [];
    moves.forEach((move, at) => {
      const came = back[at];
      if (move.side !== side || came?.state !== 'returned') return;
      own.push(move);
      placed.push({ path: move.from, signature: came.restored });
    });
    if (own.length === 0) continue;
    const input: ProveInput = { root: roots[side], placed };
    const proven = await crew.run<readonly (Signature | null)[]>('prove', input);
    own.forEach((move, at) => {
      const restored = proven[at] ?? placed[at]?.signature;
      const base = restored && renewed(lookup(baseline, move.from), move, restored);
      if (base) changes.set(move.from, base);
    });
  }
  if (changes.size === 0) return isOver;
  filesystem.replaceFile(files.baseline, writeBaseline(baseline, changes, baseline.about));
  return isOver;
}
