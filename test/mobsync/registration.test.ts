// C1 to C12: the manager's list of handlers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_INVALIDARG,
  type Out,
  S_FALSE,
  S_OK,
  SYNCMGRREGISTERFLAG_CONNECT,
  SYNCMGRREGISTERFLAG_IDLE,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import { clsidOf, type OldWorld, type OldWorldOptions, oldWorld } from './old-world.ts';

async function info({ syncMgr }: OldWorld, clsid: string) {
  const flags: Out<number> = { value: 99 };
  const hr = await syncMgr.GetHandlerRegistrationInfo(clsid, flags);
  return { hr, flags: flags.value };
}

const five = SYNCMGRREGISTERFLAG_CONNECT | SYNCMGRREGISTERFLAG_IDLE;
const mail = clsidOf(1);
const notRegistered = { hr: S_FALSE, flags: 0 };

test('C1 a class that was registered is reported as registered', async (t) => {
  const world = oldWorld(t);
  assert.equal(await world.syncMgr.RegisterSyncMgrHandler(mail, 'Mail', 0), S_OK);
  assert.equal((await info(world, mail)).hr, S_OK);
  assert.equal((await info(world, `{${mail.toUpperCase()}}`)).hr, S_OK);
});

test('C2 a registration is reported with exactly the flags it was made with', async (t) => {
  const world = oldWorld(t);
  for (const flags of [five, 0, 1, 2, 3, 4, 6, 7]) {
    await world.syncMgr.RegisterSyncMgrHandler(clsidOf(10 + flags), 'Mail', flags);
    assert.deepEqual(await info(world, clsidOf(10 + flags)), { hr: S_OK, flags });
  }
});

test('C3 a class that was never registered is reported with S_FALSE', async (t) => {
  const world = oldWorld(t);
  await world.add(2);
  assert.equal((await info(world, mail)).hr, S_FALSE);
});

test('C4 a registration may have no text', async (t) => {
  const world = oldWorld(t);
  assert.equal(await world.syncMgr.RegisterSyncMgrHandler(mail, null, five), S_OK);
  assert.deepEqual(await info(world, mail), { hr: S_OK, flags: five });
});

test('C5 a registration may have no flags', async (t) => {
  const world = oldWorld(t);
  assert.equal(await world.syncMgr.RegisterSyncMgrHandler(mail, 'Mail', 0), S_OK);
  assert.deepEqual(await info(world, mail), { hr: S_OK, flags: 0 });
});

test('C6 a class that was unregistered is reported with S_FALSE', async (t) => {
  const world = oldWorld(t);
  await world.syncMgr.RegisterSyncMgrHandler(mail, 'Mail', five);
  assert.equal(await world.syncMgr.UnregisterSyncMgrHandler(mail, 0), S_OK);
  assert.equal((await info(world, mail)).hr, S_FALSE);
});

test('C6 a session under way runs to its end after its class was unregistered', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK });
  const request = await world.update(one);
  await world.until(() => one.count > 0 && one.object.count('Synchronize returned') === 1);
  assert.equal(await world.syncMgr.UnregisterSyncMgrHandler(one.clsid, 0), S_OK);
  assert.deepEqual(await info(world, one.clsid), notRegistered);
  assert.equal(one.object.talk.Progress(guid(1), null), S_OK);
  one.object.talk.SynchronizeCompleted(S_OK);
  const [session] = await world.ended(request);
  assert.equal(session?.phase, 'succeeded');
  assert.deepEqual(one.object.methods().slice(-2), ['SetProgressCallback', 'Release']);
});

test('C7 UpdateAll does not initialize a handler that was unregistered', async (t) => {
  const world = oldWorld(t);
  const gone = await world.add(1);
  const other = await world.add(2);
  assert.equal(await world.syncMgr.UnregisterSyncMgrHandler(gone.clsid, 0), S_OK);
  assert.equal(await world.syncMgr.UpdateAll(), S_OK);
  const request = await world.lastRequest();
  await world.confirm(request);
  await world.ended(request);
  assert.deepEqual([gone.count, other.count], [0, 1]);
});

test('C8 a flag outside the mask is refused, and nothing is registered', async (t) => {
  const world = oldWorld(t);
  for (const flags of [8, 0x100, 15, -1, 2 ** 32, 0.5, Number.NaN]) {
    assert.equal(await world.syncMgr.RegisterSyncMgrHandler(mail, 'Mail', flags), E_INVALIDARG);
    assert.deepEqual(await info(world, mail), notRegistered);
  }
});

test('C9 registering again replaces the flags, and UpdateAll makes one object', async (t) => {
  const world = oldWorld(t);
  const { syncMgr } = world;
  const twice = await world.add(1, {}, { flags: 7 });
  assert.equal(await syncMgr.RegisterSyncMgrHandler(twice.clsid, null, five), S_OK);
  assert.deepEqual(await info(world, twice.clsid), { hr: S_OK, flags: five });
  await syncMgr.UpdateAll();
  const request = await world.lastRequest();
  await world.confirm(request);
  await world.ended(request);
  assert.deepEqual([twice.count, twice.object.count('Initialize')], [1, 1]);
});

test('C10 unregistering an unknown class answers S_FALSE and leaves the others', async (t) => {
  const world = oldWorld(t);
  await world.syncMgr.RegisterSyncMgrHandler(clsidOf(2), 'Files', five);
  assert.equal(await world.syncMgr.UnregisterSyncMgrHandler(mail, 0), S_FALSE);
  assert.deepEqual(await info(world, clsidOf(2)), { hr: S_OK, flags: five });
});

test('C11 the flags are 0 when the answer is S_FALSE', async (t) => {
  assert.deepEqual(await info(oldWorld(t), mail), notRegistered);
});

test('C12 registrations outlast a restart of the manager', async (t) => {
  const before = oldWorld(t);
  await before.add(1, {}, { flags: five });
  await before.add(2, {}, { flags: 0, text: null });
  await before.close();
  const options: OldWorldOptions = { disk: before.disk, pid: 2 };
  const after = oldWorld(t, options);
  await after.manager.start();
  assert.deepEqual(await info(after, clsidOf(1)), { hr: S_OK, flags: five });
  assert.deepEqual(await info(after, clsidOf(2)), { hr: S_OK, flags: 0 });
  assert.deepEqual(await info(after, clsidOf(3)), notRegistered);
});
