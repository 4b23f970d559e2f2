// Moments as a person reads them, in the zone of whoever looks.

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** `3 minutes ago`, `in 2 hours`, in the language of the page; beyond thirty days the date. */
export function relative(at: string, now: number, locale: string | undefined): string {
  const ms = Date.parse(at) - now;
  if (Number.isNaN(ms)) return at;
  // Whoever tells the time here looks every few seconds.
  if (ms > 0 && ms < 10_000) return 'now';
  if (Math.abs(ms) > 30 * 86_400_000) return new Date(at).toLocaleDateString(locale);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [unit, size] = steps.find(([, one]) => Math.abs(ms) >= one) ?? ['second', 1_000];
  return words.format(Math.trunc(ms / size), unit);
}

/** With the seconds and the name of the zone: what stands in a title. */
export function exact(at: string, locale: string | undefined): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'long' });
}

/** `Fri 27 Nov, 03:00`: for what comes within weeks. */
export function dayAndTime(at: string, locale: string | undefined): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return date.toLocaleString(locale, { ...day, hour: '2-digit', minute: '2-digit' });
}
