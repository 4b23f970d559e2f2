// C47 to C62, C66, C72, C73: how a handler describes itself and its items, and what is remembered of
// them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  E_NOTIMPL,
  fileTimeOf,
  type HRESULT,
  type ISyncMgrEnumItems,
  ItemEnumerator,
  type IUnknown,
  type Out,
  S_FALSE,
  S_OK,
  S_SYNCMGR_MISSINGITEMS,
  SYNCMGRHANDLER_ALWAYSLISTHANDLER,
  type SYNCMGRITEM,
  SYNCMGRITEM_LASTUPDATETIME,
  SYNCMGRITEM_ROAMINGUSER,
  SYNCMGRITEM_TEMPORARY,
  SYNCMGRITEMSTATE_UNCHECKED,
  SyncMgrHandler,
} from '../../src/mobsync/mobsync.ts';
import { guid, item } from './items.ts';
import { type OldClass, type OldWorld, oldWorld } from './old-world.ts';

/** Opens the choice over all handlers, hands it over, and closes it again. */
async function choices(world: OldWorld) {
  await world.syncMgr.UpdateAll();
  const request = await world.lastRequest();
  await world.until(() => world.manager.running().some(({ phase }) => phase === 'choosing'));
  const found = await world.manager.choices(request.id);
  await world.confirm(request, []);
  await world.ended(request);
  return found;
}

async function onlyChoice(world: OldWorld) {
  return world.only(await choices(world));
}

async function tick(world: OldWorld, of: OldClass, ticks: Record<number, boolean>): Promise<void> {
  await world.manager.setPreferences(
    Object.entries(ticks).map(([number, checked]) => ({
      partnership: of.clsid,
      item: guid(Number(number)),
      trigger: 'manual',
      connection: null,
      checked,
    })),
  );
}

async function stored(world: OldWorld, of: OldClass): Promise<string[]> {
  return (await world.store.preferences.list(of.clsid)).map((one) => one.item);
}

const tickedIn = (choice: { items: readonly { id: string; ticked: boolean }[] }) =>
  Object.fromEntries(choice.items.map(({ id, ticked }) => [id, ticked]));

test('C47 the name from GetHandlerInfo is the name in the choice', async (t) => {
  const world = oldWorld(t);
  await world.add(1, { name: 'Mail folders' }, { text: 'something else' });
  assert.equal((await onlyChoice(world)).info.name, 'Mail folders');
});

test('C48 a name of 31 characters is shown in full, a longer one is cut to 31', async (t) => {
  const world = oldWorld(t);
  const full = 'abcdefghijklmnopqrstuvwxyz01234';
  assert.equal(full.length, 31);
  await world.add(1, { name: full });
  await world.add(2, { name: `${full}5` });
  const names = (await choices(world)).map(({ info }) => info.name);
  assert.deepEqual(names, [full, full]);
});

test('C49 a handler that cannot describe itself is listed under its registration text', async (t) => {
  const world = oldWorld(t);
  await world.add(1, { name: 'never seen', GetHandlerInfo: () => E_FAIL }, { text: 'My mail' });
  assert.equal((await onlyChoice(world)).info.name, 'My mail');
});

test('C50 EnumSyncMgrItems comes after Initialize and before PrepareForSync', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  await world.run(one);
  const order = ['Initialize', 'EnumSyncMgrItems', 'PrepareForSync'];
  const seen = one.object.methods().filter((method) => order.includes(method));
  assert.deepEqual(seen, order);
});

test('C51 a complete list deletes the preference of an item that did not appear', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { items: [item(1)] });
  await tick(world, one, { 1: true, 2: true });
  await world.run(one);
  assert.deepEqual(await stored(world, one), [guid(1)]);
});

test('C52 a list with missing items keeps the preference, and it applies again', async (t) => {
  const world = oldWorld(t);
  const both = [item(1), item(2)];
  const one = await world.add(1, {
    items: [item(1)],
    EnumSyncMgrItems: () => S_SYNCMGR_MISSINGITEMS,
  });
  await tick(world, one, { 2: false });
  await world.run(one);
  assert.deepEqual(await stored(world, one), [guid(2)]);
  one.script = { items: both };
  assert.deepEqual(tickedIn(await onlyChoice(world)), { [guid(1)]: true, [guid(2)]: false });
});

test('C53 a failed list means no items, and no preference is deleted', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    flags: SYNCMGRHANDLER_ALWAYSLISTHANDLER,
    EnumSyncMgrItems: () => E_FAIL,
  });
  await tick(world, one, { 1: true, 2: false });
  assert.deepEqual((await onlyChoice(world)).items, []);
  assert.deepEqual(new Set(await stored(world, one)), new Set([guid(1), guid(2)]));
  assert.equal(one.object.count('PrepareForSync'), 0);
});

test('C54 a checked item without a preference is preselected', async (t) => {
  const world = oldWorld(t);
  await world.add(1, { items: [item(1)] });
  assert.deepEqual(tickedIn(await onlyChoice(world)), { [guid(1)]: true });
});

test('C55 an unchecked item without a preference is not preselected', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    items: [item(1, { dwItemState: SYNCMGRITEMSTATE_UNCHECKED }), item(2)],
  });
  assert.deepEqual(tickedIn(await onlyChoice(world)), { [guid(1)]: false, [guid(2)]: true });
  await world.run(one);
  assert.deepEqual(one.object.chosen, [guid(2)]);
});

test('C56 a stored preference outranks the default state', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    items: [item(1, { dwItemState: SYNCMGRITEMSTATE_UNCHECKED }), item(2)],
  });
  await tick(world, one, { 1: true, 2: false });
  assert.deepEqual(tickedIn(await onlyChoice(world)), { [guid(1)]: true, [guid(2)]: false });
  await world.run(one);
  assert.deepEqual(one.object.chosen, [guid(1)]);
});

test('C57 no preference of a temporary item is kept after the session', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    items: [item(1, { dwFlags: SYNCMGRITEM_TEMPORARY }), item(2)],
  });
  await tick(world, one, { 1: true, 2: true });
  await world.run(one);
  assert.deepEqual(await stored(world, one), [guid(2)]);
});

test('C58 the last update time is shown if and only if its flag is set', async (t) => {
  const world = oldWorld(t);
  const ftLastUpdate = fileTimeOf(1_000_000_000_000);
  await world.add(1, {
    items: [
      item(1, { dwFlags: SYNCMGRITEM_LASTUPDATETIME, ftLastUpdate }),
      item(2, { ftLastUpdate }),
    ],
  });
  const { items } = await onlyChoice(world);
  assert.deepEqual(
    items.map(({ lastUpdate }) => lastUpdate),
    [1_000_000_000_000, null],
  );
});

test('C59 the mark of a roaming item changes nothing', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { items: [item(1)] });
  const other = await world.add(2, { items: [item(1, { dwFlags: SYNCMGRITEM_ROAMINGUSER })] });
  const [plain, roaming] = await choices(world);
  assert.deepEqual(plain?.items, roaming?.items);
  const [first, second] = [await world.run(one), await world.run(other)];
  assert.deepEqual(first.result?.items, second.result?.items);
  assert.deepEqual(one.object.calls.slice(1), other.object.calls.slice(1));
});

test('C60 a handler without items is listed if it always wants to be, and else is not', async (t) => {
  const world = oldWorld(t);
  const always = await world.add(1, { items: [], flags: SYNCMGRHANDLER_ALWAYSLISTHANDLER });
  await world.add(2, { items: [] });
  const full = await world.add(3);
  assert.deepEqual(
    (await choices(world)).map(({ partnership }) => partnership),
    [always.clsid, full.clsid],
  );
});

test('C61 GetItemObject of the handler base class answers E_NOTIMPL and null', () => {
  class Plain extends SyncMgrHandler {
    protected override info = () => ({ SyncMgrHandlerFlags: 0, wszHandlerName: 'Plain' });
    protected override items = (): SYNCMGRITEM[] => [item(1)];
    protected override synchronizeItem = (): HRESULT => S_OK;
  }
  const handler = new Plain();
  for (const id of [guid(1), guid(99), 'nonsense']) {
    for (const riid of [guid(2), '00000000-0000-0000-c000-000000000046']) {
      const cell: Out<IUnknown | null> = { value: handler };
      assert.equal(handler.GetItemObject(id, riid, cell), E_NOTIMPL);
      assert.equal(cell.value, null);
    }
  }
});

test('C62 a session runs to its end with a handler that has no item objects', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  const cell: Out<null> = { value: null };
  const session = await world.run(one);
  assert.equal(one.object.GetItemObject(guid(1), guid(2), cell), E_NOTIMPL);
  assert.equal(session.phase, 'succeeded');
});

test('C66 after an error of Next no element of its array is used', async (t) => {
  const world = oldWorld(t);
  class Breaking extends ItemEnumerator {
    override Next(celt: number, rgelt: SYNCMGRITEM[], fetched: Out<number> | null): HRESULT {
      const hr = super.Next(celt, rgelt, fetched);
      return rgelt[0]?.ItemID === guid(2) ? E_FAIL : hr;
    }
  }
  const one = await world.add(1, {
    EnumSyncMgrItems: (_at, cell) => {
      cell.value = new Breaking([item(1), item(2), item(3)]);
      return S_OK;
    },
  });
  await tick(world, one, { 3: true });
  await world.run(one);
  assert.deepEqual(one.object.chosen, [guid(1)]);
  assert.deepEqual(await stored(world, one), [guid(3)]);
});

/** Three items, through an enumerator of the test. */
async function throughEnumerator(world: OldWorld, enumerator: ISyncMgrEnumItems) {
  const one = await world.add(1, {
    EnumSyncMgrItems: (_at, cell) => {
      cell.value = enumerator;
      return S_OK;
    },
  });
  await world.run(one);
  return one.object.chosen;
}

const three = [item(1), item(2), item(3)];
const allThree = [guid(1), guid(2), guid(3)];

test('C72 an enumerator that cannot be cloned is read completely', async (t) => {
  class NoClone extends ItemEnumerator {
    override Clone(cell: Out<ISyncMgrEnumItems | null>): HRESULT {
      cell.value = null;
      return E_NOTIMPL;
    }
  }
  assert.deepEqual(await throughEnumerator(oldWorld(t), new NoClone(three)), allThree);
});

test('C73 an enumerator that always delivers one element is read completely', async (t) => {
  class OneByOne extends ItemEnumerator {
    override Next(_celt: number, rgelt: SYNCMGRITEM[], fetched: Out<number> | null): HRESULT {
      const hr = super.Next(1, rgelt, fetched);
      return hr === S_OK ? S_OK : S_FALSE;
    }
  }
  assert.deepEqual(await throughEnumerator(oldWorld(t), new OneByOne(three)), allThree);
});
