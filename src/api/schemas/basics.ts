// What the other schemas are made of. A schema here and its type in shapes.ts are held together by the
// compiler: the type says what a field means, the schema what is let in.
import { z } from 'zod';
import type { ErrorRecord } from '../../model/error.ts';
import { type ItemStatus, itemStatuses } from '../../model/item.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { retryClasses } from '../../model/retry.ts';
import { activePhases, endings, type Phase } from '../../model/session.ts';
import { triggerKinds } from '../../model/trigger.ts';
import type { Named } from '../shapes.ts';

/** Names and ids: short, and without control characters. */
export const word = z
  .string()
  .min(1)
  .max(512)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out.
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'it must hold no control characters');

/** What a handler calls its item: its own affair, so that nothing but the length is looked at. */
export const itemId = z.string().min(1).max(1024);

export const filePath = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]*$/, 'it must hold no NUL');

export const instant = z.iso.datetime({ precision: 3 }).meta({
  description: 'RFC 3339 in UTC, to the millisecond.',
});

export const count = z.int().min(0);

export const json: z.ZodType<Json> = z.json();
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);

export const named: z.ZodType<Named> = z
  .strictObject({ id: z.string(), name: z.string() })
  .meta({ id: 'Named' });

export const triggerKind = z.enum(triggerKinds).meta({ id: 'TriggerKind' });

export const phase: z.ZodType<Phase> = z.enum([...activePhases, ...endings]).meta({ id: 'Phase' });

export const itemStatus: z.ZodType<ItemStatus> = z.enum(itemStatuses).meta({ id: 'ItemStatus' });

export const errorRecord: z.ZodType<ErrorRecord> = z
  .strictObject({
    code: z.string(),
    text: z.string(),
    retry: z.enum(retryClasses),
  })
  .meta({ id: 'Error', description: 'A code of docs/errors.md, its sentence, and who can help.' });

/** A list in a query: `?state=open,approved`. */
export const listOf = <T extends string>(one: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(one));

/** A number in a query. */
export const numberIn = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'it must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));

export const flagIn = z.enum(['true', 'false']).transform((text) => text === 'true');
