// A manager for the tests of a handler: it calls what the real one calls, in its order and with its
// windows, keeps what was said, and skips and stops when the test says so. There is no store behind it,
// no queue, and no disk.
import { errorRecord, syncError } from '../model/error.ts';
import type { FinalStatus, Item, ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { PlanChange, PlanDraft, PlanSummary } from '../model/plan.ts';
import { isInteractive, type TriggerKind } from '../model/trigger.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  Handler,
  HandlerInfo,
  HandlerSession,
  Opening,
  Pass,
  Prepared,
  Synchronized,
} from '../ports/handler.ts';
import { Board } from '../session/board.ts';
import { type Completion, itemResult } from '../session/core/outcome.ts';
import { passThrough } from '../session/pass.ts';
import { FakeCallback, type FakePerson } from './fake-callback.ts';
import type { Said } from './said.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface FakeManagerOptions {
  readonly settings?: JsonObject;
  /** By default `manual`. */
  readonly trigger?: TriggerKind;
  /** By default what the trigger says. */
  readonly interactive?: boolean;
  /** Nothing but the list is wanted. */
  readonly settingsOnly?: boolean;
  readonly cookie?: Uint8Array | null;
  readonly person?: FakePerson;
  /** Names of connections that can be brought up beside the default one. */
  readonly connections?: readonly string[];
  /** For the limits; a virtual one by default, on which a handler that waits for nothing is overdue. */
  readonly clock?: Clock;
  /** Each call into the handler has to end within; by default a call may take any time. */
  readonly limitMs?: number;
}

/** What was asked of it, and what the handler came back with. */
export interface Listing {
  readonly complete: boolean;
  readonly items: readonly Item[];
}

export interface ApprovedPlan {
  readonly hash: string;
  readonly changes: readonly PlanChange[];
}

/** A plan whose changes were read. */
export interface ReadPlan extends PlanDraft {
  readonly changes: readonly PlanChange[];
}

/** One whole session, as `run` drives it. */
export interface FakeRun {
  /** Null: the handler said that the trigger is not for it. */
  readonly info: HandlerInfo | null;
  readonly items: readonly Item[];
  readonly prepared: Prepared | null;
  readonly plan: ReadPlan | null;
  readonly synchronized: Synchronized | null;
  /** What each chosen item came to. */
  readonly outcomes: Readonly<Record<ItemId, FinalStatus>>;
}

export class FakeManager {
  readonly #handler: Handler;
  readonly #options: FakeManagerOptions;
  readonly #clock: Clock;
  readonly #board: Board;
  readonly #callback: FakeCallback;
  #session: HandlerSession | null = null;
  #listing: Listing = { complete: true, items: [] };
  #window: 'shut' | 'open' = 'shut';
  #completion: Completion = 'never-begun';
  #error: Synchronized['error'] = null;

  constructor(handler: Handler, options: FakeManagerOptions = {}) {
    this.#handler = handler;
    this.#options = options;
    this.#clock = options.clock ?? new VirtualClock();
    this.#board = new Board(this.#clock, { present: () => false, show: () => {} });
    const { person = {}, connections = [] } = options;
    this.#callback = new FakeCallback(this.#board, person, connections);
  }

  /** Everything the handler said, in order. */
  get said(): readonly Said[] {
    return this.#callback.said;
  }

  /** What the handler said by one call: `of('log')`. */
  get of(): FakeCallback['of'] {
    return this.#callback.of.bind(this.#callback);
  }

  /** The open session, for what only some handlers can: `manager.session.resolve?.(…)`. */
  get session(): HandlerSession {
    if (this.#session === null) throw new Error('The handler has no session: call open first.');
    return this.#session;
  }

  /** Called with each thing said, before it is answered: the place to skip or stop from. */
  listen(listener: (said: Said) => void): () => void {
    return this.#callback.listen(listener);
  }

  /** Open, describe, items, attach, prepare, synchronize, close: with all ticked items, or those given. */
  async run(items?: readonly ItemId[]): Promise<FakeRun> {
    const info = await this.open();
    if (info === null) return { ...nothingRun };
    try {
      const { items: listed } = await this.list();
      const ticked = listed.filter(({ checked }) => checked).map(({ id }) => id);
      const prepared = await this.prepare(items ?? ticked);
      const plan = prepared.outcome === 'ready' ? (prepared.plan as ReadPlan | null) : null;
      const synchronized = prepared.outcome === 'ready' ? await this.synchronize() : null;
      return { info, items: listed, prepared, plan, synchronized, outcomes: this.outcomes() };
    } finally {
      await this.close();
    }
  }

  /** Opens, describes and attaches. Null: the trigger is not for this handler. */
  async open(): Promise<HandlerInfo | null> {
    const session = await this.#within('open', this.#handler.open(this.#opening()));
    if (session === null) return null;
    this.#session = session;
    const info = await this.#within('describe', session.describe());
    await this.#within('attach', session.attach(this.#callback));
    return info;
  }

  async list(): Promise<Listing> {
    this.#listing = await this.#within('items', readListing(this.session));
    return this.#listing;
  }

  async prepare(items: readonly ItemId[], approved: ApprovedPlan | null = null): Promise<Prepared> {
    const known = this.#listing.items.filter(({ id }) => items.includes(id));
    this.#board.setItems(known);
    this.#callback.enter('preparing');
    const call = { items: [...items], approved: approved && approvedCall(approved) };
    try {
      const prepared = await this.#pass('prepare', () => this.session.prepare(call));
      if (prepared.outcome === 'refused' || prepared.plan === null) return prepared;
      const { changes, facts } = prepared.plan;
      return { outcome: 'ready', plan: { changes: [...changes], facts } };
    } finally {
      this.#callback.enter('between');
    }
  }

  async synchronize(): Promise<Synchronized> {
    this.#callback.enter('synchronizing');
    this.#completion = 'failed';
    try {
      const done = await this.#pass('synchronize', () => this.session.synchronize());
      this.#completion = done.outcome;
      this.#error = done.error;
      return done;
    } catch (thrown) {
      this.#error = errorRecord(thrown, 'handler-failed');
      throw thrown;
    } finally {
      this.#callback.enter('afterwards');
    }
  }

  /** As a person would, at any time: it reaches the handler in every way the manager has. */
  skip(item: ItemId): void {
    if (this.#board.skip(item)) this.#tellSkips();
  }

  stop(): void {
    this.#board.stop();
    this.#tellSkips();
  }

  outcomes(): Readonly<Record<ItemId, FinalStatus>> {
    const around = {
      completion: this.#completion,
      stopWanted: this.#board.stopWanted,
      error: this.#error,
    };
    const results = this.#board.fates().map((fate) => itemResult(fate, around));
    return Object.fromEntries(results.map(({ item, status }) => [item, status]));
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#callback.enter('closed');
    if (session !== null) await this.#within('close', session.close());
  }

  #opening(): Opening {
    const {
      trigger = 'manual',
      settings = {},
      settingsOnly = false,
      cookie = null,
    } = this.#options;
    const interactive = this.#options.interactive ?? isInteractive[trigger];
    const partnership = { id: 'test', name: 'test' };
    return { partnership, trigger, interactive, settingsOnly, cookie, settings };
  }

  #pass<T>(what: string, call: () => Promise<Pass<T>>): Promise<T> {
    const window = {
      open: () => {
        this.#window = 'open';
        this.#tellSkips();
      },
      close: () => {
        this.#window = 'shut';
      },
    };
    return this.#within(what, passThrough(call, window)).finally(window.close);
  }

  #tellSkips(): void {
    if (this.#window === 'shut') return;
    for (const item of this.#board.untold()) {
      this.session.setItemStatus(item, 'skipped');
      this.#board.markTold(item);
    }
  }

  /** Rejects with `overdue`, naming the call. */
  async #within<T>(what: string, work: Promise<T>): Promise<T> {
    const { limitMs } = this.#options;
    if (limitMs === undefined) return work;
    const over = new AbortController();
    const late = this.#clock.sleep(limitMs, over.signal).then(() => {
      if (over.signal.aborted) return work;
      throw syncError('overdue', { limit: `${limitMs / 1_000} s (${what})` });
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      over.abort();
    }
  }
}

const nothingRun: FakeRun = {
  info: null,
  items: [],
  prepared: null,
  plan: null,
  synchronized: null,
  outcomes: {},
};

async function readListing(session: HandlerSession): Promise<Listing> {
  const { complete, items } = await session.items();
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return { complete, items: read };
}

function approvedCall({ hash, changes }: ApprovedPlan) {
  const summary: PlanSummary = {
    hash,
    session: 'test',
    partnership: 'test',
    createdAt: 0,
    state: 'approved',
    counts: countsOf(changes),
    bytes: changes.reduce((sum, { bytes }) => sum + bytes, 0),
    halts: [],
  };
  return { summary, changes: () => structuredClone(changes) };
}

/** Number of changes by `side.kind`. */
export function countsOf(changes: readonly PlanChange[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { side, kind } of changes) {
    counts[`${side}.${kind}`] = (counts[`${side}.${kind}`] ?? 0) + 1;
  }
  return counts;
}
