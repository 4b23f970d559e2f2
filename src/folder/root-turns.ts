// Who may work in which root. Another process is refused, since nobody knows how long it takes; sessions of
// this one may look at the same time, and take turns when they change something (CC-02). A root is known
// by its device and number, whatever path a partnership has for it.
import { syncError } from '../model/error.ts';
import type { Lock, Locks } from '../ports/lock.ts';
import type { RootRef } from './batch.ts';

export type Leave = () => void;

interface Kept {
  readonly lock: Promise<Lock | null>;
  /** Once it is there: whoever comes next in this moment finds it released. */
  held: Lock | null;
  users: number;
}

export class RootTurns {
  readonly #locks: Locks | undefined;
  readonly #kept = new Map<string, Kept>();
  /** Resolves when the last who asked for a turn has ended it. */
  readonly #lasts = new Map<string, Promise<void>>();

  /** `locks`: between processes; without them there is only this one. */
  constructor(locks: Locks | undefined) {
    this.#locks = locks;
  }

  /** Keeps other processes out. Throws `folder-root-busy` when one is in. */
  async keep(roots: readonly RootRef[]): Promise<Leave> {
    const kept: string[] = [];
    const leave = () => {
      for (const name of kept.splice(0)) this.#release(name);
    };
    // Always in the same order, so that two processes cannot each hold what the other wants.
    try {
      for (const { name, path } of inOrder(roots)) {
        kept.push(name);
        if ((await this.#use(name)) === null) throw syncError('folder-root-busy', { path });
      }
    } catch (thrown) {
      leave();
      throw thrown;
    }
    return leave;
  }

  async #use(name: string): Promise<Lock | null> {
    const kept = this.#kept.get(name) ?? { lock: this.#tryLock(name), held: null, users: 0 };
    kept.users += 1;
    this.#kept.set(name, kept);
    kept.held = await kept.lock;
    return kept.held;
  }

  async #tryLock(name: string): Promise<Lock | null> {
    if (this.#locks === undefined) return { name, release: () => undefined };
    const lock = await this.#locks.tryLock(name);
    return 'heldBy' in lock ? null : lock;
  }

  #release(name: string): void {
    const kept = this.#kept.get(name);
    if (kept === undefined) return;
    kept.users -= 1;
    if (kept.users > 0) return;
    this.#kept.delete(name);
    kept.held?.release();
  }

  /** The path of one that somebody has a turn in; null: none is. */
  busy(roots: readonly RootRef[]): string | null {
    return inOrder(roots).find(({ name }) => this.#lasts.has(name))?.path ?? null;
  }

  /** In the order of asking. Null: the signal came first. */
  async turn(roots: readonly RootRef[], signal?: AbortSignal): Promise<Leave | null> {
    const own = Promise.withResolvers<void>();
    // Asked for in all of them at once: who came first in one is first in all.
    const before = inOrder(roots).map(({ name }) => {
      const last = this.#lasts.get(name) ?? Promise.resolve();
      const next = last.then(() => own.promise);
      this.#lasts.set(name, next);
      void next.then(() => this.#lasts.get(name) === next && this.#lasts.delete(name));
      return last;
    });
    const aborted = Promise.withResolvers<'aborted'>();
    const abort = () => aborted.resolve('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    const first = await Promise.race([Promise.all(before), aborted.promise]);
    signal?.removeEventListener('abort', abort);
    if (first !== 'aborted') return () => own.resolve();
    own.resolve();
    return null;
  }
}

function inOrder(roots: readonly RootRef[]) {
  const named = roots.map((root) => [`root-${root.device}-${root.inode}`, root.path] as const);
  return [...new Map(named)]
    .map(([name, path]) => ({ name, path }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
