// What every host of handlers must do: whether the handler lives in this process or in another, the
// manager must not be able to tell.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { ConflictSubject, Handler, HandlerSession, Opening } from '../../src/ports/handler.ts';
import { RecordingCallback } from '../support/recording-callback.ts';
import { hostilePath, plannedChange, type ScenarioName } from './handler-scenarios.ts';

/** Hands out the handler of that name as the host serves it. */
export type HostFactory = (name: ScenarioName) => Promise<Handler>;

const opening: Opening = {
  partnership: { id: 'p', name: 'P' },
  trigger: 'invoke',
  interactive: true,
  settingsOnly: false,
  cookie: Uint8Array.of(0, 128, 255),
  settings: { path: hostilePath, deep: { list: [1, null] } },
};
const call = { items: ['a', 'b'], approved: null };
const conflict: ConflictSubject = { item: 'a', subject: 's', kind: 'k', versions: [] };

export function handlerHostConformance(title: string, host: HostFactory): void {
  const open: HandlerSession[] = [];
  async function opened(name: ScenarioName, about: Opening): Promise<HandlerSession> {
    const session = await (await host(name)).open(about);
    assert.ok(session !== null);
    open.push(session);
    return session;
  }
  async function attached(name: ScenarioName): Promise<[HandlerSession, RecordingCallback]> {
    const session = await opened(name, structuredClone(opening));
    const callback = new RecordingCallback();
    await session.attach(callback);
    return [session, callback];
  }
  const logged = (callback: RecordingCallback): string[] =>
    callback.of('log').map((one) => (JSON.parse(one) as { text: string }).text);

  describe(title, () => {
    // One of them cannot be closed, and says so.
    afterEach(async () => {
      await Promise.all(open.splice(0).map((session) => session.close().catch(() => {})));
    });

    test('declines what the handler declines', async () => {
      assert.equal(await (await host('declining')).open(opening), null);
    });

    test('hands over what a session is about, byte for byte', async () => {
      const [session, callback] = await attached('plain');
      await session.prepare(call);
      assert.deepEqual(JSON.parse(logged(callback)[0] ?? ''), {
        ...opening,
        cookie: [0, 128, 255],
        items: ['a', 'b'],
      });
    });

    test('hands back the description and the items, and that some are missing', async () => {
      const [session] = await attached('plain');
      const info = { name: 'Plain', hasProperties: false, alwaysListed: true };
      assert.deepEqual(await session.describe(), info);
      const { complete, items } = await session.items();
      const names: string[] = [];
      for await (const { name } of items) names.push(name);
      assert.deepEqual([complete, names], [false, ['Item a', 'Item b']]);
    });

    test('tells a call that has ended from one that pends, and aborts through signals', async () => {
      const [quick] = await attached('plain');
      const ended = await quick.synchronize();
      assert.ok('ended' in ended);
      assert.deepEqual(ended.ended.counts, { 'right.create': 2 });
      const [slow, callback] = await attached('pending');
      for (const [half, item] of [
        ['prepare', 'a'],
        ['synchronize', null],
      ] as const) {
        const pass = half === 'prepare' ? await slow.prepare(call) : await slow.synchronize();
        assert.ok('pending' in pass);
        callback.abort(item);
        assert.ok((await pass.pending).outcome);
      }
    });

    test('passes on that an item is to be skipped', async () => {
      const [session, callback] = await attached('plain');
      session.setItemStatus('b', 'skipped');
      await session.synchronize();
      assert.deepEqual(logged(callback), ['b skipped']);
    });

    test('brings the answers of progress to the handler', async () => {
      const [session, callback] = await attached('obedient');
      await session.prepare(call);
      const working = session.synchronize();
      callback.answer = 'skip';
      // As the manager does: whoever cannot be answered at once is told.
      callback.abort('a');
      const pass = await working;
      const outcome = 'ended' in pass ? pass.ended : await pass.pending;
      assert.equal(outcome.outcome, 'failed');
      assert.match(callback.of('progress').at(-1) ?? '', /^"a"/);
    });

    test('carries questions, lines taken back, connections and conflicts', async () => {
      const [session, callback] = await attached('asking');
      const pass = await session.prepare(call);
      const prepared = 'ended' in pass ? pass.ended : await pass.pending;
      assert.equal(prepared.outcome, 'refused');
      const answers = [{ word: 'open' }, true, false, 1, 0];
      assert.deepEqual(JSON.parse(logged(callback).at(-1) ?? ''), answers);
      assert.deepEqual(callback.of('conflictsSeen'), ['"a" true']);
      assert.match(callback.of('conflict')[0] ?? '', /edit-edit/);
    });

    test('turns every failure into a rejection with its text', async () => {
      const [session] = await attached('rejecting');
      await assert.rejects(async () => session.describe(), { code: 'quota-full', retry: 'quota' });
      await assert.rejects(async () => session.items(), /at once/);
      await assert.rejects(async () => {
        const pass = await session.prepare(call);
        return 'ended' in pass ? pass.ended : pass.pending;
      }, /later/);
      await assert.rejects(async () => session.synchronize(), /called/);
      await assert.rejects(async () => session.close(), /closing/);
    });

    test('HN-17 keeps what a handler does to its arguments to the handler', async () => {
      const mine = structuredClone(opening);
      const session = await opened('rude', mine);
      await session.attach(new RecordingCallback());
      const items = ['a'];
      await session.prepare({ items, approved: null });
      assert.deepEqual(mine, opening);
      assert.deepEqual(items, ['a']);
    });

    test('carries plans both ways without a change', async () => {
      const [session] = await attached('planning');
      const changes = [plannedChange, { ...plannedChange, path: 'second' }];
      const summary = {
        hash: 'h',
        session: 's',
        partnership: 'p',
        createdAt: 0,
        state: 'approved',
        counts: {},
        bytes: 0,
        halts: [],
      } as const;
      for (const approved of [null, { summary, changes: () => changes }]) {
        const pass = await session.prepare({ items: ['a'], approved });
        const prepared = 'ended' in pass ? pass.ended : await pass.pending;
        assert.ok(prepared.outcome === 'ready' && prepared.plan !== null);
        const expected = approved === null ? [plannedChange] : changes;
        assert.deepEqual([...prepared.plan.changes], expected);
      }
    });

    test('offers what the handler can, and nothing else', async () => {
      const [bare] = await attached('plain');
      const abilities = [
        'pause',
        'setBandwidth',
        'showError',
        'properties',
        'resolve',
        'undo',
      ] as const;
      for (const ability of abilities) assert.equal(bare[ability], undefined);
      const [session, callback] = await attached('gifted');
      session.pause?.(true);
      session.setBandwidth?.(500_000);
      session.setBandwidth?.(null);
      const retry = await session.showError?.('e');
      assert.deepEqual(retry && 'ended' in retry && retry.ended, { next: 'retry', items: ['e'] });
      const sheet = await session.properties?.(null);
      assert.deepEqual(sheet && 'pending' in sheet && (await sheet.pending), {
        next: 'list-again',
      });
      const past = await session.resolve?.(conflict, { choice: 'keep-both' });
      assert.deepEqual(past, { subject: 's', choice: 'keep-both' });
      await session.undo?.(conflict, past ?? null);
      assert.deepEqual(logged(callback), [
        'pause true',
        'bandwidth 500000',
        'bandwidth null',
        JSON.stringify(past),
      ]);
    });
  });
}
