// The items of one session: what is shown of each, what a person asked for it, and its AbortSignal.
// Whoever asks is told at once; whoever watches is told at most ten times a second and item.
import { type Item, type ItemId, isFinal } from '../model/item.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProgressReport } from '../ports/handler.ts';
import { type ItemFate, nextStatus } from './core/outcome.ts';
import { applyReport, nothingShown, type Shown, waitBeforeShowing } from './core/progress.ts';

export interface ShownItem extends Shown {
  readonly item: ItemId;
  readonly name: string;
}

export interface Audience {
  /** Without one, nothing is gathered for showing. */
  present(): boolean;
  show(item: ShownItem): void;
}

interface Row {
  readonly item: Item;
  readonly abort: AbortController;
  shown: Shown;
  skipWanted: boolean;
  /** The handler was told through setItemStatus. */
  skipTold: boolean;
  lastShownAt: number | null;
}

export class Board {
  readonly #clock: Clock;
  readonly #audience: Audience;
  readonly #rows = new Map<ItemId, Row>();
  readonly #behind = new Set<Row>();
  #state: 'shown' | 'frozen' = 'shown';
  /** Aborted when nothing is shown any more. */
  #catchingUp: AbortController | null = null;
  readonly #stopped = new AbortController();

  constructor(clock: Clock, audience: Audience) {
    this.#clock = clock;
    this.#audience = audience;
  }

  get stopWanted(): boolean {
    return this.#stopped.signal.aborted;
  }

  setItems(items: readonly Item[]): void {
    this.#rows.clear();
    for (const item of items) {
      this.#rows.set(item.id, {
        item,
        abort: new AbortController(),
        shown: nothingShown,
        skipWanted: false,
        skipTold: false,
        lastShownAt: null,
      });
    }
  }

  fate(item: ItemId): ItemFate | undefined {
    const row = this.#rows.get(item);
    return row && { item: row.item, status: row.shown.status, skipWanted: row.skipWanted };
  }

  fates(): ItemFate[] {
    return [...this.#rows.values()].map(({ item, shown, skipWanted }) => ({
      item,
      status: shown.status,
      skipWanted,
    }));
  }

  shown(): ShownItem[] {
    return [...this.#rows.values()].map(shownItem);
  }

  report(item: ItemId, report: ProgressReport): void {
    const row = this.#rows.get(item);
    if (row === undefined || this.#state === 'frozen') return;
    const former = row.shown;
    const status =
      report.status === undefined ? former.status : nextStatus(former.status, report.status);
    row.shown = { ...applyReport(former, report), status };
    this.#showSoon(row, former.status !== status);
  }

  /** Of null: the signal of the session. An item that is not here has long been stopped. */
  signal(item: ItemId | null): AbortSignal {
    if (item === null) return this.#stopped.signal;
    return this.#rows.get(item)?.abort.signal ?? AbortSignal.abort();
  }

  /** False when the item is not here or has its outcome already. */
  skip(item: ItemId): boolean {
    const row = this.#rows.get(item);
    if (row === undefined || this.#state === 'frozen' || isFinal(row.shown.status)) return false;
    row.skipWanted = true;
    row.abort.abort();
    return true;
  }

  stop(): void {
    this.#stopped.abort();
    for (const row of this.#rows.values()) row.abort.abort();
  }

  /** Items that are to be skipped and of which the handler was not told yet. */
  untold(): ItemId[] {
    return [...this.#rows.values()]
      .filter(
        (row) => (row.skipWanted || this.stopWanted) && !row.skipTold && !isFinal(row.shown.status),
      )
      .map(({ item }) => item.id);
  }

  markTold(item: ItemId): void {
    const row = this.#rows.get(item);
    if (row !== undefined) row.skipTold = true;
  }

  /** Nothing changes any more; what was held back is shown. */
  freeze(): void {
    this.#state = 'frozen';
    this.#catchingUp?.abort(null);
    for (const row of this.#behind) this.#audience.show(shownItem(row));
    this.#behind.clear();
  }

  #showSoon(row: Row, atOnce: boolean): void {
    if (!this.#audience.present()) return;
    const now = this.#clock.monotonic();
    if (atOnce || waitBeforeShowing(row.lastShownAt, now) === 0) {
      row.lastShownAt = now;
      this.#behind.delete(row);
      this.#audience.show(shownItem(row));
    } else {
      if (this.#behind.size === 0) void this.#catchUp(waitBeforeShowing(row.lastShownAt, now));
      this.#behind.add(row);
    }
  }

  async #catchUp(waitMs: number): Promise<void> {
    this.#catchingUp ??= new AbortController();
    await this.#clock.sleep(waitMs, this.#catchingUp.signal);
    const late = [...this.#behind];
    this.#behind.clear();
    for (const row of late) this.#showSoon(row, true);
  }
}

const shownItem = ({ item, shown }: Row): ShownItem => ({
  item: item.id,
  name: item.name,
  ...shown,
});
