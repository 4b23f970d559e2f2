import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConflictVersion } from '../../model/conflict.ts';
import { settledResolution } from './resolution.ts';

const version = (side: string, more: Partial<ConflictVersion>): ConflictVersion => ({
  side,
  present: true,
  kind: 'file',
  size: null,
  modifiedAt: null,
  digest: null,
  location: null,
  ...more,
});
const keep = (side: string) => ({ choice: 'keep', side }) as const;
const newest = { choice: 'keep-newest' } as const;
const largest = { choice: 'keep-largest' } as const;

test('newest and largest become the side that is', () => {
  const versions = [
    version('left', { modifiedAt: 2, size: 1 }),
    version('right', { modifiedAt: 1, size: 5 }),
  ];
  assert.deepEqual(settledResolution(versions, newest), keep('left'));
  assert.deepEqual(settledResolution(versions, largest), keep('right'));
});

test('versions that are equal or unknown do not decide', () => {
  const known = version('left', { modifiedAt: 2 });
  for (const modifiedAt of [2, null]) {
    assert.equal(settledResolution([known, version('right', { modifiedAt })], newest), null);
  }
  assert.equal(settledResolution([], newest), null);
});

test('what is there outranks a deletion', () => {
  const versions = [
    version('left', { modifiedAt: 1 }),
    version('right', { present: false, modifiedAt: 9 }),
  ];
  assert.deepEqual(settledResolution(versions, newest), keep('left'));
});

test('a side is kept if it is one of the dispute, and the rest is left to the handler', () => {
  const versions = [version('left', {}), version('right', { present: false })];
  assert.deepEqual(settledResolution(versions, keep('right')), keep('right'));
  assert.equal(settledResolution(versions, keep('moon')), null);
  const both = { choice: 'keep-both' } as const;
  assert.deepEqual(settledResolution(versions, both), both);
  const merged = { choice: 'merged', contentFile: 'x' } as const;
  assert.deepEqual(settledResolution(versions, merged), merged);
});
