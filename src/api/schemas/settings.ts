// What can be set, and what a face needs for setting it.
import { z } from 'zod';
import type {
  ConnectionShape,
  DraftPreview,
  FolderListing,
  HandlerGreeting,
  KeptFile,
  NextRuns,
  NotifyWayShape,
  ScheduleDraft,
  TicksDraft,
  TicksShape,
} from '../settings-shapes.ts';
import { count, errorRecord, filePath, instant, jsonObject, triggerKind, word } from './basics.ts';

export const keptFile: z.ZodType<KeptFile> = z
  .strictObject({
    file: z.string(),
    version: z.string(),
    keys: jsonObject,
    fixed: jsonObject,
    undoable: z.boolean(),
  })
  .meta({ id: 'KeptFile' });

export const fileChange = z.strictObject({ keys: jsonObject });

export const scheduleDraft: z.ZodType<ScheduleDraft> = z.strictObject({
  cron: z.string().max(512).exactOptional(),
  zone: word.exactOptional(),
  every: z.string().max(64).exactOptional(),
  partnership: word.exactOptional(),
});

export const nextRuns: z.ZodType<NextRuns> = z
  .strictObject({
    zone: z.string(),
    fault: z.string().nullable(),
    next: z.array(z.strictObject({ at: instant, wall: z.string() })),
  })
  .meta({ id: 'NextRuns' });

export const ticks: z.ZodType<TicksShape> = z
  .strictObject({
    trigger: triggerKind,
    connection: z.string().nullable(),
    byItself: z.boolean(),
    items: z.array(z.strictObject({ id: z.string(), name: z.string(), ticked: z.boolean() })),
  })
  .meta({ id: 'Ticks' });

export const ticksQuery = z.strictObject({
  trigger: triggerKind,
  connection: word.exactOptional(),
});

export const ticksDraft: z.ZodType<TicksDraft> = z.strictObject({
  trigger: triggerKind,
  connection: word.nullable(),
  ticked: z.record(word, z.boolean()),
});

export const connection: z.ZodType<ConnectionShape> = z
  .strictObject({
    name: z.string(),
    kind: z.enum(['wired', 'wireless', 'mobile', 'tunnel', 'other']).nullable(),
    ssid: z.string().nullable(),
    gateway: z.string().nullable(),
    addresses: z.array(z.string()),
    up: z.boolean(),
  })
  .meta({ id: 'Connection' });

export const foldersQuery = z.strictObject({ path: filePath.exactOptional() });

export const folderListing: z.ZodType<FolderListing> = z
  .strictObject({
    path: z.string(),
    parent: z.string().nullable(),
    folders: z.array(z.string()),
    more: z.boolean(),
    home: z.string(),
  })
  .meta({ id: 'FolderListing' });

export const draftPreview: z.ZodType<DraftPreview> = z
  .strictObject({
    file: z.string(),
    text: z.string(),
    problems: z.array(z.strictObject({ key: z.string().nullable(), text: z.string() })),
  })
  .meta({ id: 'DraftPreview' });

export const notifyWay: z.ZodType<NotifyWayShape> = z
  .strictObject({
    way: z.enum(['desktop', 'command', 'webhook', 'mail', 'ping']),
    state: z.enum(['on', 'off', 'if-there']),
    where: z.string().nullable(),
  })
  .meta({ id: 'NotifyWay' });

export const handlerGreeting: z.ZodType<HandlerGreeting> = z
  .strictObject({
    name: z.string(),
    title: z.string().nullable(),
    version: z.string().nullable(),
    partnership: z.string().nullable(),
    items: count.nullable(),
    durationMs: z.number(),
    error: errorRecord.nullable(),
  })
  .meta({ id: 'HandlerGreeting' });
