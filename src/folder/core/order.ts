// Folders made, files that become folders, and moves, in an order in which each finds its parent there
// and its name free.
//
// A ring (a to b, b to a) has no such order: one of it steps aside to a reserved path in the trash,
// where it is safe even if the second half never comes, and goes on from there.
//
// Where a disk takes two spellings for one name, a folder that moves into one called like itself is such
// a ring too (a to A/a).
import { shortHash } from '../../stdx/short-hash.ts';
import { type BothAbilities, foldsNames } from './change.ts';
import { otherSide, type Side } from './entry.ts';
import { asidePrefix, foldName, nearest, parentOf, reservedName } from './path.ts';
import type { Move, Transition } from './plan.ts';

type Structure = Readonly<Record<Side, readonly Transition[]>>;

interface Op {
  readonly transition: Transition;
  state: 'waiting' | 'entered' | 'done';
  /** Waits at its `via`. */
  aside: boolean;
}

/** Deeper than this a chain of moves is cut by stepping aside, which is always right. */
const depthMax = 1000;

export function inOrder(
  { left, right }: Structure,
  abilities: BothAbilities,
): readonly Transition[] {
  const all = [...left, ...right];
  return all.some(({ kind }) => kind === 'move') ? new Ordering(all, abilities).run() : all;
}

class Ordering {
  readonly #ops: readonly Op[];
  /** By where they end, by where they begin, and those of moves by where they end. */
  readonly #byTarget: Record<Side, Map<string, Op>> = { left: new Map(), right: new Map() };
  readonly #bySource: Record<Side, Map<string, Op>> = { left: new Map(), right: new Map() };
  /** The same by what the disk takes for the name. */
  readonly #byNameLeft: Record<Side, Map<string, Op>> = { left: new Map(), right: new Map() };
  readonly #moveTo: Record<Side, Map<string, Op>> = { left: new Map(), right: new Map() };
  readonly #ordered: Transition[] = [];
  readonly #abilities: BothAbilities;

  constructor(transitions: readonly Transition[], abilities: BothAbilities) {
    this.#abilities = abilities;
    this.#ops = transitions.map((transition) => ({ transition, state: 'waiting', aside: false }));
    for (const op of this.#ops) {
      const { side, path } = op.transition;
      this.#byTarget[side].set(path, op);
      if (op.transition.kind !== 'move') continue;
      this.#bySource[side].set(op.transition.from, op);
      this.#byNameLeft[side].set(this.#nameOn(side, op.transition.from), op);
      this.#moveTo[side].set(path, op);
    }
  }

  run(): readonly Transition[] {
    // Moves first: who steps aside may not depend on what the other side reads (I9).
    for (const op of this.#ops) if (op.transition.kind === 'move') this.#emit(op, 0);
    for (const op of this.#ops) this.#emit(op, 0);
    return this.#ordered;
  }

  /** False if it depends on one that is being worked on. */
  #emit(op: Op, depth: number): boolean {
    if (op.state === 'done') return true;
    if (op.state === 'entered' || depth > depthMax) return false;
    op.state = 'entered';
    const { transition } = op;
    const { side, path } = transition;
    for (const first of [this.#above(side, path), this.#bringer(op)]) {
      if (first === undefined || this.#emit(first, depth + 1)) continue;
      op.state = 'waiting';
      return false;
    }
    this.#bringSource(transition, depth);
    for (const occupant of this.#occupants(side, path)) {
      if (occupant === op || occupant.state === 'done' || occupant.aside) continue;
      // It is not there yet: this brings it.
      if (this.#bringer(occupant) === op) continue;
      if (!this.#emit(occupant, depth + 1)) this.#stepAside(occupant);
    }
    this.#ordered.push(transition.kind === 'move' ? this.#fromHere(op, transition) : transition);
    op.state = 'done';
    return true;
  }

  /** What makes the nearest of the folders above, or brings it. */
  #above(side: Side, path: string): Op | undefined {
    const parent = parentOf(path);
    const top = parent === null ? null : nearest(parent, this.#byTarget[side]);
    return top === null ? undefined : this.#byTarget[side].get(top);
  }

  /** A version that steps aside in a conflict may be one that a move brings there before. */
  #bringer({ transition }: Op): Op | undefined {
    if (transition.kind !== 'move' || transition.carries !== undefined) return undefined;
    return this.#moveTo[transition.side].get(transition.from);
  }

  /** What is there now, or came there with a folder above, and has to go. */
  #occupants(side: Side, path: string): readonly Op[] {
    const moves = this.#moveTo[side];
    const parent = parentOf(path);
    const top = parent === null ? null : nearest(parent, moves);
    const outer = top === null ? undefined : moves.get(top)?.transition;
    const before = outer?.kind === 'move' ? outer.from + path.slice(top?.length) : path;
    const sources = this.#byNameLeft[side];
    const places = before === path ? [path] : [path, before];
    const found = places.map((place) => sources.get(this.#nameOn(side, place)));
    return found.filter((op) => op !== undefined);
  }

  #nameOn(side: Side, path: string): string {
    return foldsNames(this.#abilities[side]) ? foldName(path) : path;
  }

  /** What is read on the other side may have to be moved to where it is read first. */
  #bringSource(transition: Transition, depth: number): void {
    if (transition.kind === 'move') return;
    const moves = this.#moveTo[otherSide[transition.side]];
    const top = nearest(transition.path, moves);
    const source = top === null ? undefined : moves.get(top);
    if (source !== undefined) this.#emit(source, depth + 1);
  }

  #stepAside(op: Op): void {
    const { transition } = op;
    if (transition.kind !== 'move') return;
    const via = viaOf(transition);
    this.#ordered.push({ ...this.#fromHere(op, transition), path: via, via });
    op.aside = true;
  }

  #fromHere(op: Op, move: Move): Move {
    if (op.aside) {
      const via = viaOf(move);
      return { ...move, from: via, via, moved: true };
    }
    // A version that steps aside in a conflict is named as it will be called by then.
    if (move.carries === undefined) {
      return this.#bringer(op) === undefined ? move : { ...move, moved: true };
    }
    return { ...move, from: this.#placeOf(move.side, move.from) };
  }

  /** Where a path is by now: with the nearest folder above it that was moved or stepped aside. */
  #placeOf(side: Side, path: string): string {
    const sources = this.#bySource[side];
    const parent = parentOf(path);
    const top = parent === null ? null : nearest(parent, sources);
    const outer = top === null ? undefined : sources.get(top);
    if (top === null || outer?.transition.kind !== 'move') return path;
    return this.#locationOf(outer, outer.transition) + path.slice(top.length);
  }

  #locationOf(op: Op, move: Move): string {
    if (op.state === 'done') return move.path;
    return op.aside ? viaOf(move) : this.#placeOf(move.side, move.from);
  }
}

function viaOf({ from, path }: Move): string {
  return `${reservedName}/trash/${asidePrefix}${shortHash(`${from}\n${path}`)}`;
}
