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
  if (Math.abs(ms) > 30 * 86_400_000) return dateIn(locale).format(new Date(at));
  const [unit, size] = steps.find(([, one]) => Math.abs(ms) >= one) ?? ['second', 1_000];
  return words.format(Math.trunc(ms / size), unit);
}

/** With the seconds and the name of the zone: what stands in a title. */
export function exact(at: string, locale: string | undefined): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return exactIn(locale).format(date);
}

/** `Fri 27 Nov, 03:00`: for what comes within weeks. */
export function dayAndTime(at: string, locale: string | undefined): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return dayIn(locale).format(date);
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dateIn = madeOnce({});
const exactIn = madeOnce({ dateStyle: 'medium', timeStyle: 'long' });
const dayIn = madeOnce({
  ...{ weekday: 'short', day: 'numeric', month: 'short' },
  ...{ hour: '2-digit', minute: '2-digit' },
});

/** To make one takes longer than all that a row of a list needs beside it. */
function madeOnce(options: Intl.DateTimeFormatOptions) {
  const made = new Map<string | undefined, Intl.DateTimeFormat>();
  return (locale: string | undefined): Intl.DateTimeFormat => {
    const known = made.get(locale) ?? new Intl.DateTimeFormat(locale, options);
    made.set(locale, known);
    return known;
  };
}
