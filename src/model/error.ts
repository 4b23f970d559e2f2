// What an error is, as thrown and as stored. Which errors there are stands in catalogue.ts.
import { type CatalogueCode, errorCatalogue } from './catalogue.ts';
import type { RetryClass } from './retry.ts';

export type { RetryClass } from './retry.ts';

/** An error as it is stored and shown. `code` may be a handler's own, outside the catalogue. */
export interface ErrorRecord {
  readonly code: string;
  readonly text: string;
  readonly retry: RetryClass;
  /** It is of no use to try again before, ms since 1970. */
  readonly notBefore?: number;
}

export class SyncError extends Error {
  readonly code: string;
  readonly retry: RetryClass;

  constructor(code: string, text: string, retry: RetryClass, options?: ErrorOptions) {
    super(text, options);
    this.name = 'SyncError';
    this.code = code;
    this.retry = retry;
  }
}

/** The catalogue's error with its sentence filled in. */
export function syncError(
  code: CatalogueCode,
  details: Readonly<Record<string, string | number>> = {},
  cause?: unknown,
): SyncError {
  const { sentence, retry } = errorCatalogue[code];
  const text = sentence.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? '?'));
  return new SyncError(code, text, retry, cause === undefined ? undefined : { cause });
}

/** Whatever was thrown, as a record; what is not ours is `fallback`. */
export function errorRecord(thrown: unknown, fallback: CatalogueCode = 'internal'): ErrorRecord {
  if (thrown instanceof SyncError) {
    return { code: thrown.code, text: thrown.message, retry: thrown.retry };
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const error = syncError(fallback, { reason });
  return { code: error.code, text: error.message, retry: error.retry };
}
