// What a person's choice over a conflict means on disk: the same transitions a plan is made of. Both
// contents are still somewhere afterwards, in place or in the trash of their side.
import type { Resolution } from '../../model/conflict.ts';
import { contentOf } from './change.ts';
import { type Entry, otherSide, type Side, sides } from './entry.ts';
import { conflictName } from './path.ts';
import type { Move, Transition } from './plan.ts';
import { copyLoser } from './resolve.ts';

/** One side of the conflict, as it is on disk now. */
export interface Version {
  readonly path: string;
  readonly entry: Entry | null;
}

export interface Dispute {
  readonly kind: string;
  readonly versions: Readonly<Record<Side, Version>>;
  /** Whether a path is taken on either side. */
  readonly taken: (path: string) => boolean;
  /** Where a folder that has to give way waits, in the trash of its side. */
  readonly shelf: (path: string) => string;
}

export type Choice = Exclude<Resolution, { readonly choice: 'merged' }>;

/** Null: the choice says nothing here, as `newest` does where both are of one time. */
export function transitionsFor(dispute: Dispute, choice: Choice): readonly Transition[] | null {
  if (choice.choice === 'keep-both') return keepBoth(dispute);
  const winner = winnerOf(dispute, choice);
  return winner === null ? null : keepOne(dispute, winner);
}

function winnerOf({ versions }: Dispute, choice: Choice): Side | null {
  if (choice.choice === 'keep') return sides.find((side) => side === choice.side) ?? null;
  const measure = choice.choice === 'keep-newest' ? timeOf : sizeOf;
  const left = measure(versions.left.entry);
  const right = measure(versions.right.entry);
  if (left === right) return null;
  return left > right ? 'left' : 'right';
}

/** What is gone is neither new nor large. */
function timeOf(entry: Entry | null): number {
  return entry === null ? Number.NEGATIVE_INFINITY : entry.signature.mtimeMs;
}

function sizeOf(entry: Entry | null): number {
  if (entry === null) return Number.NEGATIVE_INFINITY;
  return entry.kind === 'file' ? entry.size : 0;
}

function keepOne({ kind, versions, shelf }: Dispute, winner: Side): readonly Transition[] {
  const loser = otherSide[winner];
  const { path, entry: source } = versions[winner];
  const { path: from, entry: expected } = versions[loser];
  if (kind === 'place' && source !== null && expected !== null) {
    return [{ kind: 'move', side: loser, path, from, expected }];
  }
  if (source === null) return expected === null ? [] : [giveWay(loser, from, expected, shelf)];
  if (
    expected !== null &&
    path === from &&
    expected.kind !== 'folder' &&
    source.kind !== 'folder'
  ) {
    const content = contentOf(source);
    return [{ kind: 'update', side: loser, path, expected, content, source, from: path }];
  }
  const away = expected === null ? [] : [giveWay(loser, from, expected, shelf)];
  return [...away, ...bring(loser, path, source)];
}

/** A folder goes to the trash as a whole, with whatever is in it. */
function giveWay(
  side: Side,
  path: string,
  expected: Entry,
  shelf: (path: string) => string,
): Transition {
  if (expected.kind !== 'folder') return { kind: 'delete', side, path, expected };
  const via = shelf(path);
  return { kind: 'move', side, path: via, from: path, via, expected };
}

/** What is in a folder comes with the next session: it is new there like anything else. */
function bring(side: Side, path: string, source: Entry, from = path): Transition[] {
  const content = contentOf(source);
  return [{ kind: 'create', side, path, content, source, from }];
}

function keepBoth({ kind, versions, taken }: Dispute): readonly Transition[] {
  const { left, right } = versions;
  if (left.entry === null || right.entry === null) {
    const winner = left.entry === null ? 'right' : 'left';
    const { path, entry } = versions[winner];
    return entry === null ? [] : bring(otherSide[winner], path, entry);
  }
  if (left.path !== right.path || kind === 'place') {
    return [...bring('right', left.path, left.entry), ...bring('left', right.path, right.entry)];
  }
  return stepAside(left.path, left.entry, right.entry, taken);
}

function stepAside(
  path: string,
  left: Entry,
  right: Entry,
  taken: (path: string) => boolean,
): readonly Transition[] {
  const entries = { left, right };
  const loser = copyLoser(left, right);
  const winner = otherSide[loser];
  const expected = entries[loser];
  const copy = conflictName(path, loser, expected.signature.mtimeMs, taken);
  const aside: Move = { kind: 'move', side: loser, path: copy, from: path, expected };
  const [copied] = bring(winner, copy, expected);
  return [
    aside,
    ...bring(loser, path, entries[winner]),
    ...(copied === undefined ? [] : [{ ...copied, moved: true } as const]),
  ];
}
