import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTime } from './next-time.ts';

const noon = new Date(2026, 10, 25, 12, 0).getTime();
const at = (day: number, hours: number, minutes = 0) =>
  new Date(2026, 10, day, hours, minutes).getTime();

test('a time of day is the next one, today or tomorrow', () => {
  assert.equal(nextTime('18:00', noon), at(25, 18));
  assert.equal(nextTime('9:30', noon), at(26, 9, 30));
  assert.equal(nextTime('12:00', noon), at(26, 12));
});

test('a date may have a time, and what is neither is nothing', () => {
  assert.equal(nextTime('2026-11-30', noon), at(30, 0));
  assert.equal(nextTime('2026-11-30 08:15', noon), at(30, 8, 15));
  assert.equal(nextTime('2026-11-30T08:15Z', noon), Date.UTC(2026, 10, 30, 8, 15));
  for (const text of ['', 'soon', '25:00', '12:60', '2026-13-01', '30.11.2026']) {
    assert.equal(nextTime(text, noon), null, text);
  }
});
