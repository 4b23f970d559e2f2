// C164 to C170: network connections that a handler asks for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { E_FAIL, type HRESULT, S_OK } from '../../src/mobsync/mobsync.ts';
import type { Script } from './old-handler.ts';
import { type OldWorldOptions, oldWorld } from './old-world.ts';

/** Asks for these while it works, and goes on when it has its answers. */
const dialling = (names: readonly (string | null)[], answers: HRESULT[] = []): Script => ({
  Synchronize: async (at) => {
    for (const name of names) answers.push(await at.talk.EstablishConnection(name, 0));
    return at.talk.SynchronizeCompleted(S_OK);
  },
});

const opened = (lines: readonly string[]) => lines.filter((line) => line.startsWith('open'));
const closed = (lines: readonly string[]) => lines.filter((line) => line.startsWith('close'));

test('C164 EstablishConnection without a name opens the default connection', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  await world.run(await world.add(1, dialling([null], answers)));
  assert.deepEqual([answers, opened(world.world.connections)], [[S_OK], ['open null']]);
});

test('C165 EstablishConnection with a name opens the connection of that name', async (t) => {
  const world = oldWorld(t);
  const answers: HRESULT[] = [];
  await world.run(await world.add(1, dialling(['office'], answers)));
  assert.deepEqual([answers, opened(world.world.connections)], [[S_OK], ['open office']]);
});

test('C166 a second EstablishConnection leaves the first connection open', async (t) => {
  const world = oldWorld(t);
  const { connections } = world.world;
  const seen: string[][] = [];
  const one = await world.add(1, {
    Synchronize: async (at) => {
      await at.talk.EstablishConnection('office', 0);
      await at.talk.EstablishConnection('home', 0);
      seen.push([...connections]);
      return at.talk.SynchronizeCompleted(S_OK);
    },
  });
  await world.run(one);
  assert.deepEqual(seen, [['open office', 'open home']]);
});

test('C167 connections stay open while any handler still synchronizes', async (t) => {
  const world = oldWorld(t);
  const quick = await world.add(1, dialling(['office']));
  const slow = await world.add(2, { Synchronize: () => S_OK });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.until(() => quick.count > 0 && quick.object.isReleased);
  await world.idle();
  assert.deepEqual(world.world.connections, ['open office']);
  slow.object.talk.SynchronizeCompleted(S_OK);
  await world.ended(await world.lastRequest());
});

test('C168 connections are closed after the last handler has finished', async (t) => {
  const world = oldWorld(t);
  const first = await world.add(1, dialling(['office', 'home']));
  const last = await world.add(2, { Synchronize: () => S_OK });
  await world.syncMgr.UpdateAll();
  await world.confirm();
  await world.until(() => first.count > 0 && first.object.isReleased);
  assert.deepEqual(closed(world.world.connections), []);
  last.object.talk.SynchronizeCompleted(E_FAIL);
  await world.ended(await world.lastRequest());
  assert.deepEqual(
    new Set(closed(world.world.connections)),
    new Set(['close office', 'close home']),
  );
});

test('C169 a failed attempt answers with a failure and leaves open connections alone', async (t) => {
  const options: OldWorldOptions = { refuse: ['nowhere'] };
  const world = oldWorld(t, options);
  const answers: HRESULT[] = [];
  const seen: string[][] = [];
  const one = await world.add(1, {
    Synchronize: async (at) => {
      answers.push(await at.talk.EstablishConnection('office', 0));
      answers.push(await at.talk.EstablishConnection('nowhere', 0));
      seen.push([...world.world.connections]);
      return at.talk.SynchronizeCompleted(S_OK);
    },
  });
  await world.run(one);
  assert.deepEqual(answers, [S_OK, E_FAIL]);
  assert.deepEqual(seen, [['open office']]);
});

test('C170 a connection that was up before is not closed at the end', async (t) => {
  const world = oldWorld(t, { up: ['office'] });
  const answers: HRESULT[] = [];
  await world.run(await world.add(1, dialling(['office', 'home'], answers)));
  assert.deepEqual(answers, [S_OK, S_OK]);
  assert.deepEqual(world.world.connections, ['open home', 'close home']);
});
