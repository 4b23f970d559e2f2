// Paths over which somebody else quarrels with us: what a run carries is taken back, and what it was
// before is carried again (CC-03). In a ring of pairs a change and its undoing may go round for ever
// behind each other (CC-04). Known by what was carried, run for run: the same two states in turn, to size
// and time. Who edits a file back and forth makes a new time with each edit. An empty folder has none that
// is carried, and people rename to and fro: there it takes twice as many turns. A folder that comes or goes
// with something in it never counts.

import { syncError } from '../../model/error.ts';
import { type BothAbilities, type Change, changeOf } from './change.ts';
import { type Content, type FolderContent, type Problem, type Row, sides } from './entry.ts';
import { changed, type List } from './list.ts';
import type { Outcome } from './outcome.ts';
import { isReserved, parentOf } from './path.ts';
import type { Transition } from './plan.ts';

/** The states last carried to a path, oldest first. */
export interface Carried {
  readonly states: readonly string[];
  /** When the last was, ms since 1970. */
  readonly at: number;
}

export type CarriedByPath = { readonly [path: string]: Carried };

const statesKept = 8;
const pathsKept = 256;
const quarrelMs = 86_400_000;
const gone = 'gone';
const emptyFolder = 'folder';
const moved = 'moved ';
const dressed = 'mode ';

/** `dress`: only over permissions and time. `empty`: over a folder that comes and goes with nothing in it. */
export type Quarrel = 'content' | 'empty' | 'dress';

function isQuarrel({ states, at }: Carried, now: number): boolean {
  if (Math.abs(now - at) > quarrelMs) return false;
  // There and back, and there and back again.
  const last = states.slice(-4);
  if (last.length === 4 && !last.some(isUsual) && goesRound(last, 2)) return true;
  // Of two that exchange their names without end, each path has four: the one goes, the other comes.
  return states.length === statesKept && goesRound(states, 4);
}

function goesRound(states: readonly string[], period: number): boolean {
  const isAgain = states.every((state, at) => at < period || state === states[at - period]);
  return isAgain && new Set(states).size > 1;
}

/** What people do without quarrelling. */
function isUsual(state: string): boolean {
  return state === emptyFolder || state.startsWith(moved);
}

function kindOf(states: readonly string[]): Quarrel {
  if (states.every((state) => state.startsWith(dressed))) return 'dress';
  const isMoved = states.some((state) => state.startsWith(moved));
  return states.includes(emptyFolder) && !isMoved ? 'empty' : 'content';
}

export function quarrels(carried: CarriedByPath, now: number): ReadonlyMap<string, Quarrel> {
  const found = new Map<string, Quarrel>();
  for (const [path, one] of Object.entries(carried)) {
    if (isQuarrel(one, now)) found.set(path, kindOf(one.states));
  }
  return found;
}

/** What somebody takes back whenever it is carried is decided by nobody, and that is a problem. */
export function withoutQuarrels(
  rows: List<Row>,
  over: ReadonlyMap<string, Quarrel>,
  abilities: BothAbilities,
): { readonly rows: List<Row>; readonly problems: readonly Problem[] } {
  if (over.size === 0) return { rows, problems: [] };
  const filled = new Set(rows.map(({ path }) => parentOf(path)));
  const isDressed = (row: Row) =>
    row.base !== null && sides.every((side) => dress.has(changeOf(row, side, abilities)));
  const problems: Problem[] = [];
  for (const row of rows) {
    const isTold = over.get(row.path) === 'dress' && isDressed(row) && !isAsAgreed(row);
    if (isTold) problems.push(problemAt(row.path));
  }
  const left = changed(rows, (row): Row => {
    const quarrel = over.get(row.path);
    if (quarrel === undefined) return row;
    // The rest of it stays as it is decided: what is in a folder does not wait for its permissions.
    if (quarrel === 'dress') return isDressed(row) ? { ...row, left: same, right: same } : row;
    if (quarrel === 'empty' && filled.has(row.path)) return row;
    const unknown = { state: 'unknown', problem: problemAt(row.path) } as const;
    return { ...row, left: unknown, right: unknown };
  });
  return { rows: left, problems };
}

const same = { state: 'same' } as const;
const dress: ReadonlySet<string> = new Set<Change>(['none', 'mode', 'touched']);

function isAsAgreed({ left, right }: Row): boolean {
  return left.state === 'same' && right.state === 'same';
}

function problemAt(path: string): Problem {
  const code = 'folder-quarrel';
  return { path, side: null, code, text: syncError(code, { path }).message };
}

/** `isForgiven`: a person wants it tried again, so what was counts no more. */
export function afterRun(
  before: CarriedByPath,
  transitions: List<Transition>,
  outcomes: List<Outcome>,
  { now, isForgiven }: { readonly now: number; readonly isForgiven: boolean },
): CarriedByPath {
  const counts = ([, one]: readonly [string, Carried]) =>
    now - one.at <= quarrelMs && !(isForgiven && isQuarrel(one, now));
  const after = new Map(Object.entries(before).filter(counts));
  const isAlone = aloneAmong(transitions);
  const note = (path: string, state: string) => {
    const states = [...(after.get(path)?.states ?? []), state].slice(-statesKept);
    after.delete(path);
    after.set(path, { states, at: now });
  };
  let noted = 0;
  for (const [at, transition] of transitions.entries()) {
    const { path } = transition;
    const state = stateOf(transition, after.has(path), isAlone);
    if (state === null || outcomes.at(at)?.state !== 'done') continue;
    if (transition.kind === 'move' && !isReserved(transition.from)) {
      note(transition.from, `${moved}away`);
    }
    if (!isReserved(path)) note(path, state);
    noted += 1;
    // Of many, the same ones each time.
    if (noted === pathsKept) break;
  }
  return Object.fromEntries([...after].slice(-pathsKept));
}

/** Whether nothing below it is carried too; found out when the first one asks. */
function aloneAmong(transitions: List<Transition>): (path: string) => boolean {
  let filled: ReadonlySet<string | null> | null = null;
  return (path) => {
    filled ??= new Set(transitions.map((transition) => parentOf(transition.path)));
    return !filled.has(path);
  };
}

/** Null: nobody quarrels over it. A folder that was never seen to go is not remembered for having come. */
function stateOf(
  transition: Transition,
  isKnown: boolean,
  isAlone: (path: string) => boolean,
): string | null {
  const { kind, path } = transition;
  if (kind === 'move') {
    const { expected } = transition;
    return moved + (expected.kind === 'folder' ? emptyFolder : textOf(expected));
  }
  if (kind === 'delete') {
    return transition.expected.kind !== 'folder' || isAlone(path) ? gone : null;
  }
  const { content } = transition;
  if (kind === 'metadata') {
    if (content.kind === 'link') return null;
    return content.kind === 'file'
      ? `${dressed}${content.mode} ${content.mtimeMs}`
      : `${dressed}${content.mode}`;
  }
  if (content.kind === 'folder') return isKnown && isAlone(path) ? emptyFolder : null;
  return textOf(content);
}

function textOf(content: Exclude<Content, FolderContent>): string {
  return content.kind === 'link' ? `-> ${content.target}` : `${content.size} ${content.mtimeMs}`;
}

export function parseCarried(value: unknown): CarriedByPath {
  if (typeof value !== 'object' || value === null) return {};
  const known = Object.entries(value).filter((entry): entry is [string, Carried] => {
    const { states, at } = (entry[1] ?? {}) as Partial<Carried>;
    const isList = Array.isArray(states) && states.every((state) => typeof state === 'string');
    return isList && typeof at === 'number';
  });
  return Object.fromEntries(known.map(([path, { states, at }]) => [path, { states, at }]));
}
