// Partnerships that run after another has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, failed, type Script } from '../../test/support/scripted-handler.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import { SharedLocks, World } from '../../test/support/world.ts';
import type { Follow } from '../model/hooks.ts';
import { plainTerms } from '../model/terms.ts';
import { openMemoryStore } from '../store/memory/store.ts';

const after = (partnership: string, when: Follow['when'] = 'succeeded') => ({
  terms: { ...plainTerms, follows: [{ partnership, when }] },
});

const fails: Script = { synchronize: async () => ({ pending: Promise.resolve(failed) }) };

/** Who was asked to work, in order, once nothing moves any more. */
async function course(world: World): Promise<readonly string[]> {
  await world.idle();
  const sessions = await world.store.sessions.list({ limit: 100 });
  return sessions.toReversed().map(({ partnership, phase }) => `${partnership} ${phase}`);
}

test('a partnership runs after another succeeded, failed, or always, as it says', async () => {
  for (const [script, followers] of [
    [{}, ['always', 'succeeded']],
    [fails, ['always', 'failed']],
  ] as const) {
    const world = new World();
    await world.manager.start();
    await world.add('first', script);
    for (const when of ['succeeded', 'failed', 'always'] as const) {
      await world.add(when, {}, after('first', when));
    }
    await world.runOne('first');
    const [first, ...others] = await course(world);
    assert.match(first ?? '', /^first /);
    assert.deepEqual(
      others.toSorted(),
      followers.map((name) => `${name} succeeded`),
    );
  }
});

test('a chain goes on from link to link, and ends at a link that is disabled', async () => {
  const world = new World();
  await world.manager.start();
  await world.add('a');
  await world.add('b', {}, after('a'));
  await world.add('c', {}, after('b'));
  await world.add('d', {}, { ...after('c'), enabled: false });
  await world.add('e', {}, after('d'));
  await world.runOne('a');
  assert.deepEqual(await course(world), ['a succeeded', 'b succeeded', 'c succeeded']);
});

test('a dry run and a stopped session that follows on success move nobody', async () => {
  const world = new World();
  await world.manager.start();
  const hold = Promise.withResolvers<void>();
  await world.add('a', { synchronize: async () => ({ pending: hold.promise.then(() => done) }) });
  await world.add('b', {}, after('a'));
  await world.runOne('a', { planOnly: true });
  const { id } = await world.invoke(['a']);
  await world.idle();
  world.manager.stop(null);
  hold.resolve();
  await world.manager.whenEnded(id);
  const phases = await course(world);
  assert.deepEqual(phases, ['a planned', 'a stopped']);
});

test('a ring that is in the store all the same is not run for ever', async () => {
  const world = new World();
  await world.manager.start();
  await world.add('a', {}, after('b'));
  await world.add('b', {}, after('a'));
  await world.runOne('a');
  assert.deepEqual(await course(world), ['a succeeded']);
});

test('a manager that does only what it is asked for leaves the follower to the next that goes on', async () => {
  const clock = new VirtualClock();
  const store = openMemoryStore({ clock });
  const locks = new SharedLocks();
  const world = new World({ store, clock, locks: locks.of(1) });
  await world.manager.markInterrupted();
  await world.add('a');
  await world.add('b', {}, after('a'));
  await world.runOne('a');
  assert.deepEqual(await course(world), ['a succeeded']);
  const waiting = await store.requests.list(['waiting']);
  assert.deepEqual(
    waiting.map(({ partnerships }) => partnerships),
    [['b']],
  );
  const next = new World({ store, clock, locks: locks.of(2) });
  await next.add('b', {}, after('a'));
  await next.manager.start();
  assert.deepEqual(await course(next), ['a succeeded', 'b succeeded']);
});
