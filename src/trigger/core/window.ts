// Whether a window of time is open by the wall clock of its zone.
import { Temporal } from 'temporal-polyfill';
import type { TimeWindow } from '../../model/terms.ts';

const dayMinutes = 1_440;

/** Whether the window is open, and when that changes; null: never. */
export function windowState(
  { days, fromMinute, toMinute, zone }: TimeWindow,
  now: number,
  here: string,
): { readonly isOpen: boolean; readonly changesAt: number | null } {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone ?? here);
  const moment = (date: Temporal.PlainDate, minute: number): number => {
    const day = date.add({ days: Math.floor(minute / dayMinutes) });
    const time = { hour: Math.floor((minute % dayMinutes) / 60), minute: minute % 60 };
    const at = day.toPlainDateTime(Temporal.PlainTime.from(time));
    return at.toZonedDateTime(local.timeZoneId).epochMilliseconds;
  };
  const end = toMinute <= fromMinute ? toMinute + dayMinutes : toMinute;
  // One that opened yesterday may be open still.
  for (let day = -1; day <= 7; day += 1) {
    const date = local.toPlainDate().add({ days: day });
    if (days.length > 0 && !days.includes(date.dayOfWeek)) continue;
    const [opens, closes] = [moment(date, fromMinute), moment(date, end)];
    if (now < opens) return { isOpen: false, changesAt: opens };
    if (now < closes) return { isOpen: true, changesAt: closes };
  }
  return { isOpen: false, changesAt: null };
}
