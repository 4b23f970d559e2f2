// Several at one manager at once, and configurations that would lose something, while it runs.
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '../../src/client.ts';
import { objects } from '../support/cli-rig.ts';
import { daemonRig, until } from '../support/daemon-rig.ts';

test('CC-02 two partnerships of one manager over one folder, by two paths, never work in it at once', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(1_500_000));
  it.write('other/b.txt', 'y');
  mkdirSync(it.right, { recursive: true });
  symlinkSync(it.right, join(it.folder, 'alias'));
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.syncmgr('add', 'more', 'other', 'alias');
  await it.up();
  const slow = it.syncmgr('run', 'docs');
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  const second = await it.syncmgr('run', 'more');
  assert.equal((await slow).code, 0);
  assert.equal(second.code, 0, second.out + second.err);
  assert.deepEqual(it.files('right'), ['a.bin', 'b.txt']);
});

test('CC-02 pairs that share a folder are all carried out when they are run together', async (t) => {
  const it = daemonRig(t);
  for (let at = 0; at < 20; at += 1) it.write(`left/${at}.txt`, `${at}`);
  const others = ['right', 'third', 'fourth'];
  for (const name of others) {
    mkdirSync(join(it.folder, name), { recursive: true });
    await it.syncmgr('add', name, 'left', name);
  }
  const run = await it.syncmgr('run', '--all');
  assert.equal(run.code, 0, run.out + run.err);
  for (const name of others) assert.equal(it.files(name).length, 20);
  await it.up();
  it.write('left/more.txt', 'more');
  assert.equal((await it.syncmgr('run', '--all')).code, 0);
  for (const name of others) assert.ok(it.files(name).includes('more.txt'), name);
});

test('CC-02 one that is stopped while it waits for another pair over its folder ends at once', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(6_000_000));
  it.write('other/b.txt', 'y');
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.syncmgr('add', 'more', 'other', 'right');
  await it.up();
  const slow = it.syncmgr('run', 'docs');
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  const second = it.syncmgr('run', 'more');
  const isWaiting = async () =>
    ((await it.syncmgr('status')).out.match(/synchronizing/g) ?? []).length > 1;
  await until(isWaiting);
  assert.equal((await it.syncmgr('stop', 'more')).code, 0);
  assert.notEqual((await second).code, 0);
  assert.deepEqual(
    it.files('right').filter((name) => name === 'b.txt'),
    [],
  );
  assert.equal((await slow).code, 0);
});

test('CC-05 a stop and a skip that reach the manager together have one outcome, recorded once', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(6_000_000));
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.up();
  const client = connect({ socket: it.socket() });
  t.after(() => client.close());
  const asked = { trigger: 'invoke', partnerships: ['docs'], startNow: true } as const;
  const { id } = await client.invoke(asked);
  await until(async () => (await client.running()).some(({ phase }) => phase === 'synchronizing'));
  await Promise.all([client.stop('docs'), client.skip('docs'), client.stop(null)]);
  const [session, ...rest] = await client.whenEnded(id);
  assert.deepEqual(rest, []);
  const { result } = session ?? assert.fail();
  assert.ok(['stopped', 'partial'].includes(result?.ending ?? ''), result?.ending);
  assert.equal(result?.items.length, 1);
  assert.equal((await client.sessions({ partnership: 'docs' })).length, 1);
});

test('CC-08 a partnership removed while the manager runs it is stopped first, and its files stay', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(6_000_000));
  it.write('right/old.txt', 'old');
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.up();
  assert.equal((await it.syncmgr('run', 'docs', '--no-wait')).code, 0);
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  assert.equal((await it.syncmgr('remove', 'docs')).code, 0);
  assert.doesNotMatch((await it.syncmgr('status')).out, /synchronizing/);
  assert.equal(it.read('right/old.txt'), 'old');
  assert.ok(it.files('left').includes('a.bin'));
  assert.equal((await it.syncmgr('run', 'docs')).code, 2);
});

test('CF-05 a mass deletion halts a run of the manager, and is carried out once, by approval', async (t) => {
  const it = daemonRig(t);
  for (let at = 0; at < 40; at += 1) it.write(`left/${at}.txt`, `${at}`);
  mkdirSync(it.right, { recursive: true });
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.up();
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  for (let at = 0; at < 35; at += 1) rmSync(join(it.left, `${at}.txt`));
  const halted = await it.syncmgr('run', 'docs', '--json');
  assert.equal(halted.code, 4);
  assert.equal(it.files('right').length, 40);
  const hash = objects(halted.out).find(({ type }) => type === 'halt')?.hash;
  assert.equal((await it.syncmgr('approve', String(hash))).code, 0);
  assert.equal(it.files('right').length, 5);
  assert.notEqual((await it.syncmgr('approve', String(hash))).code, 0);
});

test('why says of what follows another that it is the turn of that one first', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(4_000_000));
  mkdirSync(join(it.folder, 'right-2'));
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.syncmgr('add', 'more', 'right', 'right-2');
  const file = 'config/syncmgr/items.d/more.yaml';
  it.write(file, `${it.read(file)}after: docs\n`);
  await it.up();
  assert.match((await it.syncmgr('why', 'more')).out, /nothing holds it back/);
  const run = it.syncmgr('run', 'docs');
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  assert.match(
    (await it.syncmgr('why', 'more')).out,
    /It follows docs, which is being synchronized now: it runs when that has succeeded/,
  );
  assert.equal((await run).code, 0);
  await until(() => it.files('right-2').includes('a.bin'));
});

test('CC-04 a ring of three pairs that a manager watches comes to rest, and copies do not multiply', async (t) => {
  const it = daemonRig(t);
  for (const [path, content] of [
    ['left/same.txt', 'same'],
    ['right/same.txt', 'same'],
    ['third/same.txt', 'same'],
    ['left/a.txt', 'a'],
    ['right/b.txt', 'b'],
    ['third/c.txt', 'c'],
    ['left/clash.txt', 'from the left'],
    ['third/clash.txt', 'from the third, other'],
  ] as const) {
    it.write(path, content);
  }
  const names = ['left-right', 'right-third', 'third-left'];
  for (const name of names) {
    const [one = '', other = ''] = name.split('-');
    await it.syncmgr('add', name, one, other, '--conflict', 'copy');
    const file = `config/syncmgr/items.d/${name}.yaml`;
    it.write(file, `${it.read(file)}triggers: {change: {settle: 200ms}}\n`);
  }
  await it.up();
  it.write('left/later.txt', 'written while it runs');
  const state = () =>
    ['left', 'right', 'third'].map((root) =>
      it.files(root).map((path) => `${path}: ${it.read(`${root}/${path}`)}`),
    );
  let codes: (number | null)[] = [];
  const isAtRest = async () => {
    codes = [];
    const [left, right, third] = state().map((one) => one.join('\n'));
    if (left !== right || right !== third || !left?.includes('later.txt')) return false;
    for (const name of names) {
      // One that is busy with it may still be about to change something.
      const { code } = await it.syncmgr('run', name, '--error-on-no-change');
      codes.push(code);
      if (code !== 9) return false;
    }
    return true;
  };
  await until(isAtRest, () => `${codes} ${JSON.stringify(state())}`);
  // By whichever pair came first, one of the two that clash is a copy, and perhaps each for its ring.
  const clashes = (state()[0] ?? []).filter((one) => one.startsWith('clash'));
  assert.ok(clashes.length <= 3, JSON.stringify(clashes));
  for (const content of ['from the left', 'from the third, other']) {
    assert.ok(
      clashes.some((one) => one.endsWith(`: ${content}`)),
      JSON.stringify(clashes),
    );
  }
});

test('CC-07 moves on both sides that would make a ring keep every content, and both sides end alike', async (t) => {
  const it = daemonRig(t);
  it.write('left/a/in-a.txt', 'content of a');
  it.write('left/b/in-b.txt', 'content of b');
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.up();
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  renameSync(join(it.left, 'a'), join(it.left, 'b', 'a'));
  renameSync(join(it.right, 'b'), join(it.right, 'a', 'b'));
  for (let round = 0; round < 3; round += 1) await it.syncmgr('run', 'docs', '--approve');
  assert.deepEqual(it.files('left'), it.files('right'));
  const contents = new Set(it.files('left').map((path) => it.read(`left/${path}`)));
  assert.deepEqual(contents, new Set(['content of a', 'content of b']));
});

test('what follows another waits for a manager, and why says so', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  mkdirSync(join(it.folder, 'right-2'));
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.syncmgr('add', 'more', 'right', 'right-2');
  const file = 'config/syncmgr/items.d/more.yaml';
  it.write(file, `${it.read(file)}after: docs\n`);
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.match((await it.syncmgr('why', 'more')).out, /waits for a manager that goes on by itself/);
  await it.up();
  await until(() => it.files('right-2').includes('a.txt'));
});
