// The manager's callback where the manager is at the other end of a pipe. What must be answered at once
// is answered from what the manager has told: whether an item is to be skipped, or all is to stop.
import type { ItemId } from '../model/item.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Callback, ProgressAnswer, ProgressReport } from '../ports/handler.ts';
import { WaitingReports } from './core/reports.ts';

/** The part of a connection that is needed here. */
export interface Line {
  notify(method: string, params: Json): void;
  request(method: string, params: Json): Promise<unknown>;
  /** Resolves when everything said so far was taken. */
  flushed(): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/** Nobody sees more than ten pictures a second; two may be on their way. */
const reportEveryMs = 50;

export class WiredCallback implements Callback {
  readonly #line: Line;
  readonly #stop = new AbortController();
  readonly #skips = new Map<ItemId, AbortController>();
  readonly #reports = new WaitingReports<ProgressReport>();
  /** Lines that were not taken back, by their errorId. */
  readonly #lines = new Map<string | null, number>();
  #items: ReadonlySet<ItemId> = new Set();
  #state: 'attached' | 'detached' = 'attached';
  #sending: 'resting' | 'sending' = 'resting';
  #lastLine = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  /** The chosen items: of others nothing may be reported. */
  setItems(items: readonly ItemId[]): void {
    this.#items = new Set(items);
  }

  /** Null: all is to stop. */
  cancel(item: ItemId | null): void {
    if (item === null) this.#stop.abort();
    const concerned = item === null ? this.#skips.values() : [this.#skip(item)];
    for (const skip of concerned) skip.abort();
  }

  detach(): void {
    this.sendReports();
    this.#state = 'detached';
    this.cancel(null);
  }

  progress: Callback['progress'] = (item, report) => {
    const answer = this.#answer(item);
    if (report !== null && answer !== 'detached' && answer !== 'unknown-item') {
      this.#reports.add(item, report);
      if (report.status !== undefined) this.sendReports();
      else void this.#sendSoon();
    }
    return answer;
  };

  signal: Callback['signal'] = (item) =>
    item === null ? this.#stop.signal : this.#skip(item).signal;

  log: Callback['log'] = (entry) => {
    if (this.#state === 'detached' || entry.text === '') return null;
    this.#tell('log', { ...entry });
    this.#lines.set(entry.errorId, (this.#lines.get(entry.errorId) ?? 0) + 1);
    this.#lastLine += 1;
    return this.#lastLine;
  };

  withdraw: Callback['withdraw'] = (errorId) => {
    if (this.#state === 'detached') return 0;
    this.#tell('withdraw', { errorId });
    const concerned = errorId === null ? [...this.#lines.keys()] : [errorId];
    const count = concerned.reduce((sum, name) => sum + (this.#lines.get(name) ?? 0), 0);
    for (const name of concerned) this.#lines.delete(name);
    return count;
  };

  /** The manager must be asked, and this has to be answered now: `ask` is the way to a person. */
  takeFloor: Callback['takeFloor'] = () => false;

  returnFloor: Callback['returnFloor'] = () => {};

  ask: Callback['ask'] = (form) => this.#question<JsonObject | null>('ask', form, null);

  connect: Callback['connect'] = (name) => this.#question('connect', { name }, false);

  conflict: Callback['conflict'] = (draft) => this.#tell('conflict', draft as unknown as Json);

  decide: Callback['decide'] = (draft) => this.#question('decide', draft, null);

  conflictsSeen: Callback['conflictsSeen'] = (item, complete) =>
    this.#tell('conflictsSeen', { item, complete });

  /** What waits to be sent, now. */
  sendReports(): void {
    for (const [item, report] of this.#reports.take()) {
      this.#line.notify('progress', { item, ...report });
    }
  }

  async #sendSoon(): Promise<void> {
    if (this.#sending === 'sending') return;
    this.#sending = 'sending';
    while (!this.#reports.isEmpty) {
      this.sendReports();
      // Who does not read is not told more meanwhile.
      await Promise.all([this.#line.flushed(), this.#line.sleep(reportEveryMs)]);
    }
    this.#sending = 'resting';
  }

  #tell(method: string, params: Json): void {
    if (this.#state === 'attached') this.#line.notify(method, params);
  }

  /** The answer that means no, where nobody can answer. */
  async #question<T>(method: string, params: object, no: T): Promise<T> {
    if (this.#state === 'detached') return no;
    const asked = this.#line.request(method, params as Json) as Promise<T>;
    return asked.catch(() => no);
  }

  #answer(item: ItemId): ProgressAnswer {
    if (this.#state === 'detached') return 'detached';
    if (!this.#items.has(item)) return 'unknown-item';
    if (this.#stop.signal.aborted) return 'stop';
    return this.#skip(item).signal.aborted ? 'skip' : 'continue';
  }

  #skip(item: ItemId): AbortController {
    const known = this.#skips.get(item) ?? new AbortController();
    if (this.#stop.signal.aborted) known.abort();
    this.#skips.set(item, known);
    return known;
  }
}
