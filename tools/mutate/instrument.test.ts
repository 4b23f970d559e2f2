import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { instrument, switchName } from './instrument.ts';

/** What the source comes to with one mutant at work, or none. */
function come(source: string, active: number): unknown {
  const { text } = instrument('a.ts', `function come(n: number) { ${source} }`, 0);
  const run = new Function(switchName, 'n', `${stripTypeScriptTypes(text)}; return come(n);`);
  return run((id: number) => id === active, 3);
}

test('without a mutant at work the source means what it did, an else after a statement too', () => {
  const source = 'let sum = 0; if (n > 2) sum += 1; else if (n > 1) sum += 10; return sum;';
  assert.equal(come(source, -1), 1);
});

test('each mutant is one change, told with its place', () => {
  const { mutants } = instrument('a.ts', '\nexport const is = (n: number) => n < 7;', 5);
  assert.deepEqual(
    mutants.map(({ id, line, was, becomes }) => [id, line, was, becomes]),
    [
      [5, 2, '7', '7 + 1'],
      [6, 2, 'n < 7', '(n) <= (7)'],
      [7, 2, 'n < 7', '(n) >= (7)'],
    ],
  );
  const outcomes = [-1, 0, 1, 2].map((active) => come('return n < 3;', active));
  assert.deepEqual(outcomes, [false, true, true, true]);
});
