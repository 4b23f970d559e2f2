// A plan as somebody looks at it: which folders are open, and of each the pages that were asked for. A plan
// never changes, so that what was answered once is kept; only what is in sight is asked for.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type OpenFolder, type Rows, rowsOf } from '../core/folder-rows.ts';
import { planFolder } from './inbox.ts';
import type { PlanEntry, PlanFolder } from './shapes.ts';

export interface PlanFilter {
  readonly kinds: readonly string[];
  readonly search: string;
}

const pageEntries = 200;
/** A plan of so few changes is shown with all folders open. */
const openAtFirst = 200;

interface Page {
  readonly folder: string;
  readonly page: number;
}

export interface PlanTree {
  readonly rows: Rows;
  /** Of all that fits the filter; null: not known yet. */
  readonly count: number | null;
  readonly error: Error | null;
  /** Null: asked for, and not there yet. */
  entryAt(folder: string, entry: number): PlanEntry | null;
  isOpen(path: string): boolean;
  /** Opens or folds the folder that is that entry of another. */
  turn(path: string): void;
  /** What is in sight shall be there. */
  want(places: readonly { readonly folder: string; readonly entry: number }[]): void;
}

export function usePlanTree(hash: string, total: number, filter: PlanFilter): PlanTree {
  const client = useQueryClient();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<readonly Page[]>([]);
  const isOpenFirst = total <= openAtFirst;
  const isOpen = (path: string) => turned.has(path) !== isOpenFirst;
  const queryOf = ({ folder, page }: Page) => pageQuery(hash, filter, folder, page);
  const known = (folder: string, page: number) =>
    client.getQueryData<PlanFolder>(queryOf({ folder, page }).queryKey);
  const open = openFolders(known, isOpen);
  const needed = unique([...open.map(({ path }) => ({ folder: path, page: 0 })), ...wanted]);
  const answers = useQueries({ queries: needed.map(queryOf) });
  const rows = rowsFrom(open);
  const state = useMemo(() => ({ asked: '' }), []);
  return {
    rows,
    count: known('', 0)?.count ?? null,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    entryAt: (folder, entry) =>
      known(folder, Math.floor(entry / pageEntries))?.entries[entry % pageEntries] ?? null,
    isOpen,
    turn: (path) => setTurned(withTurned(turned, path)),
    want: (places) => {
      const pages = unique(
        places.map(({ folder, entry }) => ({ folder, page: Math.floor(entry / pageEntries) })),
      ).filter(({ page }) => page > 0);
      const asked = pages.map(({ folder, page }) => `${page} ${folder}`).join('\n');
      if (asked === state.asked) return;
      state.asked = asked;
      setWanted(pages);
    },
  };
}

function pageQuery(hash: string, { kinds, search }: PlanFilter, folder: string, page: number) {
  const wish = {
    folder,
    from: page * pageEntries,
    limit: pageEntries,
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(search === '' ? {} : { search }),
  };
  return {
    queryKey: ['plan-folder', hash, wish] as const,
    queryFn: () => planFolder(hash, wish),
    gcTime: 60_000,
    // What was answered is read from the cache, page by page, and not from what the hook returns.
    notifyOnChangeProps: ['data', 'error'] as ('data' | 'error')[],
  };
}

type Known = (folder: string, page: number) => PlanFolder | undefined;

interface Opened extends OpenFolder {
  readonly path: string;
}

/** The top and every open folder in an open one; one that is not answered yet has no entries. */
function openFolders(known: Known, isOpen: (path: string) => boolean): readonly Opened[] {
  const found: Opened[] = [];
  const walk = (path: string): void => {
    const total = known(path, 0)?.total ?? 0;
    const inside: { at: number; path: string }[] = [];
    for (let page = 0; page * pageEntries < total; page += 1) {
      const entries = known(path, page)?.entries ?? [];
      entries.forEach((entry, at) => {
        if (entry.type !== 'folder' || !isOpen(entry.path)) return;
        inside.push({ at: page * pageEntries + at, path: entry.path });
      });
      // Folders come first: where changes have begun there are none any more.
      if (entries.at(-1)?.type === 'change') break;
    }
    found.push({ path, total, inside });
    for (const one of inside) walk(one.path);
  };
  walk('');
  return found;
}

function rowsFrom(open: readonly Opened[]): Rows {
  const byPath = new Map(open.map((one) => [one.path, one]));
  return rowsOf((path) => byPath.get(path) ?? null);
}

function unique(pages: readonly Page[]): readonly Page[] {
  return [...new Map(pages.map((one) => [`${one.page} ${one.folder}`, one])).values()];
}

function withTurned(turned: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(turned);
  if (!next.delete(path)) next.add(path);
  return next;
}
