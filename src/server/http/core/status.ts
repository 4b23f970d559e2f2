// Which HTTP status tells of which error. Programs decide by the code and its class; the status is
// for what stands between.
import type { ErrorRecord, RetryClass } from '../../../model/error.ts';

const byCode: Readonly<Record<string, number>> = {
  usage: 400,
  'request-malformed': 400,
  'token-missing': 401,
  'scope-missing': 403,
  'origin-refused': 403,
  'only-by-socket': 403,
  'handler-unknown': 404,
  'partnership-unknown': 404,
  'plan-unknown': 404,
  'conflict-unknown': 404,
  'not-found': 404,
  'partnership-exists': 409,
  'conflict-stale': 409,
  'plan-outdated': 409,
  'already-running': 409,
  'configuration-changed': 409,
  'version-stale': 412,
  'request-too-large': 413,
  'request-unreadable': 415,
  'host-refused': 421,
  'token-guessed': 429,
  'too-many-requests': 429,
};

const byClass: Readonly<Record<RetryClass, number>> = {
  temporary: 503,
  'needs-person': 422,
  auth: 422,
  quota: 507,
  fatal: 500,
};

/** Seconds, for whoever only understands headers. */
const laterByCode: Readonly<Record<string, number>> = {
  'token-guessed': 60,
  'too-many-requests': 1,
};

export const retryAfterOf = ({ code }: ErrorRecord): number | null => laterByCode[code] ?? null;

export function statusOf({ code, retry }: ErrorRecord): number {
  return byCode[code] ?? byClass[retry];
}
