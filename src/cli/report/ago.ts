// Moments as a person says them: how long ago, and to the minute where that matters.
import { formatDuration } from '../../stdx/quantity.ts';

/** `12 min ago`; the largest unit only. */
export function ago(instant: string | null, now: number): string {
  if (instant === null) return 'never';
  const ms = now - Date.parse(instant);
  if (ms < 60_000) return ms < -60_000 ? moment(instant) : 'just now';
  const largest = formatDuration(ms).split(' ').slice(0, 2).join(' ');
  return `${largest} ago`;
}

/** `2026-11-20 11:30`, in the time zone of the computer. */
export function moment(instant: string): string {
  const at = new Date(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
