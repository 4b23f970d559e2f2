// Requests, sessions, and what runs.
import { z } from 'zod';
import type { SessionResult } from '../../model/session.ts';
import { endings } from '../../model/session.ts';
import type {
  ChoiceShape,
  FreshnessShape,
  HoldShape,
  InvocationShape,
  ProgressShape,
  QuestionShape,
  RequestShape,
  RequestStateShape,
  RunningShape,
  SessionShape,
  WhyShape,
} from '../shapes.ts';
import {
  count,
  errorRecord,
  instant,
  itemId,
  itemStatus,
  json,
  jsonObject,
  named,
  phase,
  triggerKind,
  word,
} from './basics.ts';

export const request: z.ZodType<RequestShape> = z
  .strictObject({ id: z.string(), trigger: triggerKind, createdAt: instant })
  .meta({ id: 'Request' });

/** Four letters for each three bytes of a cookie of 512 KiB: the body of a request has 1 MiB. */
const cookieLettersMax = 700_000;
const cookie = z
  .base64()
  .max(cookieLettersMax)
  .meta({ description: 'Opaque; comes back to whoever invoked, in the completion event.' });

export const invocation: z.ZodType<InvocationShape> = z
  .strictObject({
    trigger: triggerKind,
    partnerships: z.array(word).max(10_000).nullable(),
    items: z.array(itemId).max(10_000).exactOptional(),
    interactive: z.boolean().exactOptional(),
    startNow: z.boolean(),
    cookie: cookie.exactOptional(),
    key: word.max(255).exactOptional(),
    planOnly: z.boolean().exactOptional(),
    waits: z.boolean().exactOptional(),
  })
  .meta({ id: 'Invocation' });

const sessionResult: z.ZodType<SessionResult> = z
  .strictObject({
    ending: z.enum(endings),
    items: z.array(
      z.strictObject({
        item: z.string(),
        name: z.string(),
        status: z.enum(['stopped', 'skipped', 'succeeded', 'failed', 'deleted']),
        error: errorRecord.nullable(),
        finishedBeforeSkip: z.boolean(),
      }),
    ),
    counts: z.record(z.string(), z.number()),
    bytes: z.number(),
    problems: count,
    conflicts: count,
    error: errorRecord.nullable(),
  })
  .meta({ id: 'SessionResult' });

export const session: z.ZodType<SessionShape> = z
  .strictObject({
    id: z.string(),
    request: z.string(),
    partnership: named,
    trigger: triggerKind,
    phase,
    plan: z.string().nullable(),
    startedAt: instant,
    endedAt: instant.nullable(),
    durationMs: z.number().nullable(),
    result: sessionResult.nullable(),
  })
  .meta({ id: 'Session' });

export const requestState: z.ZodType<RequestStateShape> = z
  .strictObject({
    id: z.string(),
    ended: z.boolean(),
    sessions: z.array(session),
    cookie: cookie.exactOptional(),
  })
  .meta({ id: 'RequestState' });

export const progress: z.ZodType<ProgressShape> = z
  .strictObject({
    session: z.string(),
    partnership: z.string(),
    item: z.string(),
    name: z.string(),
    status: itemStatus,
    text: z.string(),
    value: z.number(),
    max: z.number(),
    bytes: z.number(),
    bytesMax: z.number(),
  })
  .meta({ id: 'Progress' });

export const running: z.ZodType<RunningShape> = z
  .strictObject({
    session: z.string(),
    request: z.string(),
    partnership: named,
    phase,
    startedAt: instant,
    process: z.int().nullable(),
    items: z.array(progress),
  })
  .meta({ id: 'Running' });

export const choice: z.ZodType<ChoiceShape> = z
  .strictObject({
    session: z.string(),
    partnership: named,
    handlerName: z.string(),
    items: z.array(z.strictObject({ id: z.string(), name: z.string(), ticked: z.boolean() })),
  })
  .meta({ id: 'Choice' });

export const confirmation = z.strictObject({
  ticked: z.record(word, z.array(itemId).max(100_000)),
  remember: z.boolean(),
});

export const question: z.ZodType<QuestionShape> = z
  .strictObject({
    id: count,
    session: z.string(),
    form: z.strictObject({ title: z.string(), schema: json, values: jsonObject }),
  })
  .meta({ id: 'Question' });

export const answer = z.strictObject({ question: count, answer: jsonObject.nullable() });

const hold: z.ZodType<HoldShape> = z
  .strictObject({
    kind: z.enum([
      'disabled',
      'paused',
      'all-paused',
      'back-off',
      'condition',
      'handler-disabled',
      'awaiting-approval',
      'running',
      'queue',
      'follows',
      'going-down',
    ]),
    text: z.string(),
    observed: z.string().nullable(),
    until: instant.nullable(),
  })
  .meta({ id: 'Hold' });

export const why: z.ZodType<WhyShape> = z
  .strictObject({
    partnership: named,
    holds: z.array(hold),
    unsure: z.array(hold),
    waiting: z.array(z.strictObject({ request: z.string(), trigger: triggerKind })),
    looksAgainAt: instant.nullable(),
    nextRunAt: instant.nullable(),
  })
  .meta({ id: 'Why' });

export const freshness: z.ZodType<FreshnessShape> = z
  .strictObject({
    partnership: named,
    lastAttemptAt: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastChangeAt: instant.nullable(),
    nextRunAt: instant.nullable(),
    missedRuns: count,
    freshWithinMs: z.number().nullable(),
    staleSince: instant.nullable(),
    heldBy: z.string().nullable(),
  })
  .meta({ id: 'Freshness' });

export const pause = z.strictObject({ partnership: word.nullable(), until: instant.nullable() });
export const resume = z.strictObject({ partnership: word.nullable() });
