import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlerHostConformance } from '../../test/conformance/handler-host.ts';
import { scenario } from '../../test/conformance/handler-scenarios.ts';
import { knownSecrets } from '../../test/support/known-secrets.ts';
import { RecordingCallback } from '../../test/support/recording-callback.ts';
import { done, failed, ready, ScriptedHandler } from '../../test/support/scripted-handler.ts';
import { SyncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { HandlerSession } from '../ports/handler.ts';
import { discreet } from './discreet.ts';
import { hosted } from './module-host.ts';

const secrets = knownSecrets({ 'env:ONE': 'first-secret', 'keyring:a/b': 'second-secret' });

handlerHostConformance('a handler behind redaction', async (name) =>
  discreet(hosted(scenario(name)), knownSecrets({})),
);

const line = {
  item: null,
  level: 'error',
  errorId: null,
  jump: false,
  subject: null,
  code: null,
} as const;

const opening = (settings: JsonObject) => ({
  partnership: { id: 'p', name: 'P' },
  trigger: 'invoke' as const,
  interactive: false,
  settingsOnly: false,
  cookie: null,
  settings,
});

async function opened(handler: ScriptedHandler, settings: JsonObject): Promise<HandlerSession> {
  const session = await discreet(handler, secrets).open(opening(settings));
  assert.ok(session !== null);
  return session;
}

test('CF-06 a reference that is the value of a key reaches the handler as its secret', async () => {
  const handler = new ScriptedHandler('mail');
  const settings = {
    user: 'me',
    password: 'env:ONE',
    accounts: [{ token: 'keyring:a/b' }],
    arguments: ['--password', 'env:ONE'],
    remote: 'file:///srv/photos',
  };
  await opened(handler, settings);
  assert.deepEqual(handler.openings[0]?.settings, {
    user: 'me',
    password: 'first-secret',
    accounts: [{ token: 'second-secret' }],
    arguments: ['--password', 'env:ONE'],
    remote: 'file:///srv/photos',
  });
  assert.equal(settings.password, 'env:ONE');
});

test('CF-06 a secret that cannot be had keeps the handler from being opened', async () => {
  const handler = new ScriptedHandler('mail');
  await assert.rejects(opened(handler, { password: 'env:TWO' }), { code: 'secret-missing' });
  assert.deepEqual(handler.calls, []);
});

test('CF-06 nothing that a handler says shows a secret it was given', async () => {
  const told = 'refused: first-secret';
  const handler = new ScriptedHandler('mail', {
    prepare: async (_call, { callback }) => {
      callback.progress('a', { text: told });
      callback.log({ ...line, text: told });
      await callback.ask({ title: told, schema: { title: told }, values: { was: [told] } });
      return { ended: ready };
    },
    synchronize: async () => ({
      pending: Promise.resolve({
        ...failed,
        error: { code: 'mail', text: told, retry: 'auth' as const },
      }),
    }),
  });
  const session = await opened(handler, { password: 'env:ONE' });
  const callback = new RecordingCallback();
  await session.attach(callback);
  await session.prepare({ items: ['a'], approved: null });
  const answer = await session.synchronize();
  const result = 'pending' in answer ? await answer.pending : answer.ended;
  const all = JSON.stringify([callback.said, result]);
  assert.ok(!all.includes('first-secret'), all);
  assert.equal(all.split('refused: •••').length - 1, 6);
});

test('CF-06 nothing that a handler throws shows a secret it was given', async () => {
  const faults: readonly (() => Error)[] = [
    () => new Error('first-secret is wrong', { cause: 'first-secret' }),
    () => new SyncError('mail-auth', 'first-secret is wrong', 'auth'),
  ];
  for (const fault of faults) {
    const handler = new ScriptedHandler('mail', { synchronize: () => Promise.reject(fault()) });
    const session = await opened(handler, { password: 'env:ONE' });
    await session.attach(new RecordingCallback());
    await assert.rejects(session.synchronize(), (error: Error & { retry?: string }) => {
      assert.equal(error.message, '••• is wrong');
      assert.equal(error.cause, undefined);
      return true;
    });
  }
});

test('CF-06 a text that names a secret itself is cleaned without any being known', async () => {
  const handler = new ScriptedHandler('mail', {
    synchronize: async ({ callback }) => {
      callback.log({ ...line, text: 'GET https://me:hunter2@example.org/?token=abc' });
      return { ended: done };
    },
  });
  const session = await opened(handler, {});
  const callback = new RecordingCallback();
  await session.attach(callback);
  await session.prepare({ items: ['a'], approved: null });
  await session.synchronize();
  assert.match(callback.of('log').join(), /GET https:\/\/me:•••@example\.org\/\?token=•••/);
});

test('folders that a handler watches are still watched behind redaction', () => {
  const watched = { roots: ['/srv/photos'], ignored: ['.notes'] };
  const plain = { name: 'mail', open: async () => null };
  const watching = Object.assign(new ScriptedHandler('photos'), { watches: () => watched });
  assert.deepEqual(discreet(watching, secrets).watches?.({}), watched);
  assert.equal(discreet(plain, secrets).watches, undefined);
});
