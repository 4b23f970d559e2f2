import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenCommands, tokenScopes } from './token-words.ts';

test('a token is made by two commands, and told to the manager in three lines', () => {
  const { secret, words } = tokenCommands('phone', ['read', 'run']);
  assert.equal(
    secret,
    'umask 077 && mkdir -p ~/.config/syncmgr/tokens\n' +
      "head -c 32 /dev/urandom | base64 | tr -d '=+/\\n' > ~/.config/syncmgr/tokens/phone",
  );
  assert.equal(
    words,
    'api:\n  tokens:\n' +
      '    - {name: phone, scopes: [read, run], secret: "file:~/.config/syncmgr/tokens/phone"}',
  );
});

test('a name of a token is nothing but a name in a shell and in a file', () => {
  const name = (text: string) => /name: (.*), scopes/.exec(tokenCommands(text, []).words)?.[1];
  assert.equal(name('my $(phone); "x"'), 'my-phone-x-');
  assert.equal(name(''), 'token');
  assert.equal(name('x'.repeat(65)), 'x'.repeat(64));
});

test('each scope says what it may', () => {
  assert.deepEqual(Object.fromEntries(tokenScopes), {
    read: 'look at everything',
    run: 'start, stop and pause',
    decide: 'approve plans, settle conflicts',
    admin: 'change what is kept',
  });
});
