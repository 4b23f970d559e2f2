import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlerHostConformance } from '../../test/conformance/handler-host.ts';
import { scenario } from '../../test/conformance/handler-scenarios.ts';
import { hosted, moduleHandler } from './module-host.ts';
import { Registry } from './registry.ts';

handlerHostConformance('a host in this process', async (name) => hosted(scenario(name)));

test('a module is loaded when its handler is first needed, and once', async () => {
  let loaded = 0;
  const registry = new Registry({
    plain: moduleHandler('plain.js', async () => {
      loaded += 1;
      return { handler: scenario('plain') };
    }),
  });
  assert.deepEqual([registry.names(), loaded], [['plain'], 0]);
  const [one, two] = [await registry.get('plain'), await registry.get('plain')];
  assert.equal(one, two);
  assert.equal(loaded, 1);
});

test('a handler that keeps to the old order does so behind its host', () => {
  const handler = scenario('plain');
  assert.equal(hosted(handler).inTurn, undefined);
  assert.equal(hosted({ ...handler, inTurn: true }).inTurn, true);
});

test('HN-01 a module without a handler is refused with its place', async () => {
  const modules: (() => Promise<object>)[] = [
    async () => ({}),
    async () => ({ handler: 7 }),
    async () => ({ handler: { name: 'x' } }),
    async () => ({ handler: { name: '', open: () => null } }),
    () => Promise.reject(new Error('no such file')),
  ];
  for (const load of modules) {
    await assert.rejects(moduleHandler('x.js', load)(), /The handler in x\.js cannot be used/);
  }
});

test('a module that could not be loaded is tried again', async () => {
  let tries = 0;
  const registry = new Registry();
  registry.register('late', async () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return scenario('plain');
  });
  await assert.rejects(registry.get('late'), /not yet/);
  assert.equal((await registry.get('late')).name, 'plain');
});

test('A4 A6 a name registered again is the new handler; one unregistered is unknown', async () => {
  const registry = new Registry({ mail: async () => scenario('plain') });
  await registry.get('mail');
  registry.register('mail', async () => scenario('gifted'));
  assert.equal((await registry.get('mail')).name, 'gifted');
  assert.equal(registry.unregister('mail'), true);
  assert.equal(registry.unregister('mail'), false);
  await assert.rejects(registry.get('mail'), { code: 'handler-unknown' });
});
