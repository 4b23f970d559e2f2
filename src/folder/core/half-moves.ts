// A run that was cut off in the middle of a move leaves it in between: under both names, or out of sight
// where it made room for another one. Which of its moves have to be undone, and in which order, so that
// everything stands under one name that a person knows.
import type { Entry, Side } from './entry.ts';
import type { Move } from './plan.ts';

/** What stands at a path; null for nothing. */
export type Standing = (side: Side, path: string) => Entry | null;

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
    for (const move of this.#moves.toReversed()) if (move.path === move.via) this.#undo(move);
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

  #isAt({ side, expected }: Move, path: string): boolean {
    if (this.#left.has(keyOf(side, path))) return false;
    const found = this.#standing(side, path);
    if (found?.kind !== expected.kind) return false;
    // A link is made anew where it moves to.
    if (found.kind === 'link') return expected.kind === 'link' && found.target === expected.target;
    return found.signature.inode === expected.signature.inode;
  }
}

function keyOf(side: Side, path: string): string {
  return `${side} ${path}`;
}
