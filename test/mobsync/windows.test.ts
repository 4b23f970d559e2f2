// C111 to C120: the two windows in which SetItemStatus may be called, to the moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type HRESULT,
  S_OK,
  type SYNCMGRITEM,
  SYNCMGRPROGRESSITEM_STATUSTYPE,
  SYNCMGRSTATUS_FAILED,
  SYNCMGRSTATUS_PAUSED,
  SYNCMGRSTATUS_SKIPPED,
  SYNCMGRSTATUS_STOPPED,
  SYNCMGRSTATUS_SUCCEEDED,
  SyncMgrHandler,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import type { OldHandler, Script } from './old-handler.ts';
import { gate, type OldClass, type OldWorld, oldWorld, outcomes } from './old-world.ts';

const told = ({ object }: OldClass) =>
  object.calls.filter(([method]) => method === 'SetItemStatus').map(([, ...details]) => details);

/** Both phases return at once and complete when the test says so. */
const slow: Script = { PrepareForSync: () => S_OK, Synchronize: () => S_OK };

async function reaches(world: OldWorld, one: OldClass, method: string): Promise<void> {
  await world.until(() => one.count > 0 && one.object.methods().includes(method));
  await world.idle();
}

test('C111 a skip in window 1 is told to the handler at once', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { ...slow });
  const request = await world.update(one);
  await reaches(world, one, 'PrepareForSync returned');
  assert.equal(world.skip(one, guid(2)), true);
  assert.deepEqual(told(one), [[guid(2), SYNCMGRSTATUS_SKIPPED]]);
  one.object.talk.PrepareForSyncCompleted(S_OK);
  await reaches(world, one, 'Synchronize returned');
  one.object.talk.SynchronizeCompleted(S_OK);
  await world.ended(request);
  assert.deepEqual(told(one).length, 1);
});

test('C112 a skip in window 2 is told to the handler at once', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK });
  const request = await world.update(one);
  await reaches(world, one, 'Synchronize returned');
  assert.equal(world.skip(one, guid(1)), true);
  assert.deepEqual(told(one), [[guid(1), SYNCMGRSTATUS_SKIPPED]]);
  one.object.talk.SynchronizeCompleted(S_OK);
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.deepEqual(outcomes(session), { [guid(1)]: 'skipped', [guid(2)]: 'succeeded' });
});

test('C113 a skip while the manager is inside either call is not told there', async (t) => {
  const world = oldWorld(t);
  const [prepared, synchronized] = [gate(), gate()];
  const one = await world.add(1, {
    PrepareForSync: async (at) => {
      await prepared.opened;
      return at.talk.PrepareForSyncCompleted(S_OK);
    },
    Synchronize: async (at) => {
      await synchronized.opened;
      return at.talk.SynchronizeCompleted(S_OK);
    },
  });
  const request = await world.update(one);
  await reaches(world, one, 'PrepareForSync');
  assert.equal(world.skip(one, guid(1)), true);
  await world.idle();
  prepared.open();
  await reaches(world, one, 'Synchronize');
  assert.equal(world.skip(one, guid(2)), true);
  await world.idle();
  assert.deepEqual(told(one), []);
  synchronized.open();
  await world.ended(request);
  assert.deepEqual(told(one), []);
});

test('C114 nothing is told between PrepareForSyncCompleted and the return of Synchronize', async (t) => {
  const world = oldWorld(t);
  const [other, returns] = [gate(), gate()];
  const one = await world.add(1, {
    PrepareForSync: () => S_OK,
    Synchronize: async () => {
      await returns.opened;
      return S_OK;
    },
  });
  const last = await world.add(2, {
    PrepareForSync: (at) => {
      void other.opened.then(() => at.talk.PrepareForSyncCompleted(S_OK));
      return S_OK;
    },
  });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await reaches(world, one, 'PrepareForSync returned');
  one.object.talk.PrepareForSyncCompleted(S_OK);
  // In the same breath, and while the other handler still prepares.
  world.skip(one, guid(1));
  assert.deepEqual(told(one), []);
  await reaches(world, last, 'PrepareForSync returned');
  world.skip(one, guid(2));
  assert.deepEqual(told(one), []);
  other.open();
  await reaches(world, one, 'Synchronize');
  assert.deepEqual(told(one), []);
  returns.open();
  await world.until(() => told(one).length === 2);
  one.object.talk.SynchronizeCompleted(S_OK);
  await world.ended(await world.lastRequest());
});

test('C115 nothing is told after SynchronizeCompleted', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK });
  const still = await world.add(2, { Synchronize: () => S_OK });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await reaches(world, still, 'Synchronize returned');
  const { session } = world.running(one);
  one.object.talk.SynchronizeCompleted(S_OK);
  world.manager.skip(session.id, guid(1));
  await world.idle();
  world.manager.skip(session.id, guid(2));
  await world.idle();
  assert.deepEqual(told(one), []);
  still.object.talk.SynchronizeCompleted(S_OK);
  await world.ended(await world.lastRequest());
  assert.deepEqual(told(one), []);
});

test('C116 nothing is told in a phase that was completed before it returned', async (t) => {
  const world = oldWorld(t);
  const [prepared, synchronized] = [gate(), gate()];
  const one = await world.add(1, {
    PrepareForSync: async (at) => {
      at.talk.PrepareForSyncCompleted(S_OK);
      await prepared.opened;
      return S_OK;
    },
    Synchronize: async (at) => {
      at.talk.SynchronizeCompleted(S_OK);
      await synchronized.opened;
      return S_OK;
    },
  });
  const request = await world.update(one);
  await reaches(world, one, 'PrepareForSync');
  world.skip(one, guid(1));
  prepared.open();
  await reaches(world, one, 'Synchronize');
  world.skip(one, guid(2));
  synchronized.open();
  await world.ended(request);
  assert.deepEqual(told(one), []);
});

test('C117 the manager never tells another status than skipped, also on a stop', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { ...slow, items: [item(1), item(2), item(3)] });
  const request = await world.update(one);
  await reaches(world, one, 'PrepareForSync returned');
  world.skip(one, guid(3));
  one.object.talk.PrepareForSyncCompleted(S_OK);
  await reaches(world, one, 'Synchronize returned');
  world.manager.stop(null);
  await world.idle();
  one.object.talk.SynchronizeCompleted(S_OK);
  await world.ended(request);
  assert.deepEqual(
    told(one),
    [3, 1, 2].map((number) => [guid(number), SYNCMGRSTATUS_SKIPPED]),
  );
});

test('C118 a skip outside both windows is told when window 2 opens, unless the item ended', async (t) => {
  const world = oldWorld(t);
  const returns = gate();
  const ended = (at: OldHandler) =>
    at.talk.Progress(guid(3), {
      mask: SYNCMGRPROGRESSITEM_STATUSTYPE,
      dwStatusType: SYNCMGRSTATUS_SUCCEEDED,
    });
  const one = await world.add(1, {
    items: [item(1), item(2), item(3), item(4)],
    PrepareForSync: () => S_OK,
    Synchronize: async (at) => {
      await returns.opened;
      ended(at);
      return S_OK;
    },
  });
  const request = await world.update(one);
  await reaches(world, one, 'PrepareForSync returned');
  one.object.talk.PrepareForSyncCompleted(S_OK);
  world.skip(one, guid(4));
  await reaches(world, one, 'Synchronize');
  world.skip(one, guid(1));
  world.skip(one, guid(3));
  await world.idle();
  assert.deepEqual(told(one), []);
  returns.open();
  await world.until(() => told(one).length > 0);
  await world.idle();
  assert.deepEqual(
    told(one),
    [1, 4].map((number) => [guid(number), SYNCMGRSTATUS_SKIPPED]),
  );
  one.object.talk.SynchronizeCompleted(S_OK);
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.equal(outcomes(session)[guid(3)], 'succeeded');
});

/** A handler of the base class whose items the test lets end, one after another. */
class Stepping extends SyncMgrHandler {
  readonly started: string[] = [];
  readonly first = gate();
  readonly answers: unknown[] = [];

  protected override info = () => ({ SyncMgrHandlerFlags: 0, wszHandlerName: 'Stepping' });
  protected override items = (): SYNCMGRITEM[] => [item(1), item(2), item(3)];

  protected override async synchronizeItem(id: string): Promise<HRESULT> {
    this.started.push(id);
    if (id === guid(1)) await this.first.opened;
    return S_OK;
  }

  override SetItemStatus(id: string, status: number) {
    const hr = super.SetItemStatus(id, status);
    this.answers.push([id, status, hr]);
    return hr;
  }
}

test('C119 the handler base class does not start an item that it was told to skip', async (t) => {
  const world = oldWorld(t);
  const made: Stepping[] = [];
  const clsid = await world.addFactory(1, () => {
    const handler = new Stepping();
    made.push(handler);
    return handler;
  });
  const request = await world.manager.invoke({
    trigger: 'invoke',
    partnerships: [clsid],
    startNow: true,
  });
  await world.until(() => made[0]?.started.length === 1);
  const [handler] = made;
  assert.ok(handler);
  const running = world.only(world.manager.running());
  world.manager.skip(running.session.id, guid(2));
  assert.deepEqual(handler.answers, [[guid(2), SYNCMGRSTATUS_SKIPPED, S_OK]]);
  handler.first.open();
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.deepEqual(handler.started, [guid(1), guid(3)]);
  assert.deepEqual(outcomes(session), {
    [guid(1)]: 'succeeded',
    [guid(2)]: 'skipped',
    [guid(3)]: 'succeeded',
  });
});

test('C119 being told is enough for the handler base class, whatever Progress answers', async (t) => {
  const world = oldWorld(t);
  const made: Stepping[] = [];
  const clsid = await world.addFactory(1, () => {
    const handler = new Stepping();
    made.push(handler);
    return handler;
  });
  const request = await world.manager.invoke({
    trigger: 'invoke',
    partnerships: [clsid],
    startNow: true,
  });
  await world.until(() => made[0]?.started.length === 1);
  const [handler] = made;
  assert.ok(handler);
  assert.equal(handler.SetItemStatus(`{${guid(3)}}`, SYNCMGRSTATUS_SKIPPED), S_OK);
  handler.first.open();
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.deepEqual(handler.started, [guid(1), guid(2)]);
  assert.equal(outcomes(session)[guid(3)], 'skipped');
});

test('C120 the handler base class answers S_OK to every other status and ignores it', async (t) => {
  const world = oldWorld(t);
  const made: Stepping[] = [];
  const clsid = await world.addFactory(1, () => {
    const handler = new Stepping();
    made.push(handler);
    return handler;
  });
  const request = await world.manager.invoke({
    trigger: 'invoke',
    partnerships: [clsid],
    startNow: true,
  });
  await world.until(() => made[0]?.started.length === 1);
  const [handler] = made;
  assert.ok(handler);
  const others = [SYNCMGRSTATUS_STOPPED, SYNCMGRSTATUS_FAILED, SYNCMGRSTATUS_PAUSED, 256, 999];
  for (const status of others) assert.equal(handler.SetItemStatus(guid(2), status), S_OK);
  handler.first.open();
  await world.ended(request);
  assert.deepEqual(handler.started, [guid(1), guid(2), guid(3)]);
});
