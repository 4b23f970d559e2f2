// Zones and moments, as far as a pure function can go: a moment is milliseconds since 1970.
import { Temporal } from 'temporal-polyfill';

export const isoText = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toString();

/** As a wall clock of that zone shows it: `2026-03-29 03:00`. */
export function wallText(ms: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone);
  return local.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

export function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
