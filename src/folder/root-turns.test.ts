import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedLocks } from '../../test/support/world.ts';
import type { RootRef } from './batch.ts';
import { RootTurns } from './root-turns.ts';

const root = (inode: number, path = `/${inode}`): RootRef => ({ device: 1, inode, path });
const [one, two, three] = [root(1), root(2), root(3)];
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('CC-02 another process is refused, by whatever path, until the last session of this one has left', async () => {
  const locks = new SharedLocks();
  const [here, there] = [new RootTurns(locks.of(1)), new RootTurns(locks.of(2))];
  const first = await here.keep([one, two]);
  const second = await here.keep([two, three]);
  await assert.rejects(there.keep([root(3, '/alias')]), {
    code: 'folder-root-busy',
    message: /\/alias/,
  });
  first();
  await settle();
  await assert.rejects(there.keep([two]), { code: 'folder-root-busy' });
  (await there.keep([one]))();
  second();
  second();
  await settle();
  (await there.keep([one, two, three]))();
});

test('CC-02 one that is refused leaves nothing held', async () => {
  const locks = new SharedLocks();
  const [here, there] = [new RootTurns(locks.of(1)), new RootTurns(locks.of(2))];
  await here.keep([two]);
  await assert.rejects(there.keep([one, two]), { code: 'folder-root-busy' });
  await settle();
  await here.keep([one]);
});

test('CC-02 sessions of one process that change a root do so one after the other, as they asked', async () => {
  const turns = new RootTurns(undefined);
  const said: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = async (name: string, ...roots: RootRef[]) => {
    const end = await turns.turn(roots);
    said.push(name);
    ends.set(name, end ?? assert.fail());
  };
  void ask('a', one, two);
  void ask('b', two, three);
  void ask('c', three, one);
  void ask('d', root(4));
  await settle();
  assert.deepEqual(said, ['a', 'd']);
  assert.equal(turns.busy([root(2, '/alias')]), '/alias');
  ends.get('a')?.();
  await settle();
  assert.deepEqual(said, ['a', 'd', 'b']);
  ends.get('b')?.();
  await settle();
  ends.get('c')?.();
  ends.get('d')?.();
  await settle();
  assert.deepEqual([said, turns.busy([one, two, three, root(4)])], [['a', 'd', 'b', 'c'], null]);
});

test('one that gives up while it waits has no turn, and keeps nobody behind it waiting longer', async () => {
  const turns = new RootTurns(undefined);
  const end = (await turns.turn([one])) ?? assert.fail();
  const stop = new AbortController();
  const second = turns.turn([one], stop.signal);
  let third = 'waits';
  void turns.turn([one]).then(() => {
    third = 'goes';
  });
  stop.abort();
  assert.equal(await second, null);
  assert.equal(await turns.turn([one], stop.signal), null);
  await settle();
  assert.equal(third, 'waits');
  end();
  await settle();
  assert.equal(third, 'goes');
});
