// Until when something may be held back, in the words of a menu.

export interface PauseChoice {
  readonly label: string;
  /** Null: until it is resumed. */
  until(now: Date): Date | null;
}

const hourMs = 3_600_000;
const morning = 8;

export const pauseChoices: readonly PauseChoice[] = [
  { label: 'For one hour', until: (now) => new Date(now.getTime() + hourMs) },
  { label: 'For four hours', until: (now) => new Date(now.getTime() + 4 * hourMs) },
  { label: 'Until tomorrow morning', until: nextMorning },
  { label: 'Until I resume it', until: () => null },
];

/** Eight o'clock in the zone of whoever looks; before that it is today's. */
function nextMorning(now: Date): Date {
  const at = new Date(now);
  at.setHours(morning, 0, 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at;
}

/** What an input of the type datetime-local holds; null where that is no moment to come. */
export function momentIn(text: string, now: Date): Date | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at <= now ? null : at;
}
