// A long list in which the items of some partnerships were asked for anew.
import type { ItemShape } from '../data/shapes.ts';

/** Each partnership's items in the place where they stood; new ones at the end. */
export function withPieces(
  all: readonly ItemShape[],
  pieces: ReadonlyMap<string, readonly ItemShape[]>,
): readonly ItemShape[] {
  const placed = new Set<string>();
  const next = all.flatMap((item) => {
    const { id } = item.partnership;
    const piece = pieces.get(id);
    if (piece === undefined) return [item];
    if (placed.has(id)) return [];
    placed.add(id);
    return piece;
  });
  const added = [...pieces].filter(([id]) => !placed.has(id)).flatMap(([, items]) => items);
  return [...next, ...added];
}
