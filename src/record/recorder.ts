// What one session leaves in the store. Writes are begun at once and in order, and nobody waits for
// each: the end of the session waits for all. Changes of phase are held for a moment, because most
// sessions of a quiet day are over before anybody could have looked, and a commit costs a disk flush.
import type { ConflictDraft } from '../model/conflict.ts';
import type { EventDraft, EventType, LogDraft } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { Phase, Session, SessionId, SessionResult } from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { ConflictBook } from './conflicts.ts';
import type { Delay } from './delay.ts';

export interface RecorderPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly conflicts: ConflictBook;
  /** Where changes of phase wait. */
  readonly delay: Delay;
}

/** How long a change of phase may wait. */
export const phaseDelayMs = 25;

export class SessionRecorder {
  readonly #ports: RecorderPorts;
  readonly #session: Session;
  readonly #writes: Promise<unknown>[] = [];
  #conflictWork: Promise<unknown> = Promise.resolve();
  readonly #seen = new Map<ItemId, Set<string>>();
  #held: { phase: Phase; readonly events: EventDraft[] } | null = null;
  readonly #releaseHeld = () => this.#release();

  constructor(ports: RecorderPorts, session: Session) {
    this.#ports = ports;
    this.#session = session;
  }

  begin(): void {
    this.#write(
      this.#ports.store.sessions.add(this.#session, [
        this.#event('session.phase', { phase: this.#session.phase }),
      ]),
    );
  }

  phase(phase: Phase): void {
    const event = this.#event('session.phase', { phase });
    if (this.#held === null) {
      this.#held = { phase, events: [event] };
      this.#ports.delay.put(this.#releaseHeld);
    } else {
      this.#held.phase = phase;
      this.#held.events.push(event);
    }
  }

  plan(hash: string): void {
    this.#release();
    this.#write(this.#ports.store.sessions.update(this.#session.id, { plan: hash }, []));
  }

  /** For writes of others that belong to this session: they come after its phases. */
  write(work: () => Promise<unknown>): void {
    this.#release();
    this.#write(work());
  }

  log(draft: LogDraft): number {
    this.#release();
    const { ids, durable } = this.#ports.store.log.add([draft]);
    const id = ids[0] ?? 0;
    this.#write(durable);
    const data = { entry: id, level: draft.level, jump: draft.jump };
    this.#write(
      this.#ports.store.events.add([{ ...this.#event('log.added', data), item: draft.item }]),
    );
    return id;
  }

  withdraw(session: SessionId, errorId: string | null): void {
    this.#write(this.#ports.store.log.withdraw(session, errorId));
    this.#write(this.#ports.store.events.add([this.#event('log.withdrawn', { errorId })]));
  }

  conflict(draft: ConflictDraft): void {
    const seen = this.#seen.get(draft.item) ?? new Set();
    this.#seen.set(draft.item, seen.add(draft.subject));
    this.#conflictNext(() => this.#ports.conflicts.report(draft));
  }

  conflictGone(draft: ConflictDraft): void {
    this.#seen.get(draft.item)?.delete(draft.subject);
    this.#conflictNext(() => this.#ports.conflicts.gone(draft));
  }

  conflictsSeen(_session: SessionId, item: ItemId, complete: boolean): void {
    if (!complete) return;
    this.#conflictNext(() =>
      this.#ports.conflicts.clear(
        this.#session.partnership,
        item,
        this.#seen.get(item) ?? new Set(),
      ),
    );
  }

  async conflictsOpen(): Promise<number> {
    await this.#conflictWork;
    return this.#ports.conflicts.countOpen(this.#session.partnership);
  }

  end(result: SessionResult, plan: string | null): void {
    const events = [
      ...(this.#held?.events ?? []),
      ...result.items.map(({ item, status }) => ({
        ...this.#event('item.ended', { status }),
        item,
      })),
      this.#event('session.ended', { ending: result.ending, trigger: this.#session.trigger }),
    ];
    this.#ports.delay.drop(this.#releaseHeld);
    this.#held = null;
    const change = { phase: result.ending, plan, endedAt: this.#ports.clock.now(), result };
    const changed = Object.values(result.counts).some((count) => count > 0);
    this.#write(this.#ports.store.sessions.update(this.#session.id, change, events, changed));
  }

  /** Resolves when everything written so far is durable; rejects if something could not be. */
  async durable(): Promise<void> {
    await this.#conflictWork;
    await Promise.all(this.#writes.splice(0));
  }

  #conflictNext(work: () => Promise<{ readonly durable: Promise<unknown> }>): void {
    this.#conflictWork = this.#conflictWork.then(work).then(({ durable }) => this.#write(durable));
    this.#write(this.#conflictWork);
  }

  #write(write: Promise<unknown>): void {
    // Looked at again in durable(); until then a failure must not surface as unhandled.
    write.catch(() => {});
    this.#writes.push(write);
  }

  #release(): void {
    if (this.#held === null) return;
    const { phase, events } = this.#held;
    this.#held = null;
    this.#ports.delay.drop(this.#releaseHeld);
    this.#write(this.#ports.store.sessions.update(this.#session.id, { phase }, events));
  }

  #event(type: EventType, data: JsonObject): EventDraft {
    const { id, partnership } = this.#session;
    return { type, partnership, session: id, item: null, data };
  }
}
