// C121 to C137: what is shown of an item, and how a handler learns that it is to stop.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import {
  E_FAIL,
  E_INVALIDARG,
  type HRESULT,
  type ISyncMgrSynchronizeCallback,
  S_OK,
  S_SYNCMGR_CANCELALL,
  S_SYNCMGR_CANCELITEM,
  SYNCMGRFLAG_MAYBOTHERUSER,
  type SYNCMGRITEM,
  type SYNCMGRPROGRESSITEM,
  SYNCMGRPROGRESSITEM_MAXVALUE,
  SYNCMGRPROGRESSITEM_PROGVALUE,
  SYNCMGRPROGRESSITEM_STATUSTEXT,
  SYNCMGRPROGRESSITEM_STATUSTYPE,
  SYNCMGRSTATUS_SKIPPED,
  SYNCMGRSTATUS_UPDATING,
  SyncMgrHandler,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import {
  type OldClass,
  type OldWorld,
  type OldWorldOptions,
  oldWorld,
  outcomes,
} from './old-world.ts';

/** A handler in the middle of its work, over items 1, 2 and 3, and what finishes it. */
async function atWork(t: TestContext, options: OldWorldOptions = {}) {
  const world = oldWorld(t, options);
  const items = [item(1), item(2), item(3)];
  const one = await world.add(1, { items, Synchronize: () => S_OK });
  const request = await world.update(one);
  await working(world, one);
  const { talk } = one.object;
  const end = async (hr: HRESULT = S_OK) => {
    talk.SynchronizeCompleted(hr);
    return world.only(await world.ended(request));
  };
  return { world, one, talk, end };
}

async function working(world: OldWorld, one: OldClass): Promise<void> {
  await world.until(() => one.count > 0 && one.object.count('Synchronize returned') === 1);
  await world.idle();
}

const shown = (world: OldWorld, one: OldClass, number: number) => {
  const found = world.running(one).items.find((row) => row.item === guid(number));
  assert.ok(found, 'the item is on display');
  const { status, text, value, max } = found;
  return { status, text, value, max };
};

const everything: SYNCMGRPROGRESSITEM = {
  mask:
    SYNCMGRPROGRESSITEM_STATUSTEXT |
    SYNCMGRPROGRESSITEM_STATUSTYPE |
    SYNCMGRPROGRESSITEM_PROGVALUE |
    SYNCMGRPROGRESSITEM_MAXVALUE,
  lpcStatusText: 'first',
  dwStatusType: SYNCMGRSTATUS_UPDATING,
  iProgValue: 3,
  iMaxValue: 10,
};
const first = { status: 'updating', text: 'first', value: 3, max: 10 };

test('C121 Progress answers S_OK while the user has cancelled nothing', async (t) => {
  const { talk, end } = await atWork(t);
  for (const number of [1, 2, 3, 1]) {
    assert.equal(talk.Progress(guid(number), everything), S_OK);
    assert.equal(talk.Progress(guid(number), null), S_OK);
  }
  await end();
});

test('C122 after a skip Progress for that item answers S_SYNCMGR_CANCELITEM', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  world.skip(one, guid(2));
  assert.equal(talk.Progress(guid(2), everything), S_SYNCMGR_CANCELITEM);
  await end();
});

test('C123 after a skip of one item Progress for another answers S_OK', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  world.skip(one, guid(2));
  assert.equal(talk.Progress(guid(1), everything), S_OK);
  assert.equal(talk.Progress(guid(3), null), S_OK);
  await end();
});

test('C124 after a stop Progress for every item of every handler answers S_SYNCMGR_CANCELALL', async (t) => {
  const world = oldWorld(t);
  const classes = [
    await world.add(1, { Synchronize: () => S_OK }),
    await world.add(2, { Synchronize: () => S_OK }),
  ];
  await world.syncMgr.UpdateAll();
  await world.confirm();
  const request = await world.lastRequest();
  for (const one of classes) await working(world, one);
  world.manager.stop(null);
  const answers = classes.flatMap(({ object: { talk } }) =>
    [1, 2].map((number) => talk.Progress(guid(number), everything)),
  );
  assert.deepEqual(answers, Array(4).fill(S_SYNCMGR_CANCELALL));
  for (const { object } of classes) object.talk.SynchronizeCompleted(E_FAIL);
  const sessions = await world.ended(request);
  assert.deepEqual(
    sessions.map(({ phase }) => phase),
    ['stopped', 'stopped'],
  );
});

test('C125 after a stop an item that was skipped before answers S_SYNCMGR_CANCELALL too', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  world.skip(one, guid(2));
  world.manager.stop(null);
  assert.equal(talk.Progress(guid(2), null), S_SYNCMGR_CANCELALL);
  await end();
});

test('C126 after a skip the answer is the same every time', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  world.skip(one, guid(2));
  const answers = Array.from({ length: 5 }, () => talk.Progress(guid(2), everything));
  assert.deepEqual(answers, Array(5).fill(S_SYNCMGR_CANCELITEM));
  await end();
});

test('C127 after a stop a handler that was not asked to prepare yet is released without it', async (t) => {
  const world = oldWorld(t);
  const preparing = await world.add(1, { PrepareForSync: () => S_OK });
  const waiting = await world.add(2);
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.until(() => preparing.object.count('PrepareForSync returned') === 1);
  world.manager.stop(null);
  await world.idle();
  preparing.object.talk.PrepareForSyncCompleted(S_OK);
  await world.ended(await world.lastRequest());
  assert.equal(waiting.object.count('PrepareForSync'), 0);
  assert.deepEqual(waiting.object.methods().slice(-2), ['SetProgressCallback', 'Release']);
});

test('C128 after a stop during the preparation its completion is not followed by Synchronize', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { PrepareForSync: () => S_OK });
  const request = await world.update(one);
  await world.until(() => one.count > 0 && one.object.count('PrepareForSync returned') === 1);
  world.manager.stop(null);
  await world.idle();
  assert.equal(one.object.talk.PrepareForSyncCompleted(S_OK), S_OK);
  const [session] = await world.ended(request);
  assert.equal(session?.phase, 'stopped');
  assert.equal(one.object.count('Synchronize'), 0);
});

test('C129 Progress without an info only asks and changes nothing on display', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  talk.Progress(guid(1), everything);
  assert.equal(talk.Progress(guid(1), null), S_OK);
  assert.deepEqual(shown(world, one, 1), first);
  await end();
});

test('C130 Progress with the text mask changes the text alone', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  talk.Progress(guid(1), everything);
  talk.Progress(guid(1), {
    mask: SYNCMGRPROGRESSITEM_STATUSTEXT,
    lpcStatusText: 'second',
    dwStatusType: SYNCMGRSTATUS_SKIPPED,
    iProgValue: 9,
    iMaxValue: 99,
  });
  assert.deepEqual(shown(world, one, 1), { ...first, text: 'second' });
  await end();
});

test('C131 Progress with the masks of value and maximum changes these two alone', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  talk.Progress(guid(1), everything);
  talk.Progress(guid(1), {
    mask: SYNCMGRPROGRESSITEM_PROGVALUE | SYNCMGRPROGRESSITEM_MAXVALUE,
    lpcStatusText: 'second',
    dwStatusType: SYNCMGRSTATUS_SKIPPED,
    iProgValue: 9,
    iMaxValue: 20,
  });
  assert.deepEqual(shown(world, one, 1), { ...first, value: 9, max: 20 });
  await end();
});

test('C132 Progress with the status mask changes the status', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  const words = [
    [2, 'pending'],
    [3, 'updating'],
    [6, 'paused'],
    [7, 'resuming'],
    [8, 'updating'],
    [5, 'failed'],
  ] as const;
  for (const [dwStatusType, status] of words) {
    talk.Progress(guid(1), { mask: SYNCMGRPROGRESSITEM_STATUSTYPE, dwStatusType });
    assert.equal(shown(world, one, 1).status, status);
  }
  const finals = [
    [0, 'stopped'],
    [4, 'succeeded'],
  ] as const;
  for (const [index, [dwStatusType, status]] of finals.entries()) {
    talk.Progress(guid(index + 2), { mask: SYNCMGRPROGRESSITEM_STATUSTYPE, dwStatusType });
    assert.equal(shown(world, one, index + 2).status, status);
  }
  assert.deepEqual(outcomes(await end()), {
    [guid(1)]: 'failed',
    [guid(2)]: 'stopped',
    [guid(3)]: 'succeeded',
  });
});

test('C133 Progress is accepted and shown where the user must not be bothered', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK }, { flags: 4 });
  const ended = world.trigger('idle');
  await working(world, one);
  assert.equal(one.object.flags & SYNCMGRFLAG_MAYBOTHERUSER, 0);
  assert.equal(one.object.talk.Progress(guid(1), everything), S_OK);
  assert.deepEqual(shown(world, one, 1), first);
  one.object.talk.SynchronizeCompleted(S_OK);
  await ended;
});

test('C134 Progress for an item that was not chosen is refused and changes nothing', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK });
  await world.update(one, 0);
  await world.confirm(undefined, [guid(1)]);
  await working(world, one);
  const before = world.running(one).items;
  for (const id of [guid(2), guid(9), 'nonsense', '']) {
    assert.equal(one.object.talk.Progress(id, everything), E_INVALIDARG);
  }
  assert.deepEqual(world.running(one).items, before);
  one.object.talk.SynchronizeCompleted(S_OK);
  const [session] = await world.ended(await world.lastRequest());
  assert.ok(session);
  assert.deepEqual(outcomes(session), { [guid(1)]: 'succeeded' });
});

test('C135 a last report as skipped after a cancellation is accepted and is the outcome', async (t) => {
  const { world, one, talk, end } = await atWork(t);
  world.skip(one, guid(2));
  assert.equal(talk.Progress(guid(2), null), S_SYNCMGR_CANCELITEM);
  const last = { mask: SYNCMGRPROGRESSITEM_STATUSTYPE, dwStatusType: SYNCMGRSTATUS_SKIPPED };
  assert.equal(talk.Progress(guid(2), last), S_SYNCMGR_CANCELITEM);
  assert.equal(shown(world, one, 2).status, 'skipped');
  assert.deepEqual(outcomes(await end()), {
    [guid(1)]: 'succeeded',
    [guid(2)]: 'skipped',
    [guid(3)]: 'succeeded',
  });
});

test('C136 Progress is accepted from another task than the one that runs Synchronize', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  const one = await world.add(1, {
    Synchronize: async (at) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(() => {
        answers.push(at.talk.Progress(guid(1), everything));
        resolve();
      }, 1);
      await promise;
      return at.talk.SynchronizeCompleted(S_OK);
    },
  });
  await world.run(one);
  assert.deepEqual(answers, [S_OK]);
});

test('C137 the handler base class calls Progress before it starts each new item', async (t) => {
  const world = oldWorld(t);
  const course: string[] = [];
  class Noting extends SyncMgrHandler {
    protected override info = () => ({ SyncMgrHandlerFlags: 0, wszHandlerName: 'Noting' });
    protected override items = (): SYNCMGRITEM[] => [item(1), item(2), item(3)];
    protected override synchronizeItem(id: string): HRESULT {
      course.push(`start ${id}`);
      if (id === guid(1)) world.manager.skip(running().session.id, guid(2));
      return S_OK;
    }
    override SetProgressCallback(live: ISyncMgrSynchronizeCallback | null) {
      if (live === null) return super.SetProgressCallback(null);
      return super.SetProgressCallback(
        new Proxy(live, {
          get: (target, name: keyof ISyncMgrSynchronizeCallback) => {
            const method = target[name].bind(target) as (...of: unknown[]) => unknown;
            return (...of: unknown[]) => {
              if (name === 'Progress') course.push(`progress ${of[0]}`);
              return method(...of);
            };
          },
        }),
      );
    }
  }
  const running = () => world.only(world.manager.running());
  const clsid = await world.addFactory(1, () => new Noting());
  const request = await world.manager.invoke({
    trigger: 'invoke',
    partnerships: [clsid],
    startNow: true,
  });
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.deepEqual(
    course.filter((step, index) => step.startsWith('start') && index > 0),
    [`start ${guid(1)}`, `start ${guid(3)}`],
  );
  for (const number of [1, 3]) {
    const start = course.indexOf(`start ${guid(number)}`);
    assert.equal(course[start - 1], `progress ${guid(number)}`);
  }
  assert.equal(outcomes(session)[guid(2)], 'skipped');
});
