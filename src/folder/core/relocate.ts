// Rows after moves were followed: what the baseline and the side that stayed behind have at the old
// path is put beside what the other side has at the new one. From here on a moved path is a path like
// any other.

import { entryOf } from './change.ts';
import { type BaseEntry, type Observation, type Row, sides } from './entry.ts';
import { type FoundMove, followed, type MoveMap } from './found-move.ts';
import type { List } from './list.ts';
import { comparePaths } from './path.ts';
import type { MovedRow } from './spot.ts';

interface Part {
  basePath: string;
  base: BaseEntry | null;
  left: Observation;
  right: Observation;
}

const absent: Observation = { state: 'absent' };

export function relocate(rows: List<Row>, moves: readonly FoundMove[]): List<MovedRow> {
  if (moves.length === 0) return rows;
  const base: MoveMap = new Map(moves.map((move) => [move.from, move]));
  const seen = {
    left: behind(moves, 'right'),
    right: behind(moves, 'left'),
  };
  const parts = new Map<string, Part>();
  const at = (path: string): Part => {
    const found = parts.get(path) ?? { basePath: path, base: null, left: absent, right: absent };
    parts.set(path, found);
    return found;
  };
  for (const row of rows) {
    const basePath = followed(row.path, base);
    if (row.base !== null) Object.assign(at(basePath), { base: row.base, basePath: row.path });
    for (const side of sides) {
      const path = followed(row.path, seen[side]);
      const what = row[side];
      // It has the old place's entry by coincidence: say so without the baseline that moved away.
      const spelledOut = what.state === 'same' && path !== basePath && row.base !== null;
      if (what.state === 'absent') continue;
      at(path)[side] = spelledOut ? { state: 'present', entry: entryOf(row.base, side) } : what;
    }
  }
  return inOrder(parts, moves);
}

/** What the side that did not move has to follow, by where it is there. */
function behind(moves: readonly FoundMove[], mover: FoundMove['side']): MoveMap {
  const own = moves.filter((move) => move.side === mover && !move.agreed);
  return new Map(own.map((move) => [move.at, move]));
}

function inOrder(parts: ReadonlyMap<string, Part>, moves: readonly FoundMove[]): MovedRow[] {
  const byTarget = new Map(moves.map((move) => [move.to, move]));
  const placed: MovedRow[] = [];
  for (const [path, part] of parts) {
    const move = byTarget.get(path);
    placed.push(move === undefined ? { path, ...part } : { path, ...part, move });
  }
  return placed.sort((a, b) => comparePaths(a.path, b.path));
}
