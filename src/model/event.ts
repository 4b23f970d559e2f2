// Everything that happens, as one numbered, durable list. Progress is not among it.
import type { ItemId } from './item.ts';
import type { Json, JsonObject } from './json.ts';
import type { PartnershipId } from './partnership.ts';
import type { SessionId } from './session.ts';

export const eventTypes = [
  'request.queued',
  'request.merged',
  'request.started',
  'request.ended',
  'session.phase',
  'session.ended',
  'item.ended',
  'plan.stored',
  'plan.approved',
  'plan.rejected',
  'log.added',
  'log.withdrawn',
  'conflict.opened',
  'conflict.resolved',
  'conflict.undone',
  'conflict.gone',
  'partnership.changed',
  'manager.started',
  'manager.stopped',
  'configuration.loaded',
  'configuration.broken',
  'api.called',
  'partnership.paused',
  'partnership.resumed',
  'partnership.waits',
  'partnership.stale',
  'partnership.fresh',
  'trigger.missed',
  'watch.changed',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface Event {
  /** Strictly increasing without meaning in its gaps; clients resume with `since`. */
  readonly sequence: number;
  readonly at: number;
  readonly type: EventType;
  readonly partnership: PartnershipId | null;
  readonly session: SessionId | null;
  readonly item: ItemId | null;
  readonly data: JsonObject;
}

export type EventDraft = Omit<Event, 'sequence' | 'at'>;

export type LogLevel = 'information' | 'warning' | 'error';

/** A line a person may read; with a jump, one they may act on (mobsync 2.5.2). */
export interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly session: SessionId;
  readonly partnership: PartnershipId;
  readonly item: ItemId | null;
  readonly level: LogLevel;
  readonly text: string;
  /** The handler's own name for the line; need not be unique. */
  readonly errorId: string | null;
  /** Opening the line calls the handler's showError with `errorId`. */
  readonly jump: boolean;
  /** Path or other subject within the item, if the line is about one. */
  readonly subject: string | null;
  /** Catalogue code, if the line reports an error. */
  readonly code: string | null;
  readonly withdrawn: boolean;
}

export type LogDraft = Omit<LogEntry, 'id' | 'at' | 'withdrawn'>;

export interface Form {
  readonly title: string;
  /** JSON Schema of the answer. */
  readonly schema: Json;
  readonly values: JsonObject;
}
