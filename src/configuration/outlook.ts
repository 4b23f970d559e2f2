// When schedules come next: shown to the person who wrote them, because five numbers are easily taken
// for something else.
import { nextCron } from '../stdx/cron.ts';
import { wallText } from '../stdx/zone.ts';
import type { Drafted } from './partnership.ts';

export interface Outlook {
  readonly partnership: string;
  readonly cron: string;
  readonly zone: string;
  readonly next: readonly string[];
}

const shown = 5;

export function outlooks(
  partnerships: readonly Drafted[],
  now: number,
  here: string,
): readonly Outlook[] {
  return partnerships.flatMap(({ name, terms }) =>
    terms.schedules.flatMap(({ at }): readonly Outlook[] => {
      if (at.kind !== 'cron') return [];
      const zone = at.zone ?? here;
      return [
        { partnership: name, cron: at.expression, zone, next: next(at.expression, zone, now) },
      ];
    }),
  );
}

function next(expression: string, zone: string, now: number): readonly string[] {
  const times: string[] = [];
  let at = nextCron(expression, zone, now);
  while (at !== null && times.length < shown) {
    times.push(wallText(at, zone));
    at = nextCron(expression, zone, at);
  }
  return times;
}
