// From the leaves up: a folder in which something stays or arrives is not deleted, is there for it,
// and is not replaced by something that is no folder.
import { otherSide, type Side, sides } from './entry.ts';
import { parentOf } from './path.ts';
import type { Mode } from './plan.ts';
import { outcomeOn, type Spot, type Spots } from './spot.ts';

const alive = 1;
const blocked = 2;

/** Changes the verdicts of folders; `spots` has folders before their content. */
export function keepWhatSurvives(spots: Spots, mode: Mode): void {
  const needs: Record<Side, Map<string, number>> = { left: new Map(), right: new Map() };
  for (let at = spots.length - 1; at >= 0; at--) {
    const spot = spots.at(at) as Spot;
    const need = {
      left: needs.left.get(spot.path) ?? 0,
      right: needs.right.get(spot.path) ?? 0,
    };
    if (need.left + need.right > 0 && adjust(spot, need, mode)) spots.keep(at, spot);
    const parent = parentOf(spot.path);
    if (parent === null) continue;
    for (const side of sides) {
      const bits = bitsFor(spot, side, need[side]);
      if (bits > 0) needs[side].set(parent, (needs[side].get(parent) ?? 0) | bits);
    }
  }
}

function bitsFor(spot: Spot, side: Side, below: number): number {
  if (spot.blocked) return blocked;
  return (outcomeOn(spot, side) === null ? 0 : alive) | (below & blocked);
}

/** Whether anything about it is another now. */
function adjust(spot: Spot, need: Readonly<Record<Side, number>>, mode: Mode): boolean {
  const { verdict } = spot;
  spot.blockedBelow = ((need.left | need.right) & blocked) > 0;
  if (spot.blocked || verdict === 'merge') return spot.blockedBelow;
  for (const side of sides) {
    if (need[side] > 0 && outcomeOn(spot, side)?.kind !== 'folder') keep(spot, side, need, mode);
  }
  return spot.blockedBelow || spot.verdict !== verdict;
}

/** Something is needed in a folder that this side would not have. */
function keep(spot: Spot, side: Side, need: Readonly<Record<Side, number>>, mode: Mode): void {
  const other = otherSide[side];
  const here = spot[side];
  const there = spot[other];
  if (here === null) {
    const wanted = (need[side] & alive) > 0 && there?.kind === 'folder';
    spot.verdict = wanted ? side : 'leave';
  } else if (there === null) {
    spot.verdict = (need[other] & alive) > 0 ? other : 'leave';
  } else if (spot.blockedBelow || mode === 'contribute') {
    spot.verdict = 'wait';
  } else {
    spot.verdict = 'type-conflict';
  }
}
