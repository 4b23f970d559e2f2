// C84 to C88: the channel between handler and manager, set and taken away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  E_UNEXPECTED,
  GUID_NULL,
  type HRESULT,
  IID_ISyncMgrSynchronizeCallback,
  type ISyncMgrSynchronizeCallback,
  S_OK,
  type SYNCMGRITEM,
  SyncMgrHandler,
  Unknown,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import { oldWorld } from './old-world.ts';

/** An object that only counts who holds it. */
class Held extends Unknown {
  readonly changes: string[] = [];

  constructor() {
    super(IID_ISyncMgrSynchronizeCallback);
  }

  override AddRef(): number {
    this.changes.push('AddRef');
    return super.AddRef();
  }

  override Release(): number {
    this.changes.push('Release');
    return super.Release();
  }

  get asCallback(): ISyncMgrSynchronizeCallback {
    return this as unknown as ISyncMgrSynchronizeCallback;
  }
}

class Plain extends SyncMgrHandler {
  protected override info = () => ({ SyncMgrHandlerFlags: 0, wszHandlerName: 'Plain' });
  protected override items = (): SYNCMGRITEM[] => [item(1)];
  protected override synchronizeItem = (): HRESULT => S_OK;
  held = () => this.callback;
}

test('C84 SetProgressCallback with a live object comes before PrepareForSync', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  await world.run(one);
  const { calls } = one.object;
  const set = calls.findIndex(([method]) => method === 'SetProgressCallback');
  assert.deepEqual(calls[set], ['SetProgressCallback', 'live']);
  assert.ok(set < one.object.methods().indexOf('PrepareForSync'));
});

test('C85 SetProgressCallback with null comes before every release, also after a failure', async (t) => {
  const world = oldWorld(t);
  const well = await world.add(1);
  const unprepared = await world.add(2, { PrepareForSync: () => E_FAIL });
  const unchosen = await world.add(3, { items: [] });
  for (const one of [well, unprepared, unchosen]) {
    await world.run(one);
    assert.deepEqual(one.object.calls.slice(-2), [['SetProgressCallback', null], ['Release']]);
  }
});

test('C86 a second object given to the base class is retained once, the first released once', () => {
  const handler = new Plain();
  const [former, latter] = [new Held(), new Held()];
  assert.equal(handler.SetProgressCallback(former.asCallback), S_OK);
  assert.deepEqual(former.changes, ['AddRef']);
  assert.equal(handler.SetProgressCallback(latter.asCallback), S_OK);
  assert.deepEqual([former.changes, latter.changes], [['AddRef', 'Release'], ['AddRef']]);
  assert.equal(handler.held(), latter);
});

test('C87 null given to the base class releases its object, and it keeps none', () => {
  const handler = new Plain();
  const former = new Held();
  void handler.SetProgressCallback(former.asCallback);
  assert.equal(handler.SetProgressCallback(null), S_OK);
  assert.deepEqual(former.changes, ['AddRef', 'Release']);
  assert.equal(handler.held(), null);
  assert.equal(handler.SetProgressCallback(null), S_OK);
  assert.deepEqual(former.changes, ['AddRef', 'Release']);
});

test('C88 after detaching every method of the callback answers E_UNEXPECTED, without effect', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  const session = await world.run(one);
  const { talk, isReleased } = one.object;
  assert.ok(isReleased);
  assert.equal(talk.Progress(guid(1), { mask: 2, dwStatusType: 5 }), E_UNEXPECTED);
  assert.equal(talk.LogError(1, 'too late', null), E_UNEXPECTED);
  assert.equal(talk.DeleteLogError(GUID_NULL, 0), E_UNEXPECTED);
  assert.equal(talk.EnableModeless(true), E_UNEXPECTED);
  assert.equal(talk.EnableModeless(false), E_UNEXPECTED);
  assert.equal(await talk.EstablishConnection(null, 0), E_UNEXPECTED);
  assert.equal(talk.PrepareForSyncCompleted(S_OK), E_UNEXPECTED);
  assert.equal(talk.SynchronizeCompleted(S_OK), E_UNEXPECTED);
  assert.equal(talk.ShowErrorCompleted(S_OK, 0, null), E_UNEXPECTED);
  assert.equal(talk.ShowPropertiesCompleted(S_OK), E_UNEXPECTED);
  await world.idle();
  assert.deepEqual(await world.store.sessions.get(session.id), session);
  assert.deepEqual(await world.lines(), []);
});
