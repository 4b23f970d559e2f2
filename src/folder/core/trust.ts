// Whether the baseline still speaks of these two roots. If not, what is absent was perhaps never
// here, and the session unites instead of deleting (I21, I22).
import { type Side, sides } from './entry.ts';

export interface Generations {
  /** What the baseline file itself says; null when there is none, or it is damaged. */
  readonly baseline: number | null;
  /** What is remembered beside it; null when nothing is. */
  readonly pair: {
    readonly generation: number;
    /** What both markers carry at least. */
    readonly marked: number;
  } | null;
  readonly roots: Readonly<Record<Side, RootGeneration>>;
}

/**
 * `same`: the root is known, by its marker or where it cannot be marked by device and inode, and
 * `generation` is the marker's (null where it has none by right). `new`: it was never seen with this
 * partnership. `unmarked`, `other`: it was known, and the marker is gone or another one (FS-03 to 05).
 */
export interface RootGeneration {
  readonly identity: 'same' | 'new' | 'unmarked' | 'other';
  readonly generation: number | null;
}

/**
 * `set-aside`: a person asked to forget it for this run. `older-baseline`: the roots were synchronized since by somebody who remembers more (DB-04).
 * `older-roots`: they came from a backup (DB-05). Both are decided by a person, or united.
 */
export type Trust =
  | 'trusted'
  | 'first'
  | 'set-aside'
  | 'lost-baseline'
  | 'older-baseline'
  | 'older-roots'
  | 'other-root';

export function trustOf({ baseline, pair, roots }: Generations): Trust {
  const identities = sides.map((side) => roots[side].identity);
  if (identities.some((identity) => identity === 'unmarked' || identity === 'other')) {
    return 'other-root';
  }
  const marked = sides.map((side) => roots[side].generation).filter((each) => each !== null);
  if (baseline === null || pair === null) {
    const fresh = pair === null && baseline === null && marked.length === 0;
    return fresh ? 'first' : 'lost-baseline';
  }
  if (identities.includes('new')) return 'other-root';
  const { generation: newest, marked: oldest } = pair;
  if (marked.some((generation) => generation > newest)) return 'older-baseline';
  if (baseline < oldest || baseline > newest) return 'lost-baseline';
  return marked.some((generation) => generation < oldest) ? 'older-roots' : 'trusted';
}
