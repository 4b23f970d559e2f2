// The conformance suite: every check against one handler, one after another, whatever became of the one
// before. It is the same for a handler in this process and for one that is a program of its own.
import { errorRecord } from '../model/error.ts';
import { trueClock } from '../platform/clock.ts';
import type { Clock } from '../ports/clock.ts';
import { Bench, type BenchLimits, type Subject } from './bench.ts';
import type { Check } from './check.ts';
import { abilities } from './checks/abilities.ts';
import { conflicts } from './checks/conflicts.ts';
import { leavingOut } from './checks/leaving-out.ts';
import { opening } from './checks/opening.ts';
import { plans } from './checks/plans.ts';
import { preparing } from './checks/preparing.ts';
import { synchronizing } from './checks/synchronizing.ts';
import { type CheckResult, callFailed, Unproven, unproven, type Verdict } from './verdict.ts';

export const handlerChecks: readonly Check[] = [
  ...opening,
  ...preparing,
  ...synchronizing,
  ...plans,
  ...leavingOut,
  ...conflicts,
  ...abilities,
];

export interface CheckOptions {
  readonly clock?: Clock;
  readonly limits?: Partial<BenchLimits>;
  /** Names of checks; all by default. */
  readonly only?: readonly string[];
  /** Aborted: no further check is begun. */
  readonly signal?: AbortSignal;
}

/** What the manager grants: see the limits in docs/protocol.md. */
const usualLimits: BenchLimits = { callMs: 60_000, stopMs: 30_000, skipMs: 2_000 };

/**
 * Tries a handler. A result comes as soon as its check is over; none of them throws.
 *
 * @param subject The handler and its settings. `layOut` is called before each check, so that each finds
 *   something to synchronize.
 */
export async function* checkHandler(
  subject: Subject,
  options: CheckOptions = {},
): AsyncGenerator<CheckResult> {
  const { clock = trueClock, limits = {}, signal, only } = options;
  for (const check of handlerChecks) {
    if (only !== undefined && !only.includes(check.name)) continue;
    if (signal?.aborted === true) return;
    const began = clock.monotonic();
    const bench = new Bench(subject, { ...usualLimits, ...limits }, clock);
    const verdict = await verdictOf(check, bench);
    yield resultOf(check, verdict, clock.monotonic() - began);
  }
}

async function verdictOf(check: Check, bench: Bench): Promise<Verdict> {
  await bench.subject.layOut?.();
  try {
    return await check.run(bench);
  } catch (thrown) {
    if (thrown instanceof Unproven) return unproven(thrown.message);
    return callFailed(errorRecord(thrown, 'handler-failed').text);
  } finally {
    await bench.tidyUp();
  }
}

export function resultOf(
  { name, title, advice }: Pick<Check, 'name' | 'title' | 'advice'>,
  verdict: Verdict,
  durationMs: number,
): CheckResult {
  const none = { expected: null, found: null, advice: null };
  const base = { name, title, outcome: verdict.outcome, ...none, durationMs };
  if (verdict.outcome === 'passed') return base;
  if (verdict.outcome === 'unproven') return { ...base, advice: verdict.reason };
  return {
    ...base,
    expected: verdict.expected,
    found: verdict.found,
    advice: verdict.advice ?? advice,
  };
}
