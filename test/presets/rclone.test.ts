import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../src/model/json.ts';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

async function rclone(t: TestContext, preset: string, more: JsonObject = {}): Promise<CommandRig> {
  const it = commandRig(t);
  it.write('left/a.txt', 'one');
  it.write('left/sub/b.txt', 'two');
  it.write('right/a.txt', 'older');
  it.write('right/old.txt', 'x');
  await it.put({ preset, left: it.at('left'), right: it.at('right'), ...more });
  return it;
}

/** Its times are compared too, and two edits must not have the same. */
function edit(it: CommandRig, path: string, content: string, second: number): void {
  it.write(path, content);
  utimesSync(it.at(path), 2_000_000_000 + second, 2_000_000_000 + second);
}

const approve = async (it: CommandRig) => {
  const { plan, changes } = await it.waiting();
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  return { plan, changes, done: done === undefined ? null : resultOf(done) };
};

test('rclone sync: a first run, one with nothing to do, and one with a change', async (t) => {
  const it = await rclone(t, 'rclone-sync', { exclude: ['*.tmp'] });
  it.write('left/x.tmp', 'x');
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify(first));
  assert.deepEqual(first.counts, { 'right.create': 1, 'right.update': 1, 'right.delete': 1 });
  assert.equal(it.read('right/a.txt'), 'one');
  const plans = await it.store.plans.list({});
  assert.deepEqual(plans[0]?.counts, first.counts);

  const second = await it.run();
  assert.deepEqual([second.phase, second.plan, resultOf(second).counts], ['succeeded', null, {}]);
  edit(it, 'left/a.txt', 'one more', 1);
  assert.deepEqual((await it.result()).counts, { 'right.update': 1 });
  assert.equal(it.read('right/a.txt'), 'one more');
});

test('rclone sync: many deletions wait for approval, and then that plan is carried out', async (t) => {
  const it = await rclone(t, 'rclone-sync');
  for (let n = 0; n < 40; n++) it.write(`right/many/${n}.txt`, 'x');
  assert.equal((await it.result()).error?.code, 'plan-waits');
  assert.equal(readdirSync(it.at('right/many')).length, 40);
  const { plan, done } = await approve(it);
  assert.equal(plan.halts[0]?.guard, 'mass-delete');
  assert.deepEqual([done?.ending, done?.counts['right.delete']], ['succeeded', 42]);
  assert.equal(existsSync(it.at('right/many/1.txt')), false);
});

test('rclone sync: a place that is not there needs a person, and nothing is deleted', async (t) => {
  const it = await rclone(t, 'rclone-sync');
  rmSync(it.at('left'), { recursive: true });
  const { ending, error } = await it.result();
  assert.deepEqual([ending, error?.retry], ['failed', 'needs-person']);
  assert.match(error?.text ?? '', /what to copy from is not there/);
  assert.equal(it.read('right/old.txt'), 'x');
});

test('rclone sync: skipped in flight it ends, and the next run goes on', async (t) => {
  const it = await rclone(t, 'rclone-sync', { bandwidth: '100k' });
  it.write('left/large.bin', new Uint8Array(3_000_000).fill(7));
  const { session, ended } = await it.begun(() => existsSync(it.at('right/sub/b.txt')));
  assert.equal(it.manager.skip(session, 'command'), true);
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
  await it.put({ preset: 'rclone-sync', left: it.at('left'), right: it.at('right') });
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(it.read('right/large.bin').length, 3_000_000);
});

test('rclone bisync: the first run is a repair that waits for a person, and deletes nothing', async (t) => {
  const it = await rclone(t, 'rclone-bisync');
  for (let turn = 0; turn < 2; turn++) {
    const halted = await it.result({ trigger: 'schedule' });
    assert.deepEqual([halted.ending, halted.error?.code], ['halted', 'plan-waits']);
    assert.match(halted.error?.text ?? '', /--resync.*nothing is deleted/);
    assert.equal(existsSync(it.at('left/old.txt')), false);
  }
  const { plan, done } = await approve(it);
  assert.deepEqual(
    plan.halts.map(({ guard }) => guard),
    ['repair'],
  );
  assert.equal(done?.ending, 'succeeded', JSON.stringify(done));
  assert.equal(it.read('left/old.txt'), 'x');
  assert.equal(it.read('right/sub/b.txt'), 'two');
  assert.equal((await it.result({ trigger: 'schedule' })).ending, 'succeeded');
});

async function repaired(t: TestContext): Promise<CommandRig> {
  const it = await rclone(t, 'rclone-bisync');
  await it.result();
  assert.equal((await approve(it)).done?.ending, 'succeeded');
  return it;
}

test('rclone bisync: changes go both ways, and a conflict keeps both versions and is told', async (t) => {
  const it = await repaired(t);
  edit(it, 'left/a.txt', 'left now', 1);
  edit(it, 'right/new.txt', 'n', 2);
  rmSync(it.at('right/old.txt'));
  const changed = await it.result();
  assert.deepEqual(changed.counts, { 'right.update': 1, 'left.create': 1, 'left.delete': 1 });
  assert.equal(it.read('right/a.txt'), 'left now');

  edit(it, 'left/a.txt', 'left', 3);
  edit(it, 'right/a.txt', 'right', 4);
  const disputed = await it.result();
  assert.deepEqual([disputed.ending, disputed.conflicts, disputed.counts], ['partial', 1, {}]);
  const [conflict] = await it.store.conflicts.list({ states: ['open'] });
  assert.equal(conflict?.subject, 'a.txt');
  assert.equal(it.read('left/a.txt..path1'), 'left');
  assert.equal(it.read('left/a.txt..path2'), 'right');
  assert.equal((await it.result()).conflicts, 0);
});

test('rclone bisync: a run with nothing to do changes nothing, and says so', async (t) => {
  const it = await repaired(t);
  const before = [it.read('left/a.txt'), readdirSync(it.at('left')), readdirSync(it.at('right'))];
  const { phase, plan, result } = await it.run();
  assert.deepEqual([phase, plan, result?.counts, result?.bytes], ['succeeded', null, {}, 0]);
  const after = [it.read('left/a.txt'), readdirSync(it.at('left')), readdirSync(it.at('right'))];
  assert.deepEqual(after, before);
});

test('rclone bisync: a place that is not there fails, and nothing is deleted on the other side', async (t) => {
  const it = await repaired(t);
  rmSync(it.at('left'), { recursive: true });
  const { ending, counts } = await it.result();
  assert.notEqual(ending, 'succeeded');
  assert.deepEqual(counts, {});
  assert.deepEqual(readdirSync(it.at('right')).sort(), ['a.txt', 'old.txt', 'sub']);
});

test('rclone bisync: an emptied side is a repair that a person may refuse', async (t) => {
  const it = await repaired(t);
  rmSync(it.at('left'), { recursive: true });
  it.write('left/sub/keep', '');
  rmSync(it.at('left/sub'), { recursive: true });
  const { error } = await it.result();
  assert.match(error?.text ?? '', /One side is empty\. Is its disk connected\?/);
  const { plan } = await it.waiting();
  await it.manager.reject(plan.hash);
  assert.equal(it.read('right/a.txt'), 'one');
  await it.result();
  assert.equal((await approve(it)).done?.ending, 'succeeded');
  assert.equal(it.read('left/a.txt'), 'one');
});

test('rclone bisync: skipped in flight it must be repaired, and the repair is offered', async (t) => {
  const it = await repaired(t);
  edit(it, 'left/large.bin', 'x'.repeat(3_000_000), 1);
  edit(it, 'left/small.txt', 'x', 1);
  const slow = { preset: 'rclone-bisync', left: it.at('left'), right: it.at('right') };
  await it.put({ ...slow, bandwidth: '100k' });
  const { session, ended } = await it.begun(() => existsSync(it.at('right/small.txt')));
  it.manager.skip(session, 'command');
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
  await it.put(slow);
  // Its dry run does not know yet that the run after it will refuse.
  assert.equal((await it.result()).error?.retry, 'needs-person');
  assert.match((await it.result()).error?.text ?? '', /--resync/);
  assert.equal((await approve(it)).done?.ending, 'succeeded');
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(it.read('right/large.bin').length, 3_000_000);
});
