// I16, told a second time without the help of a tree: the plan is followed on bare lists of paths, which
// accept anything, so that a plan that needs a folder before it is there is seen as what it is.
import { type Side, sides } from '../../src/folder/core/entry.ts';
import { isReserved, parentOf } from '../../src/folder/core/path.ts';
import type { FolderPlan, Transition } from '../../src/folder/core/plan.ts';
import type { Disks } from '../support/tree-apply.ts';
import { Violation } from './violation.ts';

type Kinds = Map<string, string>;

export function checkStructure(plan: FolderPlan, disks: Disks): void {
  const kinds: Record<Side, Kinds> = {
    left: kindsOn(disks, 'left'),
    right: kindsOn(disks, 'right'),
  };
  for (const each of plan.transitions) {
    const fault = follow(kinds[each.side], each);
    if (fault !== null)
      throw new Violation('I16', `${each.side} ${each.kind} ${each.path}: ${fault}`);
  }
  for (const side of sides) {
    for (const path of kinds[side].keys()) {
      if (!hasFolder(kinds[side], path))
        throw new Violation('I16', `${side} ${path} hangs in the air`);
    }
  }
}

function kindsOn(disks: Disks, side: Side): Kinds {
  return new Map(disks[side].paths().map((path) => [path, disks[side].get(path)?.kind ?? '']));
}

function hasFolder(kinds: Kinds, path: string): boolean {
  const parent = parentOf(path) ?? '';
  // The engine makes its own folders when it needs them.
  return parent === '' || isReserved(parent) || kinds.get(parent) === 'folder';
}

/** Null, or why it cannot be done now. */
function follow(kinds: Kinds, each: Transition): string | null {
  const { path } = each;
  const below = [...kinds.keys()].filter((one) => one.startsWith(`${path}/`));
  switch (each.kind) {
    case 'create':
      if (kinds.has(path)) return 'something is there';
      if (!hasFolder(kinds, path)) return 'its folder is not there yet';
      kinds.set(path, each.content.kind);
      return null;
    case 'update':
      if (!kinds.has(path)) return 'nothing is there';
      if (below.length > 0) return 'something is in it';
      kinds.set(path, each.content.kind);
      return null;
    case 'delete':
      if (below.length > 0) return 'something is in it';
      return kinds.delete(path) ? null : 'nothing is there';
    case 'move':
      return relocate(kinds, each.from, path);
    case 'metadata':
      return kinds.has(path) ? null : 'nothing is there';
  }
}

function relocate(kinds: Kinds, from: string, to: string): string | null {
  if (`${to}/`.startsWith(`${from}/`)) return 'it would be within itself';
  if (kinds.has(to)) return 'something is there';
  if (!kinds.has(from)) return 'what moves is not there';
  if (!hasFolder(kinds, to)) return 'its folder is not there yet';
  for (const [path, kind] of [...kinds]) {
    if (path !== from && !path.startsWith(`${from}/`)) continue;
    kinds.delete(path);
    kinds.set(`${to}${path.slice(from.length)}`, kind);
  }
  return null;
}
