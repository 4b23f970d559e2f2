import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletionLimits } from './limits.ts';
import { changeOf, factsOf, inOrder, knownOf } from './plan.ts';

const remove = (path: string) => changeOf('it', { kind: 'delete', path, side: 'right' });

test('a line becomes a change; what it does not say is taken for the usual', () => {
  assert.deepEqual(changeOf('it', { kind: 'create', path: 'a', bytes: '1,024' }), {
    item: 'it',
    side: 'right',
    kind: 'create',
    path: 'a',
    bytes: 1024,
  });
  assert.equal(changeOf('it', { kind: 'explode' }).kind, 'other');
  assert.equal(changeOf('it', { bytes: '-5' }).bytes, 0);
});

test('the order of the lines does not matter to a plan', () => {
  const changes = ['b', 'a', 'c'].map(remove);
  assert.deepEqual(inOrder(changes), inOrder(changes.toReversed()));
  assert.deepEqual(
    inOrder(changes).map(({ path }) => path),
    ['a', 'b', 'c'],
  );
});

test('what a side has after the run tells what it has before', () => {
  const known = [knownOf({ count: '11', less: '1', moment: 'after' })];
  const changes = [remove('a'), remove('b'), changeOf('it', { kind: 'create', path: 'c' })];
  const facts = factsOf('it', changes, known, [], {});
  assert.deepEqual([facts.known, facts.deletions], [{ right: 11 }, { right: 2 }]);
  assert.deepEqual(facts.alarms, []);
});

test('a side that would be emptied is an alarm, one that is replaced is not', () => {
  const known = [knownOf({ count: '2' })];
  const all = [remove('a'), remove('b')];
  assert.equal(factsOf('it', all, known, [], {}).alarms[0]?.guard, 'root-emptied');
  const replaced = [...all, changeOf('it', { kind: 'create', path: 'c' })];
  assert.deepEqual(factsOf('it', replaced, known, [], {}).alarms, []);
});

test('a limit on deletions is a number, a share or both', () => {
  assert.deepEqual(deletionLimits(undefined), {});
  assert.deepEqual(deletionLimits(10), { count: 10, share: 0 });
  assert.deepEqual(deletionLimits('30%'), { count: 0, share: 0.3 });
  assert.deepEqual(deletionLimits({ count: 5, share: '10%' }), { count: 5, share: 0.1 });
});
