import assert from 'node:assert/strict';
import { test } from 'node:test';
import { item, type Script, type ScriptedHandler } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { Item, ItemPreference } from '../model/item.ts';

const listing = (items: readonly Item[], complete = true): Script => ({
  items: async () => ({ complete, items }),
});
const tick = (one: string, checked: boolean, more: Partial<ItemPreference> = {}) => ({
  partnership: 'mail',
  item: one,
  trigger: 'manual' as const,
  connection: null,
  checked,
  ...more,
});
const prepared = (handler: ScriptedHandler) =>
  handler.calls.filter((call) => call.startsWith('prepare'));

test('C18 C21 nothing is prepared before the choice is confirmed', async () => {
  const world = new World();
  const handler = await world.add('mail');
  const { id } = await world.invoke(['mail'], { startNow: false });
  await world.idle();
  assert.equal(world.manager.running()[0]?.phase, 'choosing');
  assert.deepEqual(prepared(handler), []);
  const [choice] = await world.manager.choices(id);
  await world.manager.confirm(id, { [choice?.session ?? '']: ['b'] });
  const [session] = await world.manager.whenEnded(id);
  assert.deepEqual(prepared(handler), ['prepare b']);
  assert.equal(session?.phase, 'succeeded');
});

test('C22 a choice can begin minimized', async () => {
  const world = new World();
  await world.add('mail');
  const { id } = await world.invoke(['mail'], { startNow: false, minimized: true });
  await world.idle();
  assert.equal(world.manager.running()[0]?.minimized, true);
  await world.manager.cancel(id);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
});

test('C47 C48 the choice shows the names of the handlers, cut to 31 characters', async () => {
  const world = new World();
  const named = (name: string): Script => ({
    describe: async () => ({ name, hasProperties: false, alwaysListed: false }),
  });
  await world.add('short', named('x'.repeat(31)));
  await world.add('long', named(`${'x'.repeat(30)}\u{1F4BE}tail`));
  const { id } = await world.invoke(null, { startNow: false });
  await world.idle();
  const names = (await world.manager.choices(id)).map(({ info }) => info.name);
  assert.deepEqual(names, ['x'.repeat(31), 'x'.repeat(30)]);
  await world.manager.cancel(id);
});

test('C49 a handler that cannot describe itself is listed under the name of its partnership', async () => {
  const world = new World();
  await world.add('mail', { describe: () => Promise.reject(new Error('no')) });
  const { id } = await world.invoke(['mail'], { startNow: false });
  await world.idle();
  assert.equal((await world.manager.choices(id))[0]?.info.name, 'mail');
  await world.manager.cancel(id);
});

test('C51 C52 C53 ticks of items that did not appear go, unless the list is incomplete', async () => {
  const cases: readonly [Script, number][] = [
    [listing([item('a')]), 0],
    [listing([item('a')], false), 1],
    [{ items: () => Promise.reject(new Error('down')) }, 1],
  ];
  for (const [script, left] of cases) {
    const world = new World();
    await world.add('mail', script);
    await world.manager.setPreferences([tick('gone', true)]);
    await world.run(['mail']);
    assert.equal((await world.store.preferences.list('mail')).length, left);
  }
});

test('C53 a list that failed is a failure, not a quiet end', async () => {
  const world = new World();
  await world.add('mail', { items: () => Promise.reject(new Error('server is down')) });
  const session = await world.runOne('mail');
  assert.equal(session.phase, 'failed');
  assert.match(session.result?.error?.text ?? '', /server is down/);
});

test('C54 C55 C56 a stored tick outranks the default of the item', async () => {
  const world = new World();
  const items = [
    item('a'),
    item('b'),
    item('c', { checked: false }),
    item('d', { checked: false }),
  ];
  const handler = await world.add('mail', listing(items));
  await world.manager.setPreferences([tick('b', false), tick('d', true)]);
  await world.run(['mail']);
  assert.deepEqual(prepared(handler), ['prepare a,d']);
});

test('C57 ticks of temporary items are forgotten at the end of the session', async () => {
  const world = new World();
  await world.add('mail', listing([item('a', { temporary: true }), item('b')]));
  await world.manager.setPreferences([tick('a', true), tick('b', true)]);
  await world.run(['mail']);
  const left = await world.store.preferences.list('mail');
  assert.deepEqual(
    left.map((one) => one.item),
    ['b'],
  );
});

test('a choice can be remembered, and a program then finds it', async () => {
  const world = new World();
  const handler = await world.add('mail');
  const { id } = await world.invoke(['mail'], { startNow: false });
  await world.idle();
  const session = world.session('mail');
  await world.manager.confirm(id, { [session]: ['a'] }, true);
  await world.manager.whenEnded(id);
  await world.run(['mail']);
  await world.run(['mail'], { trigger: 'invoke' });
  assert.deepEqual(prepared(handler), ['prepare a', 'prepare a', 'prepare a']);
});

test('C60 a handler without items is in the choice only if it says so', async () => {
  const world = new World();
  await world.add('silent', listing([]));
  await world.add('always', {
    ...listing([]),
    describe: async () => ({ name: 'Always', hasProperties: true, alwaysListed: true }),
  });
  await world.add('mail');
  const { id } = await world.invoke(null, { startNow: false });
  await world.idle();
  const choices = await world.manager.choices(id);
  assert.deepEqual(
    choices.map(({ partnership }) => partnership),
    ['always', 'mail'],
  );
  await world.manager.confirm(id, {});
  const sessions = await world.manager.whenEnded(id);
  assert.ok(sessions.every(({ phase }) => phase === 'declined'));
});

test('one choice covers all handlers, and those left out are released', async () => {
  const world = new World();
  const one = await world.add('one');
  const two = await world.add('two');
  const { id } = await world.invoke(null, { startNow: false });
  await world.idle();
  await world.manager.confirm(id, { [world.session('two')]: ['a', 'unheard of'] });
  await world.manager.whenEnded(id);
  assert.deepEqual([prepared(one), prepared(two)], [[], ['prepare a']]);
  assert.equal(one.count('close'), 1);
  await assert.rejects(world.manager.confirm(id, {}), { code: 'not-found' });
});

test('A46 an automatic trigger may wait for one yes, with the ticks made for it', async () => {
  const world = new World();
  const handler = await world.add('mail', {}, { triggers: ['connect'] });
  await world.manager.setPreferences([tick('a', false, { trigger: 'connect' })]);
  const { id } = await world.invoke(null, { trigger: 'connect', startNow: false });
  await world.idle();
  const [choice] = await world.manager.choices(id);
  const ticked = choice?.items.filter((one) => one.ticked).map((one) => one.id) ?? [];
  assert.deepEqual(ticked, ['b']);
  await world.manager.confirm(id, { [choice?.session ?? '']: ticked });
  await world.manager.whenEnded(id);
  assert.deepEqual(prepared(handler), ['prepare b']);
});

test('HN-09 items named twice or without a name are left out, with a line in the log', async () => {
  const world = new World();
  const handler = await world.add(
    'mail',
    listing([item('a'), item('a'), item(''), item('x'.repeat(300)), item('b')]),
  );
  await world.run(['mail']);
  assert.deepEqual(prepared(handler), ['prepare a,b']);
  const [entry] = await world.store.log.list({});
  assert.match(entry?.text ?? '', /^3 items were left out/);
});

test('C45 the settings list describes and enumerates, and synchronizes nothing', async () => {
  const world = new World();
  const handler = await world.add('mail', {}, { triggers: ['idle'] });
  await world.manager.setPreferences([tick('b', false, { trigger: 'idle' })]);
  const described = await world.manager.describe('mail', 'idle');
  assert.deepEqual(
    described?.items.map((one) => one.ticked),
    [true, false],
  );
  assert.deepEqual(handler.calls, ['open', 'describe', 'items', 'close']);
  assert.equal(handler.openings[0]?.settingsOnly, true);
});
