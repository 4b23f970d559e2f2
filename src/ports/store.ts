// Where partnerships, preferences, requests, sessions, plans, events and conflicts stand.
//
// Every write is one atomic operation. Its promise resolves when it is durable (synced to disk); an
// implementation may gather the writes of one turn of the event loop into one commit. Reads see all
// writes already called. Events handed in with a write are numbered and become durable with it.
// A write that is refused throws a SyncError and leaves nothing behind, its events included.
import type { Conflict, ConflictId, ConflictState } from '../model/conflict.ts';
import type { Event, EventDraft, LogDraft, LogEntry, LogLevel } from '../model/event.ts';
import type { ItemId, ItemPreference } from '../model/item.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { PlanChange, PlanHash, PlanState, PlanSummary } from '../model/plan.ts';
import type { Request, RequestId, RequestState } from '../model/request.ts';
import type { Phase, Session, SessionId } from '../model/session.ts';
import type { Standing } from '../model/standing.ts';

export interface Store {
  readonly partnerships: PartnershipTable;
  readonly preferences: PreferenceTable;
  readonly standings: StandingTable;
  readonly requests: RequestTable;
  readonly sessions: SessionTable;
  readonly plans: PlanTable;
  readonly events: EventTable;
  readonly log: LogTable;
  readonly conflicts: ConflictTable;
  /** Raised by one with every session that changed something; roots' markers carry it (DB-04). */
  generation(): Promise<number>;
  /**
   * Calls back after events became durable, in order, without gaps, and before their writer goes on.
   * Returns an unsubscribe. What a listener throws surfaces as an uncaught exception.
   */
  subscribe(listener: (events: readonly Event[]) => void): () => void;
  /** Tells the subscribers of events that another process wrote, if there are any. */
  poll(): Promise<void>;
  /**
   * Forgets what the limits say. Kept: open conflicts, running sessions, open and approved plans with
   * their sessions, requests of sessions that stay. Settled conflicts, finished requests (with their
   * keys) and events of no session go by age.
   */
  prune(limits: RetentionLimits): Promise<void>;
  /** Commits what is pending now and waits for it. */
  flush(): Promise<void>;
  /** Flushes first. Later writes are refused with `store-closed`; closing again does nothing. */
  close(): Promise<void>;
}

export interface RetentionLimits {
  /** Sessions, their log and events, that ended before this moment go, ms since 1970. */
  readonly before: number;
  /** At most so many ended sessions per partnership stay. */
  readonly sessionsPerPartnership: number;
}

export interface PartnershipTable {
  /** Throws `partnership-exists` when the name is taken by another. */
  put(partnership: Partnership, events: readonly EventDraft[]): Promise<void>;
  /** Its preferences and its standing go too; sessions, log and conflicts stay readable. */
  remove(id: PartnershipId, events: readonly EventDraft[]): Promise<void>;
  get(id: PartnershipId): Promise<Partnership | null>;
  byName(name: string): Promise<Partnership | null>;
  /** In order of creation. */
  list(): Promise<readonly Partnership[]>;
}

export interface PreferenceTable {
  /** One per partnership, item, trigger and connection: replaces the earlier. */
  put(preferences: readonly ItemPreference[]): Promise<void>;
  /** In the order they were first put. */
  list(partnership: PartnershipId): Promise<readonly ItemPreference[]>;
  remove(partnership: PartnershipId, items: readonly ItemId[]): Promise<void>;
}

export interface StandingTable {
  /** What was stored, or a new one. */
  get(of: Standing['partnership']): Promise<Standing>;
  /** Those that were ever changed. */
  list(): Promise<readonly Standing[]>;
  /**
   * From the one stored to the one after it, with nobody in between; answers the latter. Handed
   * back as it was, nothing is written. Called in the turn of another write, both are durable or
   * neither is.
   */
  change(
    of: Standing['partnership'],
    change: (before: Standing) => Standing,
    events?: (after: Standing, before: Standing) => readonly EventDraft[],
  ): Promise<Standing>;
}

export interface RequestTable {
  /**
   * Adds a waiting request. With a key that is already there, returns the earlier request and adds
   * nothing, its events neither. Otherwise returns the request given.
   */
  add(request: Request, events: readonly EventDraft[]): Promise<Request>;
  /** Not moved: there is none, or its state is not among `from`, because somebody else was first. */
  move(
    id: RequestId,
    from: readonly RequestState[],
    change: Partial<Pick<Request, 'state' | 'endedAt' | 'mergedInto' | 'items' | 'startNow'>>,
    events: readonly EventDraft[],
  ): {
    /** Known at once. False too when the write was refused: `durable` rejects then. */
    readonly isMoved: boolean;
    readonly durable: Promise<boolean>;
  };
  get(id: RequestId): Promise<Request | null>;
  /** In order of arrival. */
  list(states: readonly RequestState[]): Promise<readonly Request[]>;
}

export interface SessionTable {
  /** Throws `internal` when the id is taken. */
  add(session: Session, events: readonly EventDraft[]): Promise<void>;
  /** An ended session cannot be changed: throws `internal`. Raises the generation if asked. */
  update(
    id: SessionId,
    change: Partial<Pick<Session, 'phase' | 'plan' | 'endedAt' | 'result'>>,
    events: readonly EventDraft[],
    raiseGeneration?: boolean,
  ): Promise<void>;
  get(id: SessionId): Promise<Session | null>;
  /** Newest first. */
  list(filter: SessionFilter): Promise<readonly Session[]>;
}

export interface SessionFilter {
  readonly partnership?: PartnershipId;
  readonly request?: RequestId;
  readonly phases?: readonly Phase[];
  /** 1 to 10,000; default 100. */
  readonly limit?: number;
}

export interface PlanTable {
  /**
   * Older open plans of the same partnership become `outdated`. One with the same hash, whosever it
   * is, is replaced. Changes that are packed already are stored as they are.
   */
  put(
    summary: PlanSummary,
    changes: Iterable<PlanChange>,
    events: readonly EventDraft[],
  ): Promise<void>;
  /** False when its state is not `from`. */
  move(
    hash: PlanHash,
    from: PlanState,
    to: PlanState,
    events: readonly EventDraft[],
  ): Promise<boolean>;
  get(hash: PlanHash): Promise<PlanSummary | null>;
  /** All whose hash begins so, newest first; none for fewer than 6 digits. */
  find(prefix: string): Promise<readonly PlanSummary[]>;
  changes(hash: PlanHash): Promise<readonly PlanChange[]>;
  /** Newest first. */
  list(filter: {
    readonly partnership?: PartnershipId;
    readonly states?: readonly PlanState[];
  }): Promise<readonly PlanSummary[]>;
}

export interface EventTable {
  add(events: readonly EventDraft[]): Promise<void>;
  /** Oldest first, after `since`; `limit` 1 to 10,000. */
  list(since: number, limit: number): Promise<readonly Event[]>;
}

export interface LogTable {
  /**
   * Numbers the lines in the order given; ids are known before they are durable. A line that was
   * refused has the id 0, and `durable` rejects.
   */
  add(entries: readonly LogDraft[]): {
    readonly ids: readonly number[];
    readonly durable: Promise<void>;
  };
  /** Lines of that session with this errorId, or all of it; the number withdrawn. */
  withdraw(session: SessionId, errorId: string | null): Promise<number>;
  get(id: number): Promise<LogEntry | null>;
  /** Newest first unless `oldestFirst`. Withdrawn lines only if asked. */
  list(filter: LogFilter): Promise<readonly LogEntry[]>;
}

export interface LogFilter {
  readonly session?: SessionId;
  readonly partnership?: PartnershipId;
  readonly levels?: readonly LogLevel[];
  /** Case-insensitive part of the text or subject. */
  readonly search?: string;
  readonly withWithdrawn?: boolean;
  readonly oldestFirst?: boolean;
  /** Only ids below it. */
  readonly before?: number;
  /** Only ids above it. */
  readonly after?: number;
  /** 1 to 10,000; default 1,000. */
  readonly limit?: number;
}

export interface ConflictTable {
  /**
   * Adds, or replaces if `version` is one above the stored. Throws `conflict-stale` otherwise, and
   * when another is open over the same subject.
   */
  put(conflict: Conflict, events: readonly EventDraft[]): Promise<void>;
  get(id: ConflictId): Promise<Conflict | null>;
  openAt(partnership: PartnershipId, item: ItemId, subject: string): Promise<Conflict | null>;
  /** Oldest first. */
  list(filter: {
    readonly partnership?: PartnershipId;
    readonly item?: ItemId;
    readonly states?: readonly ConflictState[];
  }): Promise<readonly Conflict[]>;
  /** How many are open of each item that has one, without reading them; in no order. */
  countOpen(filter: { readonly partnership?: PartnershipId }): Promise<readonly OpenConflicts[]>;
}

export interface OpenConflicts {
  readonly partnership: PartnershipId;
  readonly item: ItemId;
  readonly count: number;
}
