// What is asked of the manager for setting things up.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as api from './settings-api.ts';
import type { ScheduleDraft } from './shapes.ts';

export const fileQuery = (partnership: string | null) =>
  queryOptions({ queryKey: ['file', partnership], queryFn: () => api.file(partnership) });
export const freshnessQuery = queryOptions({ queryKey: ['freshness'], queryFn: api.freshness });
/** Shown as it was while the next is under way: a list that blinks cannot be read. */
export const nextRunsQuery = (draft: ScheduleDraft) =>
  queryOptions({
    queryKey: ['next-runs', draft],
    queryFn: () => api.nextRuns(draft),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
export const ticksQuery = (partnership: string, trigger: string, connection: string | null) =>
  queryOptions({
    queryKey: ['ticks', partnership, trigger, connection],
    queryFn: () => api.ticks(partnership, trigger, connection),
  });
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: api.connections,
  staleTime: 10_000,
});
export const foldersQuery = (path: string | null) =>
  queryOptions({
    queryKey: ['folders', path],
    queryFn: () => api.folders(path),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
export const notifyWaysQuery = queryOptions({ queryKey: ['ways'], queryFn: api.notifyWays });
/** What stands in the files, and what handlers take: it changes with the program only. */
export const schemaQuery = queryOptions({ queryKey: ['schema'], queryFn: api.schema });
/** Makes a plan and nothing more, once, and answers when it is made. */
export const firstPlanQuery = (partnership: string) =>
  queryOptions({
    queryKey: ['first-plan', partnership],
    queryFn: () => api.planOnly(partnership),
    gcTime: 0,
    retry: false,
  });
export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: api.tokens });
