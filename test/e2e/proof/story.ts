// The proof on real trees, as one story in steps. The test runs it on a part of the system's files,
// `npm run prove` on all of them.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Amounts, type Dice, type Expected, edit } from './edits.ts';
import { contents, inventory } from './inventory.ts';
import { assertExpected, assertNoLeftovers, assertSame } from './judge.ts';
import type { Pair, Run } from './pair.ts';
import { copyRealTree, type Wanted } from './real-tree.ts';

export interface Scale extends Amounts, Wanted {
  /** Fewer than that would prove nothing. */
  readonly entriesMin: number;
  readonly kills: number;
}

export type Say = (text: string) => void;

/** `needs a person`: there are conflicts. */
const codes = { ok: 0, needsPerson: 4 };

/** The same numbers for the same seed. */
function dice(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

export function firstSync(pair: Pair, scale: Scale, say: Say): void {
  const entries = copyRealTree(pair.left, scale);
  assert.ok(entries >= scale.entriesMin, `only ${entries} entries were copied`);
  const before = inventory(pair.left);
  const first = pair.sync();
  ended(first, codes.ok);
  say(`first sync of ${entries} entries: ${first.seconds.toFixed(2)} s`);
  assertSame(pair);
  assert.deepEqual(inventory(pair.left), before, 'the left side was changed');
}

/** A second run finds nothing to do, and says so. */
export function nothingToDo(pair: Pair, say: Say): void {
  const again = pair.sync('--error-on-no-change');
  ended(again, 9);
  say(`nothing to do: ${again.seconds.toFixed(2)} s`);
}

export function editBothSides(pair: Pair, scale: Scale, seed: number, say: Say): void {
  const before = inventory(pair.left);
  const expected = edit([pair.left, pair.right], before, scale, `edit-${seed}`, dice(seed));
  const existed = contents([pair.left, pair.right], false);
  const run = pair.sync();
  ended(run, codes.needsPerson);
  say(`edits on both sides, ${expected.everywhere.size} paths: ${run.seconds.toFixed(2)} s`);
  judge(pair, expected, existed);
  ended(pair.sync(), codes.needsPerson);
  judge(pair, expected, existed);
}

/** Kills the program at random moments while it has work, then lets it finish. */
export async function killAndResume(pair: Pair, scale: Scale, seed: number, say: Say) {
  const throwDice = dice(seed);
  const open = openConflicts(pair);
  let lastMs = 400;
  for (let kill = 0; kill < scale.kills; kill++) {
    const before = withoutOpen(inventory(pair.left), inventory(pair.right));
    const amounts = { each: scale.each, conflicts: 1 };
    const tag = `kill-${seed}-${kill}`;
    const expected = edit([pair.left, pair.right], before, amounts, tag, throwDice, open);
    for (const path of expected.conflicts) open.add(path);
    const existed = contents([pair.left, pair.right], false);
    const killed = await killAfter(pair, throwDice(lastMs));
    assertNothingLost(pair, existed);
    const resumed = pair.sync();
    ended(resumed, codes.needsPerson);
    lastMs = Math.max(100, resumed.seconds * 1000 + 200);
    say(`kill ${kill + 1}: ${killed}; resumed in ${resumed.seconds.toFixed(2)} s`);
    assertExpected(pair, { ...expected, conflicts: open });
    assert.deepEqual(openConflicts(pair), open);
    assertNothingLost(pair, existed);
    assertNoLeftovers(pair);
  }
  assertSame(pair, open);
}

/** Where the sides differ: what earlier steps of the story left for a person. */
function openConflicts(pair: Pair): Set<string> {
  const [left, right] = [inventory(pair.left), inventory(pair.right)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  return new Set([...paths].filter((path) => left.get(path) !== right.get(path)));
}

/** Only what both sides agree on may be edited again. */
function withoutOpen(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>) {
  return new Map([...left].filter(([path, what]) => right.get(path) === what));
}

async function killAfter(pair: Pair, ms: number): Promise<string> {
  const child = pair.start();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([sleep(ms), exited]);
  child.kill('SIGKILL');
  await exited;
  return child.signalCode === 'SIGKILL' ? `killed after ${ms} ms` : `was faster than ${ms} ms`;
}

function judge(pair: Pair, expected: Expected, existed: ReadonlySet<string>): void {
  assertExpected(pair, expected);
  assertSame(pair, expected.conflicts);
  assertNothingLost(pair, existed);
  assertNoLeftovers(pair);
}

function assertNothingLost(pair: Pair, existed: ReadonlySet<string>): void {
  const now = contents([pair.left, pair.right], true);
  assert.deepEqual(
    [...existed].filter((one) => !now.has(one)),
    [],
    'contents are neither on a side nor in a trash',
  );
}

function ended(run: Run, code: number): void {
  assert.equal(run.code, code, `ended with ${run.code ?? run.signal}:\n${run.out.slice(-4000)}`);
}
