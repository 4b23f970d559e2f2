import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { endOf } from '../../test/support/cli-rig.ts';
import { wired } from '../../test/support/wired.ts';
import type { PlanChange } from '../model/plan.ts';
import { defineHandler, SyncError } from './handler.ts';

const change = (path: string): PlanChange => ({
  item: 'a',
  side: 'right',
  kind: 'create',
  path,
  bytes: 1,
});

const breath = () => new Promise((resolve) => setImmediate(resolve));

test('a definition served is spoken to in messages, from its introduction to its close', async () => {
  const course: string[] = [];
  const it = wired(
    defineHandler<{ folder: string }>({
      name: 'hello',
      title: 'Hello',
      open: async ({ settings, cookie }) => {
        course.push(`open ${[...(cookie ?? [])]}`);
        return { folder: String(settings.folder) };
      },
      items: async ({ state }) => [{ id: state.folder }],
      synchronizeItem: async (_, item) => {
        course.push(`synchronize ${item}`);
        return { counts: { 'right.create': 1 }, bytes: 3 };
      },
      close: async () => void course.push('close'),
    }),
  );
  await it.opened({ folder: 'x' });
  assert.equal((await it.request('describe')).name, 'Hello');
  const { items, next } = await it.request('items', { cursor: null });
  assert.deepEqual([(items as { id: string }[])[0]?.id, next], ['x', null]);
  const call = { items: ['x'], approved: null };
  assert.deepEqual(await it.request('prepare', call), { outcome: 'ready', plan: null });
  const done = { outcome: 'done', error: null, counts: { 'right.create': 1 }, bytes: 3 };
  assert.deepEqual(await it.request('synchronize'), done);
  const statuses = it.of('progress').map(({ status }) => status);
  assert.deepEqual(statuses, ['updating', 'succeeded']);
  assert.equal(await it.request('close'), null);
  assert.deepEqual(course, ['open 0,128,255', 'synchronize x', 'close']);
});

test('what a served handler throws keeps its code and its retry class', async () => {
  const it = wired(
    defineHandler({
      name: 'full',
      items: () => Promise.reject(new SyncError('quota-full', 'No room.', 'quota')),
      prepare: () => Promise.reject(new Error('later')),
    }),
  );
  await it.opened();
  await assert.rejects(it.request('items', { cursor: null }), {
    message: 'No room.',
    data: { code: 'quota-full', retry: 'quota' },
  });
  await assert.rejects(it.request('prepare', { items: [], approved: null }), /later/);
});

test('HN-10 a million reports are a few messages, and the last of them comes before the reply', async () => {
  const it = wired(
    defineHandler({
      name: 'busy',
      items: async () => [{ id: 'a' }],
      synchronize: async (context) => {
        for (let value = 1; value <= 1_000_000; value += 1) context.progress('a', { value });
        return undefined;
      },
    }),
  );
  await it.opened();
  await it.request('prepare', { items: ['a'], approved: null });
  await it.request('synchronize');
  const reports = it.of('progress');
  assert.ok(reports.length <= 3, `${reports.length} messages`);
  assert.equal(reports.at(-1)?.value, 1_000_000);
});

test('a skip and a stop reach the signals and the answers of progress', async () => {
  const seen: string[] = [];
  const it = wired(
    defineHandler({
      name: 'patient',
      items: async () => [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      synchronizeItem: async (context, item, signal) => {
        seen.push(item);
        context.progress(item, { text: 'waiting' });
        if (!signal.aborted) {
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve);
          });
        }
        throw new Error('cut short');
      },
    }),
  );
  await it.opened();
  await it.request('prepare', { items: ['a', 'b', 'c'], approved: null });
  const working = it.request('synchronize');
  await breath();
  it.manager.notify('setItemStatus', { item: 'a', status: 'skipped' });
  await breath();
  await breath();
  it.manager.notify('cancel', { item: null });
  await working;
  const final = it.of('progress').filter(({ status }) => status && status !== 'updating');
  assert.deepEqual(
    final.map(({ item, status }) => `${item} ${status}`),
    ['a skipped', 'b stopped', 'c stopped'],
  );
  assert.deepEqual(seen, ['a', 'b']);
});

test('a request that nobody waits for any more is stopped', async () => {
  const ended = Promise.withResolvers<string>();
  const it = wired(
    defineHandler({
      name: 'patient',
      items: async () => [],
      prepare: (context) =>
        new Promise(() => {
          context.signal.addEventListener('abort', () => ended.resolve('aborted'));
        }),
    }),
  );
  await it.opened();
  const away = new AbortController();
  const preparing = it.manager.request(
    'prepare',
    { items: [], approved: null },
    { signal: away.signal },
  );
  await breath();
  away.abort();
  await assert.rejects(preparing, /cancelled/);
  assert.equal(await ended.promise, 'aborted');
});

test('plans travel in portions, both ways, and are adopted as they were', async () => {
  const changes = Array.from({ length: 1_201 }, (_, at) => change(`file ${at}`));
  const it = wired(
    defineHandler({
      name: 'planner',
      items: async () => [{ id: 'a' }],
      prepare: async (_, { approved }) => ({
        changes: approved === null ? [change('new')] : approved.changes(),
        facts: [],
      }),
    }),
  );
  await it.opened();
  const prepare = (approved: { hash: string } | null) =>
    it.request('prepare', { items: ['a'], approved });
  await prepare(null);
  assert.deepEqual(it.of('plan'), [{ changes: [change('new')] }]);
  for (const from of [0, 600]) {
    it.manager.notify('approved', {
      changes: changes.slice(from, from + 601).map((one) => ({ ...one })),
    });
  }
  await prepare({ hash: 'h' });
  const portions = it.of('plan').slice(1);
  assert.deepEqual(
    portions.map((one) => (one.changes as readonly object[]).length),
    [500, 500, 202],
  );
});

test('many items come in portions, until there is no more', async () => {
  const it = wired(
    defineHandler({
      name: 'many',
      items: async () => ({
        complete: false,
        items: Array.from({ length: 1_100 }, (_, at) => ({ id: `${at}` })),
      }),
    }),
  );
  await it.opened();
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items?: unknown; next?: unknown; complete?: unknown } = await it.request(
      'items',
      { cursor },
    );
    for (const { id } of page.items as { id: string }[]) ids.push(id);
    assert.equal(page.complete, false);
    cursor = page.next as string | null;
  } while (cursor !== null);
  assert.deepEqual([ids.length, ids.at(-1)], [1_100, '1099']);
});

test('a question, a line and a conflict reach the manager, and what it answers comes back', async () => {
  const got: unknown[] = [];
  const it = wired(
    defineHandler({
      name: 'asking',
      items: async () => [{ id: 'a' }],
      synchronize: async (context) => {
        got.push(
          await context.ask({ title: 'T', schema: {}, values: {} }),
          await context.connect(null),
          context.log('error', 'Full.', { errorId: 'full', jump: true }),
          context.withdraw('full'),
          context.withdraw('other'),
        );
        context.conflict({ item: 'a', subject: 's', kind: 'k', versions: [] });
        context.conflictsSeen('a');
        return undefined;
      },
    }),
  );
  await it.opened();
  await it.request('synchronize');
  assert.deepEqual(got, [{ word: 'open' }, true, 1, 1, 0]);
  assert.deepEqual(
    it.told.map(([method]) => method),
    ['log', 'withdraw', 'withdraw', 'conflict', 'conflictsSeen'],
  );
});

test('that a call goes on is told only to a manager that knows what it means', async () => {
  for (const [features, expected] of [
    [['returned'], 1],
    [[], 0],
  ] as const) {
    const it = wired(defineHandler({ name: 'x', items: async () => [] }), features);
    await it.opened();
    let returns = 0;
    await it.manager.request(
      'prepare',
      { items: [], approved: null },
      {
        returned: () => {
          returns += 1;
        },
      },
    );
    assert.equal(returns, expected);
  }
});

test('HN-07 what does not fit is answered with an error, and the session goes on', async () => {
  const it = wired(defineHandler({ name: 'x', items: async () => [] }));
  await assert.rejects(it.request('describe'), /no session is open/);
  await it.opened();
  await assert.rejects(it.request('later/method'), { code: -32_601 });
  it.manager.notify('later', {});
  assert.equal((await it.request('describe')).name, 'x');
});

test('while a session is open the handler says that it is well', async () => {
  const it = wired(defineHandler({ name: 'x', items: async () => [] }));
  await it.opened();
  for (let seconds = 0; seconds < 12; seconds += 1) {
    it.clock.advance(1_000);
    await it.clock.idle();
  }
  assert.equal(it.of('alive').length, 2);
});

test('HN-05 a manager that goes away leaves no session open', async () => {
  let closed = 0;
  const it = wired(
    defineHandler({
      name: 'x',
      items: async () => [],
      close: async () => {
        closed += 1;
      },
    }),
  );
  await it.opened();
  it.hangUp();
  await it.left;
  assert.equal(closed, 1);
});

test('HN-11 what a served program prints does not break the protocol, and it ends with its input', async () => {
  const program = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'loud-handler.ts');
  const child = spawn(process.execPath, [program]);
  const ended = endOf(child);
  const params = { protocol: 1, features: [], manager: { name: 'test', version: '' } };
  child.stdin.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
  const { code, out, err } = await ended;
  assert.equal(code, 0, err);
  assert.deepEqual(
    out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: number }).id),
    [1],
  );
  assert.match(err, /starting\n.*written past the console/);
});
