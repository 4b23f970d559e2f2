// The verbs of the manager: what any face (terminal, page, API, old contract) can ask of it.
import type { Conflict, ConflictId, Resolution } from '../model/conflict.ts';
import type { Event, Form, LogEntry } from '../model/event.ts';
import type { Freshness, Why } from '../model/hold.ts';
import type { Item, ItemId, ItemPreference, ItemStatus } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { PlanHash, PlanSummary } from '../model/plan.ts';
import type { Request, RequestId } from '../model/request.ts';
import type { Phase, Session, SessionId } from '../model/session.ts';
import type { ComputerEnd } from '../model/surroundings.ts';
import type { Limits } from '../model/terms.ts';
import type { TriggerKind } from '../model/trigger.ts';
import type { HandlerInfo } from '../ports/handler.ts';

/** What a trigger, a person or a program asks for: the old UpdateItems and UpdateAll. */
export interface Invocation {
  readonly trigger: TriggerKind;
  /** The connection that came up, or is up; ticks may depend on it. */
  readonly connection?: string;
  /** Null means all enabled ones. */
  readonly partnerships: readonly PartnershipId[] | null;
  readonly items?: readonly ItemId[];
  /** Overrides the trigger's own rule: nobody is there to ask. */
  readonly interactive?: boolean;
  /** False: wait in the phase `choosing` for `confirm`. */
  readonly startNow: boolean;
  readonly minimized?: boolean;
  readonly cookie?: Uint8Array;
  readonly key?: string;
  readonly planOnly?: boolean;
  readonly approvedPlan?: PlanHash;
  /** While another process synchronizes one of them: wait (default), or fail with `already-running`. */
  readonly ifBusy?: 'wait' | 'fail';
}

/** One handler's part in a choice that waits (mobsync 4.2). */
export interface Choice {
  readonly session: SessionId;
  readonly partnership: PartnershipId;
  readonly info: HandlerInfo;
  readonly items: readonly (Item & { readonly ticked: boolean })[];
}

/** What is shown of an item while its session runs; never stored. */
export interface ItemProgress {
  readonly session: SessionId;
  readonly partnership: PartnershipId;
  readonly item: ItemId;
  readonly name: string;
  readonly status: ItemStatus;
  readonly text: string;
  readonly value: number;
  /** 0 or less: unknown length. */
  readonly max: number;
  readonly bytes: number;
  readonly bytesMax: number;
}

export interface RunningSession {
  readonly session: Session;
  readonly phase: Phase;
  readonly minimized: boolean;
  readonly items: readonly ItemProgress[];
}

/** A question of a handler that waits for the person. */
export interface Question {
  /** Of this process; a later question has a higher one. */
  readonly id: number;
  /** Empty: what asks has none, as properties that were opened. */
  readonly session: SessionId;
  readonly form: Form;
}

/** A person wants to end the computer, and everything to be in order before. */
export interface LastRunWish {
  readonly end: ComputerEnd;
  /** Null: all enabled ones. */
  readonly partnerships: readonly PartnershipId[] | null;
  readonly budgetMs: number;
}

export interface LastRun {
  /** Those to be run, the smallest first. */
  readonly now: readonly PartnershipId[];
  /** Those that would take longer than there is time. */
  readonly later: readonly PartnershipId[];
}

/** How well a watched partnership is watched. */
export interface WatchHealth {
  readonly partnership: PartnershipId;
  /** `scans`: nothing is told, or not reliably; it is looked at from time to time instead. */
  readonly state: 'watched' | 'scans';
  /** Why there are only scans. */
  readonly reason: string | null;
}

/** Everything that makes things run by themselves. */
export interface Automation {
  watches(): readonly WatchHealth[];
  /**
   * The computer, or this program, is about to end. Runs what is marked for that, the smallest
   * first, as long as the time reaches, and resolves then. What was not begun waits for the next
   * start; nothing else begins any more.
   */
  leave(budgetMs: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Manager {
  put(partnership: Partnership): Promise<void>;
  /**
   * Stops its session first, or lets it run to its end: then it is off the list at once all the same
   * (mobsync A6).
   */
  remove(id: PartnershipId, session?: 'stop' | 'let-run'): Promise<void>;
  partnerships(): Promise<readonly Partnership[]>;
  setPreferences(preferences: readonly ItemPreference[]): Promise<void>;
  /** Opens the handler for settings only, and lists its items with their ticks. */
  describe(
    id: PartnershipId,
    trigger: TriggerKind,
  ): Promise<{ readonly info: HandlerInfo; readonly items: Choice['items'] } | null>;

  /** Resolves once the request is durable; the work goes on without the caller. */
  invoke(invocation: Invocation): Promise<Request>;
  /** Resolves when the request has ended, with its sessions. */
  whenEnded(request: RequestId): Promise<readonly Session[]>;
  choices(request: RequestId): Promise<readonly Choice[]>;
  /** Ticked items per session; sessions left out have none. `remember` stores them as preferences. */
  confirm(
    request: RequestId,
    ticked: Readonly<Record<SessionId, readonly ItemId[]>>,
    remember?: boolean,
  ): Promise<void>;
  /** Withdraws a request that waits or is being chosen; stops one that runs. */
  cancel(request: RequestId): Promise<void>;

  running(): readonly RunningSession[];
  /** False when the item is not in a running session or has its outcome already. */
  skip(session: SessionId, item: ItemId): boolean;
  /** Null: every running session. */
  stop(session: SessionId | null): void;
  pause(session: SessionId): void;
  resume(session: SessionId): void;

  /** Runs the plan by a new request; resolves with it. */
  approve(plan: PlanHash): Promise<Request>;
  reject(plan: PlanHash): Promise<PlanSummary>;

  /** Everything that holds it back now, and when that is looked at again. */
  why(id: PartnershipId): Promise<Why>;
  freshness(id: PartnershipId): Promise<Freshness>;
  /**
   * Holds back what would start by itself: of one, or (null) of all. `until` in ms since 1970; null:
   * until it is resumed. What a person or a program asks for runs all the same.
   */
  pauseStarts(id: PartnershipId | null, until: number | null): Promise<void>;
  resumeStarts(id: PartnershipId | null): Promise<void>;
  /** A person's: forgets that it failed, and runs it now. */
  retry(id: PartnershipId): Promise<Request>;
  /** What to run before the computer ends. Rejects with `system-unable` where it cannot be ended so. */
  lastRun(wish: LastRunWish): Promise<LastRun>;
  /** Ends it; `later` waits for the next start. Rejects with `system-unable`. */
  endComputer(end: ComputerEnd, later: readonly PartnershipId[]): Promise<void>;
  /** How many sessions may run at once, from now on. */
  setLimits(limits: Limits): void;
  /**
   * From now on things run by themselves, until it is stopped. Once per manager, after `start`, and
   * only in the one process that is the daemon.
   */
  automate(): Promise<Automation>;

  question(): Question | null;
  /** One that does not wait any more is answered to nobody. */
  answer(question: number, answer: JsonObject | null): void;
  /** Opens a line with a jump: the handler's showError, and the retry it may ask for. */
  openLogEntry(id: LogEntry['id']): Promise<Request | null>;
  openProperties(partnership: PartnershipId, item: ItemId | null): Promise<void>;
  /** Results are dismissed: handlers kept for their jump lines are released. Null: all. */
  dismiss(request: RequestId | null): Promise<void>;

  resolve(conflict: ConflictId, resolution: Resolution, version?: number): Promise<Conflict>;
  undo(conflict: ConflictId): Promise<Conflict>;

  /** Signals that had no business in their session's phase: 0 unless syncmgr has a fault (S15). */
  violations(): number;

  /** Progress of items, coalesced to at most ten a second and item; returns an unsubscribe. */
  onProgress(listener: (progress: ItemProgress) => void): () => void;
  /** Durable events, in order. */
  onEvents(listener: (events: readonly Event[]) => void): () => void;

  /** Marks sessions of dead processes interrupted, takes up waiting requests. */
  start(): Promise<void>;
  /** The first half of `start`, for a process that takes up nothing but what it is asked for. */
  markInterrupted(): Promise<void>;
  /** Stops everything, waits, releases handlers, closes the store. */
  close(): Promise<void>;
}
