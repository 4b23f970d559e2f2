// When a schedule that is being written would come next.
import type { NextRuns, ScheduleDraft } from '../api/settings-shapes.ts';
import { cronFault, nextCron } from '../stdx/cron.ts';
import { parseDuration } from '../stdx/quantity.ts';
import { isZone, wallText } from '../stdx/zone.ts';
import { instant } from './shaping.ts';

const shown = 5;
const shortestMs = 60_000;

/** @param madeAt From when intervals are counted, ms since 1970. */
export function nextRuns(
  { cron = '', zone, every }: Omit<ScheduleDraft, 'zone'> & { readonly zone: string },
  now: number,
  madeAt: number,
): NextRuns {
  const faulty = (fault: string): NextRuns => ({ zone, fault, next: [] });
  if (!isZone(zone)) return faulty(`there is no zone ${zone}. Write it as Europe/Vienna.`);
  const times = every === undefined ? cronTimes(cron, zone, now) : steps(every, now, madeAt);
  if (typeof times === 'string') return faulty(times);
  const next = times.map((at) => ({ at: instant(at), wall: wallText(at, zone) }));
  return { zone, fault: null, next };
}

function cronTimes(cron: string, zone: string, now: number): readonly number[] | string {
  const fault = cronFault(cron);
  if (fault !== null) return fault;
  const times: number[] = [];
  let at = nextCron(cron, zone, now);
  while (at !== null && times.length < shown) {
    times.push(at);
    at = nextCron(cron, zone, at);
  }
  return times;
}

function steps(every: string, now: number, madeAt: number): readonly number[] | string {
  const ms = parseDuration(every);
  if (ms === null) return 'it must be a time such as 30m, 2h or 1d.';
  if (ms < shortestMs) return 'it must be at least 1m: nothing runs more than once a minute.';
  const first = Math.max(1, Math.floor((now - madeAt) / ms) + 1);
  return Array.from({ length: shown }, (_, at) => madeAt + (first + at) * ms);
}
