// The form of everything a handler sends, as it is checked on arrival and published as JSON Schema. What
// the manager sends is described too, for the document; a handler checks as much of it as it likes.
// Members that are not known are dropped, so that a later revision may add some.
import { z } from 'zod';
import { itemStatuses } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import { changeKinds } from '../model/plan.ts';
import { retryClasses } from '../model/retry.ts';

const amount = z
  .number()
  .min(0)
  .max(2 ** 53);
/** Progress may say -1: unknown. */
const measure = z
  .number()
  .min(-1)
  .max(2 ** 53);
const text = z.string().max(65_536);
const short = z.string().max(4_096);
const itemId = z.string().min(1).max(255);
/** Any JSON: it was parsed from it, and no deeper than the wire allows. */
const json = z.unknown() as z.ZodType<Json>;
const object = z.record(z.string(), json);
const empty = z.object({});

const retry = z.enum(retryClasses);
const error = z.object({
  code: z.string().min(1).max(128),
  text: short,
  retry,
  notBefore: z.number().exactOptional(),
});
const counts = z.record(z.string().max(64), amount);

const item = z.object({
  id: itemId,
  name: short.default(''),
  checked: z.boolean().default(true),
  hasProperties: z.boolean().default(false),
  temporary: z.boolean().default(false),
  lastUpdate: z.number().nullable().default(null),
});

const change = z.object({
  item: itemId,
  side: z.string().max(64),
  kind: z.enum(changeKinds),
  path: text,
  from: text.optional(),
  bytes: amount.default(0),
  detail: json.optional(),
});

const alarm = z.object({
  guard: z.string().min(1).max(64),
  side: z.string().max(64).nullable().default(null),
  text: short,
  approvable: z.boolean().default(true),
});
const facts = z.object({
  item: itemId,
  known: counts.default({}),
  deletions: counts.default({}),
  overwrites: counts.default({}),
  alarms: z.array(alarm).max(1_000).default([]),
  limits: z
    .object({ count: amount.optional(), share: z.number().min(0).max(1).optional() })
    .optional(),
});

const version = z.object({
  side: z.string().max(64),
  present: z.boolean().default(true),
  kind: z.string().max(64).default('file'),
  size: amount.nullable().default(null),
  modifiedAt: z.number().nullable().default(null),
  digest: z.string().max(256).nullable().default(null),
  location: text.nullable().default(null),
});
const resolution = z.union([
  z.object({ choice: z.literal('keep'), side: z.string().max(64) }),
  z.object({ choice: z.enum(['keep-both', 'keep-newest', 'keep-largest']) }),
  z.object({ choice: z.literal('merged'), contentFile: text }),
]);
const conflict = z.object({
  item: itemId,
  subject: text.min(1),
  kind: z.string().min(1).max(64),
  versions: z.array(version).max(64),
  settled: z.object({ resolution, undo: json.default(null) }).optional(),
});
const form = z.object({ title: short, schema: json, values: object.default({}) });
const subject = conflict.omit({ settled: true });

const summary = z.object({
  hash: z.string(),
  counts,
  bytes: amount,
  createdAt: z.number(),
});

const shown = z.union([
  z.object({ next: z.enum(['nothing', 'list-again', 'item-deleted']) }),
  z.object({ next: z.literal('retry'), items: z.array(itemId).max(100_000) }),
]);

/** What the manager asks; params and result of each. */
export const asked = {
  initialize: {
    params: z.object({
      protocol: z.number().int(),
      features: z.array(z.string()),
      manager: z.object({ name: z.string(), version: z.string() }),
    }),
    result: z.object({
      protocol: z.number().int(),
      features: z.array(z.string().max(64)).max(64).default([]),
      handler: z.object({ name: short.min(1), version: z.string().max(64).default('') }),
    }),
  },
  open: {
    params: z.object({
      partnership: z.object({ id: z.string(), name: z.string() }),
      trigger: z.string(),
      interactive: z.boolean(),
      settingsOnly: z.boolean(),
      cookie: z.string().nullable().describe('base64'),
      settings: object,
      secrets: z.record(z.string(), z.string()),
      untouched: z.boolean().optional(),
      bandwidth: amount.optional(),
    }),
    result: z.object({
      accepted: z.boolean(),
      abilities: z
        .array(z.enum(['pause', 'setBandwidth', 'showError', 'properties', 'resolve', 'undo']))
        .max(8)
        .default([]),
    }),
  },
  describe: {
    params: empty,
    result: z.object({
      name: short,
      hasProperties: z.boolean().default(false),
      alwaysListed: z.boolean().default(false),
    }),
  },
  items: {
    params: z.object({ cursor: z.string().nullable() }),
    result: z.object({
      items: z.array(item).max(10_000),
      complete: z.boolean().default(true),
      next: short.nullable().default(null),
    }),
  },
  prepare: {
    params: z.object({ items: z.array(itemId), approved: summary.nullable() }),
    result: z.union([
      z.object({
        outcome: z.literal('ready'),
        plan: z
          .object({ facts: z.array(facts).max(100_000).default([]) })
          .nullable()
          .default(null),
      }),
      z.object({ outcome: z.literal('refused'), error: error.nullable().default(null) }),
    ]),
  },
  synchronize: {
    params: empty,
    result: z.object({
      outcome: z.enum(['done', 'failed']),
      error: error.nullable().default(null),
      counts: counts.default({}),
      bytes: amount.default(0),
    }),
  },
  showError: { params: z.object({ errorId: z.string() }), result: shown },
  properties: { params: z.object({ item: itemId.nullable() }), result: shown },
  resolve: {
    params: z.object({ conflict: subject, resolution }),
    result: z.object({ undo: json.default(null) }),
  },
  undo: {
    params: z.object({ conflict: subject, undo: json.default(null) }),
    result: empty.nullable(),
  },
  close: { params: empty, result: empty.nullable() },
} as const;

/** What the manager tells. */
export const told = {
  setItemStatus: z.object({ item: itemId, status: z.literal('skipped') }),
  cancel: z.object({ item: itemId.nullable() }),
  pause: z.object({ paused: z.boolean() }),
  setBandwidth: z.object({ bandwidth: amount.nullable() }),
  approved: z.object({ changes: z.array(change) }),
  '$/cancelRequest': z.object({ id: z.union([z.string(), z.number()]) }),
} as const;

const progress = z.object({
  item: itemId,
  status: z.enum(itemStatuses).optional(),
  text: short.optional(),
  value: measure.optional(),
  max: measure.optional(),
  bytes: measure.optional(),
  bytesMax: measure.optional(),
});

/** What a handler tells. */
export const heard = {
  progress,
  alive: empty,
  returned: z.object({ id: z.string() }),
  log: z.object({
    level: z.enum(['information', 'warning', 'error']),
    text: text.min(1),
    item: itemId.nullable().default(null),
    errorId: z.string().max(255).nullable().default(null),
    jump: z.boolean().default(false),
    subject: text.nullable().default(null),
    code: z.string().max(128).nullable().default(null),
  }),
  withdraw: z.object({ errorId: z.string().max(255).nullable() }),
  plan: z.object({ changes: z.array(change).max(10_000) }),
  conflict,
  conflictsSeen: z.object({ item: itemId, complete: z.boolean().default(true) }),
} as const;

/** What a handler asks. */
export const askedBack = {
  progress: {
    params: progress,
    result: z.object({
      answer: z.enum(['continue', 'skip', 'stop', 'unknown-item', 'detached']),
    }),
  },
  ask: { params: form, result: object.nullable() },
  decide: { params: subject, result: resolution.nullable() },
  connect: { params: z.object({ name: short.nullable() }), result: z.boolean() },
  floor: { params: z.object({ take: z.boolean() }), result: z.boolean() },
} as const;

export type Asked = {
  readonly [Method in keyof typeof asked]: {
    readonly params: z.infer<(typeof asked)[Method]['params']>;
    readonly result: z.infer<(typeof asked)[Method]['result']>;
  };
};

export type ParamsOf<Method extends keyof typeof asked> = z.input<(typeof asked)[Method]['params']>;
export type AnswerTo<Method extends keyof typeof asked> = z.output<
  (typeof asked)[Method]['result']
>;
export type Told<Method extends keyof typeof told> = z.input<(typeof told)[Method]>;
export type Heard<Method extends keyof typeof heard> = z.output<(typeof heard)[Method]>;
export type AskedBack<Method extends keyof typeof askedBack> = z.output<
  (typeof askedBack)[Method]['params']
>;
