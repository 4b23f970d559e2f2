// Which of the moves that look like moves can be followed on the other side.

import { changeOf } from './change.ts';
import { type Entry, otherSide, type Row, type Side, sides } from './entry.ts';
import {
  type Candidate,
  type Candidates,
  type FoundMove,
  followed,
  type Moves,
} from './found-move.ts';
import type { List } from './list.ts';
import { isWithin, nameOf, nearest, parentOf } from './path.ts';
import type { PathConflict, PlanningInput } from './plan.ts';
import { winnerOfPlace } from './resolve.ts';

export function admitted(
  rows: List<Row>,
  candidates: Candidates,
  input: PlanningInput,
  unknown: ReadonlySet<string>,
): Moves {
  return new Admission(rows, candidates, input, unknown).run();
}

type Mutable = Record<Side, Map<string, FoundMove>>;

class Admission {
  readonly #rows = new Map<string, Row>();
  readonly #candidates: Candidates;
  readonly #input: PlanningInput;
  readonly #unknown: ReadonlySet<string>;
  /** Folders with something unknown inside. */
  readonly #aboveUnknown = new Set<string>();
  readonly #moves: Mutable = { left: new Map(), right: new Map() };
  readonly #disputes = new Map<string, PathConflict>();

  constructor(
    rows: List<Row>,
    candidates: Candidates,
    input: PlanningInput,
    unknown: ReadonlySet<string>,
  ) {
    for (const row of rows) this.#rows.set(row.path, row);
    this.#candidates = candidates;
    this.#input = input;
    this.#unknown = unknown;
    for (const path of unknown) {
      for (let at = parentOf(path); at !== null; at = parentOf(at)) this.#aboveUnknown.add(at);
    }
  }

  run(): Moves {
    for (const [from, left] of this.#candidates.left) {
      const right = this.#candidates.right.get(from);
      if (right !== undefined) this.#both(left, right);
    }
    for (const side of sides)
      for (const move of this.#candidates[side].values()) this.#one(side, move);
    this.#rejectDisputed();
    this.#rejectMeeting();
    this.#rejectTaken();
    const found = [...this.#moves.left.values()];
    for (const move of this.#moves.right.values()) if (!move.agreed) found.push(move);
    const byPlace = { left: this.#byPlace('left'), right: this.#byPlace('right') };
    // Moved on both sides, and what is to follow is brought there by a folder above it.
    const isBrought = ({ side, at, from, to }: FoundMove) =>
      at !== from &&
      followed(parentOf(at) ?? '', byPlace[side]) === parentOf(to) &&
      nameOf(at) === nameOf(to);
    return {
      found: found.map((move) => (isBrought(move) ? { ...move, agreed: true } : move)),
      disputes: [...this.#disputes.values()],
    };
  }

  /** By where the other side has them. */
  #byPlace(side: Side): Map<string, FoundMove> {
    const moves = [...this.#moves[side].values()].filter(({ agreed }) => !agreed);
    return new Map(moves.map((move) => [move.at, move]));
  }

  #both(left: Candidate, right: Candidate): void {
    const from = left.from.path;
    if (!left.exact || !right.exact || isWithin(from, this.#disputes)) return;
    const to = { left: left.to.path, right: right.to.path };
    // On a side where a folder above took it along, it was not moved by itself.
    if (sides.some((side) => this.#cameAlong(side, from, to[side]))) return;
    if (!this.#isSeen(from) || !this.#isSeen(to.left) || !this.#isSeen(to.right)) return;
    if (to.left === to.right) {
      if (left.to.base !== null) return;
      const move = { side: 'left', from, to: to.left, at: from, agreed: true } as const;
      this.#moves.left.set(from, move);
      this.#moves.right.set(from, move);
      return;
    }
    const winner = winnerOfPlace(this.#input);
    if (winner === 'copy') return;
    if (winner === 'ask') {
      const entries = { left: left.entry, right: right.entry };
      this.#disputes.set(from, { path: from, kind: 'place', ...entries, places: to });
      return;
    }
    const loser = otherSide[winner];
    if (!this.#leadsSomewhere(to[winner], loser)) return;
    this.#moves[winner].set(from, {
      side: winner,
      from,
      to: to[winner],
      at: to[loser],
      agreed: false,
    });
  }

  #one(side: Side, { from, to, exact }: Candidate): void {
    const path = from.path;
    if (this.#moves.left.has(path) || this.#moves.right.has(path)) return;
    if (isWithin(path, this.#disputes) || this.#isImplied(side, path, to.path)) return;
    if (!this.#isSeen(path) || !this.#isSeen(to.path)) return;
    const other = otherSide[side];
    const there = from[other];
    if (there.state === 'absent' || there.state === 'unknown') return;
    if (there.state === 'present') {
      if (there.entry.kind !== from.base?.content.kind) return;
      // A save that keeps the old file under another name must not carry the other side's edit off.
      const isStill = this.#isStill(from, other, there.entry);
      if (!isStill && (from[side].state !== 'absent' || !exact)) return;
    }
    if (!this.#leadsSomewhere(to.path, other)) return;
    this.#moves[side].set(path, { side, from: path, to: to.path, at: path, agreed: false });
  }

  /** Shown only because its former time proves nothing, and found to be as it was. */
  #isStill(row: Row, side: Side, entry: Entry): boolean {
    const was = row.base?.[side];
    if (was?.racy !== true || was.inode !== entry.signature.inode) return false;
    return changeOf(row, side, this.#input.abilities) === 'none';
  }

  /** A folder above takes it there already. */
  #isImplied(side: Side, from: string, to: string): boolean {
    return this.#moves[side].size > 0 && followed(from, this.#moves[side]) === to;
  }

  #cameAlong(side: Side, from: string, to: string): boolean {
    const candidates = this.#candidates[side];
    const above = nearest(parentOf(from) ?? '', candidates);
    if (above === null) return false;
    return candidates.get(above)?.to.path + from.slice(above.length) === to;
  }

  #isSeen(path: string): boolean {
    return !isWithin(path, this.#unknown) && !this.#aboveUnknown.has(path);
  }

  /** No folder on the way to the target became something else on the side that is to follow. */
  #leadsSomewhere(to: string, side: Side): boolean {
    for (let at = parentOf(to); at !== null && at !== ''; at = parentOf(at)) {
      const seen = this.#rows.get(at)?.[side];
      if (seen?.state === 'present' && seen.entry.kind !== 'folder') return false;
    }
    return true;
  }

  /** What a dispute holds stays where it is, and so does what would take it along. */
  #rejectDisputed(): void {
    const zones = zonesOf(this.#disputes.values());
    const above = new Set<string>();
    for (const zone of zones) {
      for (let at = parentOf(zone); at !== null; at = parentOf(at)) above.add(at);
    }
    for (const side of sides) {
      for (const move of this.#moves[side].values()) {
        const ends = [move.from, move.to, move.at];
        if (ends.some((end) => isWithin(end, zones) || above.has(end))) {
          this.#moves[side].delete(move.from);
        }
      }
    }
  }

  /** Moves of both sides that meet are not followed; of two that nest, the outer one is. */
  #rejectMeeting(): void {
    const { left, right } = this.#moves;
    if (left.size === 0 || right.size === 0) return;
    const rejected = [
      ...meeting(left.values(), endsOf(right.values())),
      ...meeting(right.values(), endsOf(left.values())),
    ];
    for (const move of rejected) this.#moves[move.side].delete(move.from);
  }

  /** The name must be free on the other side, or become free by other moves. */
  #rejectTaken(): void {
    for (const side of sides) {
      const moves = this.#moves[side];
      const byTarget = new Map([...moves.values()].map((move) => [move.to, move]));
      const byPlace = this.#byPlace(side);
      const waiting = new Map<FoundMove, FoundMove[]>();
      const rejected: FoundMove[] = [];
      for (const move of moves.values()) {
        if (move.agreed) continue;
        const taken = this.#placeTakenBy(move, byTarget);
        if (taken === null) continue;
        const freeing = this.#freeing(side, taken.path, byPlace);
        const isFreed =
          freeing !== null && !freeing.some((each) => each === move || each === taken.by);
        if (!isFreed) rejected.push(move);
        else for (const each of freeing) waiting.set(each, [...(waiting.get(each) ?? []), move]);
      }
      for (let move = rejected.pop(); move !== undefined; move = rejected.pop()) {
        if (moves.delete(move.from)) rejected.push(...(waiting.get(move) ?? []));
      }
    }
  }

  /** The moves that take away what the baseline and the other side have at a place; null if not all. */
  #freeing(
    side: Side,
    place: string,
    byPlace: ReadonlyMap<string, FoundMove>,
  ): readonly FoundMove[] | null {
    const row = this.#rows.get(place);
    const needed: (FoundMove | undefined)[] = [];
    const moves = this.#moves[side];
    if (row?.base !== null) needed.push(moves.get(nearest(place, moves) ?? ''));
    if (row?.[otherSide[side]].state !== 'absent') {
      needed.push(byPlace.get(nearest(place, byPlace) ?? ''));
    }
    const found = needed.filter((move) => move !== undefined);
    return found.length === needed.length ? found : null;
  }

  /**
   * The path, before all moves, of what the other side holds at the target, or would bring there by a
   * move of a folder above; null if nothing.
   */
  #placeTakenBy(
    move: FoundMove,
    byTarget: ReadonlyMap<string, FoundMove>,
  ): { readonly path: string; readonly by: FoundMove | null } | null {
    const other = otherSide[move.side];
    const own = this.#rows.get(move.to);
    const isTaken = (row: Row) => row.base !== null || row[other].state === 'present';
    if (own !== undefined && isTaken(own)) return { path: move.to, by: null };
    const target = nearest(parentOf(move.to) ?? '', byTarget);
    const by = target === null ? undefined : byTarget.get(target);
    if (by === undefined) return null;
    const path = by.from + move.to.slice(by.to.length);
    const row = this.#rows.get(path);
    return row !== undefined && path !== move.from && isTaken(row) ? { path, by } : null;
  }
}

/** Where a dispute over a place holds everything as it is. */
export function zonesOf(disputes: Iterable<PathConflict>): Set<string> {
  const zones = new Set<string>();
  for (const { path, places } of disputes) {
    zones.add(path);
    if (places !== undefined) zones.add(places.left).add(places.right);
  }
  return zones;
}

function endsOf(moves: Iterable<FoundMove>): Set<string> {
  const ends = new Set<string>();
  for (const move of moves) {
    if (move.agreed) continue;
    ends.add(move.from).add(move.to).add(move.at);
  }
  return ends;
}

function meeting(moves: Iterable<FoundMove>, ends: ReadonlySet<string>): FoundMove[] {
  const found: FoundMove[] = [];
  for (const move of moves) {
    if (move.agreed) continue;
    if (isWithin(move.from, ends) || isWithin(move.to, ends) || isWithin(move.at, ends)) {
      found.push(move);
    }
  }
  return found;
}
