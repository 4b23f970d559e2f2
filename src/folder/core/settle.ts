// What both sides agree on after a run: the baseline of a path moves when every transition at it was
// done, never sooner (I3), and to what was really read and written.
import { type BaseEntry, type Content, otherSide, type Side, type Signature } from './entry.ts';
import type { Done, Outcome } from './outcome.ts';
import { isWithin } from './path.ts';
import type { Agreement, Move, Transition } from './plan.ts';
import { sameSignature } from './signature.ts';

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
  const failedMoves = new Set<string>();
  const changes = new Map<string, BaseEntry | null>();
  for (const { path, base } of agreements) changes.set(path, base);
  for (const { transition, outcome } of carried) {
    if (outcome.state === 'done') {
      note(known, transition, outcome);
      if (transition.kind === 'move') carry(changes, transition, outcome);
      continue;
    }
    failed.add(transition.path);
    if (transition.kind === 'move') failedMoves.add(transition.path);
  }
  for (const [path, { left, right }] of known) {
    if (failed.has(path) || left === undefined || right === undefined) continue;
    // What was to happen where a move did not lead speaks of a place that is not there.
    if (isWithin(path, failedMoves)) continue;
    const base = agreed(left, right);
    if (base !== undefined) changes.set(path, base);
  }
  return changes;
}

/**
 * The baseline follows a move. Moving gives a new change time; a signature is renewed only where it
 * was the agreed one, for an edit that went along has still to be seen.
 */
function carry(changes: Map<string, BaseEntry | null>, move: Move, { signature }: Done): void {
  const { side, expected } = move;
  for (const { path, base } of move.carries ?? []) {
    const renewed =
      base !== null &&
      signature !== null &&
      path === move.path &&
      sameSignature(base[side], expected.signature);
    changes.set(path, renewed ? { ...base, [side]: signature } : base);
  }
}

/** Done transitions outrank what another one at the same path says of its source. */
function note(known: Map<string, Known>, transition: Transition, done: Done): void {
  const { side, path } = transition;
  const other = otherSide[side];
  const here = at(known, path);
  here[side] = made(done.content, done.signature);
  if (here[other] === undefined) here[other] = onOtherSide(transition, done);
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
