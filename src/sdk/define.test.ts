import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordingCallback } from '../../test/support/recording-callback.ts';
import { World } from '../../test/support/world.ts';
import type { Handler, HandlerSession, Opening } from '../ports/handler.ts';
import { defineHandler, Refusal } from './handler.ts';

const opening: Opening = {
  partnership: { id: 'p', name: 'P' },
  trigger: 'manual',
  interactive: false,
  settingsOnly: false,
  cookie: null,
  settings: { folder: 'x' },
};

async function opened(handler: Handler): Promise<[HandlerSession, RecordingCallback]> {
  const session = await handler.open(opening);
  assert.ok(session !== null);
  const callback = new RecordingCallback();
  await session.attach(callback);
  return [session, callback];
}

const prepare = async (session: HandlerSession, items: readonly string[] = ['a', 'b']) => {
  const pass = await session.prepare({ items, approved: null });
  return 'pending' in pass ? pass.pending : pass.ended;
};
const synchronize = async (session: HandlerSession) => {
  const pass = await session.synchronize();
  return 'pending' in pass ? pass.pending : pass.ended;
};

/** A handler by the shortest way, run by the real manager. */
async function run(handler: Handler) {
  const world = new World();
  await world.add('mail');
  world.registry.register('mail', async () => handler);
  return { world, session: await world.runOne('mail') };
}

test('a handler needs a name, its items and what to do with one', async () => {
  const touched: string[] = [];
  const handler = defineHandler({
    name: 'hello',
    items: async () => [{ id: 'a' }, { id: 'b', name: 'B', checked: false }],
    synchronizeItem: async (_, item) => {
      touched.push(item);
      return { counts: { 'right.create': 2 }, bytes: 3 };
    },
  });
  const { session } = await run(handler);
  assert.equal(session.phase, 'succeeded');
  assert.deepEqual(touched, ['a']);
  assert.deepEqual(session.result?.counts, { 'right.create': 2 });
  assert.equal(session.result?.bytes, 3);
});

test('C119 C137 before each item it is asked whether to go on', async () => {
  const touched: string[] = [];
  const handler = defineHandler({
    name: 'hello',
    items: async () => [{ id: 'a' }],
    synchronizeItem: async (_, item) => void touched.push(item),
  });
  for (const [answer, status] of [
    ['skip', 'skipped'],
    ['stop', 'stopped'],
  ] as const) {
    const [session, callback] = await opened(handler);
    await prepare(session);
    callback.answer = answer;
    await synchronize(session);
    assert.deepEqual(callback.of('progress'), [
      '"a" null',
      `"a" {"status":"${status}"}`,
      '"b" null',
      `"b" {"status":"${status}"}`,
    ]);
  }
  assert.deepEqual(touched, []);
});

test('an item that fails is logged and does not keep the others from being done', async () => {
  const handler = defineHandler({
    name: 'hello',
    items: async () => [{ id: 'a' }, { id: 'b' }],
    synchronizeItem: async (_, item) => {
      if (item === 'a') throw new Error('disk full');
    },
  });
  const { world, session } = await run(handler);
  assert.equal(session.phase, 'partial');
  assert.deepEqual(
    session.result?.items.map(({ status }) => status),
    ['failed', 'succeeded'],
  );
  const [entry] = await world.store.log.list({});
  assert.deepEqual([entry?.item, entry?.text], ['a', 'The handler failed: disk full']);
});

test('an item cut short by a skip is skipped, not failed', async () => {
  const handler = defineHandler({
    name: 'hello',
    items: async () => [{ id: 'a' }],
    synchronizeItem: async (_, __, signal) => {
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  });
  const [session, callback] = await opened(handler);
  await prepare(session, ['a']);
  const working = synchronize(session);
  await new Promise((resolve) => setImmediate(resolve));
  callback.answer = 'skip';
  callback.abort('a');
  assert.equal((await working).outcome, 'done');
  assert.equal(callback.of('progress').at(-1), '"a" {"status":"skipped"}');
  assert.deepEqual(callback.of('log'), []);
});

test('C101 a handler that cannot prepare without a person refuses', async () => {
  const handler = defineHandler({
    name: 'hello',
    items: async () => [{ id: 'a' }],
    prepare: async ({ interactive }) => {
      if (!interactive) throw new Refusal('Sign in first.');
      return null;
    },
    synchronize: async () => undefined,
  });
  const [session] = await opened(handler);
  assert.deepEqual(await prepare(session), {
    outcome: 'refused',
    error: { code: 'prepare-refused', text: 'Sign in first.', retry: 'needs-person' },
  });
});

test('what open returns is there for all others, and null declines', async () => {
  const seen: unknown[] = [];
  const handler = defineHandler<{ folder: string }>({
    name: 'hello',
    open: async ({ settings }) => ({ folder: String(settings.folder) }),
    items: async ({ state }) => [{ id: state.folder }],
    synchronize: async ({ state, items, trigger, partnership, cookie }) => {
      seen.push(state, items, trigger, partnership.name, cookie);
      return undefined;
    },
    close: async ({ state }) => void seen.push(state),
  });
  const [session] = await opened(handler);
  await prepare(session, ['x']);
  await synchronize(session);
  await session.close();
  const state = { folder: 'x' };
  assert.deepEqual(seen, [state, ['x'], 'manual', 'P', null, state]);
  const declining = defineHandler({
    name: 'no',
    open: async () => null,
    items: async () => [],
  });
  assert.equal(await declining.open(opening), null);
});

test('both halves pend until their promise is settled, so that skips can be told', async () => {
  const handler = defineHandler({
    name: 'hello',
    items: async () => [],
    prepare: async () => null,
    synchronize: async () => undefined,
  });
  const [session] = await opened(handler);
  assert.ok('pending' in (await session.prepare({ items: [], approved: null })));
  assert.ok('pending' in (await session.synchronize()));
});

test('the context reports, asks and connects for the handler', async () => {
  const got: unknown[] = [];
  const handler = defineHandler({
    name: 'hello',
    items: async () => [],
    synchronize: async (context) => {
      got.push(
        context.progress('a', { value: 1 }),
        context.log('error', 'Full.', { item: 'a', errorId: 'full', jump: true }),
        context.withdraw('full'),
        await context.ask({ title: 'T', schema: {}, values: {} }),
        await context.connect('down'),
        context.signal.aborted,
      );
      context.conflict({ item: 'a', subject: 's', kind: 'k', versions: [] });
      context.conflictsSeen('a');
      return undefined;
    },
  });
  const [session, callback] = await opened(handler);
  await synchronize(session);
  assert.deepEqual(got, ['continue', 1, 1, { word: 'open' }, false, false]);
  assert.equal(callback.of('conflictsSeen')[0], '"a" true');
  assert.match(callback.of('log')[0] ?? '', /"errorId":"full","jump":true/);
});

test('abilities that are not defined are not there', async () => {
  const [bare] = await opened(defineHandler({ name: 'bare', items: async () => [] }));
  assert.deepEqual(
    [bare.properties, bare.showError, bare.resolve, bare.undo],
    [undefined, undefined, undefined, undefined],
  );
  const handler = defineHandler({
    name: 'rich',
    title: 'Rich',
    items: async () => ({ complete: false, items: [{ id: 'a' }] }),
    properties: async () => ({ next: 'list-again' }),
    showError: async (_, errorId) => ({ next: 'retry', items: [errorId] }),
    resolve: async () => 7,
    undo: async () => {},
  });
  const [rich] = await opened(handler);
  assert.deepEqual(await rich.describe(), {
    name: 'Rich',
    hasProperties: true,
    alwaysListed: false,
  });
  const list = await rich.items();
  assert.deepEqual(
    [list.complete, [...(list.items as Iterable<{ hasProperties: boolean }>)][0]?.hasProperties],
    [false, true],
  );
  const shown = await rich.showError?.('e');
  assert.deepEqual(shown && 'pending' in shown && (await shown.pending), {
    next: 'retry',
    items: ['e'],
  });
});
