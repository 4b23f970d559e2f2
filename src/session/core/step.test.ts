import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activePhases, isEnding, type Phase } from '../../model/session.ts';
import { isViolation, type Order, type Signal, signals, step } from './step.ts';

type Path = readonly { readonly phase: Phase; readonly orders: readonly Order[] }[];

/** Every path of so many signals from the beginning; equal states are walked on once. */
function* walk(length: number): Generator<{ path: Path; signals: readonly Signal[] }> {
  let front: { path: Path; signals: readonly Signal[] }[] = [
    { path: [{ phase: 'opening', orders: [] }], signals: [] },
  ];
  for (let depth = 0; depth < length; depth += 1) {
    const next: typeof front = [];
    for (const { path, signals: given } of front) {
      for (const signal of signals) {
        const [phase, ...orders] = step(path.at(-1)?.phase ?? 'opening', signal);
        const longer = { path: [...path, { phase, orders }], signals: [...given, signal] };
        yield longer;
        if (!isEnding(phase)) next.push(longer);
      }
    }
    front = next;
  }
}

const ordersOf = (path: Path) => path.flatMap(({ orders }) => orders);

test('S2 the result is recorded once, and only in the step that ends the session', () => {
  let walked = 0;
  for (const { path } of walk(6)) {
    walked += 1;
    for (const [index, { phase, orders }] of path.entries()) {
      const endsNow = isEnding(phase) && !isEnding(path[index - 1]?.phase ?? 'opening');
      assert.equal(orders.includes('record-result'), endsNow);
    }
  }
  assert.ok(walked > 10_000);
});

test('S3 prepare is called before synchronize, and each at most once', () => {
  for (const { path } of walk(6)) {
    const calls = ordersOf(path).filter((order) => order.startsWith('call-'));
    const allowed = ['', 'call-prepare', 'call-prepare,call-synchronize'];
    assert.ok(allowed.includes(calls.join(',')), calls.join(','));
  }
});

test('S3 nothing is begun after a stop', () => {
  for (const { path, signals: given } of walk(6)) {
    const stopAt = given.indexOf('stop');
    if (stopAt === -1) continue;
    const later = ordersOf(path.slice(stopAt + 1));
    assert.ok(!later.includes('call-prepare') && !later.includes('call-synchronize'));
  }
});

test('S1 an ended session is deaf', () => {
  for (const phase of ['succeeded', 'failed', 'stopped', 'planned'] as const) {
    for (const signal of signals) assert.deepEqual(step(phase, signal), [phase]);
  }
});

test('S15 a signal that has no business in a phase fails the session and is counted', () => {
  assert.deepEqual(step('opening', 'succeed'), ['failed', 'count-violation', 'record-result']);
  assert.deepEqual(step('synchronizing', 'choose'), ['failed', 'count-violation', 'record-result']);
  assert.ok(isViolation('prepared', 'offer'));
  assert.ok(!isViolation('prepared', 'begin'));
});

test('A24 a stop waits for the handler to come back, whatever it then says', () => {
  assert.deepEqual(step('synchronizing', 'stop'), ['stopping', 'ask-to-stop']);
  for (const signal of ['prepared', 'succeed', 'fall-short', 'fail'] as const) {
    assert.deepEqual(step('stopping', signal), ['stopped', 'record-result']);
  }
  assert.deepEqual(step('stopping', 'overdue'), ['stopped', 'abandon-handler', 'record-result']);
});

test('S3 S15 where a handler neither answers nor ends in time, it is given up', () => {
  for (const phase of activePhases) {
    const [end, ...orders] = step(phase, 'overdue');
    assert.equal(end, phase === 'stopping' ? 'stopped' : 'failed', phase);
    assert.deepEqual(orders, ['abandon-handler', 'record-result']);
  }
});

test('A24 while it stops a pause and another stop change nothing, and everything else ends it', () => {
  const quiet: readonly Signal[] = ['pause', 'resume', 'stop'];
  for (const signal of quiet) assert.deepEqual(step('stopping', signal), ['stopping']);
  for (const signal of signals) {
    if (quiet.includes(signal) || signal === 'overdue') continue;
    assert.deepEqual(step('stopping', signal), ['stopped', 'record-result'], signal);
  }
});

test('S3 a plan that was approved is begun, and one that waits for approval is not', () => {
  assert.deepEqual(step('preparing', 'prepared'), ['prepared']);
  assert.deepEqual(step('preparing', 'hold'), ['awaiting-approval']);
  assert.deepEqual(step('awaiting-approval', 'approve'), ['prepared']);
  assert.deepEqual(step('prepared', 'begin'), ['synchronizing', 'call-synchronize']);
  assert.ok(isViolation('awaiting-approval', 'begin'));
  for (const phase of ['preparing', 'awaiting-approval'] as const) {
    assert.deepEqual(step(phase, 'halt'), ['halted', 'record-result']);
  }
});

test('a pause during the work reaches the handler, and a second one changes nothing', () => {
  assert.deepEqual(step('synchronizing', 'pause'), ['paused', 'pause-handler']);
  assert.deepEqual(step('paused', 'pause'), ['paused']);
  assert.deepEqual(step('synchronizing', 'resume'), ['synchronizing', 'forget-pause']);
});

test('a pause before the work is remembered, and holds the session back when its turn comes', () => {
  for (const phase of ['opening', 'choosing', 'preparing', 'prepared'] as const) {
    assert.deepEqual(step(phase, 'pause'), [phase, 'remember-pause']);
  }
  assert.deepEqual(step('prepared', 'hold-back'), ['paused']);
  assert.deepEqual(step('paused', 'resume'), ['synchronizing', 'go-on']);
});
