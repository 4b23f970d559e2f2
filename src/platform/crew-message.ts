// What a thread and its crew send each other. An error loses its class on the way, so it travels as
// its parts.
import { type RetryClass, SyncError } from '../model/error.ts';

export interface JobMessage {
  readonly id: number;
  readonly job: string;
  readonly input: unknown;
}

export type JobAnswer =
  /** It waits for something, and its lane is free. */
  | { readonly id: number; readonly aside: true }
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly thrown: PackedError };

export interface PackedError {
  readonly message: string;
  readonly code: string | null;
  /** Null for an error that is not ours. */
  readonly retry: RetryClass | null;
  readonly stack: string;
}

export function packError(thrown: unknown): PackedError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const retry = error instanceof SyncError ? error.retry : null;
  return { message: error.message, code, retry, stack: error.stack ?? '' };
}

export function unpackError({ message, code, retry, stack }: PackedError): Error {
  if (retry !== null && code !== null) return new SyncError(code, message, retry);
  const error = new Error(message);
  error.stack = stack;
  return code === null ? error : Object.assign(error, { code });
}

/** Columns are handed over instead of copied; shared memory stays shared. */
export function transferable(output: unknown): ArrayBuffer[] {
  if (typeof output !== 'object' || output === null) return [];
  const found = new Set<ArrayBuffer>();
  for (const value of Object.values(output)) {
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  }
  return [...found];
}
