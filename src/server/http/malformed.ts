// A request that does not fit its schema, with a JSON pointer to each field that is wrong.
import type { z } from 'zod';
import { SyncError, syncError } from '../../model/error.ts';
import { pointerTo } from './core/strict-json.ts';

export interface Fault {
  readonly pointer: string;
  readonly reason: string;
}

export class Malformed extends SyncError {
  readonly faults: readonly Fault[];

  constructor({ code, message, retry }: SyncError, faults: readonly Fault[]) {
    super(code, message, retry);
    this.faults = faults;
  }
}

const faultsMax = 20;

export function malformed(faults: readonly Fault[]): Malformed {
  const [first] = faults;
  const place = first?.pointer === '' || first === undefined ? '' : `${first.pointer}: `;
  const reason = `${place}${first?.reason ?? 'it is not understood'}`.replace(/\.$/, '');
  return new Malformed(syncError('request-malformed', { reason }), faults.slice(0, faultsMax));
}

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
