// The list of items, kept true piece by piece: what happened to one partnership asks for its items alone.
import { withPieces } from '../core/item-pieces.ts';
import { itemsQuery, queryClient } from './queries.ts';
import { itemsOf } from './running.ts';
import type { ItemShape } from './shapes.ts';

/** Beyond so many at once the whole list is one question instead of many. */
const manyAtOnce = 12;
const changed = new Set<string>();

export function itemsChanged(partnership: string): void {
  changed.add(partnership);
}

export async function takeChangedItems(): Promise<void> {
  const ids = [...changed];
  changed.clear();
  if (queryClient.getQueryData(itemsQuery.queryKey) === undefined || ids.length > manyAtOnce) {
    await queryClient.invalidateQueries(itemsQuery, { cancelRefetch: false });
    return;
  }
  // One that is gone by now has no items; whatever else failed is asked for with the next event.
  const answers = await Promise.all(ids.map((id) => itemsOf(id).catch(() => [])));
  queryClient.setQueryData(itemsQuery.queryKey, (all: readonly ItemShape[] | undefined) =>
    all === undefined
      ? all
      : withPieces(all, new Map(ids.map((id, at) => [id, answers[at] ?? []]))),
  );
}
