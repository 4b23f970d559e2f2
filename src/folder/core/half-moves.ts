// Moves that were left half done: a run that was cut off leaves one under both names, or out of sight where
// it made room for another one; one that failed leaves what had made room for it there. Which moves have
// to be undone, and in which order, so that everything stands under one name that a person knows.
import type { Entry, Side } from './entry.ts';
import type { Outcomes } from './outcomes.ts';
import type { Move } from './plan.ts';
import { movesOf } from './settle.ts';
import type { Transitions } from './transitions.ts';

/** What stands at a path; null for nothing. */
export type Standing = (side: Side, path: string) => Entry | null;

/**
 * Of a run that came to its end, with their places in the plan. What came into a folder by then goes back
 * with it, and nothing is agreed on at or below a move that is undone.
 */
export function movesLeftHalf(
  transitions: Transitions,
  outcomes: Outcomes,
): readonly { readonly at: number; readonly move: Move }[] {
  const places = new Map<Move, number>();
  for (const [at, move] of movesOf(transitions)) places.set(move, at);
  const moves = [...places.keys()];
  if (!moves.some(({ via }) => via !== undefined)) return [];
  const standing = new Map<string, Entry>();
  for (const { side, from, via, expected } of moves) {
    if (from !== via) standing.set(keyOf(side, from), expected);
  }
  for (const [move, at] of places) {
    if (!wasCarriedOut(outcomes, at)) continue;
    standing.delete(keyOf(move.side, move.from));
    standing.set(keyOf(move.side, move.path), move.expected);
  }
  const undone = movesToUndo(moves, (side, path) => standing.get(keyOf(side, path)) ?? null);
  return undone.map((move) => ({ at: places.get(move) ?? -1, move }));
}

function wasCarriedOut(outcomes: Outcomes, at: number): boolean {
  if (outcomes.isDone(at)) return true;
  const outcome = outcomes.at(at);
  return outcome?.state === 'failed' && outcome.unsure === true;
}

/** `moves`: all of that run, in its order. */
export function movesToUndo(moves: readonly Move[], standing: Standing): readonly Move[] {
  return new GoingBack(moves, standing).run();
}

class GoingBack {
  readonly #moves: readonly Move[];
  readonly #standing: Standing;
  readonly #entered = new Set<Move>();
  readonly #undone: Move[] = [];
  /** Where nothing stands any more once those are undone. */
  readonly #left = new Set<string>();

  constructor(moves: readonly Move[], standing: Standing) {
    this.#moves = moves;
    this.#standing = standing;
  }

  run(): readonly Move[] {
    for (const move of this.#moves) if (this.#isAt(move, move.from)) this.#undo(move);
    for (const move of this.#moves.toReversed()) if (this.#makesRoom(move)) this.#undo(move);
    return this.#undone;
  }

  /** Whatever came to where it was goes back first. */
  #undo(move: Move): void {
    if (this.#entered.has(move) || !this.#isAt(move, move.path)) return;
    this.#entered.add(move);
    const { side, from, path } = move;
    if (!this.#isAt(move, from)) {
      const taker = this.#moves.find((other) => other.side === side && other.path === from);
      if (taker !== undefined) this.#undo(taker);
    }
    this.#undone.push(move);
    this.#left.add(keyOf(side, path));
  }

  /** What is only brought into the trash has no second half, and stays there. */
  #makesRoom({ side, path, via }: Move): boolean {
    const isSecond = (other: Move) => other.side === side && other.from === via;
    return path === via && this.#moves.some(isSecond);
  }

  #isAt({ side, from, via, expected }: Move, path: string): boolean {
    if (this.#left.has(keyOf(side, path))) return false;
    const found = this.#standing(side, path);
    if (found?.kind !== expected.kind) return false;
    const isThat = found.signature.inode === expected.signature.inode;
    // A link is made anew wherever it moves to, and another one may lead to the same.
    if (found.kind !== 'link' || (path === from && from !== via)) return isThat;
    return expected.kind === 'link' && found.target === expected.target;
  }
}

function keyOf(side: Side, path: string): string {
  return `${side} ${path}`;
}
