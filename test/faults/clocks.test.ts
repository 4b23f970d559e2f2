// Times that are wrong, odd or coarse. No winner is picked by one, and none makes work for ever.
import assert from 'node:assert/strict';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inventory } from '../e2e/proof/inventory.ts';
import { assertProblems, ended, makeRig, told } from './rig.ts';

const text = (path: string) => readFileSync(path, 'utf8');
const names = ['a.txt', 'b.txt', 'folder/c.txt'];

function setTimes(root: string, seconds: number): void {
  for (const name of names) utimesSync(join(root, name), seconds, seconds);
}

test('CK-01 CK-04 years between the clocks of both sides change no decision', async (t) => {
  const decade = 315_360_000;
  const plans: string[] = [];
  for (const offset of [0, -decade, decade]) {
    const rig = makeRig(t);
    const now = Date.now() / 1000;
    for (const root of [rig.left, rig.right]) {
      rig.write(root, Object.fromEntries(names.map((name) => [name, name])));
    }
    setTimes(rig.right, now + offset);
    setTimes(rig.left, now);
    ended(await rig.sync(), 0);
    rig.write(rig.left, { 'a.txt': 'left', 'b.txt': 'left only' });
    rig.write(rig.right, { 'a.txt': 'right, longer', 'new.txt': 'new' });
    utimesSync(join(rig.right, 'a.txt'), now + offset, now + offset);
    const run = await rig.sync();
    ended(run, 4);
    plans.push(JSON.stringify(run.lines.at(-1)?.counts));
    assert.equal(text(join(rig.left, 'a.txt')), 'left');
    assert.equal(text(join(rig.right, 'a.txt')), 'right, longer');
    assert.equal(text(join(rig.right, 'b.txt')), 'left only');
  }
  assert.equal(new Set(plans).size, 1, plans.join('\n'));
});

test('CK-02 times before 1970, of 1601, of 2106 and of the far future travel or stay, and end', async (t) => {
  const rig = makeRig(t);
  const times = {
    zero: 0,
    negative: -1,
    y1601: -11_644_473_600,
    y2106: 4_294_967_296,
    far: 2 ** 38,
  };
  for (const [name, seconds] of Object.entries(times)) {
    writeFileSync(join(rig.left, name), name);
    utimesSync(join(rig.left, name), seconds, seconds);
  }
  const run = await rig.sync();
  ended(run, 0);
  assertProblems(run, {});
  rig.assertSame();
  for (const name of Object.keys(times)) {
    const of = (root: string) => statSync(join(root, name)).mtimeMs;
    assert.equal(of(rig.right), of(rig.left), name);
  }
  ended(await rig.sync(['--error-on-no-change']), 9);
  // Older by its time, newer by what was agreed on: what was agreed on counts.
  writeFileSync(join(rig.right, 'far'), 'edited');
  utimesSync(join(rig.right, 'far'), 1, 1);
  ended(await rig.sync(), 0);
  assert.equal(text(join(rig.left, 'far')), 'edited');
});

test('CK-04 all times shifted at once copy nothing', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, name])));
  ended(await rig.sync(), 0);
  setTimes(rig.right, Date.now() / 1000 - 3600);
  const run = await rig.sync();
  ended(run, 0);
  assert.equal(run.lines.at(-1)?.bytes, 0, told(run));
  const again = await rig.sync(['--error-on-no-change']);
  ended(again, 9);
  for (const name of names) {
    const of = (root: string) => statSync(join(root, name)).mtimeMs;
    assert.equal(of(rig.left), of(rig.right));
  }
});

test('CK-05 a side that takes no times is not copied to again and again', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, name])));
  ended(await rig.sync(), 0);
  // As if it had set its own times, whatever it was told.
  setTimes(rig.right, 1_000_000_000);
  const before = inventory(rig.left);
  ended(await rig.sync(['-m', 'one-way-safe']), 0);
  const run = await rig.sync(['-m', 'one-way-safe', '--error-on-no-change']);
  assert.equal(run.lines.at(-1)?.bytes, 0, told(run));
  assert.deepEqual(inventory(rig.left), before);
  rig.assertSame();
});

/** Every so many looks at the clock it stands some years before or after where it stood. */
const jumping = `data:text/javascript,
  const now = Date.now; let looks = 0;
  Date.now = () => now() + [0, 9, -20, 3][Math.floor(looks++ / 5) % 4] * 31_536_000_000;`;

test('CK-06 a wall clock that jumps by years while it runs stops nothing and loses no order', async (t) => {
  const rig = makeRig(t);
  const env = { NODE_OPTIONS: `--import=${encodeURI(jumping.replaceAll('\n', ' '))}` };
  for (const name of names) {
    rig.write(rig.left, { [name]: name });
    const run = await rig.sync(['--time-limit', '30s'], { env });
    ended(run, 0);
    const sequences = run.lines.flatMap(({ event }) =>
      event === undefined ? [] : [(event as { sequence: number }).sequence],
    );
    assert.deepEqual(
      sequences,
      sequences.toSorted((one, other) => one - other),
    );
    const times = run.lines.flatMap(({ event }) =>
      event === undefined ? [] : [(event as { at: string }).at.slice(0, 4)],
    );
    assert.ok(new Set(times).size > 1, 'the clock did not jump');
  }
  rig.assertSame();
  ended(await rig.sync(['--error-on-no-change']), 9);
});
