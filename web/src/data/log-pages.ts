// The log, newest first, page by page: older lines are asked for when somebody scrolls to them, newer ones
// come by themselves while the top is in sight, and otherwise wait behind a button.
import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { withNewer } from '../core/newer-lines.ts';
import * as api from './api.ts';
import { queryClient } from './queries.ts';
import type { LogLine, LogQuery } from './shapes.ts';

const pageLines = 400;
type Pages = InfiniteData<readonly LogLine[], number | null>;

export const logPagesQuery = (wanted: LogQuery) =>
  infiniteQueryOptions({
    queryKey: ['log', wanted],
    queryFn: ({ pageParam }) =>
      api.log({
        ...wanted,
        limit: pageLines,
        ...(pageParam === null ? {} : { before: pageParam }),
      }),
    // Lines never change, and to look for those that are the same would be to look at all of them.
    structuralSharing: false,
    initialPageParam: null as number | null,
    getNextPageParam: (last: readonly LogLine[]) =>
      last.length < pageLines ? undefined : last.at(-1)?.id,
  });

let isAtTop = true;
let waiting = false;
const listeners = new Set<() => void>();

/** Whether there are lines that are newer than those shown. */
export function useNewerLines(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}

/** Said by whoever shows the lines. */
export function logIsAtTop(isSo: boolean): void {
  isAtTop = isSo;
  if (isSo && waiting) void takeNewerLines();
}

export async function takeNewerLines(): Promise<void> {
  const active = queryClient.getQueryCache().findAll({ queryKey: ['log'], type: 'active' });
  if (active.length > 0) tell(!isAtTop);
  if (!isAtTop) return;
  await Promise.all(active.map(({ queryKey }) => prepend(queryKey as [string, LogQuery])));
}

async function prepend(queryKey: [string, LogQuery]): Promise<void> {
  const shown = queryClient.getQueryData<Pages>(queryKey);
  if (shown === undefined) return;
  const after = shown.pages[0]?.[0]?.id ?? 0;
  const newer = await api.log({ ...queryKey[1], limit: pageLines, after });
  if (newer.length === 0) return;
  queryClient.setQueryData<Pages>(queryKey, (pages) => pages && withNewer(pages, newer, pageLines));
}

function tell(next: boolean): void {
  if (waiting === next) return;
  waiting = next;
  for (const listener of listeners) listener();
}
