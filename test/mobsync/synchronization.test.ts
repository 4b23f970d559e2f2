// C102 to C110: the work, and what comes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  E_UNEXPECTED,
  type HRESULT,
  S_FALSE,
  S_OK,
  SYNCMGRPROGRESSITEM_STATUSTYPE,
  SYNCMGRSTATUS_FAILED,
  SYNCMGRSTATUS_SUCCEEDED,
  SYNCMGRSTATUS_UPDATING,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import type { OldHandler } from './old-handler.ts';
import { gate, oldWorld, outcomes } from './old-world.ts';

const report = (at: OldHandler, number: number, dwStatusType: number) =>
  at.talk.Progress(guid(number), { mask: SYNCMGRPROGRESSITEM_STATUSTYPE, dwStatusType });

test('C102 Synchronize is called once per pass, whatever the number of items', async (t) => {
  const world = oldWorld(t);
  for (const count of [1, 2, 50]) {
    const items = Array.from({ length: count }, (_, index) => item(index + 1));
    const one = await world.add(count, { items });
    await world.run(one);
    assert.equal(one.object.chosen.length, count);
    assert.equal(one.object.count('Synchronize'), 1);
  }
});

test('C103 SynchronizeCompleted inside Synchronize is accepted', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  const one = await world.add(1, {
    Synchronize: (at) => {
      answers.push(at.talk.SynchronizeCompleted(S_OK), at.talk.SynchronizeCompleted(S_OK));
      return S_OK;
    },
  });
  const session = await world.run(one);
  assert.deepEqual(answers, [S_OK, E_UNEXPECTED]);
  assert.equal(session.phase, 'succeeded');
});

test('C104 SynchronizeCompleted after the return of Synchronize is accepted', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK });
  const request = await world.update(one);
  await world.until(() => one.count === 1 && one.object.count('Synchronize returned') === 1);
  await world.idle();
  assert.equal(one.object.talk.SynchronizeCompleted(S_OK), S_OK);
  const [session] = await world.ended(request);
  assert.equal(session?.phase, 'succeeded');
});

test('C105 Synchronize answering E_FAIL ends the work without a completion', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => E_FAIL });
  const session = await world.run(one);
  assert.equal(session.phase, 'failed');
  assert.equal(one.object.talk.SynchronizeCompleted(S_OK), E_UNEXPECTED);
});

test('C106 items without an outcome fail when Synchronize answers E_FAIL', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    items: [item(1), item(2), item(3)],
    Synchronize: (at) => {
      report(at, 1, SYNCMGRSTATUS_SUCCEEDED);
      report(at, 2, SYNCMGRSTATUS_UPDATING);
      return E_FAIL;
    },
  });
  assert.deepEqual(outcomes(await world.run(one)), {
    [guid(1)]: 'succeeded',
    [guid(2)]: 'failed',
    [guid(3)]: 'failed',
  });
});

test('C107 items without an outcome succeed on SynchronizeCompleted(S_OK)', async (t) => {
  const world = oldWorld(t);
  for (const hr of [S_OK, S_FALSE]) {
    const one = await world.add(hr + 1, {
      Synchronize: (at) => {
        report(at, 1, SYNCMGRSTATUS_UPDATING);
        setImmediate(() => at.talk.SynchronizeCompleted(hr));
        return S_OK;
      },
    });
    const expected = { [guid(1)]: 'succeeded', [guid(2)]: 'succeeded' };
    assert.deepEqual(outcomes(await world.run(one)), expected);
  }
});

test('C108 items without an outcome fail on SynchronizeCompleted with a failure', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    items: [item(1), item(2), item(3)],
    Synchronize: (at) => {
      report(at, 1, SYNCMGRSTATUS_SUCCEEDED);
      report(at, 2, SYNCMGRSTATUS_UPDATING);
      setImmediate(() => at.talk.SynchronizeCompleted(E_FAIL));
      return S_OK;
    },
  });
  assert.deepEqual(outcomes(await world.run(one)), {
    [guid(1)]: 'succeeded',
    [guid(2)]: 'failed',
    [guid(3)]: 'failed',
  });
});

test('C109 an item reported as failed stays failed after SynchronizeCompleted(S_OK)', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    Synchronize: (at) => {
      report(at, 1, SYNCMGRSTATUS_FAILED);
      return at.talk.SynchronizeCompleted(S_OK);
    },
  });
  const expected = { [guid(1)]: 'failed', [guid(2)]: 'succeeded' };
  assert.deepEqual(outcomes(await world.run(one)), expected);
});

test('C110 the session is over when every handler has completed, and not before', async (t) => {
  const world = oldWorld(t);
  const ends = gate();
  const quick = await world.add(1, { Synchronize: () => E_FAIL });
  const slow = await world.add(2, { Synchronize: () => S_OK });
  const answering = await world.add(3, {
    Synchronize: async () => {
      await ends.opened;
      return E_FAIL;
    },
  });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  const request = await world.lastRequest();
  await world.until(() => answering.count === 1 && answering.object.count('Synchronize') === 1);
  await world.until(() => quick.object.isReleased);
  await world.idle();
  assert.equal((await world.lastRequest()).state, 'running');
  slow.object.talk.SynchronizeCompleted(S_OK);
  await world.idle();
  assert.equal((await world.lastRequest()).state, 'running');
  ends.open();
  await world.ended(request);
  assert.equal((await world.lastRequest()).state, 'ended');
});
