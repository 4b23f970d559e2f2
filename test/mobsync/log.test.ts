// C138 to C145: the lines of the error tab.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  E_INVALIDARG,
  GUID_NULL,
  S_OK,
  SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
  SYNCMGRLOGERROR_ERRORFLAGS,
  SYNCMGRLOGERROR_ERRORID,
  SYNCMGRLOGERROR_ITEMID,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import { type OldClass, type OldWorld, oldWorld } from './old-world.ts';

async function atWork(t: TestContext, classes = 1) {
  const world = oldWorld(t);
  const all: OldClass[] = [];
  for (let number = 1; number <= classes; number += 1) {
    all.push(await world.add(number, { Synchronize: () => S_OK }));
  }
  await world.syncMgr.UpdateAll();
  await world.confirm();
  for (const one of all) await world.until(() => one.object.count('Synchronize returned') === 1);
  const end = async () => {
    for (const { object } of all) object.talk.SynchronizeCompleted(S_OK);
    await world.ended(await world.lastRequest());
    await world.manager.dismiss(null);
  };
  const [one, other] = all;
  assert.ok(one);
  return { world, one, other: other ?? one, end };
}

const texts = async (world: OldWorld, one?: OldClass) =>
  (await world.lines(one)).map(({ text }) => text);

const named = (number: number) => ({ mask: SYNCMGRLOGERROR_ERRORID, ErrorID: guid(number) });

test('C138 LogError with each of the three levels adds a line with that level and text', async (t) => {
  const { world, one, end } = await atWork(t);
  const { talk } = one.object;
  assert.equal(talk.LogError(1, 'for your information', null), S_OK);
  assert.equal(talk.LogError(2, 'mind this', null), S_OK);
  assert.equal(talk.LogError(3, 'this went wrong', null), S_OK);
  assert.deepEqual(
    (await world.lines()).map(({ level, text }) => [level, text]),
    [
      ['information', 'for your information'],
      ['warning', 'mind this'],
      ['error', 'this went wrong'],
    ],
  );
  await end();
});

test('C139 LogError with level 0 or 4 is refused and adds nothing', async (t) => {
  const { world, one, end } = await atWork(t);
  const { talk } = one.object;
  for (const level of [0, 4, -1, 1.5, Number.NaN]) {
    assert.equal(talk.LogError(level, 'no such level', null), E_INVALIDARG);
  }
  assert.equal(talk.LogError(1, null as unknown as string, null), E_INVALIDARG);
  assert.deepEqual(await texts(world), []);
  await end();
});

test('C140 LogError accepts a null info', async (t) => {
  const { world, one, end } = await atWork(t);
  assert.equal(one.object.talk.LogError(3, 'plain', null), S_OK);
  const { item, errorId, jump } = world.only(await world.lines());
  assert.deepEqual({ item, errorId, jump }, { item: null, errorId: null, jump: false });
  await end();
});

test('C141 LogError ignores item, identifier and flags whose mask bits are clear', async (t) => {
  const { world, one, end } = await atWork(t);
  const full = {
    dwSyncMgrErrorFlags: SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
    ErrorID: guid(7),
    ItemID: guid(1),
  };
  const masks = [
    [0, { item: null, errorId: null, jump: false }],
    [SYNCMGRLOGERROR_ITEMID, { item: guid(1), errorId: null, jump: false }],
    [SYNCMGRLOGERROR_ERRORID, { item: null, errorId: guid(7), jump: false }],
    [SYNCMGRLOGERROR_ERRORFLAGS, { item: null, errorId: null, jump: false }],
    [7, { item: guid(1), errorId: guid(7), jump: true }],
  ] as const;
  for (const [mask] of masks) {
    assert.equal(one.object.talk.LogError(1, `mask ${mask}`, { mask, ...full }), S_OK);
  }
  assert.deepEqual(
    (await world.lines()).map(({ item, errorId, jump }) => ({ item, errorId, jump })),
    masks.map(([, expected]) => expected),
  );
  await end();
});

test('C142 DeleteLogError removes the lines with its identifier and no others', async (t) => {
  const { world, one, other, end } = await atWork(t, 2);
  const { talk } = one.object;
  talk.LogError(1, 'seven', named(7));
  talk.LogError(2, 'eight', named(8));
  talk.LogError(3, 'seven again', named(7));
  talk.LogError(3, 'nameless', null);
  other.object.talk.LogError(1, 'seven of another', named(7));
  assert.equal(talk.DeleteLogError(guid(7).toUpperCase(), 0), S_OK);
  assert.deepEqual(await texts(world), ['eight', 'nameless', 'seven of another']);
  await end();
});

test('C143 DeleteLogError with the null identifier removes all lines of this handler', async (t) => {
  const { world, one, end } = await atWork(t);
  const { talk } = one.object;
  talk.LogError(1, 'one', named(7));
  talk.LogError(2, 'two', null);
  assert.equal(talk.DeleteLogError(GUID_NULL, 0), S_OK);
  assert.deepEqual(await texts(world), []);
  assert.equal(talk.DeleteLogError(GUID_NULL, 0), S_OK);
  await end();
});

test('C144 DeleteLogError with the null identifier leaves the lines of other handlers', async (t) => {
  const { world, one, other, end } = await atWork(t, 2);
  one.object.talk.LogError(1, 'mine', named(7));
  other.object.talk.LogError(1, 'theirs', named(7));
  other.object.talk.LogError(1, 'theirs too', null);
  assert.equal(one.object.talk.DeleteLogError(GUID_NULL, 0), S_OK);
  assert.deepEqual(await texts(world, one), []);
  assert.deepEqual(await texts(world, other), ['theirs', 'theirs too']);
  await end();
});

test('C145 DeleteLogError with an unknown identifier is refused and removes nothing', async (t) => {
  const { world, one, other, end } = await atWork(t, 2);
  const { talk } = one.object;
  talk.LogError(1, 'mine', named(7));
  other.object.talk.LogError(1, 'theirs', named(8));
  for (const id of [guid(8), guid(9), 'nonsense']) {
    assert.equal(talk.DeleteLogError(id, 0), E_INVALIDARG);
  }
  assert.deepEqual(await texts(world), ['mine', 'theirs']);
  await end();
});
