import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whatIsKept } from './kept.ts';

test('of folders what is deleted goes to the trash, for as long as is set', () => {
  const kept = (settings: Record<string, number>) => whatIsKept({ handler: 'folder', settings });
  assert.equal(kept({}), 'What is deleted is kept in the trash of its side first.');
  assert.match(kept({ trashDays: 30 }), /, for 30 days\.$/);
  assert.match(kept({ trashDays: 1 }), /, for a day\.$/);
  assert.match(kept({ trashDays: 0 }), /, for good\.$/);
});

test('for no other handler is a trash spoken of, and nothing is promised of what is not known', () => {
  const rsync = whatIsKept({ handler: 'command', settings: { preset: 'rsync' } });
  assert.match(rsync, /keeps nothing .* up to rsync\.$/);
  assert.match(whatIsKept({ handler: 'mail\u202E', settings: {} }), /up to mail⟨202E⟩\.$/);
  for (const said of [rsync, whatIsKept(undefined)]) assert.doesNotMatch(said, /trash/);
});
