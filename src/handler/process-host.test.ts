import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { after, type TestContext, test } from 'node:test';
import { programBed } from '../../test/support/process-host.ts';
import { RecordingCallback } from '../../test/support/recording-callback.ts';
import type { HandlerSession, Opening } from '../ports/handler.ts';

const bed = programBed(after);
const good = join(import.meta.dirname, '..', '..', 'test', 'zoo', 'vices', 'none.ts');
const opening: Opening = {
  partnership: { id: 'p', name: 'P' },
  trigger: 'manual',
  interactive: false,
  settingsOnly: false,
  cookie: Uint8Array.of(0, 128, 255),
  settings: { folder: 'x' },
};

async function opened(
  t: TestContext,
  words: readonly string[] = [],
): Promise<[HandlerSession, RecordingCallback]> {
  const handler = bed.handler('good', [process.execPath, good, ...words], {
    secrets: { word: 'env:WORD' },
  });
  const session = await handler.open(opening);
  assert.ok(session !== null);
  t.after(() => session.close());
  const callback = new RecordingCallback();
  await session.attach(callback);
  return [session, callback];
}

test('a session goes its whole way through a program', async (t) => {
  const [session, callback] = await opened(t);
  assert.equal((await session.describe()).name, 'Zoo');
  const { items, complete } = await session.items();
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  assert.deepEqual([ids, complete], [['a', 'b'], true]);
  const prepared = await session.prepare({ items: ids, approved: null });
  assert.ok('pending' in prepared);
  assert.deepEqual(await prepared.pending, { outcome: 'ready', plan: null });
  const working = await session.synchronize();
  assert.ok('pending' in working);
  assert.equal((await working.pending).bytes, 1);
  assert.equal(callback.of('progress').length, 101);
  await session.close();
});

test('settings, cookie and secrets reach it through the pipe, and are not shown by what it says', async (t) => {
  const [session, callback] = await opened(t);
  const line = JSON.parse(callback.of('log')[0] ?? '{}') as { text: string };
  assert.deepEqual(JSON.parse(line.text), {
    settings: { folder: 'x' },
    secrets: { word: '•••' },
    turned: ['DROW:vne fo eulav'],
    cookie: 'AID/',
  });
  await session.close();
});

test('an answer of progress and an aborted signal reach it', async (t) => {
  const [session, callback] = await opened(t, ['waits']);
  await session.prepare({ items: ['a', 'b'], approved: null });
  callback.answer = 'skip';
  const pass = await session.synchronize();
  assert.ok('pending' in pass);
  callback.abort(null);
  assert.equal((await pass.pending).outcome, 'done');
  assert.match(callback.of('progress').at(-1) ?? '', /skipped/);
  await session.close();
});

test('who declines the trigger is ended', async () => {
  const handler = bed.handler('good', [process.execPath, good]);
  assert.equal(await handler.open({ ...opening, settings: { accept: false } }), null);
});
