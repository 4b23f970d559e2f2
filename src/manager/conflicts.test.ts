import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, type Script } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { ConflictVersion } from '../model/conflict.ts';

const version = (side: string, more: Partial<ConflictVersion> = {}): ConflictVersion => ({
  side,
  present: true,
  kind: 'file',
  size: 1,
  modifiedAt: 1,
  digest: null,
  location: null,
  ...more,
});
const versions = [version('left', { modifiedAt: 5 }), version('right', { size: 9 })];

/** Reports conflicts over these subjects of item a, and no others. */
const disputing = (subjects: () => readonly string[], more: Script = {}): Script => ({
  synchronize: async ({ callback }) => {
    for (const subject of subjects()) {
      callback.conflict({ item: 'a', subject, kind: 'edit-edit', versions });
    }
    callback.conflictsSeen('a', true);
    return { ended: done };
  },
  resolve: async () => ({ trash: 7 }),
  undo: async () => {},
  ...more,
});

const open = (world: World) => world.store.conflicts.list({ states: ['open'] });

test('S13 a conflict waits in the inbox, and the session does not succeed', async () => {
  const world = new World();
  await world.add(
    'mail',
    disputing(() => ['x', 'y']),
  );
  const session = await world.runOne('mail');
  assert.equal(session.phase, 'partial');
  assert.equal(session.result?.conflicts, 2);
  assert.deepEqual(
    (await open(world)).map(({ subject, state }) => [subject, state]),
    [
      ['x', 'open'],
      ['y', 'open'],
    ],
  );
});

test('a conflict seen again stays the one it was; one not seen again is gone', async () => {
  const world = new World();
  let subjects = ['x', 'y'];
  await world.add(
    'mail',
    disputing(() => subjects),
  );
  await world.run(['mail']);
  const [before] = await open(world);
  subjects = ['x'];
  const second = await world.runOne('mail');
  assert.deepEqual(await open(world), [before]);
  assert.equal(second.result?.conflicts, 1);
  subjects = [];
  assert.equal((await world.runOne('mail')).phase, 'succeeded');
  assert.deepEqual(await open(world), []);
});

test('a list of conflicts that was cut short makes none go', async () => {
  const world = new World();
  let list: 'whole' | 'short' = 'whole';
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      const isWhole = list === 'whole';
      if (isWhole) callback.conflict({ item: 'a', subject: 'x', kind: 'edit-edit', versions });
      callback.conflictsSeen('a', isWhole);
      return { ended: done };
    },
  });
  await world.run(['mail']);
  list = 'short';
  await world.run(['mail']);
  assert.equal((await open(world)).length, 1);
});

test('a resolution is carried out by the handler and can be undone', async () => {
  const world = new World();
  const handler = await world.add(
    'mail',
    disputing(() => ['x']),
  );
  await world.run(['mail']);
  const [conflict] = await open(world);
  const id = conflict?.id ?? '';
  handler.calls.length = 0;
  const resolved = await world.manager.resolve(id, { choice: 'keep-newest' });
  assert.deepEqual(handler.calls, [
    'open',
    'attach',
    'resolve x {"choice":"keep","side":"left"}',
    'close',
  ]);
  assert.deepEqual(
    [resolved.state, resolved.undo, resolved.version],
    ['resolved', { trash: 7 }, 2],
  );
  const undone = await world.manager.undo(id);
  assert.equal(handler.calls.at(-2), 'undo x {"trash":7}');
  assert.deepEqual([undone.state, undone.resolution, undone.version], ['open', null, 3]);
});

test('what a rule decided stands in the inbox as resolved, makes no session fall short, and can be undone', async () => {
  const world = new World();
  const resolution = { choice: 'keep', side: 'left' } as const;
  let ruled: readonly string[] = [];
  const handler = await world.add('mail', {
    ...disputing(() => []),
    synchronize: async ({ callback }) => {
      const settled = { resolution, undo: { trash: 8 } };
      for (const subject of new Set(['x', ...ruled])) {
        const draft = { item: 'a', subject, kind: 'edit-edit', versions };
        callback.conflict(ruled.includes(subject) ? { ...draft, settled } : draft);
      }
      callback.conflictsSeen('a', true);
      return { ended: done };
    },
  });
  await world.run(['mail']);
  const [waited] = await open(world);
  ruled = ['x', 'y'];
  const [session] = await world.run(['mail']);
  assert.equal(session?.result?.conflicts, 0);
  const resolved = await world.store.conflicts.list({ states: ['resolved'] });
  assert.deepEqual(
    new Map(
      resolved.map(({ subject, ...one }) => [subject, [one.resolution, one.undo, one.version]]),
    ),
    new Map([
      ['x', [resolution, { trash: 8 }, 2]],
      ['y', [resolution, { trash: 8 }, 1]],
    ]),
  );
  const undone = await world.manager.undo(waited?.id ?? '');
  assert.equal(handler.calls.at(-2), 'undo x {"trash":8}');
  assert.equal(undone.state, 'open');
});

test('CC-06 of two who decide at once one is refused', async () => {
  const world = new World();
  await world.add(
    'mail',
    disputing(() => ['x']),
  );
  await world.run(['mail']);
  const [conflict] = await open(world);
  const id = conflict?.id ?? '';
  const outcomes = await Promise.allSettled([
    world.manager.resolve(id, { choice: 'keep', side: 'left' }),
    world.manager.resolve(id, { choice: 'keep', side: 'right' }),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  await assert.rejects(world.manager.resolve(id, { choice: 'keep-both' }), {
    code: 'conflict-stale',
  });
});

test('CC-06 a decision over an old version of the conflict is refused', async () => {
  const world = new World();
  await world.add(
    'mail',
    disputing(() => ['x']),
  );
  await world.run(['mail']);
  const [conflict] = await open(world);
  const decision = world.manager.resolve(conflict?.id ?? '', { choice: 'keep-both' }, 7);
  await assert.rejects(decision, { code: 'conflict-stale' });
});

test('a decision waits for the session of its partnership', async () => {
  const world = new World();
  const handler = await world.add(
    'mail',
    disputing(() => ['x']),
  );
  await world.run(['mail']);
  const [conflict] = await open(world);
  handler.script = {
    ...handler.script,
    synchronize: async () => ({ pending: world.clock.sleep(1_000).then(() => done) }),
  };
  const release = world.clock.hold();
  const { id } = await world.invoke(['mail']);
  await world.idle();
  const decided = world.manager.resolve(conflict?.id ?? '', { choice: 'keep-largest' });
  await world.idle();
  assert.equal(handler.count('resolve'), 0);
  release();
  await world.manager.whenEnded(id);
  assert.deepEqual((await decided).resolution, { choice: 'keep', side: 'right' });
});

test('a decision that cannot be carried out changes nothing', async () => {
  const world = new World();
  const resolve = () => Promise.reject(new Error('disk full'));
  await world.add(
    'mail',
    disputing(() => ['x'], { resolve }),
  );
  await world.run(['mail']);
  const [conflict] = await open(world);
  const id = conflict?.id ?? '';
  await assert.rejects(world.manager.resolve(id, { choice: 'keep-both' }), /disk full/);
  await assert.rejects(world.manager.resolve(id, { choice: 'keep', side: 'moon' }), {
    code: 'usage',
  });
  await assert.rejects(world.manager.undo(id), { code: 'conflict-stale' });
  await assert.rejects(world.manager.resolve('nobody', { choice: 'keep-both' }), {
    code: 'conflict-unknown',
  });
  assert.deepEqual(await open(world), [conflict]);
});

/** Stands still until somebody decides, and remembers what it came to. */
const waiting = (answers: unknown[], more: Script = {}): Script => ({
  synchronize: async ({ callback }) => {
    const draft = { item: 'a', subject: 'x', kind: 'edit-edit', versions };
    const decided = callback.decide(draft).then((answer) => answers.push(answer));
    return { pending: decided.then(() => done) };
  },
  ...more,
});

test('a handler that waits for a decision is given it, and none is opened beside it', async () => {
  const world = new World();
  const answers: unknown[] = [];
  const handler = await world.add('mail', waiting(answers, { resolve: async () => 1 }));
  const request = await world.invoke(['mail']);
  await world.idle();
  const [conflict] = await open(world);
  assert.ok(conflict);
  const merged = { choice: 'merged', contentFile: 'x' } as const;
  await assert.rejects(world.manager.resolve(conflict.id, merged), { code: 'usage' });
  await world.manager.resolve(conflict.id, { choice: 'keep-newest' }, conflict.version);
  await assert.rejects(world.manager.resolve(conflict.id, { choice: 'keep-both' }), {
    code: 'conflict-stale',
  });
  const [session] = await world.manager.whenEnded(request.id);
  assert.equal(session?.phase, 'succeeded');
  assert.deepEqual(answers, [{ choice: 'keep', side: 'left' }]);
  assert.deepEqual([handler.count('open'), handler.count('resolve')], [1, 0]);
});

for (const [way, end] of [
  ['a skip', (world: World) => void world.manager.skip(world.session('mail'), 'a')],
  ['a stop', (world: World) => world.manager.stop(null)],
] as const) {
  test(`${way} ends the waiting for a decision, and the conflict is gone`, async () => {
    const world = new World();
    const answers: unknown[] = [];
    await world.add('mail', waiting(answers));
    const request = await world.invoke(['mail']);
    await world.idle();
    const [conflict] = await open(world);
    end(world);
    await world.manager.whenEnded(request.id);
    assert.deepEqual(answers, [null]);
    assert.equal((await world.store.conflicts.get(conflict?.id ?? ''))?.state, 'gone');
  });
}

test('with nobody there, and once it is released, a handler is not made to wait', async () => {
  const world = new World();
  const answers: unknown[] = [];
  const handler = await world.add('mail', waiting(answers));
  await world.runOne('mail', { trigger: 'idle' });
  const draft = { item: 'a', subject: 'x', kind: 'edit-edit', versions };
  answers.push(await handler.callback?.decide(draft));
  assert.deepEqual(answers, [null, null]);
  assert.deepEqual(await world.store.conflicts.list({}), []);
});
