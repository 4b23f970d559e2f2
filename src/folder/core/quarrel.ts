// Paths over which somebody else quarrels with us: what a run carries is taken back, and what it was
// before is carried again (CC-03). Known by what was carried, run for run: the same two states in turn,
// to size and time. Who edits a file back and forth makes a new time with each edit.
import type { Content } from './entry.ts';
import type { List } from './list.ts';
import type { Outcome } from './outcome.ts';
import type { Transition } from './plan.ts';

/** The states last carried to a path, oldest first. */
export interface Carried {
  readonly states: readonly string[];
  /** When the last was, ms since 1970. */
  readonly at: number;
}

export type CarriedByPath = { readonly [path: string]: Carried };

const statesKept = 4;
const pathsKept = 256;
const quarrelMs = 86_400_000;

/** There and back, and there and back again. */
function isQuarrel({ states, at }: Carried, now: number): boolean {
  const [first, second, third, fourth] = states;
  if (states.length < statesKept || Math.abs(now - at) > quarrelMs) return false;
  return first !== second && first === third && second === fourth;
}

export function quarrels(carried: CarriedByPath, now: number): ReadonlySet<string> {
  const those = Object.entries(carried).filter(([, one]) => isQuarrel(one, now));
  return new Set(those.map(([path]) => path));
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
  let noted = 0;
  for (const [at, transition] of transitions.entries()) {
    const state = stateOf(transition);
    if (state === null || outcomes.at(at)?.state !== 'done') continue;
    const states = [...(after.get(transition.path)?.states ?? []), state].slice(-statesKept);
    after.delete(transition.path);
    after.set(transition.path, { states, at: now });
    noted += 1;
    // Of many, the same ones each time.
    if (noted === pathsKept) break;
  }
  return Object.fromEntries([...after].slice(-pathsKept));
}

/** Null: nobody quarrels over it. Folders come and go with what is in them. */
function stateOf(transition: Transition): string | null {
  if (transition.kind === 'delete') return transition.expected.kind === 'folder' ? null : 'gone';
  return transition.kind === 'move' ? null : textOf(transition.content);
}

function textOf(content: Content): string | null {
  if (content.kind === 'folder') return null;
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
