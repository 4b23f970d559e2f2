// The same question asked another way: sides exchanged, a clock set wrong.
import { doubts } from '../../src/folder/core/doubts.ts';
import {
  type BaseEntry,
  type Entry,
  type Observation,
  otherSide,
  type Row,
} from '../../src/folder/core/entry.ts';
import type {
  Agreement,
  FolderPlan,
  PathConflict,
  ReconcileInput,
  Transition,
} from '../../src/folder/core/plan.ts';
import type { Disks } from '../support/tree-apply.ts';
import { read } from '../support/tree-rows.ts';

export function swapInput(input: ReconcileInput): ReconcileInput {
  const { left, right } = input.abilities;
  const { unfinished: begun } = input;
  const unfinished = begun ? { left: begun.right, right: begun.left } : null;
  return {
    ...input,
    rows: input.rows.map(swapRow),
    abilities: { left: right, right: left },
    unfinished,
  };
}

function swapRow({ path, base, left, right }: Row): Row {
  return { path, base: base === null ? null : swapBase(base), left: right, right: left };
}

function swapBase({ content, left, right }: BaseEntry): BaseEntry {
  return { content, left: right, right: left };
}

export function swapPlan(plan: FolderPlan): FolderPlan {
  return {
    ...plan,
    transitions: plan.transitions.map(swapTransition),
    agreements: plan.agreements.map(swapAgreement),
    conflicts: plan.conflicts.map(swapConflict),
  };
}

function swapTransition(each: Transition): Transition {
  const side = otherSide[each.side];
  if (each.kind !== 'move' || each.carries === undefined) return { ...each, side };
  return { ...each, side, carries: each.carries.map(swapAgreement) };
}

function swapAgreement({ path, base }: Agreement): Agreement {
  return { path, base: base === null ? null : swapBase(base) };
}

function swapConflict(conflict: PathConflict): PathConflict {
  const { path, kind, left, right, places } = conflict;
  const swapped = { path, kind, left: right, right: left };
  if (places === undefined) return swapped;
  return { ...swapped, places: { left: places.right, right: places.left } };
}

/** What was changed on the right since the baseline bears times that are wrong by `byMs`. */
export function offset(input: ReconcileInput, disks: Disks, byMs: number): ReconcileInput {
  const known = new Set(input.rows.map(({ base }) => base?.right.mtimeMs));
  const rows = input.rows.map((row) => ({ ...row, right: shifted(row, known, byMs) }));
  return { ...input, rows: read2(disks, rows, { ...input, rows }) };
}

/** A time that some agreed entry bears was not set now: moving a file leaves it as it is. */
function shifted(row: Row, known: ReadonlySet<number | undefined>, byMs: number): Observation {
  const seen = row.right;
  if (seen.state !== 'present') return seen;
  const { entry } = seen;
  const { mtimeMs, ctimeMs, inode } = entry.signature;
  const was = row.base?.right;
  const time = known.has(mtimeMs) ? mtimeMs : mtimeMs + byMs;
  const signature = {
    mtimeMs: time,
    ctimeMs: ctimeMs === was?.ctimeMs ? ctimeMs : ctimeMs + byMs,
    inode,
  };
  const late: Entry =
    entry.kind === 'file' ? { ...entry, mtimeMs: time, signature } : { ...entry, signature };
  return { state: 'present', entry: late };
}

/** Digests that are asked for now, put into the rows as they are. */
function read2(disks: Disks, rows: readonly Row[], input: ReconcileInput): Row[] {
  const wanted = doubts(input);
  const digests = read(disks, rows, wanted);
  return rows.map((row, at) => {
    const known = digests[at] ?? row;
    return {
      ...row,
      left: withDigest(row.left, known.left),
      right: withDigest(row.right, known.right),
    };
  });
}

function withDigest(seen: Observation, known: Observation): Observation {
  if (known.state !== 'present' || known.entry.kind !== 'file') return seen;
  if (seen.state !== 'present' || seen.entry.kind !== 'file') return known;
  return { state: 'present', entry: { ...seen.entry, digest: known.entry.digest } };
}
