// The conflict dialog of 3.12, over the inbox of conflicts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  type HWND,
  RFC_CANCEL,
  RFC_KEEPBOTH,
  RFC_KEEPLOCAL,
  RFC_KEEPNETWORK,
  RFCCM_NEEDELEMENT,
  RFCD_LOCATION,
  RFCD_NETWORKMODIFIEDBY,
  type RFCDLGPARAM,
  S_OK,
  SyncMgrResolveConflict,
} from '../../src/mobsync/mobsync.ts';
import type { Resolution } from '../../src/model/conflict.ts';
import { guid } from './items.ts';
import type { OldHandler, Script } from './old-handler.ts';
import { type OldWorld, oldWorld } from './old-world.ts';

const letter = (): RFCDLGPARAM => ({
  pszFilename: 'letter.txt',
  pszLocation: 'letters',
  pszLocalModifiedBy: 'Anna',
  pszNetworkModifiedBy: 'Bert',
  pszNetworkModifiedOn: '3 May',
});

const newest = ({ windows }: OldHandler): HWND | null => windows.at(-1) ?? null;

/** Asks during its work, and completes when it has the answer. */
const asking = (answers: number[], of: () => RFCDLGPARAM = letter): Script => ({
  Synchronize: async (at) => {
    at.talk.Progress(guid(2), null);
    answers.push(await SyncMgrResolveConflict(newest(at), of()));
    return at.talk.SynchronizeCompleted(S_OK);
  },
});

async function openConflict(world: OldWorld) {
  await world.until(
    async () => (await world.store.conflicts.list({ states: ['open'] })).length > 0,
  );
  return world.only(await world.store.conflicts.list({ states: ['open'] }));
}

for (const [name, resolution, result] of [
  ['the local copy', { choice: 'keep', side: 'local' }, RFC_KEEPLOCAL],
  ['the network copy', { choice: 'keep', side: 'network' }, RFC_KEEPNETWORK],
  ['both', { choice: 'keep-both' }, RFC_KEEPBOTH],
] as const satisfies readonly (readonly [string, Resolution, number])[]) {
  test(`keeping ${name} in the inbox answers the dialog with ${result}`, async (t) => {
    const world = oldWorld(t);
    const answers: number[] = [];
    const one = await world.add(1, asking(answers));
    const request = await world.update(one);
    const conflict = await openConflict(world);
    assert.deepEqual(
      [conflict.subject, conflict.item, conflict.partnership, conflict.versions.map((v) => v.side)],
      ['letters/letter.txt', guid(2), one.clsid, ['local', 'network']],
    );
    assert.deepEqual(answers, []);
    const resolved = await world.manager.resolve(conflict.id, resolution, conflict.version);
    assert.equal(resolved.state, 'resolved');
    const [session] = await world.ended(request);
    assert.equal(session?.phase, 'succeeded');
    assert.deepEqual(answers, [result]);
    // It stood still: no other object was made to carry the choice out.
    assert.equal(one.count, 1);
  });
}

test('the dialog says who changed what and when in a line beside the conflict', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, asking([]));
  await world.update(one);
  const { id } = await openConflict(world);
  const { text, subject } = world.only(await world.lines());
  assert.equal(subject, 'letters/letter.txt');
  assert.equal(text, 'Changed here by Anna. Changed on the network by Bert on 3 May.');
  await world.manager.resolve(id, { choice: 'keep-both' });
});

test('what the caller left out is asked for with the element’s bit', async (t) => {
  const world = oldWorld(t);
  const asked: number[] = [];
  const one = await world.add(
    1,
    asking([], () => ({
      ...letter(),
      pszLocation: null,
      pszNewName: 'letter (2).txt',
      pszLocalModifiedOn: '2 May',
      pszNetworkModifiedBy: null,
      pfnCallBack: (_window, message, element, param) => {
        assert.equal(message, RFCCM_NEEDELEMENT);
        asked.push(element);
        if (element === RFCD_LOCATION) param.pszLocation = 'found';
        return element === RFCD_LOCATION;
      },
    })),
  );
  await world.update(one);
  const { subject, id } = await openConflict(world);
  assert.deepEqual(asked, [RFCD_NETWORKMODIFIEDBY, RFCD_LOCATION]);
  assert.equal(subject, 'found/letter.txt');
  await world.manager.resolve(id, { choice: 'keep-both' });
});

test('a dialog in ShowError works after the session, also where nobody may be bothered', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await world.add(
    1,
    {
      Synchronize: (at) => {
        at.talk.Progress(guid(1), null);
        at.talk.LogError(3, 'open me', { mask: 3, dwSyncMgrErrorFlags: 1, ErrorID: guid(7) });
        return E_FAIL;
      },
      ShowError: async (at) => {
        answers.push(await SyncMgrResolveConflict(newest(at), letter()));
        at.talk.ShowErrorCompleted(S_OK, 0, null);
        return S_OK;
      },
    },
    { flags: 4 },
  );
  await world.trigger('idle');
  const opened = world.open(one, 'open me');
  const { id } = await openConflict(world);
  await world.manager.resolve(id, { choice: 'keep', side: 'local' });
  await opened;
  assert.deepEqual(answers, [RFC_KEEPLOCAL]);
});

test('a dialog is cancelled by a skip, and nothing is left in the inbox', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await world.add(1, asking(answers));
  const request = await world.update(one);
  const { id } = await openConflict(world);
  world.skip(one, guid(2));
  await world.ended(request);
  assert.deepEqual(answers, [RFC_CANCEL]);
  assert.equal((await world.store.conflicts.get(id))?.state, 'gone');
});

test('a dialog is cancelled by a stop', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await world.add(1, asking(answers));
  const request = await world.update(one);
  const { id } = await openConflict(world);
  world.manager.stop(null);
  await world.ended(request);
  assert.deepEqual(answers, [RFC_CANCEL]);
  assert.equal((await world.store.conflicts.get(id))?.state, 'gone');
});

test('a dialog is cancelled when its handler is released', async (t) => {
  const world = oldWorld(t);
  const answers: Promise<number>[] = [];
  const one = await world.add(1, {
    Synchronize: (at) => {
      at.talk.Progress(guid(1), null);
      answers.push(SyncMgrResolveConflict(newest(at), letter()));
      setImmediate(() => at.talk.SynchronizeCompleted(S_OK));
      return S_OK;
    },
  });
  await world.run(one);
  assert.deepEqual(await Promise.all(answers), [RFC_CANCEL]);
});

test('without a window, with a foreign one, or unattended, a dialog is cancelled at once', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await world.add(1, asking(answers), { flags: 4 });
  await world.trigger('idle');
  answers.push(await SyncMgrResolveConflict(null, letter()));
  answers.push(await SyncMgrResolveConflict({ owner: 'nobody' }, letter()));
  answers.push(await SyncMgrResolveConflict({ owner: 'x' }, null));
  assert.deepEqual(answers, Array(4).fill(RFC_CANCEL));
  assert.deepEqual(await world.store.conflicts.list({}), []);
  assert.equal(one.count, 1);
});

test('merged content is no answer to the dialog', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, asking([]));
  await world.update(one);
  const { id } = await openConflict(world);
  const merged = { choice: 'merged', contentFile: 'x' } as const;
  await assert.rejects(world.manager.resolve(id, merged), { code: 'usage' });
  await world.manager.resolve(id, { choice: 'keep-both' });
});
