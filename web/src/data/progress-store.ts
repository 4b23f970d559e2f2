// Progress of what runs now. It comes up to 200 times a second and is stored nowhere, so it does not
// pass through the cache of queries: the newest of each item is kept, and whoever shows it is told at
// most once a frame.
import { useSyncExternalStore } from 'react';
import { type Sample, withRecent, withSample } from '../core/throughput.ts';
import type { ProgressShape } from './shapes.ts';

export interface SessionProgress {
  readonly items: ReadonlyMap<string, ProgressShape>;
  readonly bytes: number;
  readonly bytesMax: number;
  readonly samples: readonly Sample[];
  /** Of each item that counts bytes, as far back as a rate looks. */
  readonly itemSamples: ReadonlyMap<string, readonly Sample[]>;
}

class ProgressStore {
  readonly #sessions = new Map<string, SessionProgress>();
  readonly #waiting = new Map<string, ProgressShape>();
  readonly #listeners = new Set<() => void>();
  readonly #clock: () => number;
  readonly #soon: (work: () => void) => void;
  #course: 'quiet' | 'scheduled' = 'quiet';

  constructor(clock: () => number, soon: (work: () => void) => void) {
    this.#clock = clock;
    this.#soon = soon;
  }

  put(progress: ProgressShape): void {
    this.#waiting.set(`${progress.session}\0${progress.item}`, progress);
    if (this.#course === 'scheduled') return;
    this.#course = 'scheduled';
    this.#soon(() => this.#take());
  }

  /** Sessions that run no more are forgotten. */
  keepOnly(sessions: ReadonlySet<string>): void {
    for (const id of this.#sessions.keys()) if (!sessions.has(id)) this.#sessions.delete(id);
    this.#tell();
  }

  of(session: string): SessionProgress | undefined {
    return this.#sessions.get(session);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #take(): void {
    this.#course = 'quiet';
    const touched = new Map<string, Map<string, ProgressShape>>();
    const news = Map.groupBy(this.#waiting.values(), ({ session }) => session);
    for (const progress of this.#waiting.values()) {
      const { session, item } = progress;
      const items = touched.get(session) ?? new Map(this.#sessions.get(session)?.items ?? []);
      touched.set(session, items.set(item, progress));
    }
    this.#waiting.clear();
    for (const [session, items] of touched) {
      this.#put(session, items, news.get(session) ?? []);
    }
    this.#tell();
  }

  #put(
    session: string,
    items: ReadonlyMap<string, ProgressShape>,
    news: readonly ProgressShape[],
  ): void {
    const all = [...items.values()];
    const bytes = all.reduce((sum, one) => sum + Math.max(0, one.bytes), 0);
    const bytesMax = all.reduce((sum, one) => sum + Math.max(0, one.bytesMax), 0);
    const before = this.#sessions.get(session);
    const at = this.#clock();
    const samples = withSample(before?.samples ?? [], { at, bytes });
    const itemSamples = new Map(before?.itemSamples);
    for (const { item, bytes, bytesMax } of news) {
      if (bytesMax <= 0) continue;
      itemSamples.set(item, withRecent(itemSamples.get(item) ?? [], { at, bytes }));
    }
    this.#sessions.set(session, { items, bytes, bytesMax, samples, itemSamples });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const progressStore = new ProgressStore(
  () => performance.now(),
  (work) => requestAnimationFrame(work),
);

export function useProgress(session: string): SessionProgress | undefined {
  return useSyncExternalStore(progressStore.subscribe, () => progressStore.of(session));
}
