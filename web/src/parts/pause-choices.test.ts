import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentIn, pauseChoices } from './pause-choices.ts';

const at = (label: string, now: Date) =>
  (pauseChoices.find((one) => one.label === label) ?? assert.fail(label)).until(now);

test('the next morning is today’s before eight, and tomorrow’s after', () => {
  assert.deepEqual(
    at('Until tomorrow morning', new Date(2026, 4, 31, 22, 30)),
    new Date(2026, 5, 1, 8),
  );
  assert.deepEqual(
    at('Until tomorrow morning', new Date(2026, 4, 31, 6, 59)),
    new Date(2026, 4, 31, 8),
  );
});

test('an hour is an hour, also where the clocks change, and no end is none', () => {
  const now = new Date(2026, 2, 29, 1, 30);
  assert.equal(at('For one hour', now)?.getTime(), now.getTime() + 3_600_000);
  assert.equal(at('Until I resume it', now), null);
});

test('only a moment to come is one until which something can be paused', () => {
  const now = new Date(2026, 0, 1, 12);
  assert.deepEqual(momentIn('2026-01-01T12:30', now), new Date(2026, 0, 1, 12, 30));
  assert.equal(momentIn('2026-01-01T11:59', now), null);
  assert.equal(momentIn('', now), null);
});
