import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainTerms, type Schedule } from '../../model/terms.ts';
import { due, jitterOf, nextRunAt, nextSlot, scheduleName } from './due.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const anchor = { createdAt: 0, zone: 'UTC' };

const cron = (
  expression: string,
  more: Partial<Schedule> = {},
  zone: string | null = null,
): Schedule => ({
  at: { kind: 'cron', expression, zone },
  missed: 'once',
  jitterMs: 0,
  ...more,
});
const every = (everyMs: number, more: Partial<Schedule> = {}): Schedule => ({
  at: { kind: 'interval', everyMs },
  missed: 'once',
  jitterMs: 0,
  ...more,
});
const at = (text: string) => Date.parse(text);

test('CK-08 a fixed time in the gap of a changing clock runs at its end, one that comes twice runs once', () => {
  const nightly = cron('30 2 * * *', {}, 'Europe/Vienna');
  const spring = nextSlot(nightly, at('2026-03-28T12:00:00Z'), anchor);
  assert.equal(spring, at('2026-03-29T01:00:00Z'));
  assert.equal(nextSlot(nightly, spring ?? 0, anchor), at('2026-03-30T00:30:00Z'));
  const autumn = nextSlot(nightly, at('2026-10-24T12:00:00Z'), anchor);
  assert.equal(autumn, at('2026-10-25T00:30:00Z'));
  assert.equal(nextSlot(nightly, autumn ?? 0, anchor), at('2026-10-26T01:30:00Z'));
});

test('CK-08 an interval is real time, whatever the clock does', () => {
  const half = every(12 * hour);
  const createdAt = at('2026-03-28T20:00:00Z');
  const vienna = { createdAt, zone: 'Europe/Vienna' };
  assert.equal(nextSlot(half, createdAt, vienna), createdAt + 12 * hour);
  assert.equal(nextSlot(half, createdAt - day, vienna), createdAt + 12 * hour);
  assert.equal(nextSlot(half, createdAt + 12 * hour, vienna), createdAt + day);
  assert.equal(nextSlot(half, createdAt + day - 1, vienna), createdAt + day);
});

test('CK-08 a schedule without a zone follows the computer to where it is', () => {
  const morning = cron('0 9 * * *');
  const before = at('2026-06-01T00:00:00Z');
  const tokyo = { createdAt: 0, zone: 'Asia/Tokyo' };
  const york = { createdAt: 0, zone: 'America/New_York' };
  assert.equal(nextSlot(morning, before - 1, tokyo), before);
  assert.equal(nextSlot(morning, before, york), before + 13 * hour);
});

test('a slot that is noticed in time runs, whatever is said of missed ones', () => {
  for (const missed of ['none', 'once', 'all'] as const) {
    for (const lateMs of [0, 90_000]) {
      const found = due(cron('0 * * * *', { missed }), 0, hour + lateMs, anchor);
      assert.deepEqual(found, { runs: [hour], passedOver: null, last: hour });
    }
  }
  const late = due(cron('0 * * * *', { missed: 'none' }), 0, hour + 90_001, anchor);
  assert.deepEqual(late.runs, []);
});

test('CK-07 after a sleep of eight hours the missed slots are one run, none, or each its own', () => {
  const now = 8 * hour + 10 * minute;
  const others = { from: hour, to: 7 * hour, count: 7 };
  const hourly = (missed: Schedule['missed']) => due(cron('0 * * * *', { missed }), 0, now, anchor);
  assert.deepEqual(hourly('once'), {
    runs: [8 * hour],
    passedOver: { ...others, reason: 'joined' },
    last: 8 * hour,
  });
  assert.deepEqual(hourly('none'), {
    runs: [],
    passedOver: { from: hour, to: 8 * hour, count: 8, reason: 'missed' },
    last: 8 * hour,
  });
  const all = Array.from({ length: 8 }, (_, index) => (index + 1) * hour);
  assert.deepEqual(hourly('all'), { runs: all, passedOver: null, last: 8 * hour });
});

test('CK-07 however long the sleep, at most a hundred missed slots run, the newest', () => {
  const now = 30 * day;
  for (const schedule of [cron('* * * * *', { missed: 'all' }), every(minute, { missed: 'all' })]) {
    const { runs, passedOver, last } = due(schedule, 0, now, anchor);
    assert.equal(last, now);
    assert.deepEqual(
      runs,
      Array.from({ length: 100 }, (_, index) => now - (99 - index) * minute),
    );
    assert.deepEqual(passedOver, {
      from: minute,
      to: now - 100 * minute,
      count: null,
      reason: 'too-many',
    });
  }
  const once = due(every(minute), 0, now, anchor);
  assert.deepEqual([once.runs, once.passedOver?.to], [[now], now - minute]);
});

test('CK-07 after a long sleep, too, slots are those of its own zone and beginning', () => {
  const now = at('2026-11-27T12:00:00Z');
  const long = (schedule: Schedule) => {
    const { runs } = due(schedule, 0, now, { createdAt: minute, zone: 'Asia/Tokyo' });
    return runs.map((slot) => new Date(slot).toISOString());
  };
  assert.deepEqual(long(cron('30 7 * * *', {}, 'America/New_York')), ['2026-11-26T12:30:00.000Z']);
  assert.deepEqual(long(every(hour)), ['2026-11-27T11:01:00.000Z']);
});

test('CK-06 a clock set back brings no slot twice, one that was far ahead is not waited for', () => {
  const hourly = cron('0 * * * *');
  const nothing = { runs: [], passedOver: null };
  assert.deepEqual(due(hourly, 5 * hour, 5 * hour - 10 * minute, anchor), {
    ...nothing,
    last: 5 * hour,
  });
  assert.deepEqual(due(hourly, 400 * day, 5 * hour, anchor), { ...nothing, last: 5 * hour });
});

test('a schedule that never comes again is never due', () => {
  const never = cron('0 0 30 2 *');
  assert.equal(nextSlot(never, 0, anchor), null);
  assert.deepEqual(due(never, 0, 400 * day, anchor), { runs: [], passedOver: null, last: 0 });
});

test('jitter stays the same for a partnership, differs between them, and moves the next run', () => {
  const spread = cron('0 * * * *', { jitterMs: hour / 2 });
  const names = Array.from({ length: 200 }, (_, index) => `item-${index}`);
  const all = names.map((name) => jitterOf(name, spread));
  assert.deepEqual(
    all,
    names.map((name) => jitterOf(name, spread)),
  );
  assert.ok(all.every((ms) => ms >= 0 && ms < hour / 2));
  assert.ok(new Set(all.map((ms) => Math.floor(ms / (3 * minute)))).size === 10);
  const own = jitterOf('item-1', spread);
  assert.equal(nextRunAt('item-1', [spread], 0, anchor), own === 0 ? hour : own);
  assert.equal(nextRunAt('item-1', [spread], own, anchor), hour + own);
  assert.equal(nextRunAt('item-1', [], 0, anchor), null);
});

test('the next run is the first of all schedules that still come', () => {
  const never = cron('0 0 30 2 *');
  const schedules = [every(2 * hour), never, every(hour)];
  assert.equal(nextRunAt('item', schedules, 0, anchor), hour);
  assert.equal(nextRunAt('item', [never], 0, anchor), null);
});

test('a schedule is named by its words, so that another time is another schedule', () => {
  const names = [cron('0 3 * * *'), cron('0 3 * * *', {}, 'UTC'), cron('0 4 * * *'), every(minute)];
  assert.equal(new Set(names.map(scheduleName)).size, 4);
  assert.equal(scheduleName(cron('0 3 * * *', { missed: 'all' })), scheduleName(cron('0 3 * * *')));
  // As the store knows them since the first version.
  assert.deepEqual(
    [every(minute), cron('0 3 * * *'), cron('0 3 * * *', {}, 'UTC')].map(scheduleName),
    ['every 60000', 'cron 0 3 * * *', 'cron 0 3 * * * UTC'],
  );
  assert.deepEqual(plainTerms.schedules, []);
});
