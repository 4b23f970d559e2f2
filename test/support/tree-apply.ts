// Carries out a plan on two trees in memory the way the engine has to: each transition is checked
// again against what it expects, and whatever it takes away goes to the trash.
import { type Entry, otherSide, type Side } from '../../src/folder/core/entry.ts';
import type { Done, Outcome } from '../../src/folder/core/outcome.ts';
import { isReserved, parentOf } from '../../src/folder/core/path.ts';
import type { Move, Transition } from '../../src/folder/core/plan.ts';
import { signatureOf, sizeOf, type TreeDisk, type TreeNode } from './tree-disk.ts';

export type Disks = Readonly<Record<Side, TreeDisk>>;

export interface Applied {
  readonly outcomes: readonly Outcome[];
  readonly bytes: number;
}

/** `refuses` names transitions that fail for reasons of their own; `before` runs ahead of each. */
export function applyPlan(
  disks: Disks,
  transitions: readonly Transition[],
  refuses: (at: number) => boolean = () => false,
  before: (at: number) => void = () => undefined,
): Applied {
  let bytes = 0;
  const outcomes = transitions.map((transition, at): Outcome => {
    before(at);
    if (refuses(at)) return failed('refused');
    try {
      const done = carryOut(disks, transition);
      bytes += done.bytes;
      return done;
    } catch (thrown) {
      return failed(thrown instanceof Error ? thrown.message : String(thrown));
    }
  });
  return { outcomes, bytes };
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
  if (transition.kind === 'update') {
    take(disk, path, expect(disk, path, transition.expected, transition));
  } else if (disk.get(path) !== null) throw new Error('target appeared');
  const mode = content.kind === 'link' ? 0o777 : content.mode;
  const node = disk.put(path, content.kind, token, mode);
  if (content.kind === 'file') disk.setTime(node, content.mtimeMs);
  const bytes = content.kind === 'file' ? sizeOf(token) : 0;
  return made(node, bytes);
}

function made(node: TreeNode, bytes: number): Done {
  return { state: 'done', signature: signatureOf(node), bytes };
}

function move(disk: TreeDisk, transition: Move): Done {
  const { from, path, expected } = transition;
  const node = expect(disk, from, expected, transition);
  if (disk.get(path) !== null) throw new Error('target appeared');
  makeReserved(disk, path);
  disk.move(from, path);
  return made(node, 0);
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
