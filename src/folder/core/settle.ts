// What both sides agree on after a run: the baseline of a path moves when every transition at it was
// done, never sooner (I3), and to what was really read and written.
import { type BaseEntry, type Content, otherSide, type Side, type Signature } from './entry.ts';
import type { Done, Outcome } from './outcome.ts';
import type { Agreement, Transition } from './plan.ts';

export interface Carried {
  readonly transition: Transition;
  readonly outcome: Outcome;
}

interface Held {
  readonly content: Content;
  readonly signature: Signature;
  /** By this run, and not only looked at. */
  readonly made: boolean;
}

/** Null: nothing is there. Undefined: this run does not know. */
type Known = Record<Side, Held | null | undefined>;

/** What changes in the baseline; null forgets the path. */
export function settle(
  carried: Iterable<Carried>,
  agreements: readonly Agreement[],
): Map<string, BaseEntry | null> {
  const known = new Map<string, Known>();
  const failed = new Set<string>();
  for (const { transition, outcome } of carried) {
    if (outcome.state === 'done') note(known, transition, outcome);
    else for (const path of pathsOf(transition)) failed.add(path);
  }
  const changes = new Map<string, BaseEntry | null>();
  for (const { path, base } of agreements) changes.set(path, base);
  for (const [path, { left, right }] of known) {
    if (failed.has(path) || left === undefined || right === undefined) continue;
    const base = agreed(left, right);
    if (base !== undefined) changes.set(path, base);
  }
  return changes;
}

function pathsOf(transition: Transition): readonly string[] {
  return transition.kind === 'move' ? [transition.path, transition.from] : [transition.path];
}

/** Done transitions outrank what another one at the same path says of its source. */
function note(known: Map<string, Known>, transition: Transition, done: Done): void {
  const { side, path } = transition;
  const other = otherSide[side];
  const here = at(known, path);
  here[side] = made(done.content, done.signature);
  if (here[other] === undefined) here[other] = onOtherSide(transition, done);
  if (transition.kind !== 'move') return;
  const before = at(known, transition.from);
  before[side] ??= null;
  before[other] ??= null;
}

function at(known: Map<string, Known>, path: string): Known {
  const found = known.get(path) ?? { left: undefined, right: undefined };
  known.set(path, found);
  return found;
}

function made(content: Content | null, signature: Signature | null): Held | null {
  return content === null || signature === null ? null : { content, signature, made: true };
}

function onOtherSide(transition: Transition, done: Done): Held | null | undefined {
  switch (transition.kind) {
    case 'delete':
      return null;
    case 'create':
    case 'update':
      if (transition.from !== transition.path || done.source === null) return undefined;
      return { ...done.source, made: false };
    case 'metadata': {
      const { signature, ...content } = transition.source;
      return { content, signature, made: false };
    }
    case 'move':
      return undefined;
  }
}

/** What the transition made is what was agreed; the other side's part is its signature. */
function agreed(left: Held | null, right: Held | null): BaseEntry | null | undefined {
  if (left === null && right === null) return null;
  if (left === null || right === null || left.content.kind !== right.content.kind) return undefined;
  const content = right.made && !left.made ? right.content : left.content;
  return { content, left: left.signature, right: right.signature };
}
