import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

async function unison(t: TestContext): Promise<CommandRig> {
  const it = commandRig(t);
  it.write('left/a.txt', 'one');
  it.write('left/sub dir/b.txt', 'two');
  it.write('right/c.txt', 'three');
  await it.put({ preset: 'unison', left: it.at('left'), right: it.at('right') });
  return it;
}

test('unison: a first run unites, a second has nothing to do, a third goes both ways', async (t) => {
  const it = await unison(t);
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify([first, await it.log()]));
  assert.deepEqual(first.counts, { 'right.create': 2, 'left.create': 1 });
  assert.equal(it.read('right/sub dir/b.txt'), 'two');
  const second = await it.run();
  assert.deepEqual([second.phase, second.plan, resultOf(second).counts], ['succeeded', null, {}]);

  it.write('left/a.txt', 'one more');
  it.write('right/new.txt', 'n');
  rmSync(it.at('left/c.txt'));
  const dry = await it.run({ planOnly: true });
  assert.equal(dry.phase, 'planned');
  const { changes } = await it.waiting();
  assert.deepEqual(
    changes.map(({ side, kind, path }) => `${side} ${kind} ${path}`),
    ['right update a.txt', 'right delete c.txt', 'left create new.txt'],
  );
  assert.equal(it.read('right/a.txt'), 'one');
  const third = await it.result();
  assert.deepEqual(third.counts, { 'right.update': 1, 'right.delete': 1, 'left.create': 1 });
  assert.equal(it.read('right/a.txt'), 'one more');
});

test('unison: what both sides changed is in the inbox, and is resolved from there', async (t) => {
  const it = await unison(t);
  await it.result();
  it.write('left/a.txt', 'left');
  it.write('right/a.txt', 'right!');
  rmSync(it.at('left/c.txt'));
  it.write('right/c.txt', 'changed');
  const result = await it.result();
  assert.deepEqual([result.ending, result.conflicts], ['partial', 2]);
  const conflicts = await it.store.conflicts.list({ states: ['open'] });
  const there = ({ versions }: (typeof conflicts)[number]) =>
    versions.map(({ present }) => present);
  assert.deepEqual(
    conflicts.map((one) => [one.subject, ...there(one)]),
    [
      ['a.txt', true, true],
      ['c.txt', false, true],
    ],
  );
  for (const [at, side] of ['right', 'left'].entries()) {
    await it.manager.resolve(conflicts[at]?.id ?? '', { choice: 'keep', side });
  }
  assert.equal(it.read('left/a.txt'), 'right!');
  assert.equal(existsSync(it.at('right/c.txt')), false);
  assert.equal((await it.result()).ending, 'succeeded');
});

test('unison: an emptied side waits for a person, who decides that it is so', async (t) => {
  const it = await unison(t);
  await it.result();
  rmSync(it.at('left'), { recursive: true });
  mkdirSync(it.at('left'));
  assert.equal((await it.result()).error?.code, 'plan-waits');
  assert.equal(it.read('right/a.txt'), 'one');
  const { plan } = await it.waiting();
  assert.equal(plan.halts[0]?.guard, 'root-emptied');
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.equal(done?.phase, 'succeeded');
  assert.equal(existsSync(it.at('right/a.txt')), false);
});

test('unison: many deletions wait for approval', async (t) => {
  const it = await unison(t);
  for (let n = 0; n < 40; n++) it.write(`left/${n}.txt`, 'x');
  await it.result();
  for (let n = 0; n < 40; n++) rmSync(it.at(`left/${n}.txt`));
  assert.equal((await it.result()).ending, 'halted');
  const { plan } = await it.waiting();
  assert.equal(plan.halts[0]?.guard, 'mass-delete');
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.equal(done?.result?.counts['right.delete'], 40);
});

test('unison: a place that cannot be reached fails, and nothing is changed', async (t) => {
  const it = await unison(t);
  await it.put({ preset: 'unison', left: it.at('left'), right: '/dev/null/nowhere' });
  const { ending, error } = await it.result();
  assert.deepEqual([ending, error?.code], ['failed', 'command-failed']);
  assert.deepEqual(existsSync(it.at('left/c.txt')), false);
});

test('unison: skipped in flight it ends, and the next run goes on', async (t) => {
  const it = await unison(t);
  it.write('left/large.bin', new Uint8Array(400_000_000).fill(7));
  const { session, ended } = await it.begun(() => true);
  it.manager.skip(session, 'command');
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
  it.write('left/large.bin', 'small');
  const next = await it.result();
  assert.equal(next.ending, 'succeeded', JSON.stringify([next, await it.log()]));
  assert.equal(it.read('right/large.bin'), 'small');
});
