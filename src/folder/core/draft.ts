// A folder plan as the manager stores it, and back: a stored plan is carried out by whichever process
// gets to it, perhaps after an update of this program. The detail is an array, not an object with
// names, because a plan of 100,000 changes is stored and hashed as a whole.
import { syncError } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import type { PlanChange } from '../../model/plan.ts';
import { isContentOf } from './change.ts';
import type { Content, Entry, Side, Signature } from './entry.ts';
import { type Agreement, bytesOf, type Transition } from './plan.ts';

/** Raised when the shape below changes. */
const version = 1;

/** One at a time, so that no second copy of a long plan is held. */
export function* planChanges(
  item: string,
  transitions: Iterable<Transition>,
): Generator<PlanChange> {
  for (const transition of transitions) yield encodeTransition(item, transition);
}

export function encodeTransition(item: string, transition: Transition): PlanChange {
  const { side, kind, path } = transition;
  const detail = [version, transition.moved === true ? 1 : 0, ...detailOf(transition)];
  const change = { item, side, kind, path, bytes: bytesOf(transition), detail };
  return kind === 'move' ? { ...change, from: transition.from } : change;
}

/** Zero stands for what is the same as something said already, or absent. */
function detailOf(transition: Transition): Json[] {
  switch (transition.kind) {
    case 'create':
    case 'update': {
      const { content, source, path } = transition;
      const from = transition.from === path ? 0 : transition.from;
      const own = isContentOf(content, source) ? 0 : contentJson(content);
      const read = [entryJson(source), own, from];
      return transition.kind === 'create' ? read : [...read, entryJson(transition.expected)];
    }
    case 'delete':
      return [entryJson(transition.expected)];
    case 'move': {
      const { expected, via, carries } = transition;
      return [
        entryJson(expected),
        via ?? 0,
        carries === undefined ? 0 : carries.map(agreementJson),
      ];
    }
    case 'metadata': {
      const { content, source, expected } = transition;
      return [entryJson(source), contentJson(content), entryJson(expected)];
    }
  }
}

function contentJson(content: Content): Json[] {
  if (content.kind === 'link') return ['l', content.target];
  if (content.kind === 'folder') return ['d', content.mode];
  return ['f', content.mode, content.size, content.mtimeMs, content.digest];
}

function signatureJson({ mtimeMs, ctimeMs, inode, racy }: Signature): Json[] {
  return racy ? [mtimeMs, ctimeMs, inode, 1] : [mtimeMs, ctimeMs, inode];
}

function entryJson(entry: Entry): Json[] {
  return [signatureJson(entry.signature), ...contentJson(entry)];
}

function agreementJson({ path, base }: Agreement): Json {
  if (base === null) return [path];
  const { content, left, right } = base;
  return [path, contentJson(content), signatureJson(left), signatureJson(right)];
}

/** Throws `folder-plan-unreadable` for anything this version did not write. */
export function decodeTransition(change: PlanChange): Transition {
  const [found, moved, ...rest] = list(change.detail);
  if (found !== version) throw unreadable();
  const on = { side: sideOf(change.side), path: change.path, ...(moved === 1 ? isMoved : {}) };
  switch (change.kind) {
    case 'create':
      return { kind: 'create', ...on, ...reading(change.path, rest) };
    case 'update':
      return { kind: 'update', ...on, ...reading(change.path, rest), expected: entryOf(rest[3]) };
    case 'delete':
      return { kind: 'delete', ...on, expected: entryOf(rest[0]) };
    case 'move':
      return { kind: 'move', ...on, ...moving(change.from, rest) };
    case 'metadata':
      return {
        kind: 'metadata',
        ...on,
        source: entryOf(rest[0]),
        content: contentOf(list(rest[1])),
        expected: entryOf(rest[2]),
      };
    default:
      throw unreadable();
  }
}

const isMoved = { moved: true } as const;

function reading(path: string, [source, content, from]: readonly Json[]) {
  const entry = entryOf(source);
  const { signature: _, ...own } = entry;
  return {
    source: entry,
    content: content === 0 ? own : contentOf(list(content)),
    from: from === 0 ? path : string(from),
  };
}

function moving(from: string | undefined, [expected, via, carries]: readonly Json[]) {
  return {
    from: string(from),
    expected: entryOf(expected),
    ...(via === 0 ? {} : { via: string(via) }),
    ...(carries === 0 ? {} : { carries: list(carries).map(agreementOf) }),
  };
}

function agreementOf(json: Json): Agreement {
  const [path, content, left, right] = list(json);
  if (content === undefined) return { path: string(path), base: null };
  const base = {
    content: contentOf(list(content)),
    left: signatureOf(left),
    right: signatureOf(right),
  };
  return { path: string(path), base };
}

function entryOf(json: Json | undefined): Entry {
  const [signature, ...content] = list(json);
  return { ...contentOf(content), signature: signatureOf(signature) };
}

function contentOf([kind, first, size, mtimeMs, digest]: readonly Json[]): Content {
  if (kind === 'l') return { kind: 'link', target: string(first) };
  if (kind === 'd') return { kind: 'folder', mode: number(first) };
  if (kind !== 'f') throw unreadable();
  return {
    kind: 'file',
    size: number(size),
    mtimeMs: number(mtimeMs),
    mode: number(first),
    digest: digest === null ? null : string(digest),
  };
}

function signatureOf(json: Json | undefined): Signature {
  const [mtimeMs, ctimeMs, inode, racy] = list(json);
  const plain = { mtimeMs: number(mtimeMs), ctimeMs: number(ctimeMs), inode: number(inode) };
  return racy === 1 ? { ...plain, racy: true } : plain;
}

function sideOf(side: string): Side {
  if (side !== 'left' && side !== 'right') throw unreadable();
  return side;
}

function list(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw unreadable();
  return json;
}

function string(json: Json | undefined): string {
  if (typeof json !== 'string') throw unreadable();
  return json;
}

function number(json: Json | undefined): number {
  if (typeof json !== 'number') throw unreadable();
  return json;
}

function unreadable(): Error {
  return syncError('folder-plan-unreadable');
}
