// Terms that change while something waits for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conditions,
  cron,
  daemon,
  hour,
  minute,
  second,
  terms,
} from '../../test/support/daemon-world.ts';
import { done } from '../../test/support/scripted-handler.ts';

const target = { kind: 'tcp', host: 'nas', port: 22 } as const;
const schedules = [cron('0 * * * *')];
const triggers = ['schedule'] as const;

test('what waits for a condition that a person takes away runs at once, by its new terms', async (t) => {
  const world = await daemon(t);
  const handler = await world.add(
    'mail',
    {},
    { triggers, terms: terms({ schedules, ...conditions({ target }) }) },
  );
  world.outside.network.silent.add('nas:22');
  await world.begin();
  await world.pass(hour + minute);
  assert.deepEqual(await world.holds('mail'), ['condition']);
  await world.change('mail', { settings: { other: true }, terms: terms({ schedules }) });
  await world.pass(second);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded']);
  assert.deepEqual(handler.openings[0]?.settings, { other: true });
});

test('what gets another condition while it waits for its turn waits for that, too', async (t) => {
  const world = await daemon(t);
  const turn = Promise.withResolvers<void>();
  const resources = ['disk'];
  await world.add(
    'slow',
    {
      synchronize: async () => {
        await turn.promise;
        return { ended: done };
      },
    },
    { resources },
  );
  await world.add('mail', {}, { triggers, resources, terms: terms({ schedules }) });
  await world.begin();
  await world.invoke(['slow']);
  await world.pass(hour + minute);
  assert.deepEqual(await world.holds('mail'), ['queue']);
  world.outside.network.silent.add('nas:22');
  await world.change('mail', { terms: terms({ schedules, ...conditions({ target }) }) });
  turn.resolve();
  await world.pass(minute);
  assert.deepEqual(await world.holds('mail'), ['condition']);
  world.outside.network.silent.delete('nas:22');
  await world.pass(2 * minute);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded']);
});
