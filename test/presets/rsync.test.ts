import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../src/model/json.ts';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

async function rsync(t: TestContext, more: JsonObject = {}): Promise<CommandRig> {
  const it = commandRig(t);
  it.write('left/a.txt', 'one');
  it.write('left/sub/b.txt', 'two');
  await it.put({ preset: 'rsync', left: it.at('left'), right: it.at('right'), ...more });
  return it;
}

test('rsync: a first run copies, a second has nothing to do, a third what changed', async (t) => {
  const it = await rsync(t);
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify(first));
  assert.equal(first.counts['right.create'], 4);
  assert.equal(first.bytes, 6);
  assert.equal(it.read('right/sub/b.txt'), 'two');

  const second = await it.run();
  assert.deepEqual([second.phase, second.plan, resultOf(second).counts], ['succeeded', null, {}]);

  it.write('left/a.txt', 'one more');
  it.write('left/new name.txt', 'x');
  const third = await it.result();
  assert.deepEqual([third.counts['right.update'], third.counts['right.create']], [1, 1]);
  assert.equal(it.read('right/a.txt'), 'one more');
});

test('rsync: what is left out is neither copied nor deleted', async (t) => {
  const it = await rsync(t, { exclude: ['*.tmp', '/sub'] });
  it.write('left/x.tmp', 'x');
  it.write('right/y.tmp', 'y');
  await it.result();
  assert.deepEqual(readdirSync(it.at('right')).sort(), ['a.txt', 'y.tmp']);
});

test('rsync: many deletions wait for approval, and then that plan is carried out', async (t) => {
  const it = await rsync(t);
  for (let n = 0; n < 40; n++) it.write(`left/many/${n}.txt`, 'x');
  await it.result();
  rmSync(it.at('left/many'), { recursive: true });
  const halted = await it.result({ trigger: 'schedule' });
  assert.deepEqual([halted.ending, halted.error?.code], ['halted', 'plan-waits']);
  assert.equal(readdirSync(it.at('right/many')).length, 40);

  const { plan, changes } = await it.waiting();
  assert.deepEqual(
    plan.halts.map(({ guard, side }) => [guard, side]),
    [['mass-delete', 'right']],
  );
  assert.equal(changes.filter(({ kind }) => kind === 'delete').length, 41);
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.equal(done?.phase, 'succeeded');
  assert.equal(done?.result?.counts['right.delete'], 41);
  assert.equal(existsSync(it.at('right/many')), false);
});

test('rsync: an approved plan is outdated when the folder is another by then', async (t) => {
  const it = await rsync(t);
  await it.result();
  for (const name of ['a.txt', 'sub/b.txt']) rmSync(it.at(`left/${name}`));
  rmSync(it.at('left/sub'), { recursive: true });
  assert.equal((await it.result()).ending, 'halted');
  const { plan } = await it.waiting();
  assert.equal(plan.halts[0]?.guard, 'root-emptied');
  it.write('left/late.txt', 'x');
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.equal(done?.result?.error?.code, 'plan-outdated');
  assert.equal(it.read('right/a.txt'), 'one');
});

test('rsync: a folder that is not there needs a person, and nothing is deleted', async (t) => {
  const it = await rsync(t);
  await it.result();
  rmSync(it.at('left'), { recursive: true });
  const { ending, error } = await it.result();
  assert.deepEqual(
    [ending, error?.code, error?.retry],
    ['failed', 'command-failed', 'needs-person'],
  );
  assert.match(error?.text ?? '', /Is its disk connected\?/);
  assert.equal(it.read('right/a.txt'), 'one');
});

test('rsync: skipped in flight it ends, and the next run goes on', async (t) => {
  const it = await rsync(t, { bandwidth: '100k' });
  it.write('left/large.bin', new Uint8Array(3_000_000).fill(7));
  const { session, ended } = await it.begun(() => existsSync(it.at('right/a.txt')));
  assert.equal(it.manager.skip(session, 'command'), true);
  const skipped = resultOf(await ended());
  assert.deepEqual([skipped.items[0]?.status, skipped.error], ['skipped', null]);
  await it.put({ preset: 'rsync', left: it.at('left'), right: it.at('right') });
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(it.read('right/large.bin').length, 3_000_000);
});
