// The stream of notices over a manager that only calls its listeners.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../api/shapes.ts';
import type { ItemProgress, Manager } from '../manager/manager.ts';
import type { Event } from '../model/event.ts';
import type { Store } from '../ports/store.ts';
import type { LocalDeps } from './local-deps.ts';
import { watchManager } from './notices.ts';

const event = (sequence: number): Event => ({
  sequence,
  at: sequence,
  type: 'request.queued',
  partnership: null,
  session: null,
  item: null,
  data: {},
});
const progress = (item: string, value: number): ItemProgress => ({
  session: 's',
  partnership: 'p',
  item,
  name: item,
  status: 'updating',
  text: '',
  value,
  max: 10,
  bytes: 0,
  bytesMax: 0,
});

function bed(stored: readonly Event[] = []) {
  const listeners = new Set<(events: readonly Event[]) => void>();
  const watchers = new Set<(progress: ItemProgress) => void>();
  const manager: Partial<Manager> = {
    onEvents: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onProgress: (listener) => {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    question: () => null,
  };
  const events = {
    list: async (since: number, limit: number) =>
      stored.filter(({ sequence }) => sequence > since).slice(0, limit),
  };
  const sleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  const deps: Partial<LocalDeps> = {
    manager: manager as Manager,
    store: { events } as unknown as Store,
    clock: { now: () => 0, zone: () => 'UTC', monotonic: () => 0, sleep },
  };
  return {
    deps: deps as LocalDeps,
    happen: (...happened: Event[]) => {
      for (const listener of listeners) listener(happened);
    },
    progress: (one: ItemProgress) => {
      for (const watcher of watchers) watcher(one);
    },
    listening: () => listeners.size + watchers.size,
  };
}

const looking = (since: number | null, signal: AbortSignal) =>
  ({ since, signal, part: 'looks-on' }) as const;

async function all(notices: AsyncIterable<Notice>): Promise<string[]> {
  const seen: string[] = [];
  for await (const notice of notices) {
    if (notice.type === 'event') seen.push(`event ${notice.event.sequence}`);
    if (notice.type === 'progress') seen.push(`${notice.progress.item} ${notice.progress.value}`);
  }
  return seen;
}

test('what happens between the call and the first reading is not missed', async () => {
  const it = bed();
  const ending = new AbortController();
  const notices = watchManager(it.deps, looking(null, ending.signal));
  it.happen(event(1), event(2));
  ending.abort();
  assert.deepEqual(await all(notices), ['event 1', 'event 2']);
});

test('a reader that lags behind gets the newest progress of each item, and every event', async () => {
  const it = bed();
  const ending = new AbortController();
  const notices = watchManager(it.deps, looking(null, ending.signal));
  for (let value = 0; value <= 9; value += 1) {
    it.progress(progress('a', value));
    it.progress(progress('b', value));
    it.happen(event(value));
  }
  ending.abort();
  const seen = await all(notices);
  assert.deepEqual(seen.slice(0, 3), ['a 9', 'b 9', 'event 0']);
  assert.equal(seen.length, 12);
});

test('whoever resumes gets what was stored since, then what happens, each once', async () => {
  const it = bed([event(1), event(2), event(3)]);
  const ending = new AbortController();
  const notices = watchManager(it.deps, looking(1, ending.signal));
  it.happen(event(3), event(4));
  const seen = all(notices);
  await new Promise((resolve) => setImmediate(resolve));
  ending.abort();
  assert.deepEqual(await seen, ['event 2', 'event 3', 'event 4']);
});

test('nobody listens any more once the watcher has left', async () => {
  const it = bed();
  const ending = new AbortController();
  const notices = watchManager(it.deps, looking(null, ending.signal));
  assert.equal(it.listening(), 2);
  ending.abort();
  assert.deepEqual(await all(notices), []);
  assert.equal(it.listening(), 0);
  it.happen(event(1));
});
