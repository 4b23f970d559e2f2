// How fast it may go at that hour.
import type { RateWindow } from '../../model/terms.ts';
import { windowState } from './window.ts';

/** Bytes a second, 0 for no limit; null: the timetable says nothing of this hour. */
export function rateAt(windows: readonly RateWindow[], now: number, here: string): number | null {
  return windows.find(({ window }) => windowState(window, now, here).isOpen)?.rate ?? null;
}

/** When another rate may count; null: never. */
export function changesAt(
  windows: readonly RateWindow[],
  now: number,
  here: string,
): number | null {
  const all = windows.flatMap(({ window }) => windowState(window, now, here).changesAt ?? []);
  return all.length === 0 ? null : Math.min(...all);
}
