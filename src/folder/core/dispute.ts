// Both sides changed and differ: what the conflict rule makes of it. Whatever it says, both contents
// are still somewhere afterwards: in place, under a second name, or in the trash.
import type { Draft } from './draft-plan.ts';
import { type Entry, otherSide, type Side, sides } from './entry.ts';
import { conflictName } from './path.ts';
import type { PathConflict, PlanningInput } from './plan.ts';
import { copyLoser, type Winner, winnerOf } from './resolve.ts';
import type { Spot } from './spot.ts';
import { makeLike } from './transition.ts';

export function dispute(spot: Spot, input: PlanningInput, draft: Draft): void {
  const { left, right } = spot;
  if (left === null || right === null) return;
  const winner = possible(winnerOf(input, left, right), spot, left, right, input);
  const kind = left.kind === right.kind ? 'edit-edit' : 'type';
  const conflict: PathConflict = { path: spot.path, kind, left, right };
  switch (winner) {
    case 'leave':
      draft.hold(spot.path);
      break;
    case 'ask':
      draft.conflicts.push(conflict);
      draft.hold(spot.path);
      break;
    case 'copy':
      keepBoth(spot, copyLoser(left, right), conflict, input, draft);
      break;
    default:
      draft.resolved.push({ conflict, kept: winner, copy: null });
      if (kind === 'type') draft.take(spot.path, winner);
      makeLike(spot, otherSide[winner], input.abilities, draft);
  }
}

/** A folder with something unknown inside is not replaced; the one-way modes rename on no left. */
function possible(
  winner: Winner,
  spot: Spot,
  left: Entry,
  right: Entry,
  input: PlanningInput,
): Winner {
  if (left.kind === right.kind) return winner;
  if (winner === 'copy' && input.mode === 'one-way-safe') return 'ask';
  if (winner !== 'leave' && linkWithoutPlace({ left, right }, input.abilities)) return 'ask';
  return spot.blockedBelow && winner !== 'leave' ? 'ask' : winner;
}

/** Only a person can say what shall become of a link that one side cannot hold. */
export function linkWithoutPlace(
  entries: Readonly<Record<Side, Entry>>,
  abilities: PlanningInput['abilities'],
): boolean {
  return sides.some((side) => entries[side].kind === 'link' && !abilities[otherSide[side]].links);
}

/** The loser steps aside on its own side, then each side gets what the other has. */
function keepBoth(
  spot: Spot,
  loser: Side,
  conflict: PathConflict,
  input: PlanningInput,
  draft: Draft,
): void {
  const expected = spot[loser];
  if (expected === null) return;
  const { path } = spot;
  const { nameBytesMax } = input.abilities[loser];
  const bytesMax = Math.min(nameBytesMax, input.abilities[otherSide[loser]].nameBytesMax);
  const timeMs = expected.signature.mtimeMs;
  const copy = conflictName(path, loser, timeMs, (name) => draft.isTaken(name), bytesMax);
  draft.structure[loser].push({ kind: 'move', side: loser, path: copy, from: path, expected });
  if (input.mode !== 'one-way-safe') {
    const { signature: _, ...content } = expected;
    draft.contents.push({
      kind: 'create',
      side: otherSide[loser],
      path: copy,
      content,
      source: expected,
      from: copy,
      moved: true,
    });
  }
  makeLike({ ...spot, [loser]: null }, loser, input.abilities, draft);
  draft.resolved.push({ conflict, kept: 'both', copy });
}
