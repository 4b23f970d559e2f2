// Folders made, files that become folders, and moves of one side, in an order in which each finds its
// parent there and its name free.
//
// A ring (a to b, b to a) has no such order: one of it steps aside to a reserved path in the trash,
// where it is safe even if the second half never comes, and goes on from there.
import { shortHash } from '../../stdx/short-hash.ts';
import { nearest, parentOf, reservedName } from './path.ts';
import type { Move, Transition } from './plan.ts';

interface Op {
  readonly transition: Transition;
  state: 'waiting' | 'entered' | 'done';
}

/** Deeper than this a chain of moves is cut by stepping aside, which is always right. */
const depthMax = 1000;

export function inOrder(transitions: readonly Transition[]): readonly Transition[] {
  if (!transitions.some(({ kind }) => kind === 'move')) return transitions;
  return new Ordering(transitions).run();
}

class Ordering {
  readonly #ops: readonly Op[];
  readonly #byTarget = new Map<string, Op>();
  readonly #bySource = new Map<string, Op>();
  readonly #aside = new Set<Op>();
  readonly #ordered: Transition[] = [];

  constructor(transitions: readonly Transition[]) {
    this.#ops = transitions.map((transition) => ({ transition, state: 'waiting' }));
    for (const op of this.#ops) {
      this.#byTarget.set(op.transition.path, op);
      if (op.transition.kind === 'move') this.#bySource.set(op.transition.from, op);
    }
  }

  run(): readonly Transition[] {
    for (const op of this.#ops) this.#emit(op, 0);
    return this.#ordered;
  }

  /** False if it depends on one that is being worked on. */
  #emit(op: Op, depth: number): boolean {
    if (op.state === 'done') return true;
    if (op.state === 'entered' || depth > depthMax) return false;
    op.state = 'entered';
    const parent = this.#byTarget.get(parentOf(op.transition.path) ?? '');
    if (parent !== undefined && parent !== op && !this.#emit(parent, depth + 1)) {
      op.state = 'waiting';
      return false;
    }
    const occupant = this.#bySource.get(op.transition.path);
    if (occupant !== undefined && occupant !== op && !this.#isAway(occupant)) {
      if (!this.#emit(occupant, depth + 1)) this.#stepAside(occupant);
    }
    // It may itself have had to step aside for what it waited for.
    const { transition } = op;
    this.#ordered.push(transition.kind === 'move' ? this.#fromHere(op, transition) : transition);
    op.state = 'done';
    return true;
  }

  #stepAside(op: Op): void {
    const { transition } = op;
    if (transition.kind !== 'move') return;
    const via = viaOf(transition);
    this.#ordered.push({ ...this.#fromHere(op, transition), path: via, via });
    this.#aside.add(op);
  }

  #isAway(op: Op): boolean {
    return op.state === 'done' || this.#aside.has(op);
  }

  #fromHere(op: Op, move: Move): Move {
    if (this.#aside.has(op)) {
      const via = viaOf(move);
      return { ...move, from: via, via };
    }
    // A version that steps aside in a conflict is named as it will be called by then.
    return move.carries === undefined ? move : { ...move, from: this.#placeOf(move.from) };
  }

  /** Where a path is by now: with the nearest folder above it that was moved or stepped aside. */
  #placeOf(path: string): string {
    const parent = parentOf(path);
    const top = parent === null ? null : nearest(parent, this.#bySource);
    if (top === null) return path;
    const outer = this.#bySource.get(top);
    if (outer?.transition.kind !== 'move') return path;
    return this.#locationOf(outer, outer.transition) + path.slice(top.length);
  }

  #locationOf(op: Op, move: Move): string {
    if (op.state === 'done') return move.path;
    if (this.#aside.has(op)) return viaOf(move);
    return this.#placeOf(move.from);
  }
}

function viaOf({ from, path }: Move): string {
  return `${reservedName}/trash/aside-${shortHash(`${from}\n${path}`)}`;
}
