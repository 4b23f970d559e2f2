// The days of a week in the language of the browser, Sunday first.
const words = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });
/** 4 January 1970 was a Sunday. */
const sunday = 3;

export const weekdays: readonly string[] = Array.from({ length: 7 }, (_, day) =>
  words.format((sunday + day) * 86_400_000),
);
