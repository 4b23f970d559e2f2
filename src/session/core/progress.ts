// What is shown of one item, as its reports come in. A bar never runs backwards and never past its
// end, whatever a handler says (S6, mobsync A30): handlers count anew, count wrong, and send NaN.
import { type ItemStatus, isFinal } from '../../model/item.ts';

/** What a handler reports; the members left out keep their former value. */
export interface Report {
  readonly status?: ItemStatus;
  readonly text?: string;
  readonly value?: number;
  readonly max?: number;
  readonly bytes?: number;
  readonly bytesMax?: number;
}

export interface Shown {
  readonly status: ItemStatus;
  readonly text: string;
  readonly value: number;
  readonly max: number;
  readonly bytes: number;
  readonly bytesMax: number;
}

export const nothingShown: Shown = {
  status: 'pending',
  text: '',
  value: 0,
  max: 0,
  bytes: 0,
  bytesMax: 0,
};

/** Two reports of one item closer than this are shown as one: ten a second. */
export const shownEveryMs = 100;
const textMax = 1_024;

export function applyReport(shown: Shown, report: Report): Shown {
  if (isFinal(shown.status)) return shown;
  const entries = advanced(shown.value, shown.max, report.value, report.max);
  const bytes = advanced(shown.bytes, shown.bytesMax, report.bytes, report.bytesMax);
  return {
    status: report.status ?? shown.status,
    text: report.text === undefined ? shown.text : String(report.text).slice(0, textMax),
    value: entries.value,
    max: entries.max,
    bytes: bytes.value,
    bytesMax: bytes.max,
  };
}

/** Both in whole or broken units; a `max` of 0 is an unknown length, for which nothing is too far. */
function advanced(
  value: number,
  max: number,
  newValue: number | undefined,
  newMax: number | undefined,
): { value: number; max: number } {
  const wanted = sound(newMax, max);
  // A total that shrinks below what was shown as done is met, not passed.
  const top = wanted > 0 ? Math.max(wanted, value) : 0;
  const next = Math.max(value, sound(newValue, value));
  return { value: top > 0 ? Math.min(next, top) : next, max: top };
}

function sound(reported: number | undefined, former: number): number {
  if (typeof reported !== 'number' || Number.isNaN(reported)) return former;
  return Math.min(Math.max(reported, 0), Number.MAX_SAFE_INTEGER);
}

/** Milliseconds until this item may be shown again; 0: now. */
export function waitBeforeShowing(lastShownAt: number | null, now: number): number {
  if (lastShownAt === null) return 0;
  return Math.max(0, lastShownAt + shownEveryMs - now);
}
