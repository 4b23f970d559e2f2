// The queue of one process, on the store: a request is durable before its sender is answered, and
// whoever dies in between, it is taken up at the next start.
import { syncError } from '../model/error.ts';
import type { EventDraft, EventType } from '../model/event.ts';
import type { JsonObject } from '../model/json.ts';
import type { PartnershipId } from '../model/partnership.ts';
import type { Request, RequestId } from '../model/request.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { mergeTarget } from './core/admit.ts';
import { isAutomatic } from './core/automatic.ts';

/** One request that this process carries out, from its admission to its end. */
export interface Turn {
  readonly request: Request;
  /** Aborted when the request is withdrawn before it began. */
  readonly withdrawn: AbortSignal;
  /** From waiting to running. False: another process has it, or it was withdrawn. */
  begin(): Promise<boolean>;
}

export interface QueuePorts {
  readonly store: Store;
  readonly clock: Clock;
  /** Carries out one request; what it throws is reported by `whenEnded`. */
  carryOut(turn: Turn): Promise<void>;
  /** Hears of it too: nobody may be waiting. */
  fault(thrown: unknown): void;
}

interface Admitted {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  request: Request;
}

const pollMs = 250;

export class LocalQueue {
  readonly #ports: QueuePorts;
  readonly #admitted = new Map<RequestId, Admitted>();
  #course: 'open' | 'ending' = 'open';
  /** Whether what nobody has asked this process for is its work too. */
  #reach: 'asked' | 'all' = 'asked';

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  /** Resolves, once durable, with the request: the earlier one if its key was there already. */
  async admit(request: Request): Promise<Request> {
    const target = isAutomatic[request.trigger] ? mergeTarget(request, this.#waiting()) : null;
    if (target !== null) return this.#merge(request, target);
    const turn = this.#enter(request);
    const added = this.#ports.store.requests.add(request, [event('request.queued', request)]);
    // With a key the work has to wait for the answer; without one nobody can have been first.
    if (request.key === null) turn.start();
    const stored = await added.catch((error: unknown) => {
      this.#admitted.delete(request.id);
      throw error;
    });
    if (stored.id !== request.id) this.#admitted.delete(request.id);
    else if (request.key !== null) turn.start();
    return stored;
  }

  /** What follows from work, asked for by nobody: in the store for whoever takes up what waits. */
  async hand(request: Request): Promise<Request> {
    if (this.#reach === 'all' && this.#course === 'open') return this.admit(request);
    return this.leave(request);
  }

  /** In the store, for the next start. */
  leave(request: Request): Promise<Request> {
    return this.#ports.store.requests.add(request, [event('request.queued', request)]);
  }

  /** What was left in the store, if that is the work of this process at all. */
  async takeUpAgain(): Promise<void> {
    if (this.#reach === 'all' && this.#course === 'open') await this.takeUp();
  }

  /** Whether this process takes up what waits in the store, too. */
  get takesUp(): boolean {
    return this.#reach === 'all';
  }

  /** Takes up what waited when the process before ended. */
  async takeUp(): Promise<void> {
    this.#reach = 'all';
    const waiting = await this.#ports.store.requests.list(['waiting']);
    for (const request of waiting) {
      if (!this.#admitted.has(request.id)) this.#enter(request).start();
    }
  }

  /** Null when it does not wait any more. */
  async withdraw(id: RequestId): Promise<Request | null> {
    const { store, clock } = this.#ports;
    const entry = this.#admitted.get(id);
    // Decided before anything is waited for: it could begin meanwhile.
    if (entry?.request.state === 'waiting') {
      entry.request = { ...entry.request, state: 'withdrawn' };
      entry.abort.abort();
    } else if (entry !== undefined) {
      return null;
    }
    const request = await store.requests.get(id);
    if (request === null) throw syncError('not-found', { what: `Request ${id}` });
    const change = { state: 'withdrawn', endedAt: clock.now() } as const;
    const isMoved = await store.requests.move(id, ['waiting'], change, [
      event('request.ended', request, { state: 'withdrawn' }),
    ]).durable;
    return isMoved ? { ...request, ...change } : null;
  }

  /** Those that wait for this partnership and no other. */
  async withdrawAll(partnership: PartnershipId): Promise<void> {
    const waiting = await this.#ports.store.requests.list(['waiting']);
    const alone = waiting.filter(
      ({ partnerships }) => partnerships?.length === 1 && partnerships[0] === partnership,
    );
    await Promise.all(alone.map(({ id }) => this.withdraw(id)));
  }

  /** Its process died; it waits for its turn again. */
  async putBack(request: Request): Promise<void> {
    await this.#ports.store.requests.move(request.id, ['running'], { state: 'waiting' }, [
      event('request.queued', request, { again: true }),
    ]).durable;
  }

  async end(request: Request, data: JsonObject = {}): Promise<void> {
    const { store, clock } = this.#ports;
    const change = { state: 'ended', endedAt: clock.now() } as const;
    await store.requests.move(request.id, ['waiting', 'running'], change, [
      event('request.ended', request, data),
    ]).durable;
  }

  /** Resolves when it has ended, here or in another process, or was withdrawn. */
  async whenEnded(id: RequestId): Promise<RequestId> {
    await this.#admitted.get(id)?.done;
    const { store, clock } = this.#ports;
    for (;;) {
      const request = await store.requests.get(id);
      if (request === null) throw syncError('not-found', { what: `Request ${id}` });
      if (request.mergedInto !== null) return this.whenEnded(request.mergedInto);
      if (request.state === 'ended' || request.state === 'withdrawn') return id;
      await clock.sleep(pollMs);
    }
  }

  /** Waits for everything that was begun. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#admitted.values()].map(({ done }) => done));
  }

  /** What waits, and what is still to come, stays in the store for the next start. */
  letGo(): void {
    this.#course = 'ending';
    for (const { abort, request } of this.#admitted.values()) {
      if (request.state === 'waiting') abort.abort();
    }
  }

  #waiting(): Request[] {
    return [...this.#admitted.values()]
      .map(({ request }) => request)
      .filter(({ state }) => state === 'waiting');
  }

  async #merge(request: Request, target: Request): Promise<Request> {
    const merged: Request = {
      ...request,
      state: 'merged',
      endedAt: this.#ports.clock.now(),
      mergedInto: target.id,
    };
    return this.#ports.store.requests.add(merged, [
      event('request.merged', merged, { into: target.id }),
    ]);
  }

  #enter(request: Request): { start(): void } {
    const abort = new AbortController();
    const started = Promise.withResolvers<void>();
    const done = started.promise.then(() => this.#ports.carryOut(turn));
    done.catch((thrown: unknown) => this.#ports.fault(thrown));
    const entry: Admitted = { abort, done, request };
    const turn: Turn = {
      request,
      withdrawn: abort.signal,
      begin: () => this.#begin(entry),
    };
    if (this.#course === 'ending') abort.abort();
    this.#admitted.set(request.id, entry);
    const leave = () => this.#admitted.delete(request.id);
    done.then(leave, leave);
    return { start: () => started.resolve() };
  }

  // Whoever begins holds the lock of a partnership that the request is about, so nobody else can be
  // beginning it now: the write is waited for with the rest at the end.
  async #begin(entry: Admitted): Promise<boolean> {
    const { id, state } = entry.request;
    if (state !== 'waiting') return state === 'running';
    if (entry.abort.signal.aborted) return false;
    const started = event('request.started', entry.request);
    const change = { state: 'running' } as const;
    const { isMoved, durable } = this.#ports.store.requests.move(id, ['waiting'], change, [
      started,
    ]);
    // Not moved: another process has it, or it was withdrawn; or this says why it could not be.
    if (!isMoved) return durable;
    durable.catch((thrown: unknown) => this.#ports.fault(thrown));
    entry.request = { ...entry.request, ...change };
    return true;
  }
}

function event(type: EventType, request: Request, data: JsonObject = {}): EventDraft {
  const alone = request.partnerships?.length === 1 ? (request.partnerships[0] ?? null) : null;
  return {
    type,
    partnership: alone,
    session: null,
    item: null,
    data: { request: request.id, trigger: request.trigger, ...data },
  };
}
