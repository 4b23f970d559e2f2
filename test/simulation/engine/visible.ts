// What stands on both sides of a driven pair, to be held against what stands elsewhere or stood before.
import { type Side, sides } from '../../../src/folder/core/entry.ts';
import { isReserved } from '../../../src/folder/core/path.ts';
import { pairFiles } from '../../../src/folder/paths.ts';
import { byText } from '../../support/tree-disk.ts';
import { nodesBelow, type VirtualNode } from '../../support/virtual/node.ts';
import { tokenOf } from '../../support/virtual/tokens.ts';
import type { Roots } from './driver.ts';

export type Visible = ReadonlyMap<string, string>;
export type BothVisible = Readonly<Record<Side, Visible>>;

export function visibleIn(roots: Roots): BothVisible {
  const on = (side: Side) => {
    const found = new Map<string, string>();
    for (const [path, node] of nodesBelow(roots[side])) {
      if (isReserved(path)) continue;
      const what = node.kind === 'file' ? (tokenOf(node.bytes) ?? 'no token') : node.target;
      found.set(path, `${node.kind} ${what}`);
    }
    return new Map([...found].sort(([one], [two]) => byText(one, two)));
  };
  return { left: on('left'), right: on('right') };
}

/** Of what is remembered of the pair; null: nothing is. */
export function generationIn(state: VirtualNode): number | null {
  const file = pairFiles('syncmgr', 'pair').pair;
  const [, found] = [...nodesBelow(state)].find(([path]) => path === file) ?? [];
  return found === undefined ? null : JSON.parse(new TextDecoder().decode(found.bytes)).generation;
}

/** What both sides have alike. */
export function agreedIn({ left, right }: BothVisible): Visible {
  return new Map([...left].filter(([path, what]) => right.get(path) === what));
}

export type Stood = ReadonlyMap<string, { readonly inode: number; readonly ctimeMs: number }>;

export function inodesIn(roots: Roots): Stood {
  const found = new Map<string, { readonly inode: number; readonly ctimeMs: number }>();
  for (const side of sides) {
    for (const [path, { kind, inode, ctimeMs }] of nodesBelow(roots[side])) {
      if (!isReserved(path) && kind !== 'directory')
        found.set(`${side} ${path}`, { inode, ctimeMs });
    }
  }
  return found;
}

export function tokensIn(visible: BothVisible): ReadonlySet<string> {
  const all = sides.flatMap((side) => [...visible[side].values()]);
  return new Set(all.filter((what) => what.startsWith('file ')));
}
