// A conflict that a program told of, as the inbox keeps it. Programs say little: which sides there
// are, and perhaps where their versions lie or that one of them is a deletion.
import type { ConflictVersion } from '../../model/conflict.ts';
import type { ItemId } from '../../model/item.ts';
import type { Fields } from './rules.ts';

export interface ToldConflict {
  readonly item: ItemId;
  readonly subject: string;
  readonly kind: string;
  readonly versions: readonly ConflictVersion[];
}

/** `absent` names the side that has deleted it; `leftAt` and `rightAt` say where versions lie. */
export function conflictOf(item: ItemId, fields: Fields, line: string): ToldConflict {
  const sides = (fields.sides ?? 'left right').split(/[ ,]+/);
  return {
    item,
    subject: fields.path ?? line,
    kind: fields.kind ?? 'edit-edit',
    versions: sides.map((side) => ({
      side,
      present: fields.absent !== side,
      kind: fields.type ?? 'file',
      size: null,
      modifiedAt: null,
      digest: null,
      location: fields[`${side}At`] ?? null,
    })),
  };
}
