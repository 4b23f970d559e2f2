// The last run before a person ends the computer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daemon, minute, second } from '../../test/support/daemon-world.ts';
import { World } from '../../test/support/world.ts';
import { newStanding } from '../model/standing.ts';

async function lasted(world: World, name: string, lastDurationMs: number): Promise<void> {
  await world.store.standings.change(name, () => ({ ...newStanding(name), lastDurationMs }));
}

test('the smallest runs first, and what would take longer than there is time waits', async () => {
  const world = new World();
  for (const name of ['long', 'small', 'unknown', 'off', 'middle']) await world.add(name);
  await world.manager.put({ ...(await partnership(world, 'off')), enabled: false });
  await lasted(world, 'long', 11 * minute);
  await lasted(world, 'small', second);
  await lasted(world, 'middle', minute);
  const wish = { end: 'shutdown', partnerships: null, budgetMs: 10 * minute } as const;
  assert.deepEqual(await world.manager.lastRun(wish), {
    now: ['small', 'middle', 'unknown'],
    later: ['long'],
  });
  const named = await world.manager.lastRun({ ...wish, partnerships: ['off', 'long'] });
  assert.deepEqual(named, { now: ['off'], later: ['long'] });
  assert.deepEqual(world.outside.power.ends, []);
});

test('where the computer cannot be ended that is said before anything is done', async () => {
  const world = new World();
  await world.add('mail');
  world.outside.power.unable = 'nobody may';
  const wish = { end: 'hibernate', partnerships: null, budgetMs: minute } as const;
  await assert.rejects(world.manager.lastRun(wish), { code: 'system-unable' });
  await assert.rejects(world.manager.endComputer('hibernate', ['mail']), {
    code: 'system-unable',
  });
  assert.deepEqual(await world.store.requests.list(['waiting']), []);
});

test('what is not done waits in the store, and runs with the next start', async (t) => {
  const first = await daemon(t);
  await first.add('mail');
  await first.begin();
  await first.manager.endComputer('shutdown', ['mail']);
  await first.pass(minute);
  assert.deepEqual(first.outside.power.ends, ['shutdown']);
  assert.deepEqual(await first.course('mail'), []);
  const { store, clock, outside } = first;
  await first.automation?.stop();
  const second = await daemon(t, { store, clock, outside });
  await second.add('mail');
  await second.begin();
  await second.pass(minute);
  assert.deepEqual(await second.course('mail'), ['pending-disconnect succeeded']);
});

test('what waits for the end of a sleep runs when it is over, or at once when it is refused', async (t) => {
  const world = await daemon(t);
  for (const name of ['mail', 'photos']) await world.add(name);
  await world.begin();
  await world.manager.endComputer('sleep', ['mail']);
  await world.pass(minute);
  assert.deepEqual(await world.course('mail'), []);
  world.outside.power.resume();
  await world.pass(second);
  assert.deepEqual(await world.course('mail'), ['pending-disconnect succeeded']);
  world.outside.power.end = async () => {
    throw new Error('no');
  };
  await assert.rejects(world.manager.endComputer('sleep', ['photos']));
  await world.pass(second);
  assert.deepEqual(await world.course('photos'), ['pending-disconnect succeeded']);
});

async function partnership(world: World, name: string) {
  return (await world.store.partnerships.get(name)) ?? assert.fail(name);
}
