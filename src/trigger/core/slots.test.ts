// S11 over twenty years: what the schedule says is held against a wall clock that is walked minute by
// minute, by other means than the ones under test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { Chance } from '../../../test/support/random.ts';
import type { Schedule } from '../../model/terms.ts';
import { due } from './due.ts';

const zones = [
  'UTC',
  'Europe/Vienna',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];
const dayMs = 86_400_000;
const from = Date.UTC(2026, 0, 1);
const until = Date.UTC(2046, 0, 1);

/** Every day at that time, as a calendar and a zone's rules say it; in a gap, at its end. */
function expectedDaily(zone: string, hour: number, minute: number): readonly number[] {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  const days = Array.from({ length: (until - from) / dayMs + 2 }, (_, at) =>
    first.add({ days: at }),
  );
  return days
    .map((day) => atWall(day.toPlainDateTime({ hour, minute }), zone))
    .filter((at) => at > from && at <= until);
}

function atWall(wall: Temporal.PlainDateTime, zone: string): number {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const isThere = earlier.toPlainDateTime().equals(wall);
  if (isThere) return earlier.epochMilliseconds;
  // The end of the gap is the moment at which the zone's offset changes.
  const change = earlier.getTimeZoneTransition('next');
  return change?.epochMilliseconds ?? earlier.epochMilliseconds;
}

for (const [index, zone] of zones.entries()) {
  test(`S11 CK-08 in ${zone} every daily slot of twenty years has one run or one reason`, () => {
    const chance = new Chance(index + 1);
    // Two of three zones change their clocks between one and three: there it is drawn.
    const [hour, minute] = [chance.below(4), chance.pick([0, 15, 30])];
    const schedule: Schedule = {
      at: { kind: 'cron', expression: `${minute} ${hour} * * *`, zone },
      missed: chance.pick(['none', 'once', 'all'] as const),
      jitterMs: 0,
    };
    const expected = expectedDaily(zone, hour, minute);
    const runs: number[] = [];
    const reasons: { readonly from: number; readonly to: number; readonly count: number | null }[] =
      [];
    let last = from;
    for (let now = from; now < until; ) {
      // Mostly looked at every few hours; sometimes away for weeks.
      now = Math.min(
        until,
        now + (chance.often(0.02) ? chance.below(40 * dayMs) : chance.below(dayMs / 3)),
      );
      const found = due(schedule, last, now, { createdAt: from, zone: 'UTC' });
      runs.push(...found.runs);
      if (found.passedOver !== null) reasons.push(found.passedOver);
      last = found.last;
    }
    assert.equal(new Set(runs).size, runs.length);
    const ran = new Set(runs);
    const wrong = expected.filter((slot) => {
      const given = reasons.filter((one) => slot >= one.from && slot <= one.to).length;
      return given + (ran.has(slot) ? 1 : 0) !== 1;
    });
    assert.deepEqual(
      wrong.map((slot) => new Date(slot).toISOString()),
      [],
    );
    const known = new Set(expected);
    assert.deepEqual(
      runs.filter((slot) => !known.has(slot)).map((slot) => new Date(slot).toISOString()),
      [],
    );
    const counted = reasons.reduce((sum, { count }) => sum + (count ?? 0), 0);
    assert.equal(counted + runs.length, expected.length);
  });
}
