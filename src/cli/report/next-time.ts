// A moment as a person types it: `18:00` is the next time the clock says so, a date may have a time.

const dayMs = 24 * 60 * 60_000;

/** Milliseconds since 1970 in the time zone of the computer; null for what is no time. */
export function nextTime(text: string, now: number): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return dateIn(text);
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const today = onDay(now, Number(hours), Number(minutes));
  return today > now ? today : onDay(now + dayMs, Number(hours), Number(minutes));
}

function onDay(of: number, hours: number, minutes: number): number {
  const day = new Date(of);
  return day.setHours(hours, minutes, 0, 0);
}

function dateIn(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return null;
  const ms = Date.parse(text.includes(':') ? text.replace(' ', 'T') : `${text}T00:00`);
  return Number.isNaN(ms) ? null : ms;
}
