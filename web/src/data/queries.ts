// What is asked of the manager and kept until something says it has changed. Nothing here asks again by
// the clock: the stream of events tells (live.ts), and a lost connection makes all of it old.
import { QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import * as api from './api.ts';
import { ApiError } from './http.ts';
import * as running from './running.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // What was refused will be refused again; what was not reached may be there by now.
      retry: (count, error) => error instanceof ApiError && error.status === 0 && count < 3,
    },
  },
});

export const aboutQuery = queryOptions({ queryKey: ['about'], queryFn: api.about });
export const itemsQuery = queryOptions({ queryKey: ['items'], queryFn: api.items });
export const partnershipsQuery = queryOptions({
  queryKey: ['partnerships'],
  queryFn: api.partnerships,
});
export const handlersQuery = queryOptions({ queryKey: ['handlers'], queryFn: api.handlers });
export const runningQuery = queryOptions({ queryKey: ['running'], queryFn: api.running });
export const pausedQuery = queryOptions({ queryKey: ['paused'], queryFn: running.paused });
export const whyQuery = (partnership: string) =>
  queryOptions({ queryKey: ['why', partnership], queryFn: () => running.why(partnership) });
export const requestQuery = (id: string) =>
  queryOptions({ queryKey: ['request', id], queryFn: () => running.requestState(id) });
export const questionQuery = queryOptions({ queryKey: ['question'], queryFn: api.question });
/** For the numbers beside the names of the views: what is counted is asked for where it is shown. */
export const waitingQuery = queryOptions({ queryKey: ['waiting'], queryFn: api.waiting });
export const plansQuery = queryOptions({ queryKey: ['plans'], queryFn: api.plans });
export const conflictsQuery = (open: boolean) =>
  queryOptions({ queryKey: ['conflicts', { open }], queryFn: () => api.conflicts(open) });
export const conflictQuery = (id: string) =>
  queryOptions({ queryKey: ['conflicts', id], queryFn: () => api.conflict(id) });
export const conflictTextsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['conflict-texts', id, version],
    queryFn: () => api.conflictTexts(id),
  });
/** Its changes are asked for folder by folder (plan-pages.ts). */
export const planQuery = (hash: string) =>
  queryOptions({ queryKey: ['plan', hash], queryFn: () => api.plan(hash, 0) });
export const sessionsQuery = (wanted: { readonly partnership?: string; readonly limit?: number }) =>
  queryOptions({ queryKey: ['sessions', wanted], queryFn: () => api.sessions(wanted) });
export const choicesQuery = (request: string) =>
  queryOptions({ queryKey: ['choices', request], queryFn: () => api.choices(request) });
export const configurationQuery = queryOptions({
  queryKey: ['configuration'],
  queryFn: api.configuration,
});
export const doctorQuery = queryOptions({ queryKey: ['doctor'], queryFn: api.doctor });

/**
 * Something done to the manager; afterwards what is named is asked anew. `then`: what follows a success,
 * even where the button that was pressed is not there any more.
 */
export function useAct<Input, Output>(
  work: (input: Input) => Promise<Output>,
  touches: readonly string[],
  then: () => void = () => {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: then,
    onSettled: () =>
      Promise.all(touches.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
