// C13 to C15: which handlers take part in a trigger that names nobody (A5, A48).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeInitializeFlags,
  SYNCMGRFLAG_CONNECT,
  SYNCMGRFLAG_IDLE,
  SYNCMGRREGISTERFLAG_CONNECT,
  SYNCMGRREGISTERFLAG_IDLE,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import { oldWorld } from './old-world.ts';

test('C13 a handler registered for idle time is initialized on an idle trigger', async (t) => {
  const world = oldWorld(t);
  const registered = await world.add(1, {}, { flags: SYNCMGRREGISTERFLAG_IDLE });
  await world.trigger('idle');
  assert.equal(registered.count, 1);
  assert.equal(decodeInitializeFlags(registered.object.flags).event, SYNCMGRFLAG_IDLE);
});

test('C14 a handler without the idle flag and without an item ticked for it is left alone', async (t) => {
  const world = oldWorld(t);
  const other = await world.add(1, {}, { flags: SYNCMGRREGISTERFLAG_CONNECT });
  const unticked = await world.add(2);
  const partnership = unticked.clsid;
  await world.manager.setPreferences([
    { partnership, item: guid(1), trigger: 'idle', connection: null, checked: false },
    { partnership, item: guid(2), trigger: 'connect', connection: null, checked: true },
  ]);
  const registered = await world.add(3, {}, { flags: SYNCMGRREGISTERFLAG_IDLE });
  await world.trigger('idle');
  assert.deepEqual([other.count, unticked.count, registered.count], [0, 0, 1]);
});

test('C15 a handler without flags is initialized on logon if an item was ticked for it', async (t) => {
  const world = oldWorld(t);
  const ticked = await world.add(1, {}, { flags: 0 });
  await world.manager.setPreferences([
    {
      partnership: ticked.clsid,
      item: guid(2),
      trigger: 'connect',
      connection: null,
      checked: true,
    },
  ]);
  await world.trigger('connect');
  assert.equal(ticked.count, 1);
  assert.equal(decodeInitializeFlags(ticked.object.flags).event, SYNCMGRFLAG_CONNECT);
  assert.deepEqual(ticked.object.chosen, [guid(2)]);
});
