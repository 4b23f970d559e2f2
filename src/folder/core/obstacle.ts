// Names and kinds that one side cannot hold: found before anything is done, so that they are shown
// with the plan and nothing is ever written over something else because a disk folds its name.

import { foldsNames } from './change.ts';
import { type Entry, otherSide, type Problem, type Side, sides } from './entry.ts';
import type { List } from './list.ts';
import {
  byteLength,
  foldName,
  isSafeRelative,
  joined,
  nameOf,
  parentOf,
  pathBytesMax,
} from './path.ts';
import type { Abilities, PathConflict, PlanningInput } from './plan.ts';
import { outcomeOn, type Spot } from './spot.ts';

export interface Obstacles {
  /** At and below these nothing is done. */
  readonly held: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly conflicts: readonly PathConflict[];
}

export function findObstacles(spots: List<Spot>, input: PlanningInput): Obstacles {
  const held = new Set<string>();
  const both = sides.map((side) => new SideObstacles(side, spots, input));
  for (const spot of spots) {
    for (const each of both) if (each.stops(spot)) held.add(spot.path);
  }
  const problems = both.flatMap((each) => each.problems);
  const conflicts = both.flatMap((each) => each.conflicts);
  return { held, problems, conflicts };
}

class SideObstacles {
  readonly problems: Problem[] = [];
  readonly conflicts: PathConflict[] = [];
  readonly #side: Side;
  readonly #abilities: Abilities;
  readonly #names: FoldedNames;

  constructor(side: Side, spots: List<Spot>, input: PlanningInput) {
    this.#side = side;
    this.#abilities = input.abilities[side];
    this.#names = new FoldedNames(side, spots, input);
  }

  stops(spot: Spot): boolean {
    const { path, left, right } = spot;
    const arriving = arrivalOn(spot, this.#side);
    if (arriving === null) return false;
    const problem = problemOf(path, arriving, this.#side, this.#abilities);
    if (problem !== null) this.problems.push(problem);
    else if (this.#names.collides(spot)) this.conflicts.push({ path, kind: 'name', left, right });
    else return false;
    return true;
  }
}

/** What would come to bear this name on the side, or null. */
function arrivalOn(spot: Spot, side: Side): Entry | null {
  if (spot.blocked) return null;
  const isMoved = spot.move !== null && !spot.move.agreed && spot.move.side !== side;
  if (isMoved) return spot[side];
  if (spot[side] !== null) return linkInPlaceOf(spot, side);
  // A conflict that leaves both as they are brings nothing, and a folder against a file is one.
  return outcomeOn(spot, side);
}

/** The name is taken already, but what bears it becomes a link. */
function linkInPlaceOf(spot: Spot, side: Side): Entry | null {
  const outcome = outcomeOn(spot, side);
  return outcome?.kind === 'link' && spot[side]?.kind !== 'link' ? outcome : null;
}

function problemOf(path: string, entry: Entry, side: Side, abilities: Abilities): Problem | null {
  const problem = (code: string, text: string): Problem => ({ path, side, code, text });
  if (!isSafeRelative(path)) {
    return problem('folder-name-unsafe', 'This name could lead out of the folder. Rename it.');
  }
  if (byteLength(nameOf(path)) > abilities.nameBytesMax || byteLength(path) >= pathBytesMax) {
    return problem(
      'folder-name-too-long',
      `The ${side} side takes names of at most ${abilities.nameBytesMax} bytes. Shorten it.`,
    );
  }
  if (entry.kind === 'link' && !abilities.links) {
    return problem('folder-link-unsupported', `The ${side} side cannot hold symbolic links.`);
  }
  return null;
}

/** Names that a side would take for one: the first to claim it has it (NM-01, NM-03, NM-04). */
class FoldedNames {
  readonly #side: Side;
  readonly #owners = new Map<string, string>();
  readonly #folds: boolean;
  readonly #heldOn: PlanningInput['heldOn'];

  constructor(side: Side, spots: List<Spot>, input: PlanningInput) {
    this.#side = side;
    this.#folds = foldsNames(input.abilities[side]);
    this.#heldOn = input.heldOn;
    if (!this.#folds) return;
    for (const spot of spots) {
      const stays = spot[side] !== null && !isMovedAway(spot, side);
      if (stays) this.#owners.set(key(spot.path), spot.path);
    }
  }

  collides(spot: Spot): boolean {
    if (!this.#folds) return false;
    const own = key(spot.path);
    const owner = this.#owners.get(own) ?? this.#heldOn?.(this.#side, spot.path) ?? spot.path;
    if (owner === spot.path || owner === spot.move?.at) {
      this.#owners.set(own, spot.path);
      return false;
    }
    return true;
  }
}

/** The name it has on this side is not the one it will have. */
function isMovedAway(spot: Spot, side: Side): boolean {
  return spot.move !== null && !spot.move.agreed && spot.move.side === otherSide[side];
}

function key(path: string): string {
  return joined(parentOf(path) ?? '', foldName(nameOf(path)));
}
