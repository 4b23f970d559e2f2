// What crosses from the manager to whoever shows it: a terminal in this process today, a page or a
// program over HTTP otherwise. Everything survives JSON. The model's types may change; these may not.
import type { ConflictVersion, Resolution } from '../model/conflict.ts';
import type { ErrorRecord } from '../model/error.ts';
import type { EventType, Form, LogLevel } from '../model/event.ts';
import type { HoldKind } from '../model/hold.ts';
import type { ItemId, ItemStatus } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { ApprovalRule } from '../model/partnership.ts';
import type { Halt, PlanChange, PlanHash, PlanState } from '../model/plan.ts';
import type { Phase, SessionId, SessionResult } from '../model/session.ts';
import type { TriggerKind } from '../model/trigger.ts';

/** RFC 3339 in UTC, to the millisecond. */
export type Instant = string;

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface PartnershipShape extends Named {
  readonly handler: string;
  readonly settings: JsonObject;
  readonly enabled: boolean;
  readonly triggers: readonly TriggerKind[];
  readonly resources: readonly string[];
  readonly approve: ApprovalRule;
  readonly createdAt: Instant;
  readonly adHoc: boolean;
}

/** One line of the list of items, with its four times. */
export interface ItemShape {
  readonly partnership: Named;
  readonly handler: string;
  readonly item: ItemId;
  readonly name: string;
  readonly enabled: boolean;
  readonly adHoc: boolean;
  readonly checked: boolean;
  /** It has properties to open, or its handler has. */
  readonly hasProperties: boolean;
  readonly handlerHasProperties: boolean;
  /** The phase of the newest session it took part in, or null before the first. */
  readonly last: Phase | null;
  readonly lastAttempt: Instant | null;
  readonly lastSuccess: Instant | null;
  readonly lastChange: Instant | null;
  readonly nextRun: Instant | null;
  readonly openConflicts: number;
  /** A plan that waits for a person. */
  readonly waitingPlan: PlanHash | null;
  /** It starts nothing by itself; null: it may. */
  readonly paused: PauseShape | null;
  /** Since when its last success is too long ago; null: it is not, or no limit is set. */
  readonly staleSince: Instant | null;
  /** How long the last twenty sessions of its partnership took, in ms, oldest first. */
  readonly durationsMs: readonly number[];
  /** Why the handler could not list its items just now. */
  readonly error: ErrorRecord | null;
}

/** Nothing starts by itself. */
export interface PauseShape {
  /** Null: until it is taken back. */
  readonly until: Instant | null;
}

export interface HandlerShape {
  readonly name: string;
  /** Partnerships that use it. */
  readonly partnerships: number;
  /** Since when it is not started any more because it kept failing; null: it is. */
  readonly disabledSince: string | null;
  /** Since when a module runs in a process of its own because it held up everything; null: it does not. */
  readonly apartSince: string | null;
  /** `shipped`: it comes with the program; else as the configuration names it. */
  readonly source: 'shipped' | 'module' | 'program';
  /** As it introduced itself last; null: it has not yet, or has none. */
  readonly version: string | null;
  /** How often it could not be started lately. */
  readonly failures: number;
  /** Of the newest session of it that failed. */
  readonly lastError: { readonly at: Instant; readonly error: ErrorRecord } | null;
}

export interface RequestShape {
  readonly id: string;
  readonly trigger: TriggerKind;
  readonly createdAt: Instant;
}

/** How far a request is; its sessions are there from their beginning. */
export interface RequestStateShape {
  readonly id: string;
  readonly ended: boolean;
  readonly sessions: readonly SessionShape[];
  /** Base64; given back to whoever invoked. */
  readonly cookie?: string;
}

export interface InvocationShape {
  readonly trigger: TriggerKind;
  /** Names or ids; null means all enabled ones. */
  readonly partnerships: readonly string[] | null;
  readonly items?: readonly ItemId[];
  readonly interactive?: boolean;
  readonly startNow: boolean;
  /** Base64. */
  readonly cookie?: string;
  readonly key?: string;
  readonly planOnly?: boolean;
  /** Wait for another process that has the partnership, instead of failing. */
  readonly waits?: boolean;
}

export interface SessionShape {
  readonly id: SessionId;
  readonly request: string;
  readonly partnership: Named;
  readonly trigger: TriggerKind;
  readonly phase: Phase;
  readonly plan: PlanHash | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly durationMs: number | null;
  readonly result: SessionResult | null;
}

export interface ProgressShape {
  readonly session: SessionId;
  readonly partnership: string;
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

export interface RunningShape {
  readonly session: SessionId;
  readonly request: string;
  readonly partnership: Named;
  readonly phase: Phase;
  readonly startedAt: Instant;
  /** The process it runs in; null if nobody answers for it. */
  readonly process: number | null;
  readonly items: readonly ProgressShape[];
}

export interface ChoiceShape {
  readonly session: SessionId;
  readonly partnership: Named;
  readonly handlerName: string;
  readonly items: readonly {
    readonly id: ItemId;
    readonly name: string;
    readonly ticked: boolean;
  }[];
}

export type ViewerPart = 'looks-on' | 'answers';

export interface QuestionShape {
  readonly id: number;
  /** Empty: properties that were opened ask. */
  readonly session: SessionId;
  readonly form: Form;
}

export interface HoldShape {
  readonly kind: HoldKind;
  /** One sentence, with what would have to change. */
  readonly text: string;
  readonly observed: string | null;
  /** When it ends by itself; null: not by itself, or nobody knows. */
  readonly until: Instant | null;
}

export interface WhyShape {
  readonly partnership: Named;
  /** Empty: nothing holds it back. */
  readonly holds: readonly HoldShape[];
  /** Conditions that could not be judged; they hold nothing back. */
  readonly unsure: readonly HoldShape[];
  readonly waiting: readonly { readonly request: string; readonly trigger: TriggerKind }[];
  readonly looksAgainAt: Instant | null;
  readonly nextRunAt: Instant | null;
}

/** Four times, and whether the success among them is too long ago. */
export interface FreshnessShape {
  readonly partnership: Named;
  readonly lastAttemptAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
  readonly lastChangeAt: Instant | null;
  readonly nextRunAt: Instant | null;
  readonly missedRuns: number;
  readonly freshWithinMs: number | null;
  /** Null: fresh, or no limit is set. */
  readonly staleSince: Instant | null;
  /** What holds it back first; null: nothing. */
  readonly heldBy: string | null;
}

export interface PlanShape {
  readonly hash: PlanHash;
  readonly partnership: Named;
  readonly session: SessionId;
  readonly createdAt: Instant;
  readonly state: PlanState;
  /** Keyed `side.kind`. */
  readonly counts: { readonly [sideAndKind: string]: number };
  readonly bytes: number;
  readonly halts: readonly Halt[];
}

export interface PlanPage {
  readonly plan: PlanShape;
  readonly changes: readonly PlanChange[];
  /** Of all changes, not of those on this page. */
  readonly total: number;
}

export interface EventShape {
  readonly sequence: number;
  readonly at: Instant;
  readonly type: EventType;
  readonly partnership: string | null;
  readonly session: SessionId | null;
  readonly item: ItemId | null;
  readonly data: JsonObject;
}

export interface LogLine {
  readonly id: number;
  readonly at: Instant;
  readonly session: SessionId;
  readonly partnership: Named;
  readonly item: ItemId | null;
  readonly level: LogLevel;
  readonly text: string;
  readonly subject: string | null;
  readonly code: string | null;
  readonly jump: boolean;
  /** The handler whose word it is; null: a hook's, or that of our own, which looks again at what it did. */
  readonly reportedBy: string | null;
}

export interface ConflictShape {
  readonly id: string;
  readonly partnership: Named;
  readonly item: ItemId;
  readonly subject: string;
  readonly kind: string;
  readonly state: 'open' | 'resolved' | 'gone';
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly resolution: Resolution | null;
  readonly undoable: boolean;
  readonly version: number;
  readonly versions: readonly ConflictVersion[];
}

/** Text of the versions of a conflict, where both are short text; null where they are not. */
export interface ConflictTexts {
  readonly sides: readonly { readonly side: string; readonly text: string | null }[];
}

export type Notice =
  | { readonly type: 'event'; readonly event: EventShape }
  | { readonly type: 'progress'; readonly progress: ProgressShape }
  | { readonly type: 'question'; readonly question: QuestionShape }
  /** Events between the two numbers are gone: they were older than what is kept. */
  | { readonly type: 'gap'; readonly after: number; readonly before: number }
  /** To whoever invoked the request, with its cookie in base64. */
  | { readonly type: 'completed'; readonly request: string; readonly cookie: string | null };

/** A place in a file of the configuration, and what is wrong there. */
export interface ConfigurationProblem {
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** From 1; null when the whole file is meant. */
  readonly line: number | null;
  /** Dotted: `max-delete.share`. */
  readonly key: string | null;
  readonly text: string;
}

export interface ConfigurationReport {
  readonly folder: string;
  readonly files: readonly string[];
  readonly partnerships: number;
  readonly problems: readonly ConfigurationProblem[];
  /** Every fixed time, with when it comes next: what it says, and not what was meant. */
  readonly schedules: readonly ScheduleOutlook[];
}

export interface ScheduleOutlook {
  readonly partnership: string;
  readonly cron: string;
  readonly zone: string;
  /** The next five times, as the clock of that zone shows them. */
  readonly next: readonly string[];
}

/** The manager that answers. */
export interface AboutShape {
  readonly version: string;
  readonly process: number;
  /** Where the store is. */
  readonly state: string;
  /** The folder a person edits. */
  readonly configuration: string;
  /** What is so only for one that goes on by itself; null in a command of its own. */
  readonly service: {
    readonly startedAt: Instant;
    readonly addresses: readonly string[];
    /** Why nothing runs by itself; null when all is well. */
    readonly safeMode: string | null;
    readonly stopping: boolean;
    /** Of the files as they are now; what was loaded before they broke is in force. */
    readonly problems: readonly ConfigurationProblem[];
  } | null;
}

export interface IgnoreVerdict {
  readonly path: string;
  readonly ignored: boolean;
  /** Null when no pattern speaks about it. */
  readonly decision: {
    readonly source: string;
    readonly line: number | null;
    readonly pattern: string;
  } | null;
}

export interface Finding {
  readonly topic: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly text: string;
  /** What to do about it. */
  readonly advice: string | null;
}

/** Two folders and how to synchronize them; what is left out comes from the configuration. */
export interface PairOptions {
  readonly mode?: string;
  readonly conflict?: string;
  readonly ignore?: readonly string[];
  readonly maxDelete?: { readonly count?: number; readonly share?: number };
  /** Bytes a second. */
  readonly bandwidth?: number;
}

export interface PairDraft extends PairOptions {
  readonly left: string;
  readonly right: string;
  /** Forget what was synchronized before, for this run. */
  readonly merge: boolean;
  /** Read every folder's names, whatever its times say, for this run. */
  readonly fullScan?: boolean;
  /** Nothing may be made: a missing right folder is an error even on the first run. */
  readonly lookOnly: boolean;
}

export interface PartnershipDraft {
  readonly name: string;
  readonly handler: string;
  readonly settings: JsonObject;
  readonly pair: (PairOptions & { readonly left: string; readonly right: string }) | null;
  readonly triggers?: readonly string[];
  readonly resources?: readonly string[];
  readonly approve?: string;
}
