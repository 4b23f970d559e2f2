// The changes of a plan as a tree of folders: what 50,000 lines cannot say, forty folders with their
// counts can. Built once for a plan and a filter; then any stretch of any folder is a slice.
import type { PlanChange } from '../../model/plan.ts';

export interface ChangeFolder {
  readonly path: string;
  readonly name: string;
  readonly folders: Map<string, ChangeFolder>;
  readonly changes: PlanChange[];
  /** Of all below. */
  count: number;
  bytes: number;
}

export interface ChangeFilter {
  /** `side.kind`; left out: all. */
  readonly kinds?: readonly string[];
  /** Case-insensitive part of the path. */
  readonly search?: string;
}

export function treeOf(changes: Iterable<PlanChange>, filter: ChangeFilter): ChangeFolder {
  const top = emptyFolder('', '');
  const fits = fitting(filter);
  for (const change of changes) if (fits(change)) put(top, change);
  return top;
}

/** Null: nothing of the tree is there. */
export function folderAt(top: ChangeFolder, path: string): ChangeFolder | null {
  if (path === '') return top;
  let at: ChangeFolder | undefined = top;
  for (const name of path.split('/')) at = at?.folders.get(name);
  return at ?? null;
}

export type ChangeEntry =
  | { readonly type: 'folder'; readonly folder: ChangeFolder }
  | { readonly type: 'change'; readonly change: PlanChange };

/** Folders by name, then changes by path: whoever looks for one looks by its name. */
export function stretchOf(
  { folders, changes }: ChangeFolder,
  from: number,
  limit: number,
): readonly ChangeEntry[] {
  // In place: what is sorted already costs one look at each the next time.
  changes.sort(byPath);
  const inside = from < folders.size ? [...folders.values()].sort(byName) : [];
  const first = Math.max(0, from - folders.size);
  const rest = Math.max(0, from + limit - folders.size);
  return [
    ...inside.slice(from, from + limit).map((folder) => ({ type: 'folder', folder }) as const),
    ...changes.slice(first, rest).map((change) => ({ type: 'change', change }) as const),
  ];
}

function fitting({ kinds, search }: ChangeFilter): (change: PlanChange) => boolean {
  const wanted = kinds === undefined ? null : new Set(kinds);
  const part = (search ?? '').toLowerCase();
  return ({ side, kind, path, from = '' }) =>
    (wanted === null || wanted.has(`${side}.${kind}`)) &&
    (part === '' || path.toLowerCase().includes(part) || from.toLowerCase().includes(part));
}

function put(top: ChangeFolder, change: PlanChange): void {
  const names = change.path.split('/');
  names.pop();
  let at = top;
  count(at, change);
  for (const name of names) {
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

const emptyFolder = (path: string, name: string): ChangeFolder => ({
  path,
  name,
  folders: new Map(),
  changes: [],
  count: 0,
  bytes: 0,
});

function count(folder: ChangeFolder, { bytes }: PlanChange): void {
  folder.count += 1;
  folder.bytes += bytes;
}

const byPath = (one: PlanChange, other: PlanChange) =>
  one.path === other.path ? 0 : one.path < other.path ? -1 : 1;

const byName = (one: ChangeFolder, other: ChangeFolder) => (one.name < other.name ? -1 : 1);
