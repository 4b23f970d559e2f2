// The inbox of conflicts: one open conflict per subject, refreshed when it is seen again, gone when
// it is not, resolved and undone by a person. Every change raises the version, so that of two who
// decide at once one is refused (CC-06).
import type {
  Conflict,
  ConflictDraft,
  ConflictId,
  Resolution,
  Settled,
} from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { EventDraft, EventType } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import type { PartnershipId } from '../model/partnership.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';

export interface ConflictPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

/** Reads see it already; whoever reports thousands does not wait for thousands of commits. */
interface Written {
  readonly durable: Promise<unknown>;
}

export class ConflictBook {
  readonly #ports: ConflictPorts;

  constructor(ports: ConflictPorts) {
    this.#ports = ports;
  }

  /** Opens it, or brings the open one over the same subject up to date, or records it as settled. */
  async report({ settled, ...draft }: ConflictDraft): Promise<Written> {
    const { store, clock, random } = this.#ports;
    const open = await store.conflicts.openAt(draft.partnership, draft.item, draft.subject);
    if (settled !== undefined) return this.#settle(open, draft, settled);
    if (open !== null) {
      if (sameDispute(open, draft)) return { durable: Promise.resolve() };
      const { kind, versions } = draft;
      const seen = { ...open, kind, versions, version: open.version + 1 };
      return { durable: store.conflicts.put(seen, []) };
    }
    const conflict = opened(draft, random.uuid(), clock.now());
    return { durable: store.conflicts.put(conflict, [event('conflict.opened', conflict)]) };
  }

  #settle(open: Conflict | null, draft: ConflictDraft, settled: Settled): Written {
    const { store, clock, random } = this.#ports;
    const now = clock.now();
    const conflict: Conflict = {
      ...(open ?? opened(draft, random.uuid(), now)),
      kind: draft.kind,
      versions: draft.versions,
      ...settled,
      state: 'resolved',
      resolvedAt: now,
      version: (open?.version ?? 0) + 1,
    };
    return { durable: store.conflicts.put(conflict, [event('conflict.resolved', conflict)]) };
  }

  /** Open conflicts of the item whose subject is not among those seen are gone. */
  async clear(
    partnership: PartnershipId,
    item: ItemId,
    seen: ReadonlySet<string>,
  ): Promise<Written> {
    const { store } = this.#ports;
    const open = await store.conflicts.list({ partnership, item, states: ['open'] });
    const gone = open.filter(({ subject }) => !seen.has(subject));
    return { durable: Promise.all(gone.map((one) => this.#close(one))) };
  }

  /** The open conflict over this subject is not there any more. */
  async gone({ partnership, item, subject }: ConflictDraft): Promise<Written> {
    const { store } = this.#ports;
    const open = await store.conflicts.openAt(partnership, item, subject);
    return { durable: open === null ? Promise.resolve() : this.#close(open) };
  }

  async countOpen(partnership: PartnershipId): Promise<number> {
    const open = await this.#ports.store.conflicts.countOpen({ partnership });
    return open.reduce((sum, { count }) => sum + count, 0);
  }

  /** The conflict as it stands, in that state and, if given, in that version. */
  async require(id: ConflictId, state: 'open' | 'resolved', version?: number): Promise<Conflict> {
    const conflict = await this.#ports.store.conflicts.get(id);
    if (conflict === null) throw syncError('conflict-unknown', { id });
    if (conflict.state !== state || (version !== undefined && version !== conflict.version)) {
      throw syncError('conflict-stale', { subject: conflict.subject });
    }
    return conflict;
  }

  async markResolved(conflict: Conflict, resolution: Resolution, undo: Json): Promise<Conflict> {
    const resolvedAt = this.#ports.clock.now();
    return this.#change(
      { ...conflict, state: 'resolved', resolution, resolvedAt, undo },
      'conflict.resolved',
    );
  }

  async markUndone(conflict: Conflict): Promise<Conflict> {
    return this.#change(
      { ...conflict, state: 'open', resolution: null, resolvedAt: null, undo: null },
      'conflict.undone',
    );
  }

  #close(conflict: Conflict): Promise<void> {
    const { store, clock } = this.#ports;
    const { version } = conflict;
    return store.conflicts.put(
      { ...conflict, state: 'gone', resolvedAt: clock.now(), version: version + 1 },
      [event('conflict.gone', conflict)],
    );
  }

  async #change(conflict: Conflict, type: EventType): Promise<Conflict> {
    const next = { ...conflict, version: conflict.version + 1 };
    await this.#ports.store.conflicts.put(next, [event(type, next)]);
    return next;
  }
}

function opened(draft: ConflictDraft, id: ConflictId, openedAt: number): Conflict {
  return {
    id,
    ...draft,
    state: 'open',
    openedAt,
    resolvedAt: null,
    resolution: null,
    undo: null,
    version: 1,
  };
}

function sameDispute(open: Conflict, draft: ConflictDraft): boolean {
  return (
    open.kind === draft.kind && JSON.stringify(open.versions) === JSON.stringify(draft.versions)
  );
}

function event(type: EventType, { id, partnership, session, item, subject }: Conflict): EventDraft {
  return { type, partnership, session, item, data: { conflict: id, subject } };
}
