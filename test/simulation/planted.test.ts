import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateSeed } from './planner.ts';
import { planted } from './planted.ts';

const seedsAtMost = 400;

for (const [name, parts] of planted) {
  const [invariant] = name.split(' ');
  test(`a part broken for ${name} is noticed, and named by its number`, () => {
    const named = new Set<string>();
    for (let seed = 1; seed <= seedsAtMost; seed++) {
      const failure = simulateSeed(seed, parts);
      if (failure?.invariant === invariant) return;
      if (failure !== undefined) named.add(failure.invariant);
    }
    assert.fail(`${seedsAtMost} seeds named ${[...named].join(', ') || 'nothing'}`);
  });
}

test('every invariant that drawn histories can break has a part broken for it', () => {
  const numbers = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16, 17, 19, 20, 21, 22, 23, 24, 25];
  const covered = new Set([...planted.keys()].map((name) => name.split(' ')[0]));
  assert.deepEqual(
    numbers.filter((number) => !covered.has(`I${number}`)),
    [],
  );
});
