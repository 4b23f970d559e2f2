import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, folder, link } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Entry } from './entry.ts';
import type { Transition } from './plan.ts';
import { Transitions } from './transitions.ts';

const [left, right] = [
  { side: 'left', path: 'a' },
  { side: 'right', path: 'b' },
] as const;
const read = (source: Entry) => ({ source, content: contentOf(source) });
const other = contentOf(file('other'));
const on = { ...left, from: 'a' };

/** With what is told of it: `plain` is kept as numbers, `odd` as it is. */
const table: readonly (readonly [Transition, 'plain' | 'odd', isFolder: boolean, bytes: number])[] =
  [
    [{ kind: 'create', ...on, ...read(file('new')) }, 'plain', false, 3],
    [{ kind: 'create', ...on, ...read(folder()) }, 'plain', true, 0],
    [{ kind: 'create', ...on, ...read(link('x')) }, 'plain', false, 0],
    [{ kind: 'create', ...on, ...read(file('four')), moved: true }, 'plain', false, 4],
    [{ kind: 'create', ...on, ...read(file('new')), content: other }, 'odd', false, 5],
    [{ kind: 'create', ...on, ...read(folder()), content: other }, 'odd', false, 5],
    [{ kind: 'create', ...on, ...read(folder()), from: 'x' }, 'odd', true, 0],
    [{ kind: 'create', ...right, ...read(file('new')), from: 'x' }, 'odd', false, 3],
    [{ kind: 'update', ...on, ...read(file('new')), expected: folder() }, 'plain', false, 3],
    [{ kind: 'update', ...on, ...read(folder()), expected: file('x') }, 'plain', false, 0],
    [{ kind: 'update', ...on, ...read(link('y')), expected: link('x') }, 'plain', false, 0],
    [
      { kind: 'update', ...on, ...read(file('new')), expected: file('x'), content: other },
      'odd',
      false,
      5,
    ],
    [
      { kind: 'update', ...on, ...read(file('new')), expected: file('x'), from: 'x' },
      'odd',
      false,
      3,
    ],
    [
      {
        kind: 'update',
        ...right,
        from: 'b',
        ...read(file('12')),
        expected: link('x'),
        moved: true,
      },
      'plain',
      false,
      2,
    ],
    [{ kind: 'delete', ...left, expected: file('gone') }, 'plain', false, 0],
    [{ kind: 'delete', ...right, expected: folder(), moved: true }, 'plain', true, 0],
    [{ kind: 'delete', ...right, expected: link('x') }, 'plain', false, 0],
    [{ kind: 'metadata', ...left, ...read(file('x')), expected: file('x') }, 'plain', false, 0],
    [{ kind: 'metadata', ...right, ...read(folder()), expected: folder(2) }, 'plain', false, 0],
    [
      { kind: 'metadata', ...right, ...read(file('x')), expected: file('x'), content: other },
      'odd',
      false,
      0,
    ],
    [{ kind: 'move', ...left, from: 'c', expected: file('x') }, 'odd', false, 0],
    [{ kind: 'move', ...right, from: 'c', expected: folder(), carries: [] }, 'odd', false, 0],
  ];
const all = table.map(([transition]) => transition);

test('every transition is told by its columns as it is, alone and among others', () => {
  const together = Transitions.of(all);
  for (const [at, [transition, , isFolder, bytes]] of table.entries()) {
    const alone = Transitions.of([transition]);
    for (const [columns, place] of [
      [alone, 0],
      [together, at],
    ] as const) {
      const { kind, side, path } = transition;
      assert.deepEqual(columns.at(place), transition);
      assert.deepEqual(
        [columns.kindAt(place), columns.sideAt(place), columns.pathAt(place)],
        [kind, side, path],
      );
      const said = [columns.isFolderAt(place), columns.bytesAt(place)];
      assert.deepEqual(said, [isFolder, bytes], JSON.stringify(transition));
    }
    assert.equal(alone.bytes(), bytes);
    assert.equal(alone.isOnSide(transition.side), true);
    assert.equal(alone.isOnSide(transition.side === 'left' ? 'right' : 'left'), false);
  }
  assert.deepEqual([together.isOnSide('left'), together.isOnSide('right')], [true, true]);
  assert.equal(together.bytes(), 33);
});

test('what its entries say already is kept as numbers, and nothing of what is kept whole', () => {
  for (const [transition, kept] of table) {
    const { codes, entryAt, odd } = Transitions.of([transition]).pack();
    assert.equal(odd.size, kept === 'odd' ? 1 : 0, JSON.stringify(transition));
    const kinds = ['create', 'update', 'delete', 'metadata', 'move'];
    const side = transition.side === 'right' ? 8 : 0;
    const moved = transition.moved === true ? 16 : 0;
    const code = kinds.indexOf(transition.kind) + side + moved + (kept === 'odd' ? 32 : 0);
    assert.deepEqual([...codes], [code]);
    const has = (name: string) => kept === 'plain' && name in transition;
    const wanted = [has('source') ? 0 : -1, has('expected') ? (has('source') ? 1 : 0) : -1];
    assert.deepEqual([...entryAt], wanted);
  }
});

test('columns are taken as they are, and anything else is put into columns', () => {
  const columns = Transitions.of(all);
  assert.equal(Transitions.of(columns), columns);
  assert.deepEqual([...Transitions.of(new Set(all))], all);
  const none = Transitions.of([]);
  assert.deepEqual(
    [none.length, none.bytes(), [...none], none.isOnSide('left')],
    [0, 0, [], false],
  );
  assert.deepEqual([...new Transitions(none.pack())], []);
});

test('an order is kept by all that is told, picked and copied, and lost when it is packed', () => {
  const columns = Transitions.of(all);
  const order = Uint32Array.from(all.keys()).reverse();
  columns.arrange(order);
  const turned = all.toReversed();
  assert.deepEqual([...columns], turned);
  for (const [at, { kind, side, path }] of turned.entries()) {
    const said = [columns.kindAt(at), columns.sideAt(at), columns.pathAt(at)];
    assert.deepEqual(said, [kind, side, path]);
    const [, , isFolder, bytes] = table[table.length - 1 - at] ?? [];
    assert.deepEqual([columns.isFolderAt(at), columns.bytesAt(at)], [isFolder, bytes]);
  }
  const places = [3, 0, 3, 21, 8];
  const picked = columns.pick(places);
  assert.deepEqual(
    [...picked],
    places.map((at) => turned[at]),
  );
  assert.deepEqual(
    picked.pack(),
    Transitions.of(places.map((at) => turned[at] as Transition)).pack(),
  );
  picked.copy(columns, 1);
  assert.deepEqual(picked.at(places.length), turned[1]);
  assert.deepEqual([...new Transitions(structuredClone(columns.pack()))], all);
  columns.arrange(Uint32Array.of(2, 5));
  assert.deepEqual([...columns], [all[2], all[5]]);
  assert.deepEqual([columns.length, columns.at(2), columns.bytes()], [2, undefined, 5]);
});

test('more can be pushed onto what was picked or came from elsewhere', () => {
  const columns = Transitions.of(all.slice(0, 9)).pick([8, 5, 0]);
  for (const each of all) columns.push(each);
  assert.deepEqual([...columns], [all[8], all[5], all[0], ...all]);
  assert.equal(columns.length, all.length + 3);
  for (const [at, [, , isFolder, bytes]] of table.entries()) {
    assert.deepEqual([columns.isFolderAt(at + 3), columns.bytesAt(at + 3)], [isFolder, bytes]);
  }
});
