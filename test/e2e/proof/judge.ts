// The judgement over two sides, by programs that are not ours where there are some.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Expected } from './edits.ts';
import { inventory, leftovers, modeOf, ours } from './inventory.ts';
import type { Pair } from './pair.ts';

const lines = (text: Buffer) => text.toString().split('\n').filter(Boolean);

/** Both sides hold the same, but for the paths given: by rsync over content, times, modes, links. */
export function assertSame({ left, right }: Pair, but: ReadonlySet<string> = new Set()): void {
  const rsync = [
    '-n',
    '-i',
    '-c',
    '-rlptE',
    '--delete',
    '-O',
    '--chmod=u-s,g-s,-t',
    `--exclude=/${ours}`,
    '--out-format=%n',
  ];
  const { status, stdout, error } = spawnSync('rsync', [...rsync, '-8', `${left}/`, `${right}/`], {
    maxBuffer: 2 ** 28,
  });
  if (!error) {
    assert.equal(status, 0);
    const differing = lines(stdout).map((line) => line.replace(/^deleting /, ''));
    assert.deepEqual(
      differing.filter((path) => !but.has(path)),
      [],
    );
  }
  const diff = spawnSync('diff', ['-rq', '--no-dereference', `--exclude=${ours}`, left, right], {
    maxBuffer: 2 ** 28,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const told = lines(diff.stdout).filter((line) => ![...but].some((path) => line.includes(path)));
  assert.deepEqual(told, []);
}

/** Every edit arrived on the other side, and every conflict left both sides as they were. */
export function assertExpected(pair: Pair, { everywhere, modes, conflicts }: Expected): void {
  const [left, right] = [inventory(pair.left), inventory(pair.right)];
  for (const [path, what] of everywhere) {
    const wanted = what === null ? undefined : standing(what);
    assert.equal(left.get(path), wanted, `left: ${path}`);
    assert.equal(right.get(path), wanted, `right: ${path}`);
  }
  for (const [path, mode] of modes) {
    for (const root of [pair.left, pair.right]) assert.equal(modeOf(join(root, path)), mode, path);
  }
  for (const path of conflicts) assert.notEqual(left.get(path), right.get(path), path);
}

/** `written TEXT` is the file with that text. */
function standing(what: string): string {
  if (!what.startsWith('written ')) return what;
  return `file ${createHash('sha1').update(what.slice('written '.length)).digest('hex')}`;
}

export function assertNoLeftovers({ left, right }: Pair): void {
  assert.deepEqual([...leftovers(left), ...leftovers(right)], []);
}
