// The stream of what happens. Events make what was asked before old, progress goes to its store. The
// browser connects again by itself and says which event it saw last, so none is lost; where the manager
// says that some are gone, everything is asked anew.
import { useSyncExternalStore } from 'react';
import { progressStore } from './progress-store.ts';
import { queryClient } from './queries.ts';
import type { EventShape, Notice } from './shapes.ts';

export type Link = 'connecting' | 'live' | 'lost';

/** First letters of the type of an event → what is not true any more. */
const touched: readonly (readonly [prefix: string, keys: readonly string[]])[] = [
  ['request.', ['running', 'items']],
  ['session.phase', ['running', 'choices', 'question']],
  ['session.ended', ['running', 'items', 'sessions', 'plans', 'question']],
  ['item.', ['items']],
  ['plan.', ['plans', 'items']],
  ['log.', ['log']],
  ['conflict.', ['conflicts', 'items']],
  ['partnership.', ['partnerships', 'items', 'handlers', 'configuration']],
];

let link: Link = 'connecting';
const listeners = new Set<() => void>();
const stale = new Set<string>();
let scheduled = false;
/** So that a burst of events asks once. */
const gatherMs = 150;

export function useLink(): Link {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => link,
  );
}

/** Begins to listen; returns the end of it. */
export function listen(path = '/v1/events'): () => void {
  let source = open(path);
  let again: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    source.addEventListener('error', () => {
      setLink('lost');
      // The browser tries again by itself where nobody answered, and gives up where it was refused.
      if (source.readyState !== EventSource.CLOSED) return;
      void queryClient.invalidateQueries({ queryKey: ['about'] });
      again = setTimeout(() => {
        source = open(path);
        watch();
      }, againMs);
    });
  };
  watch();
  return () => {
    clearTimeout(again);
    source.close();
  };
}

const againMs = 2_000;

function open(path: string): EventSource {
  const source = new EventSource(path, { withCredentials: true });
  source.addEventListener('open', () => {
    const wasLost = link === 'lost';
    setLink('live');
    if (wasLost) void queryClient.invalidateQueries();
  });
  for (const type of ['message', 'event', 'progress', 'question', 'gap'] as const) {
    source.addEventListener(type, ({ data }) => take(JSON.parse(data) as Notice));
  }
  return source;
}

function setLink(next: Link): void {
  if (link === next) return;
  link = next;
  for (const listener of listeners) listener();
}

function take(notice: Notice): void {
  if (notice.type === 'progress') progressStore.put(notice.progress);
  else if (notice.type === 'event') takeEvent(notice.event);
  else if (notice.type === 'question')
    void queryClient.invalidateQueries({ queryKey: ['question'] });
  else if (notice.type === 'gap') void queryClient.invalidateQueries();
}

function takeEvent({ type }: EventShape): void {
  const fitting = touched.filter(([prefix]) => type.startsWith(prefix));
  const keys = fitting.length === 0 ? ['items'] : fitting.flatMap(([, each]) => each);
  for (const key of keys) stale.add(key);
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    const gathered = [...stale];
    stale.clear();
    for (const key of gathered) void queryClient.invalidateQueries({ queryKey: [key] });
  }, gatherMs);
}
