// C74 to C83: property sheets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  E_UNEXPECTED,
  GUID_NULL,
  S_OK,
  S_SYNCMGR_ENUMITEMS,
  S_SYNCMGR_ITEMDELETED,
  SYNCMGRHANDLER_HASPROPERTIES,
  SYNCMGRITEM_HASPROPERTIES,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import type { Script } from './old-handler.ts';
import { gate, type OldClass, oldWorld } from './old-world.ts';

const sheet = { dwFlags: SYNCMGRITEM_HASPROPERTIES };
const withSheet: Script = { items: [item(1, sheet), item(2)] };

const sheets = ({ object }: OldClass) =>
  object.calls.filter(([method]) => method === 'ShowProperties').map(([, id]) => id);

test('C74 the sheet of an item that has one is asked for with its identifier', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, withSheet);
  await world.update(one, 0);
  await world.choice();
  await world.manager.openProperties(one.clsid, guid(1));
  assert.deepEqual(sheets(one), [guid(1)]);
  await world.confirm();
});

test('C75 the sheet of an item that has none is never asked for', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { ...withSheet, flags: SYNCMGRHANDLER_HASPROPERTIES });
  await world.update(one, 0);
  await world.choice();
  await world.manager.openProperties(one.clsid, guid(2));
  await world.manager.openProperties(one.clsid, guid(9));
  assert.deepEqual(sheets(one), []);
  await world.confirm();
});

test('C76 the sheet of a handler is asked for with the null identifier, if it has one', async (t) => {
  const world = oldWorld(t);
  const has = await world.add(1, { flags: SYNCMGRHANDLER_HASPROPERTIES });
  const hasNot = await world.add(2, withSheet);
  await world.syncMgr.UpdateAll();
  await world.choice();
  await world.manager.openProperties(has.clsid, null);
  await world.manager.openProperties(hasNot.clsid, null);
  assert.deepEqual([sheets(has), sheets(hasNot)], [[GUID_NULL], []]);
  await world.confirm();
});

test('C77 a sheet is asked for after SetProgressCallback with a live object', async (t) => {
  const world = oldWorld(t);
  const chosen = await world.add(1, withSheet);
  const aside = await world.add(2, withSheet);
  await world.update(chosen, 0);
  await world.choice();
  for (const { clsid } of [chosen, aside]) await world.manager.openProperties(clsid, guid(1));
  for (const { object } of [chosen, aside]) {
    const before = object.calls.slice(0, object.methods().indexOf('ShowProperties'));
    const set = before.filter(([method]) => method === 'SetProgressCallback');
    assert.deepEqual(set, [['SetProgressCallback', 'live']]);
  }
  await world.confirm();
});

test('C78 a sheet shown during the work does not disturb the session', async (t) => {
  const world = oldWorld(t);
  const work = gate();
  const one = await world.add(1, {
    ...withSheet,
    Synchronize: (at) => {
      void work.opened.then(() => at.talk.SynchronizeCompleted(S_OK));
      return S_OK;
    },
  });
  const request = await world.update(one);
  await world.until(() => one.count === 1 && one.object.count('Synchronize returned') === 1);
  await world.manager.openProperties(one.clsid, guid(1));
  assert.deepEqual([one.count, sheets(one)], [1, [guid(1)]]);
  assert.equal(one.object.talk.Progress(guid(1), null), S_OK);
  work.open();
  const [session] = await world.ended(request);
  assert.equal(session?.phase, 'succeeded');
  assert.equal(one.object.count('Synchronize'), 1);
});

test('C79 after a success code the sheet is open until ShowPropertiesCompleted', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { ...withSheet, ShowProperties: () => S_OK });
  await world.update(one, 0);
  await world.choice();
  let isOpen = true;
  const shown = world.manager.openProperties(one.clsid, guid(1)).then(() => {
    isOpen = false;
  });
  await world.until(() => one.object.count('ShowProperties') === 1);
  await world.idle();
  assert.equal(isOpen, true);
  assert.equal(one.object.talk.ShowPropertiesCompleted(S_OK), S_OK);
  await shown;
  assert.equal(isOpen, false);
  assert.equal(one.object.talk.ShowPropertiesCompleted(S_OK), E_UNEXPECTED);
  await world.confirm();
});

test('C80 after a failure no ShowPropertiesCompleted is waited for', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { ...withSheet, ShowProperties: () => E_FAIL });
  await world.update(one, 0);
  await world.choice();
  await assert.rejects(world.manager.openProperties(one.clsid, guid(1)), /ShowProperties/);
  assert.equal(one.object.talk.ShowPropertiesCompleted(S_OK), E_UNEXPECTED);
  await world.confirm();
  const [session] = await world.ended(await world.lastRequest());
  assert.equal(session?.phase, 'succeeded');
});

test('C81 ShowPropertiesCompleted inside ShowProperties is accepted', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await world.add(1, {
    ...withSheet,
    ShowProperties: (at) => {
      answers.push(at.talk.ShowPropertiesCompleted(S_OK));
      return S_OK;
    },
  });
  await world.manager.openProperties(one.clsid, guid(1));
  assert.deepEqual(answers, [S_OK]);
});

test('C82 ShowPropertiesCompleted may ask for the items to be listed again', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    ...withSheet,
    ShowProperties: (at) => at.talk.ShowPropertiesCompleted(S_SYNCMGR_ENUMITEMS),
    EnumSyncMgrItems: (at, cell) => {
      if (at.count('EnumSyncMgrItems') > 1) cell.value?.Skip(1);
      return S_OK;
    },
  });
  await world.update(one, 0);
  await world.choice();
  await world.manager.openProperties(one.clsid, guid(1));
  assert.equal(one.object.count('EnumSyncMgrItems'), 2);
  const [choice] = await world.choice();
  assert.deepEqual(
    choice?.items.map(({ id }) => id),
    [guid(2)],
  );
  await world.confirm();
  await world.ended(await world.lastRequest());
  assert.deepEqual(one.object.chosen, [guid(2)]);
});

test('C83 ShowPropertiesCompleted may say that the item is gone, and its preference goes', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    ...withSheet,
    ShowProperties: (at) => at.talk.ShowPropertiesCompleted(S_SYNCMGR_ITEMDELETED),
  });
  await world.manager.setPreferences(
    [1, 2].map((number) => ({
      partnership: one.clsid,
      item: guid(number),
      trigger: 'manual' as const,
      connection: null,
      checked: true,
    })),
  );
  await world.update(one, 0);
  await world.choice();
  await world.manager.openProperties(one.clsid, guid(1));
  const [choice] = await world.choice();
  assert.deepEqual(
    choice?.items.map(({ id }) => id),
    [guid(2)],
  );
  const kept = await world.store.preferences.list(one.clsid);
  assert.deepEqual(
    kept.map((preference) => preference.item),
    [guid(2)],
  );
  await world.confirm();
});
