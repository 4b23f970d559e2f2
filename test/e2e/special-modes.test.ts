// Set-uid, set-gid and sticky bits stay on their side, and must not keep the rest from travelling.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { modeOf } from './proof/inventory.ts';
import { makePair, type Pair } from './proof/pair.ts';

const modes = (pair: Pair, path: string) =>
  [pair.left, pair.right].map((root) => modeOf(join(root, path)).toString(8));

describe('a file and a folder with special bits', () => {
  const pair = makePair();
  after(() => pair.remove());

  test('arrive without them, and the next run finds nothing to do', () => {
    writeFileSync(join(pair.left, 'program'), 'runs as its owner');
    chmodSync(join(pair.left, 'program'), 0o4755);
    mkdirSync(join(pair.left, 'shared'));
    chmodSync(join(pair.left, 'shared'), 0o3775);
    assert.equal(pair.sync().code, 0);
    assert.deepEqual(modes(pair, 'program'), ['4755', '755']);
    assert.deepEqual(modes(pair, 'shared'), ['3775', '775']);
    assert.equal(pair.sync('--error-on-no-change').code, 9);
  });

  test('take a change of the other bits from either side and keep their own special ones', () => {
    chmodSync(join(pair.left, 'program'), 0o4711);
    chmodSync(join(pair.right, 'shared'), 0o770);
    assert.equal(pair.sync().code, 0);
    assert.deepEqual(modes(pair, 'program'), ['4711', '711']);
    assert.deepEqual(modes(pair, 'shared'), ['3770', '770']);
    assert.equal(pair.sync('--error-on-no-change').code, 9);
  });

  test('take new content from either side', () => {
    writeFileSync(join(pair.left, 'program'), 'runs as its owner, still');
    assert.equal(pair.sync().code, 0);
    writeFileSync(join(pair.right, 'program'), 'changed over there');
    assert.equal(pair.sync().code, 0);
    assert.equal(pair.sync('--error-on-no-change').code, 9);
  });
});
