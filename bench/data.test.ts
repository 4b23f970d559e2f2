import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeSmall, pick, rewrite } from './data.ts';

const home = mkdtempSync(join(tmpdir(), 'syncmgr-bench-data-'));
after(() => rmSync(home, { recursive: true }));

const content = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(root.length), statSync(path).mtimeMs, readFileSync(path, 'hex')])
    .toSorted();

test('the same size makes the same tree, with the same times', () => {
  const files = makeSmall(join(home, 'one'), 200);
  assert.deepEqual(makeSmall(join(home, 'two'), 200), files);
  assert.equal(content(join(home, 'one')).length, 200);
  assert.deepEqual(content(join(home, 'one')), content(join(home, 'two')));
});

test('no folder of the tree is empty', () => {
  const root = join(home, 'three');
  makeSmall(root, 300);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    assert.notEqual(readdirSync(join(entry.parentPath, entry.name)).length, 0);
  }
});

test('a change touches the chosen files and no others', () => {
  const root = join(home, 'four');
  const files = makeSmall(root, 200);
  const before = new Map(files.map((path) => [path, readFileSync(join(root, path), 'hex')]));
  const chosen = pick(files, 5, 7);
  rewrite(root, chosen, 7);
  const changed = files.filter(
    (path) => before.get(path) !== readFileSync(join(root, path), 'hex'),
  );
  assert.deepEqual(changed.toSorted(), chosen.toSorted());
});
