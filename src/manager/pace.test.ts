// How fast a session may go, by the hour.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cron, daemon, day, hour, terms } from '../../test/support/daemon-world.ts';
import { done } from '../../test/support/scripted-handler.ts';

const hourly = {
  triggers: ['schedule'],
  terms: terms({ schedules: [cron('0 * * * *')] }),
} as const;

test('bandwidth of the hour is handed to the handler', async (t) => {
  const world = await daemon(t);
  const window = { days: [], fromMinute: 8 * 60, toMinute: 18 * 60, zone: null };
  const handler = await world.add(
    'photos',
    {},
    { ...hourly, terms: { ...hourly.terms, bandwidth: [{ window, rate: 500 }] } },
  );
  await world.begin();
  await world.pass(9 * hour);
  assert.deepEqual(
    handler.openings.map(({ bandwidth }) => bandwidth ?? null),
    [null, null, null, null, null, null, null, 500, 500],
  );
});

test('a session that runs past an hour of the timetable is told how fast it may go then', async (t) => {
  const world = await daemon(t);
  const window = { days: [], fromMinute: 8 * 60, toMinute: 18 * 60, zone: null };
  const night = { days: [], fromMinute: 18 * 60, toMinute: 20 * 60, zone: null };
  const told: string[] = [];
  const handler = await world.add(
    'photos',
    {
      setBandwidth: (rate) =>
        void told.push(`${new Date(world.clock.now()).getUTCHours()}: ${rate}`),
      synchronize: async () => {
        await world.clock.sleep(16 * hour);
        return { ended: done };
      },
    },
    {
      triggers: ['schedule'],
      terms: terms({
        schedules: [cron('30 7 * * *')],
        bandwidth: [
          { window, rate: 500 },
          { window: night, rate: 0 },
        ],
      }),
    },
  );
  await world.begin();
  await world.pass(day);
  assert.deepEqual(told, ['8: 500', '18: 0', '20: null']);
  assert.equal(handler.openings[0]?.bandwidth, undefined);
  assert.deepEqual(await world.course('photos'), ['schedule succeeded']);
});
