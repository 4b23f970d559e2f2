// The changes of a plan as text, a thousand to a piece: what is hashed is what is stored, and a plan
// of 100,000 changes is made once, as text, instead of standing in memory as objects. The engine's own
// JSON, by position, so that how an object was built does not matter. The keys of a detail stand as
// the handler made them: the same handler makes them in the same order, and the store keeps it.
import type { Json } from './json.ts';
import type { ChangeKind, PlanChange } from './plan.ts';

const changesPerPiece = 1_000;

type Members = readonly [
  path: string,
  item: string,
  side: string,
  kind: ChangeKind,
  bytes: number,
  from: string | null,
  detail?: Json,
];

export class PackedChanges implements Iterable<PlanChange> {
  readonly pieces: readonly string[];
  readonly length: number;

  private constructor(pieces: readonly string[], length: number) {
    this.pieces = pieces;
    this.length = length;
  }

  /** Reads the changes once; `see` is shown each of them on the way. */
  static of(
    changes: Iterable<PlanChange>,
    see: (change: PlanChange) => void = () => undefined,
  ): PackedChanges {
    const pieces: string[] = [];
    let length = 0;
    let piece: Members[] = [];
    for (const change of changes) {
      see(change);
      piece.push(membersOf(change));
      length += 1;
      if (piece.length < changesPerPiece) continue;
      pieces.push(JSON.stringify(piece));
      piece = [];
    }
    if (piece.length > 0) pieces.push(JSON.stringify(piece));
    return new PackedChanges(pieces, length);
  }

  *[Symbol.iterator](): Generator<PlanChange> {
    for (const piece of this.pieces) yield* changesIn(piece);
  }
}

/** What stands in one piece. */
export function changesIn(piece: string): PlanChange[] {
  return (JSON.parse(piece) as Members[]).map(changeOf);
}

function membersOf({ path, item, side, kind, from, bytes, detail }: PlanChange): Members {
  const plain = [path, item, side, kind, bytes, from ?? null] as const;
  return detail === undefined ? plain : [...plain, detail];
}

function changeOf([path, item, side, kind, bytes, from, ...rest]: Members): PlanChange {
  const [detail] = rest;
  const plain = { item, side, kind, path, bytes };
  const moved = from === null ? plain : { ...plain, from };
  return detail === undefined ? moved : { ...moved, detail };
}
