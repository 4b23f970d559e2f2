// What both sides agree on after a run: the baseline of a path moves when every transition at it was
// done, never sooner (I3), and to what was really read and written.
import { contentOf } from './change.ts';
import {
  type BaseEntry,
  type Content,
  type Entry,
  otherSide,
  type Side,
  type Signature,
} from './entry.ts';
import type { List } from './list.ts';
import type { Done, Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';
import { isWithin } from './path.ts';
import type { Agreement, Creation, Move, Transition } from './plan.ts';
import { sameSignature } from './signature.ts';
import { Transitions } from './transitions.ts';

interface Held {
  readonly content: Content;
  readonly signature: Signature;
  /** By this run, and not only looked at. */
  readonly made: boolean;
}

/** Null: nothing is there. Undefined: this run does not know. */
type Known = Record<Side, Held | null | undefined>;

/** What changes in the baseline; null forgets the path. `outcomes` are in the order of the plan. */
export function settle(
  transitions: List<Transition>,
  outcomes: List<Outcome>,
  agreements: readonly Agreement[],
): Map<string, BaseEntry | null> {
  const changes = settleLate(Transitions.of(transitions), Outcomes.of(outcomes), agreements);
  for (const [path, base] of changes) {
    if (base instanceof Agreed) changes.set(path, base.whole());
  }
  return changes;
}

/** The same; what most paths agree on is worked out whenever somebody looks, and kept nowhere. */
export function settleLate(
  transitions: Transitions,
  outcomes: Outcomes,
  agreements: readonly Agreement[],
): Map<string, BaseEntry | null> {
  const changes = new Map<string, BaseEntry | null>();
  for (const { path, base } of agreements) changes.set(path, base);
  const failed = new Set<string>();
  const unmoved = new Set<string>();
  const known = new Map<string, Known>();
  const shared = pathsOfSeveral(transitions);
  const run: Run = { transitions, outcomes, last: null };
  for (const [at, transition] of transitions.entries()) {
    const outcome = outcomes.at(at);
    if (outcome?.state !== 'done') {
      failed.add(transition.path);
      if (transition.kind === 'move') unmoved.add(transition.path);
    } else if (transition.kind === 'move' && transition.carries !== undefined) {
      learn(changes, transition, transition.carries, outcome);
    } else if (transition.kind === 'move' || shared.has(transition.path)) {
      if (transition.kind !== 'move' || transition.path !== transition.via) {
        note(known, transition, outcome);
      }
    } else {
      const base = baseAfter(transition, outcome);
      if (base === null) changes.set(transition.path, null);
      else if (base !== undefined) changes.set(transition.path, new Agreed(run, at));
    }
  }
  for (const [path, { left, right }] of known) {
    const base = failed.has(path) ? undefined : agreed(left, right);
    if (base !== undefined) changes.set(path, base);
  }
  withoutUnmoved(changes, unmoved);
  forgetLeft(changes, transitions, outcomes);
  return changes;
}

interface Run {
  readonly transitions: Transitions;
  readonly outcomes: Outcomes;
  /** What was worked out last: who asks for one part asks for the others next. */
  last: { readonly at: number; readonly base: BaseEntry } | null;
}

/** What both sides hold after the transition at a place in the plan, which alone speaks of its path. */
class Agreed implements BaseEntry {
  readonly #run: Run;
  readonly #at: number;

  constructor(run: Run, at: number) {
    this.#run = run;
    this.#at = at;
  }

  get content(): Content {
    return this.whole().content;
  }

  get left(): Signature {
    return this.whole().left;
  }

  get right(): Signature {
    return this.whole().right;
  }

  whole(): BaseEntry {
    const { last, transitions, outcomes } = this.#run;
    if (last?.at === this.#at) return last.base;
    const transition = transitions.at(this.#at) as Exclude<Transition, Move>;
    const base = baseAfter(transition, outcomes.at(this.#at) as Done) as BaseEntry;
    this.#run.last = { at: this.#at, base };
    return base;
  }
}

/** Most paths are changed on one side only, and then nothing has to be kept until the end. */
function pathsOfSeveral(transitions: Transitions): ReadonlySet<string> {
  const once = new Set<string>();
  const several = new Set<string>();
  for (let at = 0; at < transitions.length; at++) {
    const path = transitions.pathAt(at);
    if (once.has(path)) several.add(path);
    once.add(path);
    const move = transitions.kindAt(at) === 'move' ? transitions.at(at) : null;
    if (move?.kind === 'move') several.add(path).add(move.from);
  }
  return several;
}

/** Null: nothing is there. Undefined: this run does not know. */
function baseAfter(
  transition: Exclude<Transition, Move>,
  done: Done,
): BaseEntry | null | undefined {
  const here = made(transition, done);
  const there = onOtherSide(transition, done);
  return transition.side === 'left' ? agreed(here, there) : agreed(there, here);
}

/** With their places in the plan. */
export function* movesOf(transitions: Transitions): Generator<readonly [number, Move]> {
  for (let at = 0; at < transitions.length; at++) {
    if (transitions.kindAt(at) !== 'move') continue;
    const move = transitions.at(at);
    if (move?.kind === 'move') yield [at, move];
  }
}

/** If a move failed, nothing the plan says of its new place and below holds. */
function withoutUnmoved(
  changes: Map<string, BaseEntry | null>,
  unmoved: ReadonlySet<string>,
): void {
  if (unmoved.size === 0) return;
  for (const path of changes.keys()) if (isWithin(path, unmoved)) changes.delete(path);
}

/**
 * What a move left, and nothing came to as planned, looks as if a person had deleted it. So nothing is
 * agreed on there any more.
 */
function forgetLeft(
  changes: Map<string, BaseEntry | null>,
  transitions: Transitions,
  outcomes: Outcomes,
): void {
  for (const [at, { from, via }] of movesOf(transitions)) {
    if (!outcomes.isDone(at)) continue;
    if (from !== via && !changes.has(from)) changes.set(from, null);
  }
}

/**
 * The move itself changed the signature of what was moved, and of nothing below it. Only an agreed
 * signature is renewed: an edit that went along has still to be seen as one.
 */
function learn(
  changes: Map<string, BaseEntry | null>,
  { side, path, expected }: Move,
  carries: readonly Agreement[],
  { signature }: Done,
): void {
  for (const { path: to, base } of carries) {
    const renewed =
      to === path &&
      base !== null &&
      signature !== null &&
      sameSignature(base[side], expected.signature);
    changes.set(to, renewed ? { ...base, [side]: signature } : base);
  }
}

/**
 * What was taken away and put back, since what was to come did not, has another change time by that. It
 * is no edit: without the renewed one the next run could not tell.
 */
export function renewRestored(
  changes: Map<string, BaseEntry | null>,
  transitions: Transitions,
  outcomes: Outcomes,
  known: (path: string) => BaseEntry | null,
): void {
  outcomes.forEach((outcome, at) => {
    if (outcome.state !== 'failed' && outcome.state !== 'returned') return;
    const { restored } = outcome;
    const transition = transitions.at(at);
    if (restored === undefined || transition === undefined || !('expected' in transition)) return;
    const path = placeBefore(transition);
    if (changes.has(path)) return;
    const base = renewed(known(path), transition, restored);
    if (base !== null) changes.set(path, base);
  });
}

/** Where it stands that was taken away and put back. */
export function placeBefore(transition: Transition): string {
  return transition.kind === 'move' ? transition.from : transition.path;
}

/** With the signature that our own work left; null where the baseline did not have it as it was. */
export function renewed(
  base: BaseEntry | null,
  { side, expected }: Exclude<Transition, Creation>,
  restored: Signature,
): BaseEntry | null {
  const isThat = base !== null && sameSignature(base[side], expected.signature);
  return isThat ? { ...base, [side]: restored } : null;
}

/** Done transitions outrank what another one at the same path says of its source. */
function note(known: Map<string, Known>, transition: Transition, done: Done): void {
  const { side, path } = transition;
  const other = otherSide[side];
  const here = at(known, path);
  here[side] = made(transition, done);
  // That the other side has nothing is only inferred from a deletion; a source was seen there.
  here[other] ??= onOtherSide(transition, done) ?? here[other];
  if (transition.kind !== 'move') return;
  const before = at(known, transition.from);
  before[side] ??= null;
}

function at(known: Map<string, Known>, path: string): Known {
  const found = known.get(path) ?? { left: undefined, right: undefined };
  known.set(path, found);
  return found;
}

function made(transition: Transition, { signature, read }: Done): Held | null {
  if (signature === null || transition.kind === 'delete') return null;
  if (transition.kind !== 'move') {
    return { content: read?.content ?? transition.content, signature, made: true };
  }
  const { signature: _, ...content } = transition.expected;
  return { content, signature, made: true };
}

function onOtherSide(transition: Transition, done: Done): Held | null | undefined {
  switch (transition.kind) {
    case 'delete':
      return null;
    case 'create':
    case 'update':
      return transition.from === transition.path ? sourceOf(transition, done) : undefined;
    case 'metadata':
      return sourceOf(transition, done);
    case 'move':
      return undefined;
  }
}

function sourceOf({ source }: { readonly source: Entry }, { read }: Done): Held {
  if (read !== undefined) return { ...read, made: false };
  return { content: contentOf(source), signature: source.signature, made: false };
}

/** What the transition made is what was agreed; the other side's part is its signature. */
function agreed(
  left: Held | null | undefined,
  right: Held | null | undefined,
): BaseEntry | null | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left === null && right === null) return null;
  if (left === null || right === null || left.content.kind !== right.content.kind) return undefined;
  const content = right.made && !left.made ? right.content : left.content;
  return { content, left: left.signature, right: right.signature };
}
