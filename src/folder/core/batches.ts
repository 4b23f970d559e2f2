// Cuts a plan into portions of work for the lanes: what has to be done in order stays in order, what
// does not depend on each other may run side by side.
//
// A stretch of transitions of one class is free inside, with folders before (made) or after (deleted)
// all else. A transition whose source an earlier one of its stretch changes begins a new stretch.
import { otherSide, type Side } from './entry.ts';
import type { Transition } from './plan.ts';

/** Positions in the plan, in the order to be carried out. */
export type Portion = readonly number[];

/** All portions of a step may run at once; the next step waits for all of them. */
export interface Step {
  readonly portions: readonly Portion[];
}

export interface PortionLimits {
  readonly entries: number;
  readonly bytes: number;
}

type Class = 'make' | 'metadata' | 'delete' | 'ordered';

export function steps(transitions: readonly Transition[], limits: PortionLimits): Step[] {
  const all: Step[] = [];
  for (const stretch of stretches(transitions)) {
    const [first] = stretch;
    const kind = first === undefined ? 'ordered' : classOf(transitions[first] as Transition);
    if (kind === 'ordered' || kind === 'metadata') {
      all.push(...inOrder(transitions, stretch, limits));
      continue;
    }
    const folders = stretch.filter((at) => isFolder(transitions[at] as Transition));
    const others = stretch.filter((at) => !isFolder(transitions[at] as Transition));
    const ordered = inOrder(transitions, folders, limits);
    const free = sideBySide(transitions, others, limits);
    all.push(...(kind === 'make' ? [...ordered, ...free] : [...free, ...ordered]));
  }
  return all;
}

function stretches(transitions: readonly Transition[]): number[][] {
  const all: number[][] = [];
  let current: number[] = [];
  let currentClass: Class | null = null;
  let changed = new Set<string>();
  for (const [at, transition] of transitions.entries()) {
    const own = classWithin(currentClass, transition);
    if (own !== currentClass || readsOneOf(transition, changed)) {
      current = [];
      all.push(current);
      currentClass = own;
      changed = new Set();
    }
    current.push(at);
    if (own !== 'make' || transition.kind === 'update') {
      changed.add(key(transition.side, transition.path));
    }
    if (transition.kind === 'move') changed.add(key(transition.side, transition.from));
  }
  return all;
}

function readsOneOf(transition: Transition, changed: ReadonlySet<string>): boolean {
  if (transition.kind !== 'create' && transition.kind !== 'update') return false;
  return changed.size > 0 && changed.has(key(otherSide[transition.side], transition.from));
}

function key(side: Side, path: string): string {
  return `${side} ${path}`;
}

/** Folders made between moves stay in their order with them. */
function classWithin(current: Class | null, transition: Transition): Class {
  const own = classOf(transition);
  return current === 'ordered' && own === 'make' && isFolder(transition) ? 'ordered' : own;
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

function isFolder(transition: Transition): boolean {
  if (transition.kind === 'create') return transition.content.kind === 'folder';
  return transition.kind === 'delete' && transition.expected.kind === 'folder';
}

/** One portion to a step: each waits for the one before. */
function inOrder(
  transitions: readonly Transition[],
  stretch: readonly number[],
  limits: PortionLimits,
): Step[] {
  return portions(transitions, stretch, limits).map((portion) => ({ portions: [portion] }));
}

function sideBySide(
  transitions: readonly Transition[],
  stretch: readonly number[],
  limits: PortionLimits,
): Step[] {
  if (stretch.length === 0) return [];
  return [{ portions: portions(transitions, stretch, limits) }];
}

function portions(
  transitions: readonly Transition[],
  stretch: readonly number[],
  limits: PortionLimits,
): Portion[] {
  const all: number[][] = [];
  let current: number[] = [];
  let bytes = 0;
  for (const at of stretch) {
    const more = bytesOf(transitions[at] as Transition);
    const full = current.length >= limits.entries || bytes + more > limits.bytes;
    if (current.length === 0 || full) {
      current = [];
      all.push(current);
      bytes = 0;
    }
    current.push(at);
    bytes += more;
  }
  return all;
}

/** Bytes that may travel for a transition. */
export function bytesOf(transition: Transition): number {
  if (transition.kind !== 'create' && transition.kind !== 'update') return 0;
  return transition.content.kind === 'file' ? transition.content.size : 0;
}
