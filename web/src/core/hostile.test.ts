import assert from 'node:assert/strict';
import { test } from 'node:test';
import { legible, piecesOf, shortened, unseenIn } from './hostile.ts';

test('NM-13 a name of plain letters of any script is shown as it is', () => {
  for (const name of ['notes.txt', 'Übung', 'ファイル', 'ملف', 'two words', '👩‍👩‍👧'.slice(0, 2)]) {
    assert.equal(legible(name), name);
  }
});

test('NM-13 what cannot be seen, or turns the line round, is named', () => {
  assert.equal(legible('invoice\u202Efdp.exe'), 'invoice⟨202E⟩fdp.exe');
  assert.equal(legible('a\u0000b\u001b[31m\n'), 'a⟨0000⟩b⟨001B⟩[31m⟨000A⟩');
  assert.equal(legible('zero\u200Bwidth\u00A0space\uFEFF'), 'zero⟨200B⟩width⟨00A0⟩space⟨FEFF⟩');
  assert.equal(legible('half\uD800'), 'half⟨D800⟩');
});

test('NM-13 markup in a name is a text like any other', () => {
  const name = '<img src=x onerror=alert(1)>';
  assert.deepEqual(piecesOf(name), [{ kind: 'text', text: name }]);
});

test('NM-13 what a text hides is counted out once each, and ends of lines hide nothing', () => {
  assert.deepEqual(unseenIn('a\tb\r\nc'), []);
  assert.deepEqual(unseenIn('a\u202Eb\u200B\n\u202Ec'), ['202E', '200B']);
});

test('a mark says what it means', () => {
  assert.deepEqual(piecesOf('\u202E'), [
    { kind: 'mark', code: '202E', meaning: 'override, right to left' },
  ]);
});

test('NM-13 each mark that is known means something else, and any other is invisible', () => {
  const known =
    '\u0000\t\n\r\u001b\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff';
  const meanings = piecesOf(known).map((piece) => (piece.kind === 'mark' ? piece.meaning : ''));
  assert.equal(new Set(meanings).size, 19);
  assert.ok(!meanings.includes('') && !meanings.includes('invisible character'));
  const [other] = piecesOf('\u00ad');
  assert.deepEqual(other, { kind: 'mark', code: '00AD', meaning: 'invisible character' });
});

test('a text is shortened to exactly as much as fits, a third of it from the beginning', () => {
  assert.equal(shortened('abcdefghij', 7), 'ab…ghij');
  assert.equal(shortened('abcdefghij', 10), 'abcdefghij');
});

test('a long name keeps its beginning and more of its end, never half a character', () => {
  const name = `${'😀'.repeat(100)}.txt`;
  const short = shortened(name, 30);
  assert.equal([...short].length, 30);
  assert.ok(short.endsWith('😀.txt'));
  assert.ok(short.isWellFormed());
  assert.equal(shortened('short', 30), 'short');
});
