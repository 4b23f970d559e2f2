// C16 to C31: what a program asks for, and what it is answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeInitializeFlags,
  E_FAIL,
  E_INVALIDARG,
  S_OK,
  SYNCMGRFLAG_INVOKE,
  SYNCMGRINVOKE_MINIMIZED,
  SYNCMGRINVOKE_STARTSYNC,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import { clsidOf, gate, type OldWorld, oldWorld, outcomes } from './old-world.ts';

const everything = SYNCMGRINVOKE_STARTSYNC | SYNCMGRINVOKE_MINIMIZED;

/** Nothing was asked for, so nothing can start. */
async function nothingStarts(world: OldWorld): Promise<void> {
  await world.idle();
  assert.deepEqual(await world.requests(), []);
  assert.deepEqual(world.calls, []);
}

test('C16 UpdateAll answers before any handler has completed its work', async (t) => {
  const world = oldWorld(t);
  const work = gate();
  const slow = await world.add(1, {
    Synchronize: async (at) => {
      await work.opened;
      at.talk.SynchronizeCompleted(S_OK);
      return S_OK;
    },
  });
  assert.equal(await world.syncMgr.UpdateAll(), S_OK);
  assert.ok(slow.objects.every((object) => !object.methods().includes('Synchronize returned')));
  const request = await world.lastRequest();
  await world.confirm(request);
  await world.until(() => slow.object.count('Synchronize') === 1);
  assert.notEqual((await world.lastRequest()).state, 'ended');
  work.open();
  const [session] = await world.ended(request);
  assert.equal(session?.phase, 'succeeded');
});

test('C17 UpdateAll initializes every registered handler', async (t) => {
  const world = oldWorld(t);
  const classes = [await world.add(1), await world.add(2), await world.add(3)];
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.ended(await world.lastRequest());
  assert.deepEqual(
    classes.map((one) => one.object.count('Initialize')),
    [1, 1, 1],
  );
});

test('C18 UpdateAll lets the user choose before any PrepareForSync', async (t) => {
  const world = oldWorld(t);
  const classes = [await world.add(1), await world.add(2)];
  await world.syncMgr.UpdateAll();
  const choices = await world.choice();
  await world.idle();
  assert.deepEqual(
    choices.map(({ partnership }) => partnership),
    classes.map(({ clsid }) => clsid),
  );
  assert.ok(classes.every((one) => one.object.count('PrepareForSync') === 0));
  await world.confirm();
  await world.ended(await world.lastRequest());
  assert.ok(classes.every((one) => one.object.count('PrepareForSync') === 1));
});

test('C19 UpdateItems initializes the handler it names and no other', async (t) => {
  const world = oldWorld(t);
  const [one, other] = [await world.add(1), await world.add(2)];
  await world.run(one);
  assert.deepEqual([one.count, other.count], [1, 0]);
  assert.equal(one.object.count('Initialize'), 1);
});

test('C20 UpdateItems with the start flag shows no choice and goes on to PrepareForSync', async (t) => {
  const world = oldWorld(t);
  const phases: unknown[] = [];
  world.manager.onEvents((events) => {
    for (const { type, data } of events) if (type === 'session.phase') phases.push(data.phase);
  });
  const started = await world.add(1);
  const request = await world.update(started);
  await world.ended(request);
  assert.ok(phases.length > 0 && !phases.includes('choosing'), String(phases));
  assert.equal(started.object.count('PrepareForSync'), 1);
});

test('C21 UpdateItems without the start flag shows the choice, and PrepareForSync waits', async (t) => {
  const world = oldWorld(t);
  const asked = await world.add(1);
  const request = await world.update(asked, 0);
  const choices = await world.choice(request);
  assert.deepEqual(
    choices.map(({ partnership }) => partnership),
    [asked.clsid],
  );
  await world.idle();
  assert.equal(asked.object.count('PrepareForSync'), 0);
  await world.confirm(request);
  await world.ended(request);
  assert.equal(asked.object.count('PrepareForSync'), 1);
});

test('C22 UpdateItems with the minimized flag alone shows the choice as minimized', async (t) => {
  const world = oldWorld(t);
  const [small, usual] = [await world.add(1), await world.add(2)];
  const request = await world.update(small, SYNCMGRINVOKE_MINIMIZED);
  assert.equal((await world.choice(request)).length, 1);
  assert.deepEqual(
    [world.running(small).phase, world.running(small).minimized],
    ['choosing', true],
  );
  await world.confirm(request);
  await world.ended(request);
  const next = await world.update(usual, 0);
  await world.choice(next);
  assert.equal(world.running(usual).minimized, false);
  await world.confirm(next);
});

test('C23 a cookie arrives in Initialize unchanged and with the same count', async (t) => {
  const world = oldWorld(t);
  const given = await world.add(1);
  const cookies = [
    Uint8Array.of(0, 255, 1, 128, 0),
    Uint8Array.of(0),
    new Uint8Array(1_048_576).map((_, index) => index % 251),
  ];
  for (const cookie of cookies) {
    await world.ended(await world.update(given, SYNCMGRINVOKE_STARTSYNC, cookie));
    const [call] = given.object.calls;
    assert.equal(call?.[3], cookie.length);
    assert.deepEqual(given.object.cookie, cookie);
  }
});

test('C24 a buffer changed after UpdateItems returned does not change what arrives', async (t) => {
  const world = oldWorld(t);
  const given = await world.add(1);
  const cookie = Uint8Array.of(1, 2, 3);
  const answer = world.syncMgr.UpdateItems(SYNCMGRINVOKE_STARTSYNC, given.clsid, 3, cookie);
  cookie.fill(9);
  assert.equal(await answer, S_OK);
  cookie.fill(8);
  await world.ended(await world.lastRequest());
  assert.deepEqual(given.object.cookie, Uint8Array.of(1, 2, 3));
});

test('C25 UpdateItems leads to event number 5', async (t) => {
  const world = oldWorld(t);
  const invoked = await world.add(1);
  await world.run(invoked);
  assert.equal(invoked.object.flags & 0xff, 5);
  assert.equal(decodeInitializeFlags(invoked.object.flags).event, SYNCMGRFLAG_INVOKE);
});

test('C26 every other trigger brings a null cookie and the count 0', async (t) => {
  const world = oldWorld(t);
  const bare = await world.add(1, {}, { flags: 7 });
  const partnership = bare.clsid;
  await world.manager.setPreferences([
    { partnership, item: guid(1), trigger: 'schedule', connection: null, checked: true },
  ]);
  for (const trigger of ['connect', 'pending-disconnect', 'manual', 'idle', 'schedule'] as const) {
    await world.trigger(trigger);
  }
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.ended(await world.lastRequest());
  assert.deepEqual(
    bare.objects.map(({ flags, calls: [call] }) => [flags & 0xff, call?.[3], call?.[4]]),
    [1, 2, 3, 4, 6, 5].map((event) => [event, 0, null]),
  );
});

test('C27 UpdateItems for a class that is not registered is refused and starts nothing', async (t) => {
  const world = oldWorld(t);
  const known = await world.add(1, {}, { register: false });
  const hr = await world.syncMgr.UpdateItems(SYNCMGRINVOKE_STARTSYNC, known.clsid, 0, null);
  assert.equal(hr, E_INVALIDARG);
  assert.equal(await world.syncMgr.UpdateItems(0, clsidOf(9), 0, null), E_INVALIDARG);
  await nothingStarts(world);
});

test('C28 UpdateItems with an undefined flag is refused and starts nothing', async (t) => {
  const world = oldWorld(t);
  const { clsid } = await world.add(1);
  for (const flags of [1, 3, 8, everything | 8, -1, 2 ** 32]) {
    assert.equal(await world.syncMgr.UpdateItems(flags, clsid, 0, null), E_INVALIDARG);
  }
  await nothingStarts(world);
});

test('C29 UpdateItems with a count and no bytes is refused', async (t) => {
  const world = oldWorld(t);
  const { clsid } = await world.add(1);
  const { syncMgr } = world;
  assert.equal(await syncMgr.UpdateItems(SYNCMGRINVOKE_STARTSYNC, clsid, 1, null), E_INVALIDARG);
  assert.equal(await syncMgr.UpdateItems(0, clsid, 2, Uint8Array.of(1)), E_INVALIDARG);
  await nothingStarts(world);
});

test('C30 UpdateItems answers S_OK although the work fails later', async (t) => {
  const world = oldWorld(t);
  const failing = await world.add(1, { Synchronize: () => E_FAIL });
  const { syncMgr } = world;
  assert.equal(await syncMgr.UpdateItems(SYNCMGRINVOKE_STARTSYNC, failing.clsid, 0, null), S_OK);
  const [session] = await world.ended(await world.lastRequest());
  assert.equal(session?.phase, 'failed');
  assert.deepEqual(new Set(Object.values(outcomes(session))), new Set(['failed']));
});

for (const trigger of ['invoke', 'idle'] as const) {
  test(`C31 UpdateItems while a session runs is accepted and waits for its end: ${trigger}`, async (t) => {
    const world = oldWorld(t);
    const work = gate();
    const running = await world.add(1, {
      Synchronize: (at) => {
        void work.opened.then(() => at.talk.SynchronizeCompleted(S_OK));
        return S_OK;
      },
    });
    const later = await world.add(2);
    const { clsid } = running;
    const first = await world.manager.invoke({ trigger, partnerships: [clsid], startNow: true });
    await world.until(() => running.count === 1 && running.object.count('Synchronize') === 1);
    const second = await world.update(later);
    await world.idle();
    assert.equal(later.count, 0);
    work.open();
    await world.ended(first);
    await world.ended(second);
    assert.equal(later.object.count('Synchronize'), 1);
    const order = world.calls.map(
      ([of, method]) => `${of === clsid ? 'first' : 'second'} ${method}`,
    );
    assert.ok(
      order.indexOf('second Initialize') > order.lastIndexOf('first Release'),
      String(order),
    );
  });
}
