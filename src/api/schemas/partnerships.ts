// Partnerships, items, handlers: what there is, and what may be asked of it.
import { z } from 'zod';
import type {
  HandlerShape,
  ItemShape,
  PairDraft,
  PartnershipDraft,
  PartnershipShape,
  PauseShape,
} from '../shapes.ts';
import {
  count,
  errorRecord,
  filePath,
  instant,
  jsonObject,
  named,
  phase,
  triggerKind,
  word,
} from './basics.ts';

const partnershipFields = {
  id: z.string(),
  name: z.string(),
  handler: z.string(),
  settings: jsonObject,
  enabled: z.boolean(),
  triggers: z.array(triggerKind),
  resources: z.array(z.string()),
  approve: z.enum(['guarded', 'always']),
  createdAt: instant,
  adHoc: z.boolean(),
};

export const partnership: z.ZodType<PartnershipShape> = z
  .strictObject(partnershipFields)
  .meta({ id: 'Partnership' });

export const addedPartnership: z.ZodType<PartnershipShape & { readonly file: string }> =
  z.strictObject({ ...partnershipFields, file: z.string() });

export const pairedPartnership: z.ZodType<
  PartnershipShape & { readonly rightWasMissing: boolean }
> = z.strictObject({ ...partnershipFields, rightWasMissing: z.boolean() });

export const paused: z.ZodType<PauseShape> = z
  .strictObject({ until: instant.nullable() })
  .meta({ id: 'Pause', description: 'Nothing starts by itself; null: until it is taken back.' });

export const item: z.ZodType<ItemShape> = z
  .strictObject({
    partnership: named,
    handler: z.string(),
    item: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    adHoc: z.boolean(),
    checked: z.boolean(),
    hasProperties: z.boolean(),
    handlerHasProperties: z.boolean(),
    last: phase.nullable(),
    lastAttempt: instant.nullable(),
    lastSuccess: instant.nullable(),
    lastChange: instant.nullable(),
    nextRun: instant.nullable(),
    openConflicts: count,
    waitingPlan: z.string().nullable(),
    paused: paused.nullable(),
    staleSince: instant.nullable(),
    durationsMs: z.array(z.number()),
    error: errorRecord.nullable(),
  })
  .meta({ id: 'Item' });

export const handler: z.ZodType<HandlerShape> = z
  .strictObject({
    name: z.string(),
    partnerships: count,
    disabledSince: instant.nullable(),
    apartSince: instant.nullable(),
    source: z.enum(['shipped', 'module', 'program']),
    version: z.string().nullable(),
    failures: count,
    lastError: z.strictObject({ at: instant, error: errorRecord }).nullable(),
  })
  .meta({ id: 'Handler' });

const pairOptions = {
  mode: word.exactOptional(),
  conflict: word.exactOptional(),
  ignore: z.array(z.string().max(4096)).max(10_000).exactOptional(),
  maxDelete: z
    .strictObject({
      count: count.exactOptional(),
      share: z.number().min(0).max(1).exactOptional(),
    })
    .exactOptional(),
  bandwidth: count.exactOptional(),
};

export const pairDraft: z.ZodType<PairDraft> = z
  .strictObject({
    ...pairOptions,
    left: filePath,
    right: filePath,
    merge: z.boolean(),
    fullScan: z.boolean().exactOptional(),
    lookOnly: z.boolean(),
  })
  .meta({ id: 'PairDraft' });

export const partnershipDraft: z.ZodType<PartnershipDraft> = z
  .strictObject({
    name: word.max(128),
    handler: word,
    settings: jsonObject,
    pair: z.strictObject({ ...pairOptions, left: filePath, right: filePath }).nullable(),
    triggers: z.array(word).max(20).exactOptional(),
    resources: z.array(word).max(100).exactOptional(),
    approve: word.exactOptional(),
  })
  .meta({ id: 'PartnershipDraft' });
