// Carries out a plan on two trees in memory the way the engine has to: each transition is checked
// again against what it expects, and whatever it takes away goes to the trash.
import {
  type Content,
  type Entry,
  otherSide,
  type Side,
  type Signature,
  sides,
} from '../../src/folder/core/entry.ts';
import { movesLeftHalf } from '../../src/folder/core/half-moves.ts';
import type { Done, Outcome } from '../../src/folder/core/outcome.ts';
import { Outcomes } from '../../src/folder/core/outcomes.ts';
import { conflictName, isReserved, parentOf } from '../../src/folder/core/path.ts';
import type { Move, Transition } from '../../src/folder/core/plan.ts';
import { Transitions } from '../../src/folder/core/transitions.ts';
import { type Step, signatureOf, sizeOf, type TreeDisk, type TreeNode } from './tree-disk.ts';

export type Disks = Readonly<Record<Side, TreeDisk>>;

export interface Applied {
  readonly outcomes: readonly Outcome[];
  readonly bytes: number;
}

export interface Circumstances {
  /** Transitions that fail for reasons of their own. */
  readonly refuses?: (at: number) => boolean;
  /** Runs ahead of each. */
  readonly before?: (at: number) => void;
  /** Told of every step on a disk, in the order in which they happen. */
  readonly watch?: (side: Side, step: Step) => void;
}

export type ApplyPlan = (
  disks: Disks,
  transitions: readonly Transition[],
  circumstances?: Circumstances,
) => Applied;

export const applyPlan: ApplyPlan = (disks, transitions, { refuses, before, watch } = {}) => {
  let bytes = 0;
  const outcomes = transitions.map((transition, at): Outcome => {
    before?.(at);
    if (refuses?.(at) === true) return failed('refused');
    if (watch !== undefined) {
      for (const side of sides) disks[side].watcher = (step) => watch(side, step);
    }
    try {
      const done = carryOut(disks, transition);
      bytes += done.bytes;
      return done;
    } catch (thrown) {
      return failed(thrown instanceof Error ? thrown.message : String(thrown));
    } finally {
      for (const side of sides) disks[side].watcher = null;
    }
  });
  const half = movesLeftHalf(Transitions.of(transitions), Outcomes.of(outcomes));
  for (const { at, move } of half) {
    const restored = bringBack(disks[move.side], move);
    if (restored !== null) outcomes[at] = { state: 'returned', restored };
  }
  return { outcomes, bytes };
};

/** Where it was, or where it waits out of sight, in sight at least. */
function bringBack(disk: TreeDisk, { side, from, path, via, expected }: Move): Signature | null {
  const other = conflictName(from, side, expected.signature.mtimeMs, () => false);
  for (const place of path === via ? [from, other] : [from]) {
    try {
      const back: Move = { kind: 'move', side, path: place, from: path, expected, moved: true };
      const { signature } = move(disk, back);
      return place === from ? signature : null;
    } catch {
      // Somebody is there, or where it was is gone.
    }
  }
  return null;
}

function failed(reason: string): Outcome {
  return { state: 'failed', code: 'folder-target-changed', reason };
}

const nothing = { state: 'done', signature: null, bytes: 0 } as const;

function carryOut(disks: Disks, transition: Transition): Done {
  const disk = disks[transition.side];
  const { path } = transition;
  switch (transition.kind) {
    case 'create':
    case 'update':
      return bring(disks, transition);
    case 'delete':
      take(disk, path, expect(disk, path, transition.expected, transition));
      return nothing;
    case 'move':
      return move(disk, transition);
    case 'metadata': {
      const node = expect(disk, path, transition.expected, transition);
      const { content } = transition;
      if (content.kind !== 'link') disk.setMode(node, content.mode);
      if (content.kind === 'file') disk.setTime(node, content.mtimeMs);
      return made(node, 0);
    }
  }
}

function bring(
  disks: Disks,
  transition: Extract<Transition, { source: Entry; from: string }>,
): Done {
  const { side, path, content, source, from } = transition;
  const disk = disks[side];
  const read = expect(disks[otherSide[side]], from, source, transition);
  const { token } = read;
  const node = stage(disk, content, token);
  if (transition.kind === 'update') {
    take(disk, path, expect(disk, path, transition.expected, transition));
  } else if (disk.get(path) !== null) throw new Error('target appeared');
  disk.move(staged, path);
  if (content.kind === 'file') disk.setTime(node, content.mtimeMs);
  const bytes = content.kind === 'file' ? sizeOf(token) : 0;
  return made(node, bytes);
}

const staged = '.syncmgr/stage/next';

/** Half of it, then all of it, where nobody looks; whatever an earlier attempt left is gone first. */
function stage(disk: TreeDisk, content: Content, token: string): TreeNode {
  makeReserved(disk, staged);
  if (disk.get(staged) !== null) disk.remove(staged);
  const mode = content.kind === 'link' ? 0o777 : content.mode;
  const node = disk.put(
    staged,
    content.kind,
    content.kind === 'file' ? halfOf(token) : token,
    mode,
  );
  if (content.kind === 'file') disk.write(staged, node, token);
  return node;
}

/** What a file holds while it is being written. */
export const halfOf = (token: string) => `half of ${token}`;

function made(node: TreeNode, bytes: number): Done {
  return { state: 'done', signature: signatureOf(node), bytes };
}

function move(disk: TreeDisk, transition: Move): Done {
  const { from, path, expected } = transition;
  const node = expect(disk, from, expected, transition);
  if (disk.get(path) !== null) throw new Error('target appeared');
  makeReserved(disk, path);
  disk.move(from, path);
  const isDressed = expected.kind === 'folder' && node.mode !== expected.mode;
  if (!isDressed) return made(node, 0);
  const { ctimeMs } = expected.signature;
  return { state: 'done', signature: { ...signatureOf(node), ctimeMs }, bytes: 0 };
}

function makeReserved(disk: TreeDisk, path: string): void {
  const parent = parentOf(path) ?? '';
  if (!isReserved(path) || disk.get(parent) !== null) return;
  makeReserved(disk, parent);
  disk.put(parent, 'folder', '', 0o700);
}

/** The node, if it is still as the plan saw it. */
function expect(disk: TreeDisk, path: string, expected: Entry, { moved }: Transition): TreeNode {
  const node = disk.get(path);
  if (node === null) throw new Error(`nothing at ${path}`);
  const { mtimeMs, ctimeMs, inode } = expected.signature;
  const still =
    node.kind === expected.kind &&
    node.inode === inode &&
    (node.kind === 'folder' || node.mtimeMs === mtimeMs) &&
    (node.kind === 'folder' || moved === true || node.ctimeMs === ctimeMs);
  if (!still) throw new Error(`${path} changed`);
  return node;
}

function take(disk: TreeDisk, path: string, node: TreeNode): void {
  if (node.kind === 'folder' && node.children.size > 0) throw new Error(`${path} is not empty`);
  if (node.kind !== 'folder') disk.trash.add(node.token);
  disk.remove(path);
}
