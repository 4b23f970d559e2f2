// C89 to C101: everything before the transfer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  E_INVALIDARG,
  E_UNEXPECTED,
  type HRESULT,
  S_FALSE,
  S_OK,
  type SYNCMGRITEM,
  SyncMgrHandler,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import { gate, type OldClass, oldWorld } from './old-world.ts';

const detached = ['SetProgressCallback', 'Release'];

/** What came after the last of these methods. */
const after = ({ object }: OldClass, method: string) =>
  object.methods().slice(object.methods().lastIndexOf(method) + 1);

test('C89 PrepareForSync receives exactly the chosen items and their count', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { items: [item(1), item(2), item(3), item(4)] });
  await world.update(one, 0);
  await world.confirm(undefined, [guid(2), guid(4), guid(99)]);
  await world.ended(await world.lastRequest());
  const calls = one.object.calls.filter(([method]) => method === 'PrepareForSync');
  assert.deepEqual(calls, [['PrepareForSync', 2, [guid(2), guid(4)]]]);
});

test('C90 a handler without a chosen item is released unprepared', async (t) => {
  const world = oldWorld(t);
  const [unchosen, chosen] = [await world.add(1, { items: [item(7)] }), await world.add(2)];
  await world.syncMgr.UpdateAll();
  await world.confirm(undefined, [guid(1)]);
  const sessions = await world.ended(await world.lastRequest());
  assert.deepEqual(
    sessions.map(({ phase }) => phase),
    ['declined', 'succeeded'],
  );
  assert.equal(unchosen.object.count('PrepareForSync') + unchosen.object.count('Synchronize'), 0);
  assert.ok(unchosen.object.isReleased);
  assert.equal(chosen.object.count('Synchronize'), 1);
});

test('C91 a preparation returned and completed with S_OK is followed by one Synchronize', async (t) => {
  const world = oldWorld(t);
  const early = await world.add(1);
  const late = await world.add(2, {
    PrepareForSync: (at) => {
      setImmediate(() => at.talk.PrepareForSyncCompleted(S_OK));
      return S_OK;
    },
  });
  for (const one of [early, late]) {
    await world.run(one);
    assert.equal(one.object.count('Synchronize'), 1);
  }
});

for (const [line, hr] of [
  ['C92', S_FALSE],
  ['C93', E_FAIL],
] as const) {
  test(`${line} a preparation completed with ${hr} is followed by release without Synchronize`, async (t) => {
    const world = oldWorld(t);
    const early = await world.add(1, {
      PrepareForSync: (at) => at.talk.PrepareForSyncCompleted(hr),
    });
    const late = await world.add(2, {
      PrepareForSync: (at) => {
        setImmediate(() => at.talk.PrepareForSyncCompleted(hr));
        return S_OK;
      },
    });
    for (const one of [early, late]) {
      const session = await world.run(one);
      assert.equal(session.phase, 'failed');
      assert.deepEqual(after(one, 'PrepareForSync returned'), detached);
    }
  });
}

for (const [line, answers] of [
  ['C94', [S_FALSE]],
  ['C95', [E_FAIL, E_INVALIDARG, E_UNEXPECTED]],
] as const) {
  test(`${line} a preparation answered with ${answers.join(', ')} is released, not waited for`, async (t) => {
    const world = oldWorld(t);
    for (const [index, hr] of answers.entries()) {
      const one = await world.add(index + 1, { PrepareForSync: () => hr });
      const session = await world.run(one);
      assert.equal(session.phase, 'failed');
      assert.deepEqual(after(one, 'PrepareForSync returned'), detached);
      assert.equal(one.object.talk.PrepareForSyncCompleted(S_OK), E_UNEXPECTED);
    }
  });
}

test('C96 a completion inside the call is accepted, and Synchronize waits for the return', async (t) => {
  const world = oldWorld(t);
  const returns = gate();
  const answers: HRESULT[] = [];
  const one = await world.add(1, {
    PrepareForSync: async (at) => {
      answers.push(at.talk.PrepareForSyncCompleted(S_OK));
      await returns.opened;
      return S_OK;
    },
  });
  const request = await world.update(one);
  await world.until(() => answers.length === 1);
  await world.idle();
  assert.equal(one.object.count('Synchronize'), 0);
  returns.open();
  await world.ended(request);
  assert.deepEqual(answers, [S_OK]);
  assert.deepEqual(after(one, 'PrepareForSync returned').slice(0, 1), ['Synchronize']);
});

test('C96 a completion inside the call counts for nothing if another answer is returned', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    PrepareForSync: (at) => {
      at.talk.PrepareForSyncCompleted(S_OK);
      return E_FAIL;
    },
  });
  await world.run(one);
  assert.deepEqual(after(one, 'PrepareForSync returned'), detached);
});

test('C97 a completion from another task, long after the return, is accepted', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { PrepareForSync: () => S_OK });
  const request = await world.update(one);
  await world.until(() => one.count === 1 && one.object.count('PrepareForSync returned') === 1);
  await world.disk.clock.sleep(7 * 86_400_000);
  assert.equal(one.object.talk.PrepareForSyncCompleted(S_OK), S_OK);
  const [session] = await world.ended(request);
  assert.equal(session?.phase, 'succeeded');
});

test('C98 a second completion answers E_UNEXPECTED and causes no second Synchronize', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  const inside = await world.add(1, {
    PrepareForSync: (at) => {
      answers.push(at.talk.PrepareForSyncCompleted(S_OK), at.talk.PrepareForSyncCompleted(S_OK));
      return S_OK;
    },
  });
  const outside = await world.add(2, {
    PrepareForSync: (at) => {
      setImmediate(() => {
        answers.push(at.talk.PrepareForSyncCompleted(S_OK), at.talk.PrepareForSyncCompleted(S_OK));
      });
      return S_OK;
    },
    Synchronize: (at) => {
      answers.push(at.talk.PrepareForSyncCompleted(S_OK));
      return at.talk.SynchronizeCompleted(S_OK);
    },
  });
  for (const one of [inside, outside]) {
    await world.run(one);
    assert.equal(one.object.count('Synchronize'), 1);
  }
  assert.deepEqual(answers, [S_OK, E_UNEXPECTED, S_OK, E_UNEXPECTED, E_UNEXPECTED]);
});

test('C99 a failed preparation of one handler does not keep another from Synchronize', async (t) => {
  const world = oldWorld(t);
  const failing = await world.add(1, { PrepareForSync: () => E_FAIL });
  const other = await world.add(2);
  await world.syncMgr.UpdateAll();
  await world.confirm();
  const sessions = await world.ended(await world.lastRequest());
  assert.deepEqual(
    sessions.map(({ phase }) => phase),
    ['failed', 'succeeded'],
  );
  assert.deepEqual(
    [failing.object.count('Synchronize'), other.object.count('Synchronize')],
    [0, 1],
  );
});

for (const trigger of ['manual', 'idle'] as const) {
  test(`C100 no handler synchronizes before every chosen one has prepared: ${trigger}`, async (t) => {
    const world = oldWorld(t);
    const slow = gate();
    const quick = await world.add(1, {}, { flags: 7 });
    const late = await world.add(
      2,
      {
        PrepareForSync: (at) => {
          void slow.opened.then(() => at.talk.PrepareForSyncCompleted(S_OK));
          return S_OK;
        },
      },
      { flags: 7 },
    );
    const third = await world.add(3, {}, { flags: 7 });
    const ended = world.trigger(trigger);
    await world.until(() => late.count === 1 && late.object.count('PrepareForSync returned') === 1);
    await world.idle();
    const classes = [quick, late, third];
    assert.ok(classes.every((one) => (one.objects[0]?.count('Synchronize') ?? 0) === 0));
    slow.open();
    await ended;
    const order = world.calls.map(([, method]) => method);
    assert.ok(order.lastIndexOf('PrepareForSync returned') < order.indexOf('Synchronize'));
    assert.ok(classes.every(({ object }) => object.count('Synchronize') === 1));
  });
}

test('C101 the handler base class refuses to prepare if it needs a window and may not', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  class Asking extends SyncMgrHandler {
    protected override info = () => ({ SyncMgrHandlerFlags: 0, wszHandlerName: 'Asking' });
    protected override items = (): SYNCMGRITEM[] => [item(1)];
    protected override synchronizeItem = (): HRESULT => S_OK;
    protected override needsWindow = () => true;
    override async PrepareForSync(...of: Parameters<SyncMgrHandler['PrepareForSync']>) {
      const hr = await super.PrepareForSync(...of);
      answers.push(hr);
      return hr;
    }
  }
  const clsid = await world.addFactory(1, () => new Asking());
  const phases: string[] = [];
  for (const trigger of ['idle', 'manual'] as const) {
    const request = await world.manager.invoke({ trigger, partnerships: [clsid], startNow: true });
    for (const { phase } of await world.ended(request)) phases.push(phase);
  }
  assert.deepEqual(answers, [S_FALSE, S_OK]);
  assert.deepEqual(phases, ['failed', 'succeeded']);
});
