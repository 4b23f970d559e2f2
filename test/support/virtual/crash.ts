// What a power cut may leave of a disk: every legal state while there are few, and a fair choice of them
// where there are many. Names of one folder are lost from the end; content that was never synced may be
// the old, the new, or half of the new.
import type { NameChange, Named, VirtualNode } from './node.ts';
import { nodesBelow } from './node.ts';
import { folderMadeBy, type Volume } from './volume.ts';

type Content = 'old' | 'new' | 'torn';

interface Left {
  readonly kept: ReadonlySet<NameChange>;
  readonly content: ReadonlyMap<VirtualNode, Content>;
}

/** By disk. */
export type Survivor = ReadonlyMap<Volume, Left>;

/** `below(n)`: 0 up to, and without, n. At most `cap`; the first two have lost all, and nothing. */
export function survivors(
  volumes: readonly Volume[],
  cap: number,
  below: (limit: number) => number,
): Survivor[] {
  const choices = volumes.map((volume) => choicesOf(volume, cap, below));
  const whole = choices.reduce((product, { length }) => Math.min(product * length, 1e6), 1);
  const found: Survivor[] = [];
  const take = (indices: readonly number[]) => {
    const pairs = volumes.map((volume, at) => [volume, choices[at]?.[indices[at] ?? 0]] as const);
    found.push(new Map(pairs as [Volume, Left][]));
  };
  if (whole <= cap) {
    for (let number = 0; number < whole; number++) take(digits(number, choices));
    return found;
  }
  take(choices.map(() => 0));
  take(choices.map(() => 1));
  while (found.length < cap) take(choices.map(({ length }) => below(length)));
  return found;
}

function digits(number: number, choices: readonly (readonly Left[])[]): number[] {
  let rest = number;
  return choices.map(({ length }) => {
    const digit = rest % length;
    rest = (rest - digit) / length;
    return digit;
  });
}

function choicesOf(volume: Volume, cap: number, below: (limit: number) => number): Left[] {
  const cuts = legalCuts(volume.pending, cap, below);
  const unsynced = unsyncedFiles(volume);
  const mixes: ReadonlyMap<VirtualNode, Content>[] = (['old', 'new', 'torn'] as const).map(
    (content) => new Map(unsynced.map((node) => [node, content])),
  );
  if (unsynced.length === 0) mixes.length = 1;
  else if (unsynced.length > 1) {
    const some = unsynced.map(
      (node) => [node, (['old', 'new', 'torn'] as const)[below(3)] ?? 'old'] as const,
    );
    mixes.push(new Map(some));
  }
  const first = { kept: new Set<NameChange>(), content: mixes[0] ?? new Map() };
  const second = { kept: new Set(volume.pending), content: mixes[1] ?? first.content };
  if (volume.pending.length === 0 && unsynced.length === 0) return [first];
  return [first, second, ...cuts.flatMap((kept) => mixes.map((content) => ({ kept, content })))];
}

/** Sets of changes that can be on disk without the rest. */
function legalCuts(
  pending: readonly NameChange[],
  cap: number,
  below: (limit: number) => number,
): ReadonlySet<NameChange>[] {
  const all: Set<NameChange>[] = [];
  const grow = (at: number, kept: readonly NameChange[], closed: ReadonlySet<VirtualNode>) => {
    if (all.length > cap) return;
    const change = pending[at];
    if (change === undefined) {
      all.push(new Set(kept));
      return;
    }
    if (!change.parts.some(({ folder }) => closed.has(folder))) {
      grow(at + 1, [...kept, change], closed);
    }
    grow(at + 1, kept, new Set([...closed, ...closedBy(change)]));
  };
  grow(0, [], new Set());
  if (all.length <= cap) return all;
  return Array.from({ length: cap }, (_, at) =>
    at <= pending.length ? new Set(pending.slice(0, at)) : drawnCut(pending, below),
  );
}

/** In these nothing that came later is on disk when that change is not. */
function closedBy(change: NameChange): VirtualNode[] {
  const made = folderMadeBy(change);
  return [...change.parts.map(({ folder }) => folder), ...(made === null ? [] : [made])];
}

function drawnCut(
  pending: readonly NameChange[],
  below: (limit: number) => number,
): Set<NameChange> {
  const closed = new Set<VirtualNode>();
  const kept = new Set<NameChange>();
  for (const change of pending) {
    const folders = change.parts.map(({ folder }) => folder);
    if (!folders.some((folder) => closed.has(folder)) && below(4) > 0) kept.add(change);
    else for (const folder of closedBy(change)) closed.add(folder);
  }
  return kept;
}

/** Files of the program only: what a person writes is there with its name, or not at all. */
function unsyncedFiles(volume: Volume): VirtualNode[] {
  const nodes = new Set<VirtualNode>();
  for (const names of ['names', 'durable'] as const) {
    for (const [, node] of nodesBelow(volume.root, names)) nodes.add(node);
  }
  return [...nodes].filter(
    (node) => node.kind === 'file' && node.bytes.length > 0 && !isSynced(node),
  );
}

export function isSynced({ bytes, synced }: VirtualNode): boolean {
  return synced !== null && Buffer.compare(synced.bytes, bytes) === 0;
}

/** What a power cut cannot take any more; null: nothing. */
export function durableBytes({ bytes, synced, ours }: VirtualNode): Uint8Array | null {
  return synced?.bytes ?? (ours ? null : bytes);
}

/** The root as it is after that cut, of nodes of its own, all of it on disk. */
export function afterPowerCut(volume: Volume, survivor: Survivor): VirtualNode {
  const left = survivor.get(volume);
  const folders = new Map<VirtualNode, Map<string, Named>>();
  const times = new Map<VirtualNode, VirtualNode['durableTimes']>();
  for (const change of volume.pending) {
    if (left?.kept.has(change) !== true) continue;
    for (const { folder, key, to, times: stamp } of change.parts) {
      const names = folders.get(folder) ?? new Map(folder.durable);
      folders.set(folder, names);
      times.set(folder, stamp);
      if (to === null) names.delete(key);
      else names.set(key, to);
    }
  }
  const made = new Map<VirtualNode, VirtualNode>();
  const copy = (node: VirtualNode): VirtualNode => {
    const known = made.get(node);
    if (known !== undefined) {
      known.links += 1;
      return known;
    }
    const fresh = leftOf(node, left?.content.get(node) ?? 'old', times.get(node));
    made.set(node, fresh);
    if (node.kind !== 'directory') return fresh;
    for (const [key, { name, node: child }] of folders.get(node) ?? node.durable) {
      const named = { name, node: copy(child) };
      fresh.names.set(key, named);
      fresh.durable.set(key, named);
    }
    return fresh;
  };
  return copy(volume.root);
}

function leftOf(
  node: VirtualNode,
  content: Content,
  times: VirtualNode['durableTimes'] | undefined,
): VirtualNode {
  const names = { names: new Map(), durable: new Map(), links: 1 };
  if (node.kind === 'directory') {
    const stamp = times ?? node.durableTimes;
    return { ...node, ...names, ...stamp, durableTimes: stamp };
  }
  if (node.kind !== 'file') return { ...node, ...names };
  const kept = contentLeft(node, content);
  return { ...node, ...names, ...kept, synced: kept };
}

function contentLeft(node: VirtualNode, content: Content) {
  const { mode, mtimeMs, ctimeMs, bytes, synced, ours } = node;
  if (content === 'new' || isSynced(node)) return { bytes, mode, mtimeMs, ctimeMs };
  if (!ours) return synced ?? { bytes, mode, mtimeMs, ctimeMs };
  if (content === 'old') return synced ?? { bytes: new Uint8Array(0), mode, mtimeMs, ctimeMs };
  const torn = new Uint8Array(bytes.length);
  torn.set(bytes.subarray(0, bytes.length >> 1));
  return { bytes: torn, mode, mtimeMs, ctimeMs };
}
