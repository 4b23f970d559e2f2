// What a handler is told of a watch, over the real kernel: virtual clock and outer world, store in memory.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { daemon, day, second, terms } from '../../test/support/daemon-world.ts';
import { done, failed, ready } from '../../test/support/scripted-handler.ts';
import type { Invocation } from './manager.ts';

const root = '/photos';

/** Nothing starts by itself for a day: only bookkeeping. */
async function watched(t: TestContext) {
  const world = await daemon(t);
  const change = { settleMs: day, scanEveryMs: day };
  let seen: readonly string[] | null = null;
  let ending = done;
  const script = {
    prepare: async (call: {
      readonly touched?: readonly { readonly paths: readonly string[] }[];
    }) => {
      seen = call.touched?.flatMap(({ paths }) => paths) ?? null;
      return { ended: ready };
    },
    synchronize: async () => ({ ended: ending }),
  };
  const wanted = { triggers: ['change'], terms: terms({ change }) } as const;
  const handler = await world.add('photos', script, wanted);
  handler.watches = () => ({ roots: [root], ignored: ['.syncmgr'] });
  await world.begin();
  const run = async (more: Partial<Invocation> = {}) => {
    const { id } = await world.invoke(['photos'], more);
    await world.pass(second);
    await world.manager.whenEnded(id);
    return seen;
  };
  const touch = (...paths: string[]) => world.outside.watching.change(root, ...paths);
  const fail = (fails: boolean) => {
    ending = fails ? failed : done;
  };
  return { world, run, touch, fail };
}

test('a handler is told where something may have changed since its last clean run began', async (t) => {
  const { run, touch } = await watched(t);
  assert.deepEqual([await run(), await run()], [null, []]);
  touch('a', 'b/c');
  touch('.syncmgr/marker.json');
  assert.deepEqual([await run(), await run()], [['a', 'b/c'], []]);
});

test('a run that failed or looked at some items only takes nothing of that back', async (t) => {
  const { run, touch, fail } = await watched(t);
  await run();
  touch('a');
  fail(true);
  assert.deepEqual(await run(), ['a']);
  fail(false);
  assert.deepEqual(await run({ items: ['a'] }), ['a']);
  touch('b');
  assert.deepEqual([await run(), await run()], [['a', 'b'], []]);
});

test('a run that was only shown takes nothing of that back', async (t) => {
  const { run, touch } = await watched(t);
  await run();
  touch('a');
  assert.deepEqual(await run({ planOnly: true }), ['a']);
  assert.deepEqual([await run(), await run()], [['a'], []]);
});

test('a watch that was found again during a run vouches for nothing before the next', async (t) => {
  const { world, run } = await watched(t);
  const { watching } = world.outside;
  await run();
  watching.impossible.set(root, 'too many folders');
  watching.tell(root, { kind: 'broken', reason: 'gone' });
  await world.pass(second);
  assert.equal(await run(), null);
  watching.impossible.clear();
  await world.pass(600 * second);
  assert.deepEqual([await run(), await run()], [null, []]);
});
