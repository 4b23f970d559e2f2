// The watch over the folders of one partnership: its hints, its health, and when it fires.
import type { ChangeTerms } from '../model/terms.ts';
import type { TouchedRoot } from '../model/touched.ts';
import type { Clock } from '../ports/clock.ts';
import type { Watched } from '../ports/handler.ts';
import type { Watch, WatchHint, Watching } from '../ports/watching.ts';
import { settledAt, stir, type Unrest } from './core/settle.ts';
import { Touched } from './core/touched.ts';

export type WatchState =
  | { readonly kind: 'watched' }
  /** It is looked at from time to time only. */
  | { readonly kind: 'scans'; readonly reason: string };

export interface FolderWatchPorts {
  readonly clock: Clock;
  readonly watching: Watching;
  readonly terms: ChangeTerms;
  fire(): Promise<void>;
  health(state: WatchState): void;
  /** Hears what failed with nobody waiting for it. */
  readonly fault: (thrown: unknown) => void;
}

/** Without a watch a scan comes this much sooner than the safety scan of a sound one. */
const scansMoreOften = 4;
const scanLeastMs = 60_000;
const tryAgainMs = 300_000;
const fireAgainMs = 30_000;

export class FolderWatch {
  readonly #ports: FolderWatchPorts;
  readonly #closed = new AbortController();
  #watches: Watch[] = [];
  #state: WatchState = { kind: 'scans', reason: 'it is not watched yet' };
  #unrest: Unrest | null = null;
  #touched = new Touched([]);
  /** When the session began that was begun last. */
  #sessionAt = 0;
  #settling: 'no' | 'yes' = 'no';

  constructor(ports: FolderWatchPorts) {
    this.#ports = ports;
  }

  get state(): WatchState {
    return this.#state;
  }

  /**
   * Where something may have changed since the last clean session began, up to now; null: anywhere.
   */
  async touched(): Promise<readonly TouchedRoot[] | null> {
    const watches = this.#watches;
    const answers = await Promise.all(watches.map((watch) => watch.isAllTold()));
    const isSound = this.#state.kind === 'watched' && this.#watches === watches;
    return isSound && answers.every((isAll) => isAll) ? this.#touched.now() : null;
  }

  /** What is told from now on may be news to the next session. */
  sessionBegins(): void {
    this.#sessionAt = this.#touched.moment;
  }

  /** It looked at everything, or at what was touched, and left nothing undone. */
  sessionSucceeded(): void {
    this.#touched.forget(this.#sessionAt);
  }

  async open(watched: Watched): Promise<void> {
    this.#touched = new Touched(watched.roots);
    await this.#watch(watched);
    this.#scanNowAndThen().catch(this.#ports.fault);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#letGo();
  }

  async #watch({ roots, ignored }: Watched): Promise<void> {
    const isOurs = (path: string) => ignored.includes(path.split('/')[0] ?? '');
    const watches: Watch[] = [];
    this.#watches = watches;
    try {
      if (roots.length === 0) throw new Error('its handler has no folders to watch');
      for (const root of roots) {
        const hear = (hint: WatchHint) => this.#hear(root, hint, isOurs, { roots, ignored });
        watches.push(await this.#ports.watching.watch(root, hear));
      }
      // A session that is under way may have looked before it was watched.
      this.#touched.noteAll();
      if (this.#closed.signal.aborted) await this.#letGo();
      else this.#become({ kind: 'watched' });
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      void this.#fall(reason, { roots, ignored });
    }
  }

  #hear(root: string, hint: WatchHint, isOurs: (path: string) => boolean, watched: Watched): void {
    if (this.#closed.signal.aborted) return;
    if (hint.kind === 'changed') {
      const paths = hint.paths.filter((path) => !isOurs(path));
      if (paths.length === 0) return;
      this.#touched.note(root, paths);
    } else {
      this.#touched.noteAll();
    }
    this.#stirred();
    if (hint.kind === 'broken') void this.#fall(hint.reason, watched);
  }

  /** There are scans only, until a watch can be had again. */
  async #fall(reason: string, watched: Watched): Promise<void> {
    await this.#letGo();
    this.#touched.noteAll();
    this.#become({ kind: 'scans', reason });
    if (watched.roots.length === 0) return;
    await this.#ports.clock.sleep(tryAgainMs, this.#closed.signal);
    if (!this.#closed.signal.aborted) await this.#watch(watched);
  }

  #become(state: WatchState): void {
    const former = this.#state;
    this.#state = state;
    if (JSON.stringify(former) !== JSON.stringify(state)) this.#ports.health(state);
  }

  async #letGo(): Promise<void> {
    const watches = this.#watches;
    this.#watches = [];
    await Promise.allSettled(watches.map((watch) => watch.close()));
  }

  #stirred(): void {
    this.#unrest = stir(this.#unrest, this.#ports.clock.monotonic());
    if (this.#settling === 'yes') return;
    this.#settling = 'yes';
    this.#settle().catch(this.#ports.fault);
  }

  async #settle(): Promise<void> {
    const { clock, terms, fire } = this.#ports;
    try {
      while (this.#unrest !== null && !this.#closed.signal.aborted) {
        const left = settledAt(this.#unrest, terms.settleMs) - clock.monotonic();
        if (left > 0) {
          await clock.sleep(left, this.#closed.signal);
          continue;
        }
        this.#unrest = null;
        await fire().catch((thrown: unknown) => this.#stirAgain(thrown));
      }
    } finally {
      this.#settling = 'no';
    }
  }

  /** What could not be started is not forgotten. */
  async #stirAgain(thrown: unknown): Promise<void> {
    const { clock, fault } = this.#ports;
    fault(thrown);
    await clock.sleep(fireAgainMs, this.#closed.signal);
    this.#unrest = stir(this.#unrest, clock.monotonic());
  }

  async #scanNowAndThen(): Promise<void> {
    const { clock, terms, fire } = this.#ports;
    const often = Math.max(scanLeastMs, terms.scanEveryMs / scansMoreOften);
    const { signal } = this.#closed;
    let scannedAt = clock.monotonic();
    while (!signal.aborted) {
      await clock.sleep(Math.min(often, terms.scanEveryMs), signal);
      const every = this.#state.kind === 'watched' ? terms.scanEveryMs : often;
      if (signal.aborted || clock.monotonic() - scannedAt < every) continue;
      scannedAt = clock.monotonic();
      // A watch may be sound and have missed something all the same.
      this.#touched.noteAll();
      await fire().catch(this.#ports.fault);
    }
  }
}
