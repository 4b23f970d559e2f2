// What a store in memory holds. Maps keep the order in which their keys first came, which is the
// order that the lists promise.
import type { Conflict } from '../../model/conflict.ts';
import type { Event, LogEntry } from '../../model/event.ts';
import type { ItemPreference } from '../../model/item.ts';
import type { Partnership } from '../../model/partnership.ts';
import type { PlanChange, PlanSummary } from '../../model/plan.ts';
import type { Request } from '../../model/request.ts';
import type { Session } from '../../model/session.ts';
import type { Standing } from '../../model/standing.ts';

export interface StoredPlan {
  readonly summary: PlanSummary;
  readonly changes: readonly PlanChange[];
}

export interface State {
  readonly partnerships: Map<string, Partnership>;
  readonly preferences: Map<string, ItemPreference>;
  readonly standings: Map<string, Standing>;
  readonly requests: Map<string, Request>;
  readonly requestByKey: Map<string, string>;
  readonly sessions: Map<string, Session>;
  readonly plans: Map<string, StoredPlan>;
  readonly log: Map<number, LogEntry>;
  readonly conflicts: Map<string, Conflict>;
  events: Event[];
  generation: number;
}

export function emptyState(): State {
  return {
    partnerships: new Map(),
    preferences: new Map(),
    standings: new Map(),
    requests: new Map(),
    requestByKey: new Map(),
    sessions: new Map(),
    plans: new Map(),
    log: new Map(),
    conflicts: new Map(),
    events: [],
    generation: 0,
  };
}
