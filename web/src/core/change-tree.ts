// The changes of a plan as a tree of folders: what 50,000 lines cannot say, forty folders with their
// counts can. Built once for a plan; folders are opened one by one.
import type { PlanChange } from '../data/shapes.ts';

export interface ChangeFolder {
  readonly path: string;
  readonly name: string;
  readonly folders: Map<string, ChangeFolder>;
  readonly changes: PlanChange[];
  /** Of all below. */
  count: number;
  bytes: number;
}

export type ChangeRow =
  | {
      readonly kind: 'folder';
      readonly depth: number;
      readonly folder: ChangeFolder;
      readonly open: boolean;
    }
  | { readonly kind: 'change'; readonly depth: number; readonly change: PlanChange };

const emptyFolder = (path: string, name: string): ChangeFolder => ({
  path,
  name,
  folders: new Map(),
  changes: [],
  count: 0,
  bytes: 0,
});

export function treeOf(changes: Iterable<PlanChange>): ChangeFolder {
  const top = emptyFolder('', '');
  for (const change of changes) {
    const names = change.path.split('/');
    let at = top;
    count(at, change);
    for (const name of names.slice(0, -1)) {
      let next = at.folders.get(name);
      if (next === undefined) {
        next = emptyFolder(at.path === '' ? name : `${at.path}/${name}`, name);
        at.folders.set(name, next);
      }
      at = next;
      count(at, change);
    }
    at.changes.push(change);
  }
  return top;
}

function count(folder: ChangeFolder, { bytes }: PlanChange): void {
  folder.count += 1;
  folder.bytes += bytes;
}

/** What is to be seen with these folders open, top to bottom. */
export function rowsOf(top: ChangeFolder, isOpen: (path: string) => boolean): readonly ChangeRow[] {
  const rows: ChangeRow[] = [];
  const walk = (folder: ChangeFolder, depth: number): void => {
    for (const each of [...folder.folders.values()].sort(byName)) {
      const open = isOpen(each.path);
      rows.push({ kind: 'folder', depth, folder: each, open });
      if (open) walk(each, depth + 1);
    }
    for (const change of folder.changes) rows.push({ kind: 'change', depth, change });
  };
  walk(top, 0);
  return rows;
}

const byName = (one: ChangeFolder, other: ChangeFolder) => (one.name < other.name ? -1 : 1);
