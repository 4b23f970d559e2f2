// From the model's types to the shapes on the wire.
import type {
  ConflictShape,
  EventShape,
  Instant,
  LogLine,
  Named,
  PartnershipShape,
  PauseShape,
  PlanShape,
  RequestShape,
  SessionShape,
} from '../api/shapes.ts';
import type { Conflict } from '../model/conflict.ts';
import type { Event, LogEntry } from '../model/event.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Partnership } from '../model/partnership.ts';
import type { PlanSummary } from '../model/plan.ts';
import type { Request } from '../model/request.ts';
import type { Session } from '../model/session.ts';
import type { Pause } from '../model/standing.ts';
import { isSecretReference } from '../ports/secrets.ts';
import { isSecretName, redacted, redactedMark } from '../stdx/redaction.ts';

/** The name of a partnership by its id; of one that was removed, the id. */
export type NameOf = (id: string) => Named;

export function namesOf(partnerships: readonly Partnership[]): NameOf {
  const names = new Map(partnerships.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? id });
}

export function instant(ms: number): Instant {
  return new Date(ms).toISOString();
}

export const instantOrNull = (ms: number | null) => (ms === null ? null : instant(ms));

export function partnershipShape(partnership: Partnership): PartnershipShape {
  const { createdAt, settings, terms: _, ...shown } = partnership;
  return { ...shown, settings: withoutSecrets(settings), createdAt: instant(createdAt) };
}

/** Null: there is none, or it is over. */
export function pauseShape(pause: Pause | null, now: number): PauseShape | null {
  if (pause === null || (pause.until !== null && pause.until <= now)) return null;
  return { until: instantOrNull(pause.until) };
}

/** What somebody wrote into the settings in clear is not shown again; a reference is no secret. */
export function withoutSecrets(settings: JsonObject): JsonObject {
  const shown = (key: string, value: Json): Json => {
    if (typeof value === 'string') {
      const isSecret = isSecretName(key) && !isSecretReference(value);
      return isSecret ? redactedMark : redacted(value);
    }
    if (Array.isArray(value)) return value.map((one) => shown(key, one));
    return typeof value === 'object' && value !== null
      ? withoutSecrets(value as JsonObject)
      : value;
  };
  const pairs = Object.entries(settings).map(([key, value]) => [key, shown(key, value)]);
  return Object.fromEntries(pairs);
}

export function requestShape({ id, trigger, createdAt }: Request): RequestShape {
  return { id, trigger, createdAt: instant(createdAt) };
}

export function sessionShape(session: Session, nameOf: NameOf): SessionShape {
  const { startedAt, endedAt } = session;
  return {
    ...session,
    partnership: nameOf(session.partnership),
    startedAt: instant(startedAt),
    endedAt: instantOrNull(endedAt),
    durationMs: endedAt === null ? null : Math.max(0, endedAt - startedAt),
  };
}

export function planShape(plan: PlanSummary, nameOf: NameOf): PlanShape {
  return {
    ...plan,
    partnership: nameOf(plan.partnership),
    createdAt: instant(plan.createdAt),
  };
}

export function eventShape(event: Event): EventShape {
  return { ...event, at: instant(event.at) };
}

export function logLine(
  entry: LogEntry,
  nameOf: NameOf,
  /** Of a partnership by its id; null: it is not kept any more. */
  handlerOf: (id: string) => string | null,
): LogLine {
  const { id, session, item, level, text, subject, code, jump } = entry;
  const partnership = nameOf(entry.partnership);
  const at = instant(entry.at);
  const handler = item?.startsWith('hook:') === true ? null : handlerOf(entry.partnership);
  const reportedBy = handler === verifiedHandler ? null : handler;
  return { id, at, session, partnership, item, level, text, subject, code, jump, reportedBy };
}

/** It looks again at what it did (HN-08); of the others there is only their word. */
const verifiedHandler = 'folder';

export function conflictShape(conflict: Conflict, nameOf: NameOf): ConflictShape {
  const { undo, session: _, ...rest } = conflict;
  return {
    ...rest,
    partnership: nameOf(conflict.partnership),
    openedAt: instant(conflict.openedAt),
    resolvedAt: instantOrNull(conflict.resolvedAt),
    undoable: undo !== null,
  };
}
