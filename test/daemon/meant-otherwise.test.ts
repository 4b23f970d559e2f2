// A manager whose configuration comes to mean something else while it runs: nothing that leaves its view
// is taken for a deletion.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { objects } from '../support/cli-rig.ts';
import { type DaemonRig, daemonRig } from '../support/daemon-rig.ts';

const file = 'config/syncmgr/items.d/docs.yaml';

/** A manager that ran `docs` once. */
async function ranOnce(t: TestContext): Promise<DaemonRig> {
  const it = daemonRig(t);
  it.write('left/a.txt', 'a');
  it.write('left/b.log', 'b');
  it.write('left/logs/c.log', 'c');
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.up();
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  return it;
}

const all = ['a.txt', 'b.log', 'logs/c.log'];

test('CF-02 a filter that comes while the manager runs deletes nothing, nor does its end', async (t) => {
  const it = await ranOnce(t);
  const before = it.read(file);
  it.write(file, `${before}ignore: ["*.log"]\n`);
  assert.equal((await it.syncmgr('config', 'reload')).code, 0);
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual(it.files('right'), all);
  rmSync(join(it.right, 'b.log'));
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual(it.files('left'), all);
  it.write(file, before);
  assert.equal((await it.syncmgr('config', 'reload')).code, 0);
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual([it.files('left'), it.files('right')], [all, all]);
});

test('CF-03 sides exchanged while the manager runs halt the next run, and nothing is deleted', async (t) => {
  const it = await ranOnce(t);
  const text = it.read(file);
  const swapped = text
    .replace(it.left, '/somewhere/else')
    .replace(it.right, it.left)
    .replace('/somewhere/else', it.right);
  assert.notEqual(swapped, text);
  it.write(file, swapped);
  assert.equal((await it.syncmgr('config', 'reload')).code, 0);
  rmSync(join(it.left, 'a.txt'));
  const run = await it.syncmgr('run', 'docs', '--json');
  assert.equal(run.code, 4, run.out);
  assert.match(run.out, /is not the one that was synchronized before/);
  assert.deepEqual(it.files('right'), all);
  assert.match((await it.syncmgr('why', 'docs')).out, /A plan waits for your approval/);
});

test('CF-04 a limit that makes no sense changes nothing while the manager runs, and is told with line and key', async (t) => {
  const it = await ranOnce(t);
  const good = it.read(file);
  const line = good.trimEnd().split('\n').length + 1;
  const wrong = [
    ['max-delete: -1', 'max-delete'],
    ['max-delete: 101%', 'max-delete'],
    ['max-delete: 100%', 'max-delete'],
    ['conflict: whatever', 'conflict'],
  ] as const;
  for (const [words, key] of wrong) {
    it.write(file, `${good}${words}\n`);
    const reload = await it.syncmgr('config', 'reload', '--json');
    assert.notEqual(reload.code, 0, words);
    const problem = objects(reload.out).find((one) => one.key !== undefined);
    assert.deepEqual([problem?.line, problem?.key], [line, key], reload.out);
    it.write('left/later.txt', words);
    assert.equal((await it.syncmgr('run', 'docs')).code, 0, words);
    assert.equal(it.read('right/later.txt'), words);
  }
  it.write(file, `${good}max-delete: 100%\nallow-all-deletions: true\n`);
  assert.equal((await it.syncmgr('config', 'reload')).code, 0);
});
