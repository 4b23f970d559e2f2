import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletionLimits } from './limits.ts';
import { alarmOf, changeOf, factsOf, inOrder, knownOf, toldOnce } from './plan.ts';

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

test('a change says where it came from, a count whether it was before or after', () => {
  assert.equal(changeOf('it', { kind: 'move', path: 'b', from: 'a' }).from, 'a');
  assert.equal('from' in changeOf('it', { kind: 'move', path: 'b' }), false);
  assert.deepEqual(changeOf('it', { side: 'left', bytes: '1.6' }), {
    item: 'it',
    side: 'left',
    kind: 'other',
    path: '',
    bytes: 2,
  });
  assert.deepEqual(knownOf({}), { side: 'right', count: 0, moment: 'before' });
  const less = knownOf({ side: 'left', count: '2', less: '5', moment: 'after' });
  assert.deepEqual(less, { side: 'left', count: 0, moment: 'after' });
});

test('an alarm can be approved unless it says otherwise', () => {
  assert.deepEqual(alarmOf({}), { guard: 'program', side: null, text: '', approvable: true });
  const fields = { guard: 'lock', side: 'left', text: 'Locked.', approvable: 'false' };
  assert.deepEqual(alarmOf(fields), { ...fields, approvable: false });
  assert.equal(alarmOf({ approvable: 'true' }).approvable, true);
});

test('of a path that is told twice the first line says what it is, and the larger size counts', () => {
  const told = [
    changeOf('it', { kind: 'update', path: 'a', bytes: '3' }),
    changeOf('it', { kind: 'create', path: 'a', bytes: '7' }),
    changeOf('it', { kind: 'delete', path: 'a', side: 'left' }),
    changeOf('other', { kind: 'delete', path: 'a' }),
    changeOf('it', { kind: 'create', path: 'disputed' }),
  ];
  const found = toldOnce(told, new Set(['disputed']));
  assert.deepEqual(
    found.map(({ item, side, kind, bytes }) => [item, side, kind, bytes]),
    [
      ['it', 'right', 'update', 7],
      ['it', 'left', 'delete', 0],
      ['other', 'right', 'delete', 0],
    ],
  );
});

test('the order is by item, path, side and kind', () => {
  const change = (item: string, path: string, side: string, kind: string) =>
    changeOf(item, { path, side, kind });
  const sorted = [
    change('a', 'x', 'left', 'create'),
    change('a', 'x', 'left', 'delete'),
    change('a', 'x', 'right', 'create'),
    change('a', 'y', 'left', 'create'),
    change('b', 'a', 'left', 'create'),
  ];
  for (const turn of [0, 1, 2, 3, 4]) {
    const turned = [...sorted.slice(turn), ...sorted.slice(0, turn)].toReversed();
    assert.deepEqual(inOrder(turned), sorted);
  }
});

test('the facts count what is replaced and deleted by side, and keep alarms and limits', () => {
  const alarm = alarmOf({ text: 'Locked.' });
  const changes = [
    changeOf('it', { kind: 'update', path: 'a', side: 'left' }),
    changeOf('it', { kind: 'update', path: 'b', side: 'left' }),
    changeOf('it', { kind: 'delete', path: 'c', side: 'left' }),
  ];
  const known = [knownOf({ count: '1', side: 'left' })];
  assert.deepEqual(factsOf('it', changes, known, [alarm], { count: 3 }), {
    item: 'it',
    known: { left: 1 },
    deletions: { left: 1 },
    overwrites: { left: 2 },
    alarms: [
      alarm,
      {
        guard: 'root-emptied',
        side: 'left',
        text: 'Everything on the left would be deleted.',
        approvable: true,
      },
    ],
    limits: { count: 3 },
  });
});

test('a side of which nothing was known cannot be emptied, and no count is below nothing', () => {
  const gone = [remove('a'), remove('b')];
  assert.deepEqual(factsOf('it', gone, [knownOf({ count: '0' })], [], {}).alarms, []);
  assert.deepEqual(factsOf('it', gone, [knownOf({ count: '3' })], [], {}).alarms, []);
  assert.equal(factsOf('it', gone, [knownOf({ count: '1' })], [], {}).alarms.length, 1);
  const made = ['a', 'b'].map((path) => changeOf('it', { kind: 'create', path }));
  const after = [knownOf({ count: '1', moment: 'after' })];
  assert.deepEqual(factsOf('it', made, after, [], {}).known, { right: 0 });
});

test('a limit that cannot be read is no room at all', () => {
  assert.deepEqual(deletionLimits('many'), { count: 0, share: 0 });
  assert.deepEqual(deletionLimits({ share: 'many' }), { count: 0, share: 0 });
  assert.deepEqual(deletionLimits({ count: 5 }), { count: 5, share: 0 });
});
