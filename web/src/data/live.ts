// The stream of what happens. Events make what was asked before old, progress goes to its store. The
// browser connects again by itself and says which event it saw last, so none is lost; where the manager
// says that some are gone, everything is asked anew.
import { useSyncExternalStore } from 'react';
import { freshener } from './freshen.ts';
import { itemsChanged, takeChangedItems } from './item-list.ts';
import { takeNewerLines } from './log-pages.ts';
import { progressStore } from './progress-store.ts';
import { queryClient } from './queries.ts';
import type { EventShape, Notice } from './shapes.ts';

export type Link = 'connecting' | 'live' | 'lost';

/** First letters of the type of an event → what is not true any more. */
const touched: readonly (readonly [prefix: string, keys: readonly string[]])[] = [
  ['request.', ['running', 'request', 'items']],
  ['session.phase', ['running', 'choices', 'question']],
  ['session.ended', ['running', 'items', 'sessions', 'plans', 'waiting', 'question']],
  ['item.', ['items']],
  ['plan.', ['plans', 'plan', 'waiting', 'items']],
  ['log.added', ['log-newer']],
  ['log.withdrawn', ['log']],
  ['conflict.', ['conflicts', 'waiting', 'items']],
  ['partnership.changed', ['partnerships', 'items', 'handlers', 'configuration']],
  ['partnership.', ['items', 'paused', 'why']],
  ['api.called', []],
  ['manager.', ['about']],
  ['watch.', []],
  ['configuration.', ['configuration', 'partnerships', 'items', 'handlers', 'about', 'file']],
];

/** So that a burst of events asks once. */
const gatherMs = 150;
const freshen = freshener(ask, (work) => void setTimeout(work, gatherMs));

let link: Link = 'connecting';
const listeners = new Set<() => void>();
/** The last event that was seen: where a new stream goes on. */
let seen: string | null = null;

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
  const since = seen === null ? '' : `&since=${seen}`;
  const source = new EventSource(`${path}?answers=yes${since}`, { withCredentials: true });
  source.addEventListener('open', () => {
    const wasLost = link === 'lost';
    setLink('live');
    if (wasLost) void queryClient.invalidateQueries();
  });
  for (const type of ['message', 'event', 'progress', 'question', 'gap'] as const) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      if (lastEventId !== '') seen = lastEventId;
      take(JSON.parse(data) as Notice);
    });
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
  else if (notice.type === 'question') freshen.soon('question');
  else if (notice.type === 'gap') void queryClient.invalidateQueries();
}

function takeEvent({ type, partnership }: EventShape): void {
  const [, keys] = touched.find(([prefix]) => type.startsWith(prefix)) ?? [];
  for (const key of keys ?? ['items']) {
    // Of ten thousand items those of one partnership are asked for.
    const isOne = key === 'items' && partnership !== null && type !== 'partnership.changed';
    if (isOne) itemsChanged(partnership);
    freshen.soon(isOne ? 'items-changed' : key);
  }
}

async function ask(key: string): Promise<void> {
  if (key === 'log-newer') return takeNewerLines();
  if (key === 'items-changed') return takeChangedItems();
  await queryClient.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false });
}
