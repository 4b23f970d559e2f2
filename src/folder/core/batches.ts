// Cuts a plan into portions of work for the lanes: what has to be done in order stays in order, what
// does not depend on each other may run side by side.
//
// A stretch of transitions of one class is free inside, with folders before (made) or after (deleted)
// all else. A transition whose source an earlier one of its stretch changes begins a new stretch.
// New folders that fit into one portion with all that is in them stay together: such a tree is built
// beside its place and put there with one rename.
import { otherSide, type Side, sides } from './entry.ts';
import { comparePaths } from './path.ts';
import type { Transition } from './plan.ts';
import type { Transitions } from './transitions.ts';

/** Positions in the plan, in the order to be carried out. */
export type Portion = readonly number[];

/** All portions of a step may run at once; the next step waits for all of them. */
export interface Step {
  readonly portions: readonly Portion[];
  /** Whether a folder made here is one of the trees. */
  readonly trees: boolean;
}

export interface PortionLimits {
  readonly entries: number;
  readonly bytes: number;
}

type Class = 'make' | 'metadata' | 'delete' | 'ordered';

export function steps(transitions: Transitions, limits: PortionLimits): Step[] {
  const plan: Plan = { transitions, limits };
  return stretches(transitions).flatMap(({ kind, positions }) => {
    if (kind === 'make') return making(plan, positions);
    if (kind === 'delete') return deleting(plan, positions);
    return inOrder(plan, positions);
  });
}

interface Plan {
  readonly transitions: Transitions;
  readonly limits: PortionLimits;
}

interface Stretch {
  readonly kind: Class;
  readonly positions: number[];
}

function stretches(transitions: Transitions): Stretch[] {
  const all: Stretch[] = [];
  let current: Stretch | null = null;
  let changed = new Set<string>();
  for (let at = 0; at < transitions.length; at++) {
    const kind = classWithin(current?.kind ?? null, transitions, at);
    if (current === null || kind !== current.kind || readsOneOf(transitions, at, changed)) {
      current = { kind, positions: [] };
      all.push(current);
      changed = new Set();
    }
    current.positions.push(at);
    const mayBeRead = kind === 'ordered' || transitions.kindAt(at) === 'update';
    if (!mayBeRead) continue;
    const { side, path, ...transition } = transitions.at(at) as Transition;
    changed.add(key(side, path));
    if (transition.kind === 'move') changed.add(key(side, transition.from));
  }
  return all;
}

function readsOneOf(transitions: Transitions, at: number, changed: ReadonlySet<string>): boolean {
  const transition = changed.size === 0 ? undefined : transitions.at(at);
  if (transition?.kind !== 'create' && transition?.kind !== 'update') return false;
  return changed.has(key(otherSide[transition.side], transition.from));
}

function key(side: Side, path: string): string {
  return `${side} ${path}`;
}

/** Folders made between moves stay in their order with them. */
function classWithin(current: Class | null, transitions: Transitions, at: number): Class {
  // Nearly all of a large plan are made, and of those nothing has to be known.
  const own =
    transitions.kindAt(at) === 'create' ? 'make' : classOf(transitions.at(at) as Transition);
  return current === 'ordered' && own === 'make' && transitions.isFolderAt(at) ? 'ordered' : own;
}

function classOf(transition: Transition): Class {
  switch (transition.kind) {
    case 'create':
      return 'make';
    case 'update':
      return transition.expected.kind === 'folder' || transition.content.kind === 'folder'
        ? 'ordered'
        : 'make';
    case 'delete':
      return 'delete';
    case 'metadata':
      return 'metadata';
    case 'move':
      return 'ordered';
  }
}

/** Folders too large for a portion first, one after the other; then everything, side by side. */
function making(plan: Plan, positions: readonly number[]): Step[] {
  const tooLarge: number[] = [];
  const portions: Portion[] = [];
  for (const side of sides) {
    const own = positions.filter((at) => plan.transitions.sideAt(at) === side);
    portions.push(...cut(plan, units(plan, inTreeOrder(plan, own), tooLarge)));
  }
  const free: Step[] = portions.length === 0 ? [] : [{ portions, trees: true }];
  return [...inOrder(plan, tooLarge), ...free];
}

/** What is in a folder right behind it. */
function inTreeOrder({ transitions }: Plan, positions: number[]): readonly number[] {
  const paths = positions.map((at) => transitions.pathAt(at));
  // Folders stand in order, and so do files: a plain array is sorted by such runs, a column is not.
  const order = [...positions.keys()];
  order.sort((one, other) => comparePaths(paths[one] ?? '', paths[other] ?? ''));
  return order.map((at) => positions[at] ?? 0);
}

/** New folders with all that is new in them, where that fits; everything else by itself. */
function units(plan: Plan, ordered: readonly number[], tooLarge: number[]): Portion[] {
  const ends = endsOf(plan, ordered);
  const all: Portion[] = [];
  for (let at = 0; at < ordered.length; ) {
    const end = ends[at] ?? at + 1;
    const unit = ordered.slice(at, Math.min(end, at + plan.limits.entries + 1));
    if (unit.length === 1 || fits(plan, unit)) {
      all.push(unit);
      at = end;
    } else {
      tooLarge.push(ordered[at] ?? 0);
      at += 1;
    }
  }
  return all;
}

/** Where each one's content ends in the list. */
function endsOf({ transitions }: Plan, ordered: readonly number[]): Uint32Array {
  const ends = new Uint32Array(ordered.length);
  const open: { readonly at: number; readonly prefix: string }[] = [];
  const close = (until: number, path: string) => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (path.startsWith(top.prefix)) return;
      ends[top.at] = until;
      open.pop();
    }
  };
  ordered.forEach((position, at) => {
    const path = transitions.pathAt(position);
    close(at, path);
    if (transitions.isFolderAt(position)) open.push({ at, prefix: `${path}/` });
    else ends[at] = at + 1;
  });
  for (const { at } of open) ends[at] = ordered.length;
  return ends;
}

function fits({ transitions, limits }: Plan, unit: Portion): boolean {
  if (unit.length > limits.entries) return false;
  let bytes = 0;
  for (const at of unit) bytes += transitions.bytesAt(at);
  return bytes <= limits.bytes;
}

function deleting(plan: Plan, positions: readonly number[]): Step[] {
  const folders = positions.filter((at) => plan.transitions.isFolderAt(at));
  const others = positions.filter((at) => !plan.transitions.isFolderAt(at));
  const portions = cut(plan, alone(others));
  const free: Step[] = portions.length === 0 ? [] : [{ portions, trees: false }];
  return [...free, ...inOrder(plan, folders)];
}

/** One portion to a step: each waits for the one before. */
function inOrder(plan: Plan, positions: readonly number[]): Step[] {
  return cut(plan, alone(positions)).map((portion) => ({ portions: [portion], trees: false }));
}

function alone(positions: readonly number[]): Portion[] {
  return positions.map((at) => [at]);
}

/** Fills portions with whole units. */
function cut({ transitions, limits }: Plan, all: readonly Portion[]): Portion[] {
  const portions: number[][] = [];
  let current: number[] = [];
  let bytes = 0;
  for (const unit of all) {
    const more = unit.reduce((sum, at) => sum + transitions.bytesAt(at), 0);
    const full = current.length + unit.length > limits.entries || bytes + more > limits.bytes;
    if (current.length === 0 || full) {
      current = [];
      portions.push(current);
      bytes = 0;
    }
    for (const at of unit) current.push(at);
    bytes += more;
  }
  return portions;
}
