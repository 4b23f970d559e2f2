// The terms of a partnership: when it runs by itself, what holds it back, and how soon it must have
// succeeded again. What the settings dialog of the old manager asked, and what its users missed there.
import type { Follow, Hooks } from './hooks.ts';
import type { TriggerKind } from './trigger.ts';

export interface Terms {
  readonly schedules: readonly Schedule[];
  readonly idle: IdleTerms;
  readonly change: ChangeTerms;
  /** Where the volume is mounted; null: any on which one of its folders stands. */
  readonly volume: string | null;
  readonly conditions: Conditions;
  readonly retry: RetryTerms;
  /** It is stale when it has not succeeded for so long; null: no limit. */
  readonly freshWithinMs: number | null;
  /** Higher ones begin first; 0 is usual. */
  readonly priority: number;
  /** The first window that is open says how fast; none: what the handler's own settings say. */
  readonly bandwidth: readonly RateWindow[];
  readonly notify: NotifyTerms;
  /** Called at each run's start, success and failure by whom somebody waits there; null: nobody. */
  readonly ping: string | null;
  readonly hooks: Hooks;
  readonly follows: readonly Follow[];
}

/** Due at certain moments, its *slots*. Each slot has one run, or a recorded reason why not. */
export interface Schedule {
  readonly at:
    | {
        readonly kind: 'cron';
        /** Five fields. */
        readonly expression: string;
        /** IANA name; null: where the computer is. */
        readonly zone: string | null;
      }
    /** Counted from the creation of the partnership, in real time. */
    | { readonly kind: 'interval'; readonly everyMs: number };
  /** What becomes of slots that passed while nobody could run them. */
  readonly missed: MissedRuns;
  /** Runs up to so much later than its slot, by an amount that stays the same for a partnership. */
  readonly jitterMs: number;
}

/** `once`: the newest of them runs. */
export const missedRuns = ['none', 'once', 'all'] as const;
export type MissedRuns = (typeof missedRuns)[number];

export interface IdleTerms {
  readonly afterMs: number;
  /** Again after so long, while nobody comes back; null: once. */
  readonly repeatMs: number | null;
  readonly onBattery: boolean;
}

export interface ChangeTerms {
  /** Runs when nothing has changed for so long. */
  readonly settleMs: number;
  /** Looks by itself, whatever was told: a watch can miss something. */
  readonly scanEveryMs: number;
}

/** All of them must hold. What cannot be found out holds nothing back. */
export interface Conditions {
  /** False: not where what is carried is paid for by amount. */
  readonly metered: boolean;
  /** On battery, only with at least this charge, 0 to 1; null: never mind. More than 1: never. */
  readonly battery: number | null;
  /** One of them is enough; none: any network, and no network. */
  readonly networks: readonly NetworkRule[];
  /** Must answer. */
  readonly target: ProbeTarget | null;
  /** One of them must be open; none: always. */
  readonly windows: readonly TimeWindow[];
  /** A program and its arguments: 0 lets it run, 1 to 125 hold it back, more is unknown. */
  readonly command: readonly string[] | null;
}

export type NetworkRule =
  /** One of the addresses here is within `192.168.0.0/16`. */
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'gateway'; readonly gateway: string }
  | { readonly kind: 'ssid'; readonly ssid: string };

export type ProbeTarget =
  /** A port that accepts a connection. */
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** A folder or file that can be looked at, on a mounted share for instance. */
  | { readonly kind: 'path'; readonly path: string };

/** From the first day of the week on. */
export const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export interface TimeWindow {
  /** 1 is Monday, 7 Sunday: the day on which it opens. Empty: every day. */
  readonly days: readonly number[];
  /** Minutes since midnight; one that ends before it begins ends on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA name; null: where the computer is. */
  readonly zone: string | null;
}

export interface RateWindow {
  readonly window: TimeWindow;
  /** Bytes a second; 0: no limit. */
  readonly rate: number;
}

export interface RetryTerms {
  readonly isWanted: boolean;
  /** After the first failure; doubled with each that follows. */
  readonly firstMs: number;
  readonly maxMs: number;
}

/** What a person wants to be told of, once it has lasted. */
export const worries = ['failing', 'needs-person', 'stale'] as const;
export type Worry = (typeof worries)[number];

export interface NotifyTerms {
  readonly of: readonly Worry[];
  readonly afterMs: number;
}

const minute = 60_000;

export const plainConditions: Conditions = {
  metered: true,
  battery: null,
  networks: [],
  target: null,
  windows: [],
  command: null,
};

/** What holds where nothing was said. */
export const plainTerms: Terms = {
  schedules: [],
  idle: { afterMs: 5 * minute, repeatMs: 60 * minute, onBattery: false },
  change: { settleMs: 2_000, scanEveryMs: 60 * minute },
  volume: null,
  conditions: plainConditions,
  retry: { isWanted: true, firstMs: minute / 2, maxMs: 60 * minute },
  freshWithinMs: null,
  priority: 0,
  bandwidth: [],
  notify: { of: worries, afterMs: 5 * minute },
  ping: null,
  hooks: {},
  follows: [],
};

/** How many sessions may run at once, over all and of one handler; and how much of the past stays. */
export interface Limits {
  readonly sessions: number;
  readonly handlers: Readonly<Record<string, number>>;
  readonly history?: HistoryLimits;
}

/** Of sessions that have ended, with their log and events. */
export interface HistoryLimits {
  /** 1 to 36,500. */
  readonly days: number;
  /** Of each partnership; at least 1. */
  readonly sessions: number;
}

export const plainHistory: HistoryLimits = { days: 90, sessions: 500 };

export const plainLimits: Limits = { sessions: 8, handlers: {} };

/** The triggers that only a daemon pulls: nobody does them by hand. */
export type AutomaticTrigger = Exclude<TriggerKind, 'manual' | 'invoke'>;
