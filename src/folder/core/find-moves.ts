// Which paths did not vanish and appear but moved. Recognised by inode, or by a name that differs only
// in case or form; carried out on the other side as a move, so that no byte travels.
//
// Taking a move for a deletion and a creation is always right, only slower. So every doubt ends in
// not recognising it: two names for one inode, a target that is taken on the other side, moves of
// both sides that meet, an unknown folder at either end.

import { foldsNames, within } from './change.ts';
import { type Entry, otherSide, type Row, type Side, sides } from './entry.ts';
import type { Candidate, Moves } from './found-move.ts';
import type { List } from './list.ts';
import { admitted } from './move-admission.ts';
import { foldName, joined, nameOf, parentOf } from './path.ts';
import type { PlanningInput } from './plan.ts';

/** The sides whose moves may travel. */
const movers: Readonly<Record<PlanningInput['mode'], readonly Side[]>> = {
  'two-way-safe': sides,
  'two-way-resolved': sides,
  'one-way-safe': ['left'],
  'one-way-replica': ['left'],
  contribute: [],
};

/** `stuck`: where moves begin that cannot be followed, as was found out before. */
export function findMoves(
  rows: List<Row>,
  input: PlanningInput,
  unknown: ReadonlySet<string>,
  stuck: ReadonlySet<string>,
): Moves {
  const none = new Map<string, Candidate>();
  const candidates = { left: none, right: none };
  if (!input.baselineTrusted) return { found: [], disputes: [] };
  for (const side of movers[input.mode]) {
    candidates[side] = candidatesOn(rows, side, input);
    for (const from of stuck) candidates[side].delete(from);
  }
  if (candidates.left.size + candidates.right.size === 0) return { found: [], disputes: [] };
  return admitted(rows, candidates, input, unknown);
}

function candidatesOn(rows: List<Row>, side: Side, input: PlanningInput): Map<string, Candidate> {
  const gone = goneByInode(rows, side);
  const pairs = gone.size === 0 ? [] : pairsByInode(rows, side, gone, input);
  const found = new Map<string, Candidate>();
  for (const pair of withoutDoubtfulFolders(rows, pairs)) found.set(pair.from.path, pair);
  if (sides.some((each) => folds(input, each))) addRenamedInCase(rows, side, found, input);
  return found;
}

function folds({ abilities }: PlanningInput, side: Side): boolean {
  return foldsNames(abilities[side]);
}

/** Rows whose agreed inode is no more at their path; null where two names had the same inode. */
function goneByInode(rows: List<Row>, side: Side): Map<number, Row | null> {
  const gone = new Map<number, Row | null>();
  for (const row of rows) {
    const seen = row[side];
    if (row.base === null || row.path === '') continue;
    if (seen.state !== 'absent' && seen.state !== 'present') continue;
    const { inode } = row.base[side];
    if (inode === 0 || (seen.state === 'present' && seen.entry.signature.inode === inode)) continue;
    gone.set(inode, gone.has(inode) ? null : row);
  }
  return gone;
}

function pairsByInode(
  rows: List<Row>,
  side: Side,
  gone: ReadonlyMap<number, Row | null>,
  input: PlanningInput,
): Candidate[] {
  const pairs = new Map<string, Candidate | null>();
  for (const row of rows) {
    const seen = row[side];
    if (seen.state !== 'present' || row.path === '') continue;
    const { inode } = seen.entry.signature;
    if (row.base !== null && row.base[side].inode === inode) continue;
    const from = gone.get(inode);
    if (from === undefined || from === null) continue;
    const pair = candidate(from, row, seen.entry, side, input);
    if (pair === null) continue;
    pairs.set(from.path, pairs.has(from.path) ? null : pair);
  }
  return [...pairs.values()].filter((pair) => pair !== null);
}

/** A file system gives inodes out again: an edited file must at least look as if it were the same. */
function candidate(
  from: Row,
  to: Row,
  entry: Entry,
  side: Side,
  input: PlanningInput,
): Candidate | null {
  const was = from.base?.content;
  if (was === undefined || was.kind !== entry.kind) return null;
  if (was.kind === 'link') {
    return entry.kind === 'link' && entry.target === was.target
      ? { from, to, entry, exact: true }
      : null;
  }
  if (was.kind === 'folder' || entry.kind !== 'file') return { from, to, entry, exact: true };
  const step = input.abilities[side].timeStepMs;
  const formerly = from.base?.[side].mtimeMs ?? Number.NaN;
  const exact = was.size === entry.size && within(entry.mtimeMs, formerly, step);
  if (exact) return { from, to, entry, exact };
  const alike = nameOf(from.path) === nameOf(to.path) || parentOf(from.path) === parentOf(to.path);
  const otherStill = from[otherSide[side]].state === 'same';
  return alike && otherStill ? { from, to, entry, exact } : null;
}

/** A folder is believed to be the same only if something in it came along, or nothing could. */
function withoutDoubtfulFolders(rows: List<Row>, pairs: readonly Candidate[]): Candidate[] {
  if (!pairs.some((pair) => pair.entry.kind === 'folder')) return [...pairs];
  const hadContent = new Set<string>();
  for (const row of rows) {
    if (row.base !== null) hadContent.add(parentOf(row.path) ?? '');
  }
  const cameAlong = new Set<string>();
  for (const { from, to } of pairs) {
    if (nameOf(from.path) !== nameOf(to.path)) continue;
    cameAlong.add(`${parentOf(from.path)}\n${parentOf(to.path)}`);
  }
  return pairs.filter(
    ({ from, to, entry }) =>
      entry.kind !== 'folder' ||
      !hadContent.has(from.path) ||
      cameAlong.has(`${from.path}\n${to.path}`),
  );
}

/** NM-02: where a side takes both names for one, it must be a move whatever the inode says. */
function addRenamedInCase(
  rows: List<Row>,
  side: Side,
  found: Map<string, Candidate>,
  input: PlanningInput,
): void {
  const taken = new Set([...found.values()].map(({ to }) => to.path));
  const gone = new Map<string, Row>();
  for (const row of rows) {
    if (row.base === null || row[side].state !== 'absent' || found.has(row.path)) continue;
    gone.set(foldedPath(row.path), row);
  }
  if (gone.size === 0) return;
  for (const row of rows) {
    const seen = row[side];
    if (seen.state !== 'present' || row.base !== null || taken.has(row.path)) continue;
    const from = gone.get(foldedPath(row.path));
    if (from?.base?.content.kind !== seen.entry.kind) continue;
    const pair = candidate(from, row, seen.entry, side, input);
    if (pair !== null) found.set(from.path, pair);
  }
}

/** Only the last name is folded: a folder above that was renamed is a move of its own. */
function foldedPath(path: string): string {
  return joined(parentOf(path) ?? '', foldName(nameOf(path)));
}
