import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { comparePaths } from '../../src/folder/core/path.ts';
import { reconcile } from '../../src/folder/core/reconcile.ts';
import { Chance } from '../support/random.ts';
import { posix } from '../support/rows.ts';
import { applyPlan } from '../support/tree-apply.ts';
import { TreeDisk } from '../support/tree-disk.ts';
import { nothingUnknown, rowsOf } from '../support/tree-rows.ts';
import { Ledger, User } from '../support/tree-user.ts';
import { keptSeeds } from './kept-seeds.ts';
import { simulateSeed } from './planner.ts';

const seeds = Number(process.env.SEEDS ?? 1500);

function failuresOf(list: readonly number[]): readonly string[] {
  const found = list.map((seed) => simulateSeed(seed)).filter((failure) => failure !== undefined);
  return found.map(({ seed, text }) => `node test/simulation/run.ts --seed ${seed}: ${text}`);
}

test('seeds that failed once hold', () => {
  assert.deepEqual(failuresOf(keptSeeds('planner')), []);
});

test('I1 to I13, I16, I17 and I19 to I25 hold over random histories of two trees', () => {
  assert.deepEqual(failuresOf(Array.from({ length: seeds }, (_, at) => at + 1)), []);
});

/** Two trees that were edited at random, from nothing. */
function someTrees(seed: number): Record<'left' | 'right', TreeDisk> {
  const disks = { left: new TreeDisk(posix, 1000, 10), right: new TreeDisk(posix, 2000, 90) };
  const chance = new Chance(seed);
  const user = new User(disks, chance, new Ledger());
  for (let deed = 0; deed < 20; deed++) user.act(chance.pick(['left', 'right'] as const));
  return disks;
}

type Planner = typeof reconcile;

/** Two trees, planned from the same rows in two orders of siblings, the files placed in two orders. */
function inTwoOrders(seed: number, plan: Planner): readonly [readonly string[], readonly string[]] {
  const disks = someTrees(seed);
  const rules = { mode: 'two-way-safe', conflictRule: 'ask', baselineTrusted: true } as const;
  const rows = rowsOf(disks, new Map(), nothingUnknown);
  const input = { ...rules, abilities: { left: posix, right: posix }, rows };
  const siblings = [...rows].sort((a, b) => comparePaths(a.path, b.path));
  const { transitions } = plan({ ...input, rows: siblings });
  const isFree = ({ kind, ...each }: (typeof transitions)[number]) =>
    kind === 'create' && 'content' in each && each.content.kind !== 'folder';
  const shuffled = [
    ...transitions.filter((each) => !isFree(each)),
    ...transitions.filter(isFree).reverse(),
  ];
  const one = { left: disks.left.clone(), right: disks.right.clone() };
  const two = { left: disks.left.clone(), right: disks.right.clone() };
  applyPlan(one, plan(input).transitions);
  applyPlan(two, shuffled);
  return [listing(one), listing(two)];
}

test('I8 rows in either order of siblings, and files placed in any order, give the same trees', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const [one, two] = inTwoOrders(seed, reconcile);
    assert.deepEqual(one, two, `seed ${seed}`);
  }
});

test('I8 a planner that heeds the order of its rows is noticed', () => {
  const heedful: Planner = (input) => {
    const plan = reconcile(input);
    const middle = input.rows[Math.floor(input.rows.length / 2)]?.path;
    return { ...plan, transitions: plan.transitions.filter(({ path }) => path !== middle) };
  };
  const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
  const noticed = seeds.filter((seed) => {
    const [one, two] = inTwoOrders(seed, heedful);
    return !isDeepStrictEqual(one, two);
  });
  assert.notEqual(noticed.length, 0);
});

function listing(disks: Readonly<Record<'left' | 'right', TreeDisk>>): readonly string[] {
  return (['left', 'right'] as const).flatMap((side) =>
    disks[side].paths().map((path) => `${side} ${path} ${disks[side].get(path)?.token}`),
  );
}
