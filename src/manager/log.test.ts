import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, item, type Script } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { LogDraft } from '../model/event.ts';
import type { Shown } from '../ports/handler.ts';

type Line = Omit<LogDraft, 'session' | 'partnership'>;

const line = (text: string, more: Partial<Line> = {}): Line => ({
  item: null,
  level: 'error',
  text,
  errorId: null,
  jump: false,
  subject: null,
  code: null,
  ...more,
});
const jump = (errorId: string): Line => line(`jump ${errorId}`, { errorId, jump: true });

const logging = (lines: readonly Line[], more: Script = {}): Script => ({
  synchronize: async ({ callback }) => {
    for (const one of lines) callback.log(one);
    return { ended: done };
  },
  ...more,
});

async function texts(world: World): Promise<string[]> {
  const entries = await world.store.log.list({ oldestFirst: true });
  return entries.map(({ level, text }) => `${level}: ${text}`);
}

test('C138 lines of three levels are kept with their texts', async () => {
  const world = new World();
  const levels = ['information', 'warning', 'error'] as const;
  await world.add('mail', logging(levels.map((level) => line('x', { level }))));
  const session = await world.runOne('mail');
  assert.deepEqual(await texts(world), ['information: x', 'warning: x', 'error: x']);
  assert.equal(session.result?.problems, 1);
  assert.equal(session.phase, 'partial');
});

test('C139 a line without text or with an unknown level is not taken', async () => {
  const world = new World();
  const bad = { ...line('x'), level: 'loud' } as unknown as Line;
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      assert.equal(callback.log(line('')), null);
      assert.equal(callback.log(bad), null);
      return { ended: done };
    },
  });
  await world.runOne('mail');
  assert.deepEqual(await texts(world), []);
});

test('C142 C143 C144 C145 lines are withdrawn by name, or all of this handler', async () => {
  const world = new World();
  await world.add('other', logging([line('other stays', { errorId: 'x' })]));
  await world.runOne('other');
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      for (const errorId of ['x', 'x', 'y', null]) callback.log(line(`${errorId}`, { errorId }));
      assert.equal(callback.withdraw('unheard of'), 0);
      assert.equal(callback.withdraw('x'), 2);
      assert.equal(callback.withdraw(null), 2);
      assert.equal(callback.withdraw(null), 0);
      return { ended: done };
    },
  });
  const session = await world.runOne('mail');
  assert.deepEqual(await texts(world), ['error: other stays']);
  assert.equal(session.phase, 'succeeded');
});

test('C146 opening a jump calls showError with its name, also long after', async () => {
  const world = new World();
  const showError = async () => ({ ended: { next: 'nothing' } as Shown });
  const handler = await world.add('mail', logging([jump('full')], { showError }));
  await world.runOne('mail');
  await world.clock.sleep(3_600_000);
  const [entry] = await world.store.log.list({});
  assert.equal(await world.manager.openLogEntry(entry?.id ?? 0), null);
  assert.deepEqual(handler.calls.slice(-1), ['showError full']);
});

test('C147 C148 a line without a jump, or without a name, opens nothing', async () => {
  const world = new World();
  const handler = await world.add(
    'mail',
    logging([line('plain', { errorId: 'x' }), line('nameless', { jump: true })], {
      showError: async () => ({ ended: { next: 'nothing' } }),
    }),
  );
  await world.runOne('mail');
  for (const { id, jump: isJump } of await world.store.log.list({})) {
    assert.equal(isJump, false);
    assert.equal(await world.manager.openLogEntry(id), null);
  }
  assert.equal(handler.count('showError'), 0);
  assert.equal(handler.count('close'), 1);
});

test('C149 a dialog that pends is waited for, and no other opens meanwhile', async () => {
  const world = new World();
  const dialog = Promise.withResolvers<Shown>();
  const handler = await world.add(
    'mail',
    logging([jump('one'), jump('two')], { showError: async () => ({ pending: dialog.promise }) }),
  );
  await world.runOne('mail');
  const [two, one] = await world.store.log.list({});
  const opened = [one, two].map((entry) => world.manager.openLogEntry(entry?.id ?? 0));
  await world.idle();
  assert.equal(handler.count('showError'), 1);
  dialog.resolve({ next: 'nothing' });
  assert.deepEqual(await Promise.all(opened), [null, null]);
  assert.equal(handler.count('showError'), 2);
});

test('C150 a dialog that fails says so, and the next one opens', async () => {
  const world = new World();
  let shown = 0;
  const showError = async () => {
    shown += 1;
    if (shown === 1) throw new Error('no window');
    return { ended: { next: 'nothing' } as Shown };
  };
  await world.add('mail', logging([jump('full')], { showError }));
  await world.runOne('mail');
  const [entry] = await world.store.log.list({});
  await assert.rejects(world.manager.openLogEntry(entry?.id ?? 0), /no window/);
  assert.equal(await world.manager.openLogEntry(entry?.id ?? 0), null);
});

test('C152 C154 no retry follows without one being asked for, or without items', async () => {
  const answers: Shown[] = [{ next: 'nothing' }, { next: 'retry', items: [] }];
  for (const answer of answers) {
    const world = new World();
    const showError = async () => ({ ended: answer });
    const handler = await world.add('mail', logging([jump('full')], { showError }));
    await world.runOne('mail');
    const [entry] = await world.store.log.list({});
    assert.equal(await world.manager.openLogEntry(entry?.id ?? 0), null);
    assert.equal(handler.count('prepare'), 1);
  }
});

test('C153 changing the list afterwards does not change the retry', async () => {
  const world = new World();
  const items = ['a'];
  const showError = async () => ({ ended: { next: 'retry', items } as Shown });
  const handler = await world.add('mail', logging([jump('full')], { showError }));
  await world.runOne('mail');
  const [entry] = await world.store.log.list({});
  const retry = await world.manager.openLogEntry(entry?.id ?? 0);
  items.push('b');
  await world.manager.whenEnded(retry?.id ?? '');
  assert.equal(handler.calls.at(-2), 'prepare a');
});

test('C155 a retry asked for while the handler works begins when it has finished', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    synchronize: async ({ callback }) => {
      if (handler.count('synchronize') > 1) return { ended: done };
      callback.log(jump('full'));
      return { pending: world.clock.sleep(1_000).then(() => done) };
    },
    showError: async () => ({ ended: { next: 'retry', items: ['a'] } }),
  });
  const release = world.clock.hold();
  const { id } = await world.invoke(['mail']);
  await world.idle();
  const [entry] = await world.store.log.list({});
  const retry = await world.manager.openLogEntry(entry?.id ?? 0);
  await world.idle();
  assert.equal(handler.count('prepare'), 1);
  release();
  const [first] = await world.manager.whenEnded(id);
  const [second] = await world.manager.whenEnded(retry?.id ?? '');
  assert.ok((first?.endedAt ?? 0) <= (second?.startedAt ?? 0));
  assert.equal(handler.count('open'), 1);
  assert.equal(second?.phase, 'succeeded');
});

test('C156 a dialog can ask for the items to be listed again', async () => {
  const world = new World();
  const handler = await world.add(
    'mail',
    logging([jump('x')], { showError: async () => ({ ended: { next: 'list-again' } }) }),
  );
  await world.runOne('mail');
  const [entry] = await world.store.log.list({});
  await world.manager.openLogEntry(entry?.id ?? 0);
  assert.equal(handler.count('items'), 2);
});

test('C157 a handler with a jump is released when the results are dismissed', async () => {
  const world = new World();
  const showError = async () => ({ ended: { next: 'nothing' } as Shown });
  const kept = await world.add('kept', logging([jump('x')], { showError }));
  const plain = await world.add('plain', logging([line('x')], { showError }));
  const { id } = await world.invoke(['kept', 'plain']);
  await world.manager.whenEnded(id);
  assert.deepEqual([kept.count('close'), plain.count('close')], [0, 1]);
  await world.manager.dismiss(id);
  assert.equal(kept.count('close'), 1);
  const entries = await world.store.log.list({});
  for (const entry of entries) assert.equal(await world.manager.openLogEntry(entry.id), null);
  assert.equal(kept.count('showError'), 0);
});

test('C158 a jump of a handler that could not prepare still opens', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    prepare: async (_, { callback }) => {
      callback.log(jump('sign in'));
      return { ended: { outcome: 'refused', error: null } };
    },
    showError: async () => ({ ended: { next: 'nothing' } }),
  });
  await world.runOne('mail');
  const [entry] = await world.store.log.list({});
  await world.manager.openLogEntry(entry?.id ?? 0);
  assert.equal(handler.calls.at(-1), 'showError sign in');
});

test('a handler whose retry took its jumps back is released, whichever request is dismissed', async () => {
  for (const withdraws of ['yes', 'no']) {
    const world = new World();
    const handler = await world.add('mail', {
      synchronize: async ({ callback }) => {
        if (handler.count('synchronize') === 1) callback.log(jump('x'));
        else if (withdraws === 'yes') callback.withdraw(null);
        return { ended: done };
      },
      showError: async () => ({ ended: { next: 'retry', items: ['a'] } }),
    });
    const { id } = await world.invoke(['mail']);
    await world.manager.whenEnded(id);
    const [entry] = await world.store.log.list({});
    const retry = await world.manager.openLogEntry(entry?.id ?? 0);
    await world.manager.whenEnded(retry?.id ?? '');
    assert.equal(handler.count('close'), withdraws === 'yes' ? 1 : 0);
    await world.manager.dismiss(id);
    assert.equal(handler.count('close'), 1);
  }
});

test('a withdrawn line cannot be opened', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      callback.log(jump('x'));
      callback.withdraw('x');
      return { ended: done };
    },
  });
  await world.runOne('mail');
  const [entry] = await world.store.log.list({ withWithdrawn: true });
  await assert.rejects(world.manager.openLogEntry(entry?.id ?? 0), { code: 'not-found' });
});

test('HN-10 a flood of lines is cut off, and long texts are cut short', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      callback.log(line('x'.repeat(1_000_000)));
      for (let count = 0; count < 12_000; count += 1) callback.log(line('again'));
      return { ended: done };
    },
  });
  const session = await world.runOne('mail');
  const entries = await world.store.log.list({ session: session.id, limit: 10_000 });
  assert.equal(session.result?.problems, 10_000);
  assert.ok(entries.every(({ text }) => text.length <= 4_096));
});

test('C74 C75 C76 C77 properties open where a handler or item has them, with the callback attached', async () => {
  const world = new World();
  const items = [item('a', { hasProperties: true }), item('b')];
  const handler = await world.add('mail', {
    items: async () => ({ complete: true, items }),
    properties: async () => ({ ended: { next: 'nothing' } }),
  });
  for (const one of ['a', 'b', null]) await world.manager.openProperties('mail', one);
  const calls = ['open', 'describe', 'items', 'attach'];
  assert.deepEqual(handler.calls, [
    ...calls,
    'properties a',
    'close',
    ...calls,
    'close',
    ...calls,
    'close',
  ]);
  assert.ok(handler.openings.every(({ settingsOnly }) => settingsOnly));
});

test('C78 C82 properties during the work do not disturb it, and can renew the list', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    describe: async () => ({ name: 'Mail', hasProperties: true, alwaysListed: false }),
    properties: async () => ({ ended: { next: 'list-again' } }),
    synchronize: async () => ({ pending: world.clock.sleep(1_000).then(() => done) }),
  });
  const release = world.clock.hold();
  const { id } = await world.invoke(['mail']);
  await world.idle();
  await world.manager.openProperties('mail', null);
  release();
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'succeeded');
  assert.deepEqual(handler.calls.slice(-4), ['synchronize', 'properties null', 'items', 'close']);
});

test('C83 an item deleted in its properties leaves the choice and the ticks', async () => {
  const world = new World();
  const items = [item('a', { hasProperties: true }), item('b')];
  await world.add('mail', {
    items: async () => ({ complete: true, items }),
    properties: async () => ({ ended: { next: 'item-deleted' } }),
  });
  const tick = { partnership: 'mail', trigger: 'manual', connection: null, checked: true } as const;
  await world.manager.setPreferences([
    { ...tick, item: 'a' },
    { ...tick, item: 'b' },
  ]);
  const { id } = await world.invoke(['mail'], { startNow: false });
  await world.idle();
  await world.manager.openProperties('mail', 'a');
  const [choice] = await world.manager.choices(id);
  assert.deepEqual(
    choice?.items.map((one) => one.id),
    ['b'],
  );
  const stored = await world.store.preferences.list('mail');
  assert.deepEqual(
    stored.map((one) => one.item),
    ['b'],
  );
  await world.manager.cancel(id);
});
