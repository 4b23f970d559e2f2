import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandWords } from './command-words.ts';

test('a command is parted at blanks, and quotation marks hold words together', () => {
  const lines: readonly (readonly [string, readonly string[] | null])[] = [
    ['pass show mail', ['pass', 'show', 'mail']],
    ['  pass   show\tmail  ', ['pass', 'show', 'mail']],
    ['pass show "my mail"', ['pass', 'show', 'my mail']],
    ['sh -c \'echo "a" $HOME\'', ['sh', '-c', 'echo "a" $HOME']],
    ['a\\ b c', ['a b', 'c']],
    ['--name="x y"z ""', ['--name=x yz', '']],
    ['"C:\\Program Files\\tool.exe" get', ['C:\\Program Files\\tool.exe', 'get']],
    ['', []],
    ['open "end', null],
    ["open 'end", null],
    ['end\\', null],
  ];
  for (const [line, words] of lines) assert.deepEqual(commandWords(line), words, line);
});

test('any words can be written so that they come back', () => {
  const written = (words: readonly string[]) =>
    words.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(' ');
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      assert.deepEqual(commandWords(written(words)), words);
    }),
  );
});
