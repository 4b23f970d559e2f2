// What came in, held against its schema.
import type { z } from 'zod';
import { type Fault, malformed } from '../../model/malformed.ts';
import { pointerTo } from './core/strict-json.ts';

/** The value as the schema makes it. Throws `request-malformed`. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw malformed(parsed.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: pointerTo(['', ...path]), reason: issue.message }];
  }
  return issue.keys.map((key) => ({
    pointer: pointerTo(['', ...path, key]),
    reason: 'there is no such field',
  }));
}
