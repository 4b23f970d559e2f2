// C63 to C73: the enumerator of a handler, and how the manager reads one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  E_NOTIMPL,
  type EventualHRESULT,
  type ISyncMgrEnumItems,
  ItemEnumerator,
  type Out,
  S_FALSE,
  S_OK,
  type SYNCMGRITEM,
} from '../../src/mobsync/mobsync.ts';
import { item } from './items.ts';

const ofItems = (count: number) =>
  new ItemEnumerator(Array.from({ length: count }, (_, index) => item(index + 1)));

function next(enumerator: ISyncMgrEnumItems, celt: number) {
  const rgelt: SYNCMGRITEM[] = [];
  const fetched: Out<number> = { value: -1 };
  const hr = enumerator.Next(celt, rgelt, fetched);
  return { hr, names: rgelt.map(({ wszItemName }) => wszItemName), count: fetched.value };
}

function clone(enumerator: ISyncMgrEnumItems): ISyncMgrEnumItems {
  const cell: Out<ISyncMgrEnumItems | null> = { value: null };
  assert.equal(enumerator.Clone(cell), S_OK);
  assert.ok(cell.value);
  return cell.value;
}

test('C63 Next with enough elements left delivers all of them with S_OK and their number', () => {
  const wanted = { hr: S_OK, names: ['item 1', 'item 2'], count: 2 };
  assert.deepEqual(next(ofItems(2), 2), wanted);
  assert.deepEqual(next(ofItems(5), 2), wanted);
});

test('C64 Next with too few elements left delivers them with S_FALSE and the true number', () => {
  assert.deepEqual(next(ofItems(2), 3), { hr: S_FALSE, names: ['item 1', 'item 2'], count: 2 });
  assert.deepEqual(next(ofItems(0), 1), { hr: S_FALSE, names: [], count: 0 });
});

test('C65 Next never answers E_NOTIMPL, whatever it is asked for', () => {
  const answers: EventualHRESULT[] = [0, 1, 7, -1, 0.5, Number.NaN, 2 ** 33].map(
    (celt) => next(ofItems(3), celt).hr,
  );
  answers.push(ofItems(1).Next(1, [], null), ofItems(1).Next(2, [], null));
  answers.push(ofItems(1).Next(1, null as unknown as SYNCMGRITEM[], { value: 0 }));
  assert.ok(answers.every((hr) => hr !== E_NOTIMPL));
});

test('C67 after Skip(k) the following Next delivers the element k places further on', () => {
  const enumerator = ofItems(5);
  next(enumerator, 1);
  assert.equal(enumerator.Skip(2), S_OK);
  assert.deepEqual(next(enumerator, 1).names, ['item 4']);
});

test('C68 Skip beyond the end answers S_FALSE, and Next then S_FALSE with nothing', () => {
  const enumerator = ofItems(2);
  assert.equal(enumerator.Skip(3), S_FALSE);
  assert.deepEqual(next(enumerator, 1), { hr: S_FALSE, names: [], count: 0 });
});

test('C69 after Reset the following Next delivers the first element', () => {
  const enumerator = ofItems(3);
  next(enumerator, 3);
  assert.equal(enumerator.Reset(), S_OK);
  assert.deepEqual(next(enumerator, 1).names, ['item 1']);
});

test('C70 Clone delivers an enumerator that continues at the same position', () => {
  const enumerator = ofItems(3);
  next(enumerator, 1);
  assert.deepEqual(next(clone(enumerator), 2).names, ['item 2', 'item 3']);
});

test('C71 a clone moves alone, and releasing either leaves the other usable', () => {
  const [one, other] = [ofItems(3), ofItems(3)];
  const [copyOfOne, copyOfOther] = [clone(one), clone(other)];
  next(copyOfOne, 2);
  assert.deepEqual(next(one, 1).names, ['item 1']);
  copyOfOne.Release();
  assert.deepEqual(next(one, 1).names, ['item 2']);
  other.Release();
  assert.deepEqual(next(copyOfOther, 3).names, ['item 1', 'item 2', 'item 3']);
});
