import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, type Script } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { GuardFacts, PlanChange } from '../model/plan.ts';

const change = (path: string, more: Partial<PlanChange> = {}): PlanChange => ({
  item: 'a',
  side: 'right',
  kind: 'create',
  path,
  bytes: 10,
  ...more,
});
const facts = (more: Partial<GuardFacts> = {}): GuardFacts => ({
  item: 'a',
  known: { right: 100 },
  deletions: {},
  overwrites: {},
  alarms: [],
  ...more,
});
const planning = (changes: readonly PlanChange[], guards = [facts()]): Script => ({
  prepare: async () => ({ ended: { outcome: 'ready', plan: { changes, facts: guards } } }),
  synchronize: async () => ({ ended: { ...done, counts: { 'right.create': changes.length } } }),
});
const deleting = [facts({ deletions: { right: 50 } })];
const two = [change('x'), change('y', { kind: 'update', bytes: 5 })];

test('a plan is stored under its hash with its counts before it is carried out', async () => {
  const world = new World();
  await world.add('mail', {
    ...planning(two),
    synchronize: async () => {
      const [plan] = await world.store.plans.list({});
      assert.equal(plan?.state, 'approved');
      return { ended: done };
    },
  });
  const session = await world.runOne('mail');
  const plan = await world.store.plans.get(session.plan ?? '');
  assert.deepEqual(plan?.counts, { 'right.create': 1, 'right.update': 1 });
  assert.equal(plan?.bytes, 15);
  assert.equal(plan?.state, 'carried-out');
  assert.match(session.plan ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual(await world.store.plans.changes(session.plan ?? ''), two);
});

test('the same changes have the same hash, others in whatever respect another', async () => {
  const variants: (readonly PlanChange[])[] = [
    [change('x', { detail: { one: 1, two: [2] } })],
    [{ detail: { one: 1, two: [2] }, ...change('x') }],
    [change('x', { detail: { one: 1, two: [3] } })],
    [change('x'), change('y')],
    [change('y'), change('x')],
    [change('x', { bytes: 11 })],
    [change('x', { side: 'left' })],
    [change('x', { item: 'b' })],
    [change('x', { kind: 'move', from: 'w' })],
    [change('\ud800')],
    [change('\udfff')],
  ];
  const hashes: (string | null)[] = [];
  for (const changes of variants) {
    const world = new World();
    await world.add('mail', planning(changes));
    hashes.push((await world.runOne('mail')).plan);
  }
  assert.equal(hashes[0], hashes[1]);
  assert.equal(new Set(hashes).size, variants.length - 1);
});

test('a run that changes nothing stores no plan', async () => {
  const world = new World();
  await world.add('mail', planning([]));
  const session = await world.runOne('mail');
  assert.equal(session.plan, null);
  assert.equal(session.phase, 'succeeded');
  assert.deepEqual(await world.store.plans.list({}), []);
});

test('a dry run ends planned and leaves a plan that can be approved', async () => {
  const world = new World();
  const handler = await world.add('mail', planning(two));
  const session = await world.runOne('mail', { planOnly: true });
  assert.equal(session.phase, 'planned');
  assert.equal(handler.count('synchronize'), 0);
  assert.deepEqual(
    session.result?.items.map(({ status }) => status),
    ['skipped', 'skipped'],
  );
  const request = await world.manager.approve(session.plan ?? '');
  const [carried] = await world.manager.whenEnded(request.id);
  assert.equal(carried?.phase, 'succeeded');
  assert.equal(handler.calls.filter((call) => call === 'prepare a').length, 1);
  assert.equal((await world.store.plans.get(session.plan ?? ''))?.state, 'carried-out');
});

test('an approved plan is handed to the handler with all its changes', async () => {
  const world = new World();
  const adopted: PlanChange[] = [];
  await world.add('mail', {
    prepare: async ({ approved }) => {
      adopted.push(...(approved?.changes() ?? []));
      const plan = approved === null ? { changes: two, facts: deleting } : null;
      return { ended: { outcome: 'ready', plan } };
    },
  });
  const session = await world.runOne('mail', { planOnly: true });
  const { id } = await world.manager.approve(session.plan ?? '');
  const [carried] = await world.manager.whenEnded(id);
  assert.deepEqual(adopted, two);
  assert.equal(carried?.plan, session.plan);
});

test('a plan that the handler would make differently now is not carried out', async () => {
  const world = new World();
  let changes = two;
  const handler = await world.add('mail', {
    prepare: async () => ({ ended: { outcome: 'ready', plan: { changes, facts: [] } } }),
  });
  const session = await world.runOne('mail', { planOnly: true });
  changes = [change('z')];
  const { id } = await world.manager.approve(session.plan ?? '');
  const [second] = await world.manager.whenEnded(id);
  assert.equal(second?.result?.error?.code, 'plan-outdated');
  assert.equal(handler.count('synchronize'), 0);
  assert.equal((await world.store.plans.get(session.plan ?? ''))?.state, 'outdated');
});

test('CF-05 with nobody there a halted session leaves its plan open', async () => {
  const world = new World();
  const handler = await world.add('mail', planning(two, deleting));
  const session = await world.runOne('mail', { trigger: 'schedule' });
  assert.equal(session.phase, 'halted');
  assert.equal(session.result?.error?.code, 'plan-waits');
  assert.equal(handler.count('synchronize'), 0);
  const plan = await world.store.plans.get(session.plan ?? '');
  assert.equal(plan?.state, 'open');
  assert.equal(plan?.halts[0]?.guard, 'mass-delete');
  const { id } = await world.manager.approve(plan?.hash ?? '');
  const [carried] = await world.manager.whenEnded(id);
  assert.equal(carried?.phase, 'succeeded');
});

test('with a person there a halted session waits, and goes on once it is approved', async () => {
  const world = new World({ approver: true });
  const handler = await world.add('mail', planning(two, deleting));
  const { id } = await world.invoke(['mail']);
  await world.idle();
  const [running] = world.manager.running();
  assert.equal(running?.phase, 'awaiting-approval');
  const approved = await world.manager.approve(running?.session.plan ?? '');
  assert.equal(approved.id, id);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'succeeded');
  assert.equal(handler.count('prepare'), 1);
  assert.equal((await world.store.plans.get(session?.plan ?? ''))?.state, 'carried-out');
});

test('a rejected plan ends its session as halted and cannot be approved any more', async () => {
  const world = new World({ approver: true });
  await world.add('mail', planning(two, deleting));
  const { id } = await world.invoke(['mail']);
  await world.idle();
  const hash = world.manager.running()[0]?.session.plan ?? '';
  assert.equal((await world.manager.reject(hash)).state, 'rejected');
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'halted');
  assert.equal(session?.result?.error?.code, 'plan-rejected');
  await assert.rejects(world.manager.approve(hash), { code: 'plan-unknown' });
  await assert.rejects(world.manager.reject(hash), { code: 'plan-unknown' });
});

test('a session that waits for approval can be stopped; the plan stays open', async () => {
  const world = new World({ approver: true });
  await world.add('mail', planning(two, deleting));
  const { id } = await world.invoke(['mail']);
  await world.idle();
  world.manager.stop(null);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
  assert.equal((await world.store.plans.get(session?.plan ?? ''))?.state, 'open');
});

test('others synchronize while one waits for approval', async () => {
  const world = new World({ approver: true });
  await world.add('waits', planning(two, deleting));
  const other = await world.add('other', planning(two));
  const { id } = await world.invoke(['waits', 'other']);
  await world.idle();
  assert.equal(other.count('synchronize'), 1);
  await world.manager.cancel(id);
  await world.manager.whenEnded(id);
});

test('an alarm that no approval can lift fails the session with its text', async () => {
  const world = new World({ approver: true });
  const alarm = { guard: 'root-vanished', side: 'left', text: 'It is gone.', approvable: false };
  const handler = await world.add('mail', planning(two, [facts({ alarms: [alarm] })]));
  const session = await world.runOne('mail');
  assert.equal(session.phase, 'failed');
  assert.match(session.result?.error?.text ?? '', /It is gone\./);
  assert.equal(handler.count('synchronize'), 0);
  await assert.rejects(world.manager.approve(session.plan ?? ''), { code: 'plan-refused' });
});

test('a partnership may have every plan with a change approved', async () => {
  const world = new World();
  await world.add('mail', planning(two), { approve: 'always' });
  await world.add('calm', planning([]), { approve: 'always' });
  assert.equal((await world.runOne('mail')).phase, 'halted');
  assert.equal((await world.runOne('calm')).phase, 'succeeded');
});

test('an approved plan whose session came to nothing can be approved again', async () => {
  const world = new World();
  let server: 'up' | 'down' = 'up';
  await world.add('mail', {
    ...planning(two, deleting),
    open: () => {
      if (server === 'down') throw new Error('server is down');
      return true;
    },
  });
  const halted = await world.runOne('mail');
  server = 'down';
  const first = await world.manager.approve(halted.plan ?? '');
  assert.equal((await world.manager.whenEnded(first.id))[0]?.phase, 'failed');
  server = 'up';
  const second = await world.manager.approve(halted.plan ?? '');
  assert.equal((await world.manager.whenEnded(second.id))[0]?.phase, 'succeeded');
});

test('an approved plan whose request is withdrawn before its turn is open again', async () => {
  const world = new World();
  await world.add('mail', planning(two, deleting));
  const halted = await world.runOne('mail');
  const outside = await world.locks.tryLock('partnership-mail');
  const { id } = await world.manager.approve(halted.plan ?? '');
  await world.manager.cancel(id);
  await world.manager.whenEnded(id);
  assert.equal((await world.store.plans.get(halted.plan ?? ''))?.state, 'open');
  assert.ok('release' in outside);
});

test('a session that changed something raises the generation, another does not', async () => {
  const world = new World();
  await world.add('mail', planning(two));
  await world.add('calm', planning([]));
  await world.runOne('calm');
  assert.equal(await world.store.generation(), 0);
  await world.runOne('mail');
  assert.equal(await world.store.generation(), 1);
});
