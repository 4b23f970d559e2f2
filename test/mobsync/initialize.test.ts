// C32 to C46: the question whether a handler takes part.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeInitializeFlags,
  E_FAIL,
  type HRESULT,
  S_FALSE,
  S_OK,
  SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
  SYNCMGRFLAG_CONNECT,
  SYNCMGRFLAG_IDLE,
  SYNCMGRFLAG_MANUAL,
  SYNCMGRFLAG_MAYBOTHERUSER,
  SYNCMGRFLAG_PENDINGDISCONNECT,
  SYNCMGRFLAG_SCHEDULED,
  SYNCMGRFLAG_SETTINGS,
  type SYNCMGRITEM,
  SyncMgrHandler,
} from '../../src/mobsync/mobsync.ts';
import type { TriggerKind } from '../../src/model/trigger.ts';
import { guid, item } from './items.ts';
import { type OldClass, type OldWorld, oldWorld, outcomes } from './old-world.ts';

/** The flags that Initialize gets from a trigger, which names the class so that it takes part. */
async function flagsOf(world: OldWorld, of: OldClass, trigger: TriggerKind): Promise<number> {
  const partnerships = [of.clsid];
  const request = await world.manager.invoke({ trigger, partnerships, startNow: true });
  await world.ended(request);
  return of.object.flags;
}

test('C32 Initialize receives 0 as its reserved parameter', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  await world.run(one);
  const [call] = one.object.calls;
  assert.deepEqual([call?.[0], call?.[1]], ['Initialize', 0]);
});

test('C33 Initialize is the first method called on a new object', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  await world.run(one);
  await world.manager.describe(one.clsid, 'idle');
  await world.manager.openProperties(one.clsid, null);
  assert.equal(one.count, 3);
  assert.ok(one.objects.every((object) => object.methods()[0] === 'Initialize'));
});

test('C34 Initialize answering S_OK is followed by EnumSyncMgrItems', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Initialize: () => S_OK });
  await world.run(one);
  assert.deepEqual(one.object.methods().slice(0, 4), [
    'Initialize',
    'GetHandlerInfo',
    'EnumSyncMgrItems',
    'SetProgressCallback',
  ]);
});

test('C35 Initialize answering S_FALSE is followed by nothing but the release', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Initialize: () => S_FALSE });
  const session = await world.run(one);
  assert.equal(session.phase, 'declined');
  assert.deepEqual(one.object.methods(), ['Initialize', 'Release']);
});

test('C36 Initialize failing in one handler does not keep another from Synchronize', async (t) => {
  const world = oldWorld(t);
  const failing = await world.add(1, { Initialize: () => E_FAIL });
  const throwing = await world.add(2, {
    Initialize: () => {
      throw new Error('no');
    },
  });
  const other = await world.add(3);
  await world.syncMgr.UpdateAll();
  await world.confirm();
  const sessions = await world.ended(await world.lastRequest());
  assert.deepEqual(
    sessions.map(({ phase }) => phase),
    ['failed', 'failed', 'succeeded'],
  );
  assert.deepEqual(failing.object.methods(), ['Initialize', 'Release']);
  assert.deepEqual(throwing.object.methods(), ['Initialize', 'Release']);
  assert.equal(other.object.count('Synchronize'), 1);
});

const events = [
  ['C37', 'a start by the user', 'manual', SYNCMGRFLAG_MANUAL],
  ['C38', 'a connect trigger', 'connect', SYNCMGRFLAG_CONNECT],
  ['C39', 'a pending-disconnect trigger', 'pending-disconnect', SYNCMGRFLAG_PENDINGDISCONNECT],
  ['C40', 'an idle trigger', 'idle', SYNCMGRFLAG_IDLE],
  ['C41', 'a schedule', 'schedule', SYNCMGRFLAG_SCHEDULED],
] as const;

for (const [line, cause, trigger, event] of events) {
  test(`${line} ${cause} gives Initialize event ${event}`, async (t) => {
    const world = oldWorld(t);
    const one = await world.add(1);
    assert.equal((await flagsOf(world, one, trigger)) & 0xff, event);
  });
}

test('C42 the decoder reads 3 as manual and neither as connect nor as pending disconnect', () => {
  const { event } = decodeInitializeFlags(3);
  assert.equal(event, SYNCMGRFLAG_MANUAL);
  assert.ok(![SYNCMGRFLAG_CONNECT, SYNCMGRFLAG_PENDINGDISCONNECT].includes(event as never));
  assert.equal(decodeInitializeFlags(0x303).event, SYNCMGRFLAG_MANUAL);
});

test('C43 the handler base class treats an unknown event number as manual', () => {
  class Curious extends SyncMgrHandler {
    protected override info = () => ({ SyncMgrHandlerFlags: 0, wszHandlerName: 'Curious' });
    protected override items = (): SYNCMGRITEM[] => [];
    protected override synchronizeItem = (): HRESULT => S_OK;
    seen = () => [this.event, this.settingsOnly, this.mayBotherUser];
  }
  for (const [flags, expected] of [
    [0x2a, [SYNCMGRFLAG_MANUAL, false, false]],
    [0x200 | 0x2a, [SYNCMGRFLAG_MANUAL, false, true]],
    [0, [SYNCMGRFLAG_MANUAL, false, false]],
    [0x104, [SYNCMGRFLAG_IDLE, true, false]],
  ] as const) {
    const handler = new Curious();
    assert.equal(handler.Initialize(0, flags, 0, null), S_OK);
    assert.deepEqual(handler.seen(), expected);
  }
});

test('C44 the user may be bothered on four triggers, and not on idle time and schedules', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  const permitted: Partial<Record<TriggerKind, boolean>> = {};
  for (const trigger of [
    'manual',
    'invoke',
    'connect',
    'pending-disconnect',
    'idle',
    'schedule',
  ] as const) {
    const flags = await flagsOf(world, one, trigger);
    permitted[trigger] = (flags & SYNCMGRFLAG_MAYBOTHERUSER) !== 0;
  }
  assert.deepEqual(permitted, {
    manual: true,
    invoke: true,
    connect: true,
    'pending-disconnect': true,
    idle: false,
    schedule: false,
  });
});

test('C45 Initialize for the settings is followed by neither PrepareForSync nor Synchronize', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1);
  const described = await world.manager.describe(one.clsid, 'idle');
  await world.idle();
  assert.equal(described?.items.length, 2);
  assert.equal(one.object.flags & SYNCMGRFLAG_SETTINGS, SYNCMGRFLAG_SETTINGS);
  assert.deepEqual(one.object.methods(), [
    'Initialize',
    'GetHandlerInfo',
    'EnumSyncMgrItems',
    'Release',
  ]);
});

test('C46 Initialize is called once per object, also when a retry prepares again', async (t) => {
  const world = oldWorld(t);
  let round = 0;
  const one = await world.add(1, {
    items: [item(1)],
    Synchronize: (at) => {
      round += 1;
      if (round > 1) return at.talk.SynchronizeCompleted(S_OK);
      at.talk.LogError(3, 'open me', {
        mask: 3,
        dwSyncMgrErrorFlags: SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
        ErrorID: guid(77),
      });
      return E_FAIL;
    },
    ShowError: (at) => at.talk.ShowErrorCompleted(0x00040202, 1, [guid(1)]),
  });
  await world.run(one);
  const retry = await world.open(one, 'open me');
  assert.ok(retry);
  const [session] = await world.ended(retry);
  assert.deepEqual(session && outcomes(session), { [guid(1)]: 'succeeded' });
  assert.deepEqual(
    [one.count, one.object.count('Initialize'), one.object.count('PrepareForSync')],
    [1, 1, 2],
  );
});
