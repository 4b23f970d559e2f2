// What waits for a person, and what is left of sessions: plans, conflicts, log, events.
import { z } from 'zod';
import type { Resolution } from '../../model/conflict.ts';
import { eventTypes } from '../../model/event.ts';
import { changeKinds, type Halt, type PlanChange } from '../../model/plan.ts';
import type { PlanFolder, WaitingShape } from '../inbox-shapes.ts';
import type {
  ConflictShape,
  ConflictTexts,
  EventShape,
  LogLine,
  Notice,
  PlanPage,
  PlanShape,
} from '../shapes.ts';
import { count, filePath, instant, json, jsonObject, named, word } from './basics.ts';
import { progress, question } from './requests.ts';

const halt: z.ZodType<Halt> = z.strictObject({
  item: z.string(),
  guard: z.string(),
  side: z.string().nullable(),
  text: z.string(),
  approvable: z.boolean(),
});

export const waiting: z.ZodType<WaitingShape> = z
  .strictObject({ plans: count, conflicts: count })
  .meta({ id: 'Waiting' });

export const planState = z.enum(['open', 'approved', 'rejected', 'carried-out', 'outdated']);

export const plan: z.ZodType<PlanShape> = z
  .strictObject({
    hash: z.string(),
    partnership: named,
    session: z.string(),
    createdAt: instant,
    state: planState,
    counts: z.record(z.string(), z.number()),
    bytes: z.number(),
    halts: z.array(halt),
  })
  .meta({ id: 'Plan' });

const planChange: z.ZodType<PlanChange> = z
  .strictObject({
    item: z.string(),
    side: z.string(),
    kind: z.enum(changeKinds),
    path: z.string(),
    from: z.string().exactOptional(),
    bytes: z.number(),
    detail: json.exactOptional(),
  })
  .meta({ id: 'PlanChange' });

export const planPage: z.ZodType<PlanPage> = z
  .strictObject({ plan, changes: z.array(planChange), total: count })
  .meta({ id: 'PlanPage' });

export const planFolder: z.ZodType<PlanFolder> = z
  .strictObject({
    entries: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('folder'),
          path: z.string(),
          name: z.string(),
          count,
          bytes: z.number(),
        }),
        z.strictObject({ type: z.literal('change'), change: planChange }),
      ]),
    ),
    total: count,
    count,
    bytes: z.number(),
  })
  .meta({ id: 'PlanFolder' });

export const logLevel = z.enum(['information', 'warning', 'error']);

export const logLine: z.ZodType<LogLine> = z
  .strictObject({
    id: z.int(),
    at: instant,
    session: z.string(),
    partnership: named,
    item: z.string().nullable(),
    level: logLevel,
    text: z.string(),
    subject: z.string().nullable(),
    code: z.string().nullable(),
    jump: z.boolean(),
    reportedBy: z.string().nullable(),
  })
  .meta({ id: 'LogLine' });

export const resolution: z.ZodType<Resolution> = z
  .discriminatedUnion('choice', [
    z.strictObject({ choice: z.literal('keep'), side: word }),
    z.strictObject({ choice: z.literal('keep-both') }),
    z.strictObject({ choice: z.literal('keep-newest') }),
    z.strictObject({ choice: z.literal('keep-largest') }),
    z.strictObject({ choice: z.literal('merged'), contentFile: filePath }),
  ])
  .meta({ id: 'Resolution' });

/** What a person wrote out of the versions; the body of a request has 1 MiB. */
const mergedLettersMax = 256 * 1024;
export const mergedText = z.strictObject({ text: z.string().max(mergedLettersMax) });

export const conflict: z.ZodType<ConflictShape> = z
  .strictObject({
    id: z.string(),
    partnership: named,
    item: z.string(),
    subject: z.string(),
    kind: z.string(),
    state: z.enum(['open', 'resolved', 'gone']),
    openedAt: instant,
    resolvedAt: instant.nullable(),
    resolution: resolution.nullable(),
    undoable: z.boolean(),
    version: z.int(),
    versions: z.array(
      z.strictObject({
        side: z.string(),
        present: z.boolean(),
        kind: z.string(),
        size: z.number().nullable(),
        modifiedAt: z.number().nullable(),
        digest: z.string().nullable(),
        location: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Conflict' });

export const conflictTexts: z.ZodType<ConflictTexts> = z
  .strictObject({
    sides: z.array(z.strictObject({ side: z.string(), text: z.string().nullable() })),
  })
  .meta({ id: 'ConflictTexts' });

const event: z.ZodType<EventShape> = z
  .strictObject({
    sequence: z.int(),
    at: instant,
    type: z.enum(eventTypes),
    partnership: z.string().nullable(),
    session: z.string().nullable(),
    item: z.string().nullable(),
    data: jsonObject,
  })
  .meta({ id: 'Event' });

export const notice: z.ZodType<Notice> = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('event'), event }),
    z.strictObject({ type: z.literal('progress'), progress }),
    z.strictObject({ type: z.literal('question'), question }),
    z.strictObject({ type: z.literal('gap'), after: z.int(), before: z.int() }),
    z.strictObject({
      type: z.literal('completed'),
      request: z.string(),
      cookie: z.string().nullable(),
    }),
  ])
  .meta({ id: 'Notice' });
