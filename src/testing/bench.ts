// What a check works with: sessions of the handler under test, each driven by a manager of its own.
import type { ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { Handler } from '../ports/handler.ts';
import { FakeManager, type FakeManagerOptions, type ReadPlan } from './fake-manager.ts';
import { Unproven } from './verdict.ts';

/** The handler under test, and what it is tested on. */
export interface Subject {
  /** As its host serves it: the checks are the same for every host. */
  readonly handler: Handler;
  readonly settings: JsonObject;
  /** Before each check: lays out something to synchronize. */
  layOut?(): Promise<void>;
  /** Alike as long as nothing changed of what the handler works on. */
  fingerprint?(): Promise<string>;
}

export interface BenchLimits {
  /** Milliseconds for each call into the handler. */
  readonly callMs: number;
  /** From a stop to the end of the work. */
  readonly stopMs: number;
  /** From a skip to the end of that item. */
  readonly skipMs: number;
}

/** A session that has prepared. */
export interface AtWork {
  readonly manager: FakeManager;
  readonly items: readonly ItemId[];
  readonly plan: ReadPlan | null;
}

export class Bench {
  readonly subject: Subject;
  readonly limits: BenchLimits;
  readonly clock: Clock;
  readonly #open: FakeManager[] = [];

  constructor(subject: Subject, limits: BenchLimits, clock: Clock) {
    this.subject = subject;
    this.limits = limits;
    this.clock = clock;
  }

  manager(options: FakeManagerOptions = {}): FakeManager {
    const { handler, settings } = this.subject;
    const { clock, limits } = this;
    const manager = new FakeManager(handler, {
      settings,
      clock,
      limitMs: limits.callMs,
      // Nobody is there: a handler that works unattended works attended too.
      interactive: false,
      ...options,
    });
    this.#open.push(manager);
    return manager;
  }

  /** Up to prepare, with all ticked items or with those given. Throws when there is nothing to go on. */
  async prepared(options: FakeManagerOptions = {}, wanted?: readonly ItemId[]): Promise<AtWork> {
    const manager = this.manager(options);
    if ((await manager.open()) === null) throw new Unproven('It declined to open.');
    const listing = await manager.list();
    const ticked = listing.items.filter(({ checked }) => checked).map(({ id }) => id);
    const items = wanted ?? (ticked.length > 0 ? ticked : listing.items.map(({ id }) => id));
    if (items.length === 0) throw new Unproven(nothingListed);
    const prepared = await manager.prepare(items);
    if (prepared.outcome === 'refused') {
      throw new Unproven(
        `It refused to prepare: ${prepared.error?.text ?? 'it does not say why.'}`,
      );
    }
    return { manager, items, plan: prepared.plan as ReadPlan | null };
  }

  /** One whole session; it is closed. */
  async whole(options: FakeManagerOptions = {}, wanted?: readonly ItemId[]) {
    const atWork = await this.prepared(options, wanted);
    const synchronized = await atWork.manager.synchronize();
    await atWork.manager.close();
    return { ...atWork, synchronized };
  }

  /** Whatever a check left open, however it ended. */
  async tidyUp(): Promise<void> {
    for (const manager of this.#open.splice(0)) await manager.close().catch(() => {});
  }
}

const nothingListed =
  'It lists no item. Give it something to synchronize: --settings FILE, --before PROGRAM.';
