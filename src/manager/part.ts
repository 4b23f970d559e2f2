// One partnership's part in a request: its session with all that belongs to it. It knows no order of
// things; that is flow.ts.
import type { ErrorRecord } from '../model/error.ts';
import type { Item, ItemId, ItemPreference } from '../model/item.ts';
import type { Partnership } from '../model/partnership.ts';
import type { PlanHash } from '../model/plan.ts';
import type { Request } from '../model/request.ts';
import type { Session, SessionResult } from '../model/session.ts';
import type { Claims } from '../queue/claims.ts';
import { SessionRecorder } from '../record/recorder.ts';
import { SessionRunner } from '../session/runner.ts';
import type { Shared } from './deps.ts';
import type { ItemProgress, RunningSession } from './manager.ts';
import { standAfter } from './standing-after.ts';

export class Part {
  readonly world: Shared;
  readonly request: Request;
  readonly partnership: Partnership;
  /** Resources shared by the sessions of one request. */
  readonly turns: Claims;
  readonly recorder: SessionRecorder;
  readonly runner: SessionRunner;
  /** The items the handler listed. */
  items: readonly Item[] = [];
  preferences: readonly ItemPreference[] = [];
  chosen: readonly ItemId[] = [];
  /** Why the items could not be listed. */
  listingError: ErrorRecord | null = null;
  plan: PlanHash | null;
  /** Whether the approved plan is still what the handler would do. */
  planFit: 'fits' | 'outdated' = 'fits';
  /** Whether it came to its hooks. */
  hooks: 'ahead' | 'begun' = 'ahead';
  /** Aborted when those after its end shall not be waited for. */
  readonly hooksOver = new AbortController();
  /** What a person says to the plan while the session waits for it. */
  readonly decision = Promise.withResolvers<'approved' | 'rejected'>();
  /** Resolves when the session has ended and its handler is released or kept. */
  left: Promise<void> = Promise.resolve();
  readonly #session: Session;

  constructor(world: Shared, request: Request, partnership: Partnership, turns: Claims) {
    const { store, clock, random, graceMs } = world.deps;
    this.world = world;
    this.request = request;
    this.partnership = partnership;
    this.turns = turns;
    this.plan = request.approvedPlan;
    this.#session = {
      id: random.uuid(),
      request: request.id,
      partnership: partnership.id,
      trigger: request.trigger,
      phase: 'opening',
      plan: null,
      startedAt: clock.now(),
      endedAt: null,
      result: null,
    };
    this.recorder = new SessionRecorder(
      { store, clock, conflicts: world.conflicts, delay: world.delay },
      this.#session,
    );
    this.runner = new SessionRunner(this.#session, {
      clock,
      graceMs: graceMs?.(partnership.handler) ?? null,
      audience: {
        present: () => world.bus.present(),
        show: (item) => world.bus.tell(this.#progress(item)),
      },
      record: {
        phase: (phase) => this.recorder.phase(phase),
        end: (result) => this.#end(result),
        conflictsOpen: () => this.recorder.conflictsOpen(),
      },
      violation: () => {
        world.violations += 1;
      },
    });
  }

  get id(): string {
    return this.#session.id;
  }

  /** One that has ended already is not held up by its hooks any more. */
  stop(): void {
    if (this.runner.isOver) this.hooksOver.abort();
    this.runner.stop();
  }

  shown(): RunningSession {
    const phase = this.runner.phase;
    return {
      session: { ...this.#session, phase, plan: this.plan },
      phase,
      minimized: this.request.minimized,
      items: this.runner.board.shown().map((item) => this.#progress(item)),
    };
  }

  #progress(item: Omit<ItemProgress, 'session' | 'partnership'>): ItemProgress {
    return { session: this.id, partnership: this.partnership.id, ...item };
  }

  #end(result: SessionResult): void {
    const { world, partnership, recorder } = this;
    recorder.end(result, this.plan);
    if (!partnership.adHoc)
      recorder.write(() => standAfter(world, partnership, this.#session, result));
    if (result.ending === 'succeeded' && this.#looksAtAll()) {
      world.watchBook.succeeded(partnership.id);
    }
  }

  /** One that carries out an approved plan may not have looked since it was made. */
  #looksAtAll(): boolean {
    return this.request.approvedPlan === null && this.chosen.length === this.items.length;
  }
}
