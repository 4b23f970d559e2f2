// C159 to C163: the right to show a window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  type HRESULT,
  S_FALSE,
  S_OK,
  SYNCMGRFLAG_MAYBOTHERUSER,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import type { OldHandler, Script } from './old-handler.ts';
import { oldWorld } from './old-world.ts';

const asking = (answers: HRESULT[]): Script => ({
  PrepareForSync: (at) => {
    answers.push(at.talk.EnableModeless(true));
    at.talk.EnableModeless(false);
    return at.talk.PrepareForSyncCompleted(S_OK);
  },
});

const jump = (at: OldHandler) =>
  at.talk.LogError(3, 'open me', { mask: 3, dwSyncMgrErrorFlags: 1, ErrorID: guid(7) });

test('C159 while preparing a window is granted if the user may be bothered and none is shown', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  const one = await world.add(1, asking(answers));
  await world.run(one);
  assert.equal(one.object.flags & SYNCMGRFLAG_MAYBOTHERUSER, SYNCMGRFLAG_MAYBOTHERUSER);
  assert.deepEqual(answers, [S_OK]);
});

test('C160 while preparing a window is refused if the user must not be bothered', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  const one = await world.add(1, asking(answers), { flags: 4 });
  await world.trigger('idle');
  assert.equal(one.object.flags & SYNCMGRFLAG_MAYBOTHERUSER, 0);
  assert.deepEqual(answers, [S_FALSE]);
});

test('C161 between ShowError and its completion a window is granted all the same', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  const one = await world.add(
    1,
    {
      Synchronize: (at) => {
        answers.push(at.talk.EnableModeless(true));
        jump(at);
        return E_FAIL;
      },
      ShowError: (at) => {
        answers.push(at.talk.EnableModeless(true), at.talk.EnableModeless(false));
        setImmediate(() => {
          answers.push(at.talk.EnableModeless(true), at.talk.EnableModeless(false));
          at.talk.ShowErrorCompleted(S_OK, 0, null);
        });
        return S_OK;
      },
    },
    { flags: 4 },
  );
  await world.trigger('idle');
  assert.equal(one.object.flags & SYNCMGRFLAG_MAYBOTHERUSER, 0);
  await world.open(one, 'open me');
  assert.deepEqual(answers, [S_FALSE, S_OK, S_OK, S_OK, S_OK]);
  assert.equal(one.object.talk.EnableModeless(true), S_FALSE);
});

test('C162 a second handler is refused until the first gives the right back', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, { Synchronize: () => S_OK });
  const other = await world.add(2, { Synchronize: () => S_OK });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.until(() => other.count > 0 && other.object.count('Synchronize returned') === 1);
  const [first, second] = [one.object.talk, other.object.talk];
  assert.equal(first.EnableModeless(true), S_OK);
  assert.equal(second.EnableModeless(true), S_FALSE);
  assert.equal(second.EnableModeless(false), S_OK);
  assert.equal(second.EnableModeless(true), S_FALSE);
  assert.equal(first.EnableModeless(false), S_OK);
  assert.equal(second.EnableModeless(true), S_OK);
  assert.equal(first.EnableModeless(true), S_FALSE);
  first.SynchronizeCompleted(S_OK);
  second.SynchronizeCompleted(S_OK);
  await world.ended(await world.lastRequest());
});

test('C163 the right is taken back when its holder is released', async (t) => {
  const world = oldWorld(t);
  const holder = await world.add(1, { Synchronize: () => S_OK });
  const other = await world.add(2, { Synchronize: () => S_OK });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.until(() => other.count > 0 && other.object.count('Synchronize returned') === 1);
  assert.equal(holder.object.talk.EnableModeless(true), S_OK);
  assert.equal(other.object.talk.EnableModeless(true), S_FALSE);
  holder.object.talk.SynchronizeCompleted(S_OK);
  await world.until(() => holder.object.isReleased);
  assert.equal(other.object.talk.EnableModeless(true), S_OK);
  other.object.talk.SynchronizeCompleted(S_OK);
  await world.ended(await world.lastRequest());
});
