// Whether somebody at work is getting anywhere. Liveness is change, not noise (HN-04): the same report
// a thousand times says nothing, and what moves to and fro does not count either.
import type { HandlerPatience } from '../../model/handler-source.ts';

/** What is looked at of a report; its text is not. */
export interface Counters {
  readonly text?: string;
  readonly status?: string;
  readonly value?: number;
  readonly max?: number;
  readonly bytes?: number;
  readonly bytesMax?: number;
}

/** The furthest an item has come. */
interface Mark {
  readonly value: number;
  readonly bytes: number;
  readonly max: number;
  readonly bytesMax: number;
  readonly statuses: readonly string[];
}

/** The furthest each item has come. */
export type Marks = Map<string, Mark>;

const start: Mark = { value: 0, bytes: 0, max: 0, bytesMax: 0, statuses: [] };

/** Takes the report into the marks; whether anything moved. Text is no movement. */
export function moves(marks: Marks, item: string, report: Counters): boolean {
  const former = marks.get(item) ?? start;
  const next = advanced(former, report);
  if (next === null) return false;
  marks.set(item, next);
  return true;
}

/** Null: nothing is further than it was. */
function advanced(former: Mark, report: Counters): Mark | null {
  const { status, value = 0, bytes = 0, max = former.max, bytesMax = former.bytesMax } = report;
  // Another total is another piece of work: it is counted from its beginning.
  const isAnew = max !== former.max || bytesMax !== former.bytesMax;
  const isNews = status !== undefined && !former.statuses.includes(status);
  if (!isAnew && !isNews && value <= former.value && bytes <= former.bytes) return null;
  return {
    value: isAnew ? value : Math.max(value, former.value),
    bytes: isAnew ? bytes : Math.max(bytes, former.bytes),
    max,
    bytesMax,
    statuses: isNews ? [...former.statuses, status] : former.statuses,
  };
}

/** Moments of one piece of work, in milliseconds of a clock that never goes back. */
export interface Signs {
  /** When something moved last, or when it began. */
  readonly movedAt: number;
  readonly isWarned: boolean;
}

export type Judgement =
  /** Look again in so many milliseconds. */
  | { readonly is: 'at-work'; readonly lookInMs: number }
  | { readonly is: 'slow'; readonly forMs: number }
  | { readonly is: 'stuck'; readonly forMs: number };

/** That a process is alive says nothing: what hangs in it lives too. */
export function judge(signs: Signs, { warnMs, stuckMs }: HandlerPatience, now: number): Judgement {
  const forMs = now - signs.movedAt;
  if (forMs >= stuckMs) return { is: 'stuck', forMs };
  if (!signs.isWarned && forMs >= warnMs) return { is: 'slow', forMs };
  const next = signs.isWarned ? stuckMs : Math.min(warnMs, stuckMs);
  return { is: 'at-work', lookInMs: next - forMs };
}
