// When a handler that keeps failing may be started again: later each time, and after the fifth failure
// in ten minutes only when a person says so (HN-14).

export interface StartHistory {
  /** When it failed, ms since 1970, oldest first. */
  readonly failures: readonly number[];
  /** Since when it is not started any more; null while it is. */
  readonly disabledAt: number | null;
}

export const cleanHistory: StartHistory = { failures: [], disabledAt: null };

const windowMs = 600_000;
const failuresMax = 5;
const firstDelayMs = 1_000;
const delayMaxMs = 60_000;

export type MayStart =
  | { readonly answer: 'now' }
  | { readonly answer: 'wait'; readonly ms: number }
  | { readonly answer: 'disabled'; readonly since: number };

export function mayStart({ failures, disabledAt }: StartHistory, now: number): MayStart {
  if (disabledAt !== null) return { answer: 'disabled', since: disabledAt };
  const recent = recentOf(failures, now);
  const last = recent.at(-1);
  if (last === undefined) return { answer: 'now' };
  const delayMs = Math.min(delayMaxMs, firstDelayMs * 2 ** (recent.length - 1));
  const ms = last + delayMs - now;
  return ms > 0 ? { answer: 'wait', ms } : { answer: 'now' };
}

export function afterFailure({ failures, disabledAt }: StartHistory, now: number): StartHistory {
  const recent = [...recentOf(failures, now), now];
  const disabled = disabledAt ?? (recent.length >= failuresMax ? now : null);
  return { failures: recent, disabledAt: disabled };
}

/** A clock that was set back leaves failures in the future: they count no more than old ones. */
const recentOf = (failures: readonly number[], now: number) =>
  failures.filter((at) => at <= now && at > now - windowMs);
