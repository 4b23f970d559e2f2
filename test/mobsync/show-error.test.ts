// C146 to C158: opening a line, and the retry it may lead to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_FAIL,
  E_UNEXPECTED,
  S_FALSE,
  S_OK,
  S_SYNCMGR_ENUMITEMS,
  S_SYNCMGR_RETRYSYNC,
  SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
  SYNCMGRLOGERROR_ERRORFLAGS,
  SYNCMGRLOGERROR_ERRORID,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import type { OldHandler, Script } from './old-handler.ts';
import { type OldClass, type OldWorld, oldWorld, outcomes } from './old-world.ts';

const jump = (at: OldHandler, number = 7, text = 'open me') =>
  at.talk.LogError(3, text, {
    mask: SYNCMGRLOGERROR_ERRORFLAGS | SYNCMGRLOGERROR_ERRORID,
    dwSyncMgrErrorFlags: SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
    ErrorID: guid(number),
  });

/** Fails its first pass, leaving a line to open behind; later passes go well. */
const failing: Script = {
  Synchronize: (at) => {
    if (at.count('Synchronize') > 1) return at.talk.SynchronizeCompleted(S_OK);
    jump(at);
    return E_FAIL;
  },
};

const shown = ({ object }: OldClass) =>
  object.calls.filter(([method]) => method === 'ShowError').map(([, id]) => id);

/** A handler whose session is over, with its line in the tab. */
async function failed(world: OldWorld, script: Script): Promise<OldClass> {
  const one = await world.add(1, { ...failing, ...script });
  await world.run(one);
  return one;
}

test('C146 opening a jump line calls ShowError with its identifier', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {
    Synchronize: (at) => {
      jump(at, 8, 'the other');
      jump(at);
      return E_FAIL;
    },
  });
  await world.open(one, 'open me');
  assert.deepEqual(shown(one), [guid(7)]);
  await world.open(one, 'the other');
  assert.deepEqual(shown(one), [guid(7), guid(8)]);
});

test('C147 opening a line without jump text does not call ShowError', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {
    Synchronize: (at) => {
      jump(at);
      at.talk.LogError(3, 'plain', { mask: SYNCMGRLOGERROR_ERRORID, ErrorID: guid(8) });
      at.talk.LogError(3, 'bare', null);
      return E_FAIL;
    },
  });
  assert.equal(await world.open(one, 'plain'), null);
  assert.equal(await world.open(one, 'bare'), null);
  assert.deepEqual(shown(one), []);
});

test('C148 a jump flag whose mask bit is clear does not lead to ShowError', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {
    Synchronize: (at) => {
      jump(at);
      at.talk.LogError(3, 'masked', {
        mask: SYNCMGRLOGERROR_ERRORID,
        dwSyncMgrErrorFlags: SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
        ErrorID: guid(8),
      });
      return E_FAIL;
    },
  });
  assert.equal(await world.open(one, 'masked'), null);
  assert.deepEqual(shown(one), []);
});

test('C149 after a success code ShowErrorCompleted is waited for, and accepted inside too', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await failed(world, {
    ShowError: (at) => {
      if (at.count('ShowError') === 1) return S_FALSE;
      answers.push(at.talk.ShowErrorCompleted(S_OK, 0, null));
      return S_OK;
    },
  });
  let isOpen = true;
  const opened = world.open(one, 'open me').then(() => {
    isOpen = false;
  });
  await world.until(() => shown(one).length === 1);
  await world.idle();
  assert.equal(isOpen, true);
  assert.equal(one.object.talk.ShowErrorCompleted(S_OK, 0, null), S_OK);
  await opened;
  assert.equal(await world.open(one, 'open me'), null);
  assert.deepEqual(answers, [S_OK]);
  assert.equal(one.object.talk.ShowErrorCompleted(S_OK, 0, null), E_UNEXPECTED);
});

test('C150 after a failure no ShowErrorCompleted is waited for', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, { ShowError: () => E_FAIL });
  await assert.rejects(world.open(one, 'open me'), /ShowError/);
  const late = one.object.talk.ShowErrorCompleted(S_SYNCMGR_RETRYSYNC, 1, [guid(1)]);
  assert.equal(late, E_UNEXPECTED);
  await world.idle();
  assert.equal(one.object.count('PrepareForSync'), 1);
});

test('C151 a retry prepares its items and synchronizes on the same object', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {
    ShowError: (at) => at.talk.ShowErrorCompleted(S_SYNCMGR_RETRYSYNC, 1, [guid(2)]),
  });
  const retry = await world.open(one, 'open me');
  assert.ok(retry);
  const [session] = await world.ended(retry);
  assert.ok(session);
  assert.deepEqual(outcomes(session), { [guid(2)]: 'succeeded' });
  assert.equal(one.count, 1);
  const passes = one.object.calls.filter(([method]) =>
    /^(?:PrepareForSync|Synchronize)$/.test(method),
  );
  assert.deepEqual(passes, [
    ['PrepareForSync', 2, [guid(1), guid(2)]],
    ['Synchronize'],
    ['PrepareForSync', 1, [guid(2)]],
    ['Synchronize'],
  ]);
});

test('C152 any other code ignores the identifiers and starts nothing', async (t) => {
  const world = oldWorld(t);
  const codes = [S_OK, S_FALSE, E_FAIL, 0x00040203];
  const one = await failed(world, {
    ShowError: (at) => {
      at.talk.ShowErrorCompleted(codes[at.count('ShowError') - 1] ?? S_OK, 1, [guid(1)]);
      return S_OK;
    },
  });
  for (const _ of codes) assert.equal(await world.open(one, 'open me'), null);
  await world.idle();
  assert.equal(shown(one).length, codes.length);
  assert.equal(one.object.count('PrepareForSync'), 1);
  assert.equal((await world.requests()).length, 1);
});

test('C153 an array changed after ShowErrorCompleted does not change what is prepared', async (t) => {
  const world = oldWorld(t);
  const ids = [guid(1)];
  const one = await failed(world, {
    ShowError: (at) => {
      at.talk.ShowErrorCompleted(S_SYNCMGR_RETRYSYNC, 1, ids);
      ids[0] = guid(2);
      ids.push(guid(2));
      return S_OK;
    },
  });
  const retry = await world.open(one, 'open me');
  assert.ok(retry);
  await world.ended(retry);
  assert.deepEqual(one.object.chosen, [guid(1)]);
});

test('C154 a retry of nothing answers S_OK and starts nothing', async (t) => {
  const world = oldWorld(t);
  const answers: number[] = [];
  const one = await failed(world, {
    ShowError: (at) => {
      answers.push(at.talk.ShowErrorCompleted(S_SYNCMGR_RETRYSYNC, 0, [guid(1)]));
      return S_OK;
    },
  });
  assert.equal(await world.open(one, 'open me'), null);
  await world.idle();
  assert.deepEqual(answers, [S_OK]);
  assert.equal(one.object.count('PrepareForSync'), 1);
});

test('C155 a retry asked for during the work begins only after it is completed', async (t) => {
  const world = oldWorld(t);
  const one = await world.add(1, {
    Synchronize: (at) => {
      if (at.count('Synchronize') > 1) return at.talk.SynchronizeCompleted(S_OK);
      jump(at);
      return S_OK;
    },
    ShowError: (at) => at.talk.ShowErrorCompleted(S_SYNCMGR_RETRYSYNC, 1, [guid(1)]),
  });
  const request = await world.update(one);
  await world.until(() => one.count > 0 && one.object.count('Synchronize returned') === 1);
  const retry = await world.open(one, 'open me');
  assert.ok(retry);
  await world.idle();
  assert.equal(one.object.count('PrepareForSync'), 1);
  assert.equal(one.object.talk.SynchronizeCompleted(S_OK), S_OK);
  await world.ended(request);
  await world.ended(retry);
  assert.deepEqual([one.count, one.object.count('Synchronize')], [1, 2]);
  assert.deepEqual(one.object.chosen, [guid(1)]);
});

test('C156 ShowErrorCompleted may ask for the items to be listed again', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {
    ShowError: (at) => at.talk.ShowErrorCompleted(S_SYNCMGR_ENUMITEMS, 0, null),
  });
  assert.equal(one.object.count('EnumSyncMgrItems'), 1);
  await world.open(one, 'open me');
  assert.equal(one.object.count('EnumSyncMgrItems'), 2);
});

test('C157 a handler with jump lines stays until the results are dismissed', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {});
  await world.idle();
  assert.equal(one.object.isReleased, false);
  await world.open(one, 'open me');
  assert.deepEqual(shown(one), [guid(7)]);
  await world.manager.dismiss(null);
  assert.deepEqual(one.object.calls.slice(-2), [['SetProgressCallback', null], ['Release']]);
  assert.equal(await world.open(one, 'open me'), null);
  assert.deepEqual(shown(one), [guid(7)]);
});

test('C158 a handler that failed to prepare after a jump line is still shown its error', async (t) => {
  const world = oldWorld(t);
  const one = await failed(world, {
    PrepareForSync: (at) => {
      jump(at);
      return E_FAIL;
    },
  });
  assert.deepEqual([one.object.count('Synchronize'), one.object.isReleased], [0, false]);
  await world.open(one, 'open me');
  assert.deepEqual(shown(one), [guid(7)]);
});
